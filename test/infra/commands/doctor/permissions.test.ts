import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { portActions } from '../../../../functions/aws/port-actions.ts';
import { fixUses } from '../../../../infra/commands/doctor/apply-fix.ts';

const page = readFileSync(new URL('../../../../infra/docs/doctor.md', import.meta.url), 'utf8');
const asked = page.slice(page.indexOf('## What an operator needs'));

describe('What an operator needs, as its page says', () => {
  it('is all that a fix does to the table', () => {
    const actions = new Set(fixUses.flatMap((use) => Object.keys(portActions[use].table ?? {})));
    expect([...actions]).toEqual(expect.arrayContaining(['PutItem', 'UpdateItem', 'DeleteItem']));
    for (const action of actions) expect(asked).toMatch(new RegExp(`\\b${action}\\b`));
  });
});
