import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { dealBus } from '../../../functions/aws/event-bus.ts';
import type { CrmDeal } from '../../../functions/ports/crm.ts';
import { readHappened } from '../../../infra/commands/backfill/happened.ts';
import { exitCodeOf, jsonReport, textReport } from '../../../infra/commands/backfill/report.ts';
import { runBackfill, type ToBackfillAll } from '../../../infra/commands/backfill/run.ts';
import { UnusableOptions } from '../../../infra/commands/deployment.ts';
import { busName } from '../../../infra/local/local-names.ts';
import { playbook } from '../../../statemachines/playbooks/default.ts';
import { courseUnless } from '../../support/course.ts';
import { crmWith, wonDeal } from '../../support/crm-double.ts';
import { openSystem } from '../../support/world.ts';

const at = '2026-11-20T15:00:00Z';
const since = '2026-11-10T00:00:00Z';
const top = fileURLToPath(new URL('../../../', import.meta.url));

async function backfilling(deals: readonly CrmDeal[], options: { fails?: number } = {}) {
  const system = await openSystem({ at, playbook });
  const crm = crmWith(deals, options);
  const world = { ...system.world, dealBus: dealBus(system.clients.events, busName), crm };
  return {
    system,
    run: async (asked: Partial<ToBackfillAll> = {}, isDryRun = false) => {
      const done = await runBackfill(world, playbook, { since, at, happened: new Map(), isDryRun, ...asked });
      await system.clock.settled();
      return { ...done, since, at, isDryRun };
    },
  };
}

describe('npm run backfill', () => {
  const { wonAt: _, ...undated } = wonDeal('U');
  const deals = [
    wonDeal('A'),
    wonDeal('O', { wonAt: '2026-11-08', changedAt: '2026-11-19T10:00:00Z' }),
    wonDeal('R', { facts: { name: 'Deal R', customer: { name: 'R' } } }),
    undated,
  ];
  const happened = new Map([
    ['A', [{ step: 'schedule-internal-meeting', on: '2026-11-18' }]],
    ['X', [{ step: 'schedule-internal-meeting', on: '2026-11-18' }]],
  ]);

  it('says in a dry run with what each deal would begin, and then starts it so', async () => {
    const { system, run } = await backfilling(deals);
    const before = await system.dump();
    const dry = await run({ happened }, true);
    expect(await system.dump()).toEqual(before);
    const said = textReport(dry);
    expect(said).toMatch(/^Deal A \(A\), won 2026-11-18: would start; package 100% complete\.$/m);
    expect(said).toMatch(
      /^ {2}left out: {4}Schedule the internal handoff meeting \(Done on 2026-11-18, before this handoff began\.\)$/m,
    );
    expect(said).toMatch(/^ {2}begins with: Review the brief: \S+@example\.com, due .* time$/m);
    expect(said).toContain(
      "Deal R (R), won 2026-11-18: can't begin.\n  accountExecutive is missing. Send the mail address",
    );
    expect(said).toContain('Deal U (U): the CRM does not say when it was won.');
    expect(said).toContain('Deal X: the CRM shows no such deal won since then.');
    expect(said).toContain(
      "3 deals won since 2026-11-10. 1 handoff would be started; nothing was changed. 2 deals can't begin",
    );
    expect(exitCodeOf(dry)).toBe(1);

    const done = await run({ happened });
    expect(JSON.parse(jsonReport(done))).toMatchObject({
      deals: [
        { dealId: 'A', outcome: 'started', handoff: 'A-1', doneBefore: ['schedule-internal-meeting'] },
        { dealId: 'R', outcome: 'refused' },
        { dealId: 'U', outcome: 'nobody knows when it was won' },
      ],
      unknown: ['X'],
      brokeOff: null,
    });
    expect(system.account.stepFunctions.executions().map(({ name }) => name)).toEqual(['A-1']);
    expect((await run({ happened })).deals[0]?.result.outcome).toBe('has its handoff');
  });

  it('goes on where a CRM that failed made it break off', async () => {
    const three = ['A', 'B', 'C'].map((id, i) => wonDeal(id, { changedAt: `2026-11-18T1${i}:00:00Z` }));
    const { system, run } = await backfilling(three, { fails: 3 });
    const broken = await run();
    expect(exitCodeOf(broken)).toBe(2);
    expect(textReport(broken)).toContain('Go on with: --since 2026-11-10 --from 2026-11-18T10:00:00Z');
    const rest = await run({ goOnFrom: broken.broken?.goOnFrom ?? '' });
    expect([exitCodeOf(rest), rest.broken]).toEqual([0, undefined]);
    expect(system.account.stepFunctions.executions().map(({ name }) => name)).toEqual(['A-1', 'B-1', 'C-1']);
  });

  it('leaves out what the stage leaves out, and says why', async () => {
    const leftOut = 'Its dealtype is "renewal"; handed over are deals whose dealtype is "newbusiness".';
    const { system, run } = await backfilling([wonDeal('A'), wonDeal('N', { leftOut })]);
    const done = await run();
    expect(textReport(done)).toContain(`Deal N (N), won 2026-11-18: left out. ${leftOut}`);
    expect(textReport(done)).toContain('1 handoff started. 1 deal is left out by the stage.');
    expect(exitCodeOf(done)).toBe(0);
    expect(system.account.stepFunctions.executions().map(({ name }) => name)).toEqual(['A-1']);
  });

  it('says of a deal that has its handoff that it has one, also where the stage would leave it out by now', async () => {
    const deals = [wonDeal('A')];
    const { run } = await backfilling(deals);
    await run();
    deals[0] = wonDeal('A', { leftOut: 'Its pipeline is "onboarding".' });
    expect((await run()).deals[0]?.result).toEqual({ outcome: 'has its handoff', handoffId: 'A-1' });
  });

  const refusals: readonly (readonly [string, readonly string[], string])[] = [
    ['no day', [], 'Say since when: --since and a day'],
    ['a day that is none', ['--since', '2026-11-31'], '--since is a day such as 2026-10-01, not "2026-11-31".'],
    ['no CRM', ['--since', '2026-11-01'], 'Which CRM?'],
    ['an unknown option', ['--until'], 'There is no option --until'],
  ];
  // Each is a process of its own.
  for (const [what, words, said] of refusals)
    it(`ends with 2 for ${what}`, courseUnless(what === 'no CRM'), () => {
      const { status, stderr } = spawnSync(process.execPath, ['infra/commands/backfill.ts', ...words], {
        cwd: top,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] },
      });
      expect(status).toBe(2);
      expect(stderr).toContain(said);
    });
});

describe('what was done before', () => {
  const steps = ['meet', 'introduce'];
  const read = (csv: string) => readHappened(csv, { name: 'done.csv', steps });
  const refusal = (csv: string): string => {
    try {
      read(csv);
    } catch (error) {
      if (error instanceof UnusableOptions) return error.message;
      throw error;
    }
    return 'nothing';
  };

  it('is read by deal', () => {
    expect(read('Deal ID;Step;Day\n17;meet;18.11.2026\n17;introduce;2026-11-19\n18;meet;Nov 20, 2026')).toEqual(
      new Map([
        [
          '17',
          [
            { step: 'meet', on: '2026-11-18' },
            { step: 'introduce', on: '2026-11-19' },
          ],
        ],
        ['18', [{ step: 'meet', on: '2026-11-20' }]],
      ]),
    );
  });

  it('is refused with the place of what is wrong', () => {
    expect(refusal('Deal ID,Step\n17,meet')).toContain('done.csv, line 1: there is no column Day.');
    expect(refusal('Deal ID,Step,Day\n,dance,3/4/2026')).toBe(
      [
        'done.csv cannot be used:',
        '  line 2, column 1 (Deal ID): there is no deal.',
        '  line 2, column 2 (Step): "dance" is no step; there are: meet, introduce.',
        '  line 2, column 3 (Day): "3/4/2026" is no day that can be read in one way; write 2026-11-18.',
      ].join('\n'),
    );
  });
});
