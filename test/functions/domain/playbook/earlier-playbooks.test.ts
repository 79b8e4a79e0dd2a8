import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readFrozenPlaybook } from '../../../../functions/domain/playbook/earlier-playbooks.ts';
import { freezePlaybook } from '../../../../functions/domain/playbook/freeze.ts';
import { askStep } from '../../../../functions/domain/playbook/playbook.ts';
import { full } from '../../../support/playbooks/full.ts';

/** What the first version stored, as its table had it. */
const { items }: { readonly items: readonly { readonly playbook?: { readonly S: string } }[] } = JSON.parse(
  readFileSync(new URL('../../../support/records-v1.json', import.meta.url), 'utf8'),
);
const firstVersion: unknown = JSON.parse(items.find(({ playbook }) => playbook !== undefined)?.playbook?.S ?? '');

describe('a frozen playbook as it stands in the records', () => {
  it('is what this version froze, if this version froze it', () => {
    const frozen = freezePlaybook(full, { segment: 'enterprise' });
    expect(readFrozenPlaybook(JSON.parse(JSON.stringify(frozen)))).toEqual(frozen);
  });

  it('means, from the first version, what the code then knew of its steps by name', () => {
    expect(firstVersion).not.toHaveProperty('version');
    const read = readFrozenPlaybook(firstVersion);
    expect(askStep(read, 'complete-package')).toMatchObject({ fills: 'package' });
    expect(askStep(read, 'complete-package').choices.map(({ does }) => does)).toEqual([
      'complete-package',
      'grant-exception',
    ]);
    expect(askStep(read, 'schedule-internal-meeting').plans).toBe('internal-meeting');
    expect(askStep(read, 'rate-handoff').scores).toMatchObject({ field: 'score', atLeast: 8 });
    expect(askStep(read, 'assign-customer-success-manager').choices[0]?.evidence[0]).toMatchObject({
      kind: 'person',
      from: { role: 'customerSuccessManager' },
    });
    expect(askStep(read, 'confirm-handoff').announce).toEqual({
      say: 'handoff-confirmation',
      state: expect.any(String),
      offers: 'share-remarks',
    });
  });

  it('is refused from a version that is yet to come', () => {
    expect(() => readFrozenPlaybook({ version: 3 })).toThrow('version 3');
    expect(() => readFrozenPlaybook('nothing')).toThrow('does not know');
  });
});
