import { expect, it } from 'vitest';
import type { LadderRule, Playbook } from '../../../../functions/domain/playbook/playbook.ts';
import { playVariant } from '../../../support/playbooks/play-variant.ts';
import { tiny } from '../../../support/playbooks/tiny.ts';

it('lets late people act once where a ladder tells them that they are late by its last rung alone', async () => {
  const stall = { kind: 'stall', when: { afterDue: '0 hours' }, tell: ['owner', 'manager'] } as const;
  const ladder: LadderRule = { rungs: [stall], afterwards: { nagEvery: '7 days' } };
  const playbook: Playbook = { ...tiny, ladders: { qq: ladder, jj: ladder } };
  const { mishaps, record } = await playVariant({ playbook, variant: { segment: 'plain' }, manner: 'late' });
  expect(mishaps).toEqual([]);
  expect(record.state.status).toBe('complete');
});
