import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whatIf } from '../../../../functions/domain/reports/what-if.ts';
import { readPlaybook } from '../../../../infra/commands/whatif/playbook-file.ts';
import { whatIfText } from '../../../../infra/commands/whatif/what-if-text.ts';
import { shippedPlaybooks } from '../../../../statemachines/shipped-playbooks.ts';

const said = {
  playbook: 'mine.ts',
  since: '2026-06-01',
  asOf: '2026-11-22T02:00:00Z',
  mailPrice: 0.0001,
  others: 2,
  titleOf: (step: string) => (step === 'brew' ? 'Brewing' : step),
};

describe('npm run whatif', () => {
  it('says what was, what would be, and what it cannot know', () => {
    const found = whatIf([
      {
        id: 'h-1',
        rounds: [
          {
            step: 'brew',
            late: { was: 0, would: 1 },
            missed: { was: 1, would: 0 },
            mails: { was: { ask: 1, warn: 1 }, would: { ask: 1, warn: 1, breach: 1, escalate: 2 } },
          },
          {
            step: 'pour',
            late: { was: 0, would: 0 },
            missed: { was: 0, would: 0 },
            because: 'the times were changed on the way',
          },
        ],
        packageComplete: { was: 1, would: 0 },
        newGaps: ['Buying process'],
        dropped: ['Tasting'],
        added: ['Grinding'],
      },
    ]);
    expect(whatIfText(found, said)).toBe(`What if 1 handoff signed since 2026-06-01 had followed mine.ts?
As measured 2026-11-22; 2 handoffs of another playbook left out. Everybody acts as they did, when they did.

                                  was  would be
Steps late by their owner           0         1    +1
Promises missed                     1         0    −1
Handoffs with a late step           0         1    +1
Packages complete at signing        1         0    −1
Emails of steps                     2         5    +3
  requests                          1         1  same
  reminders                         1         1  same
  overdue                           0         1    +1
  escalations                       0         2    +2
  stalled, and each week after      0         0  same
Cost of these emails            $0.00     $0.00

Steps that come out differently:
  Brewing: late 0 → 1, promise missed 1 → 0, of 1 request

Answers that would have been missing as well:
  Buying process: 1 handoff

Steps that would not have been asked:
  Tasting: 1 handoff

Steps that would have been asked as well: not counted, as nobody did them:
  Grinding: 1 handoff

1 of 2 requests were replayed: by the rules they had, the replay gives the times on record.
1 stands as it was: the times were changed on the way.

What this cannot know:
- People would have acted differently: who has less time often hurries, and who is reminded sooner answers sooner.
- A step that ends sooner lets the next one begin sooner. Here each begins when it did.
- A package that lacks another answer would have been asked for longer. How long, nobody knows.
- Working hours are those on the roster now. Emails that go out together count one by one, and those while a reviewer decides count too.`);
  });

  it('says so where there is nothing to replay', () => {
    expect(whatIfText(whatIf([]), said)).toBe(
      'There is nothing to replay: no handoff was signed since 2026-06-01; 2 handoffs of another playbook left out.',
    );
  });
});

describe('the playbook of npm run whatif', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'handoff-whatif-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const written = async (name: string, text: string) => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };

  it('is read from a file, or is a shipped one', async () => {
    const mine = await written('mine.mjs', `export const playbook = ${JSON.stringify(shippedPlaybooks.default)};`);
    expect(await readPlaybook(mine)).toEqual(JSON.parse(JSON.stringify(shippedPlaybooks.default)));
    expect(await readPlaybook('agency')).toBe(shippedPlaybooks.agency);
  });

  it.each([
    ['nothing.ts', undefined, 'There is no file'],
    ['empty.mjs', 'export const rules = {};', 'exports no "playbook"'],
    ['number.mjs', 'export const playbook = 7;', 'cannot be used: it is no table.'],
    ['steps.mjs', 'export const playbook = { steps: {} };', 'cannot be used: it had no'],
    ['broken.mjs', 'export const playbook = ;', 'cannot be read'],
  ])('is refused in %s with what is wrong', async (name, text, problem) => {
    const path = text === undefined ? join(folder, name) : await written(name, text);
    await expect(readPlaybook(path)).rejects.toThrow(problem);
  });
});
