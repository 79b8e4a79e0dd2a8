import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CrmUnavailable } from '../../../functions/ports/errors.ts';
import { UnusableOptions } from '../../../infra/commands/deployment.ts';
import { patience } from '../../../infra/commands/patience.ts';
import { exitCodeOf, jsonReport, textReport } from '../../../infra/commands/reconcile/report.ts';
import { runReconcile } from '../../../infra/commands/reconcile/run.ts';
import { findAccess, findCrm } from '../../../infra/commands/stage-crm.ts';
import { playedAccount } from '../../../infra/local/crm/played-crm.ts';
import { busName, tableName } from '../../../infra/local/local-names.ts';
import { course } from '../../support/course.ts';
import { crmWith, hearWon, wonDeal } from '../../support/crm-double.ts';
import { dealEvent } from '../../support/deals.ts';
import { openSystem } from '../../support/world.ts';

const at = '2026-11-20T15:00:00Z';
const since = '2026-11-15T00:00:00Z';
const top = fileURLToPath(new URL('../../../', import.meta.url));

const impatient = patience(async () => undefined);

describe('npm run reconcile', () => {
  it('starts what was never heard of, stops what is no longer won, and leaves the rest to people', async () => {
    const system = await openSystem({ at: '2026-11-17T08:30:00Z' });
    const [lost, gone] = [await system.win(dealEvent({ dealId: 'L' })), await system.win(dealEvent({ dealId: 'G' }))];
    for (const dealId of ['L', 'G']) await hearWon(system, dealId);
    const crm = crmWith([
      wonDeal('A'),
      wonDeal('L', { phase: 'lost', stage: 'Closed Lost' }),
      wonDeal('N', { facts: { customer: { name: 'Nobody' } } }),
    ]);
    const running = { clients: system.clients, table: tableName, bus: busName, crm, again: impatient };
    const run = async (isDryRun: boolean) => {
      const reconciled = await runReconcile(running, { since, at, isDryRun });
      await system.clock.settled();
      return { ...reconciled, stage: undefined, since, isDryRun };
    };

    const before = await system.dump();
    const dry = await run(true);
    expect(await system.dump()).toEqual(before);
    expect(exitCodeOf(dry)).toBe(1);
    expect(textReport(dry)).toContain('Nothing was changed; without --dry-run, 2 would be put right.');

    const done = await run(false);
    const text = textReport(done);
    expect(text).toContain(
      'Won in the CRM, without a handoff: 1\n  Deal A (A)\n    wrong  The deal was won at 2026-11-18 10:00 UTC',
    );
    expect(text).toContain('    done   Its handoff is started');
    expect(text).toContain("Won in the CRM, and can't begin: 1");
    expect(text).toContain(
      'Looked at 2 won deals of the CRM that changed since 2026-11-15, and at 2 open handoffs. 4 differences. 2 put right',
    );
    expect((await system.load('A-1')).state.status).toBe('open');
    expect((await system.load(lost)).state.status).toBe('cancelled');
    expect((await system.load(gone)).state.status).toBe('open');

    const again = await run(false);
    expect(again.found.map(({ kind }) => kind)).toEqual(['cannot begin', 'not found in the CRM']);
    expect(JSON.parse(jsonReport(again))).toMatchObject({ looked: { won: 2, open: 2 }, brokeOff: null, dryRun: false });
  });

  it('waits for a CRM that asks to wait, and says where to go on when it gives up', course, async () => {
    const system = await openSystem({ at });
    const running = { clients: system.clients, table: tableName, bus: busName, again: impatient };
    const asked = { since, at, isDryRun: true };
    const once = await runReconcile({ ...running, crm: crmWith([wonDeal('A')], { fails: 1 }) }, asked);
    expect(once.found).toHaveLength(1);
    const down = {
      ...crmWith([]),
      wonSince: () => Promise.reject(new CrmUnavailable('The CRM answers with 503.')),
    };
    const broken = await runReconcile({ ...running, crm: down }, asked);
    expect(exitCodeOf(broken)).toBe(2);
    expect(textReport({ ...broken, stage: 'production', since, isDryRun: true })).toContain(
      `The run broke off: The CRM answers with 503.\nWhat was done until then stands. Go on with: --since 2026-11-15 --from ${since}`,
    );
  });

  it('says that nothing differs', course, () => {
    const agreed = { found: [], looked: { won: 1, open: 0 }, stage: undefined, since, isDryRun: false };
    expect([exitCodeOf(agreed), textReport(agreed)]).toEqual([
      0,
      'Looked at 1 won deal of the CRM that changed since 2026-11-15, and at 0 open handoffs. Nothing differs.',
    ]);
  });

  it.each([
    ['two stages', ['one', 'two'], 'One stage at a time, not also two.'],
    ['a day that is none', ['--since', 'October'], '--since is a day such as 2026-10-01, not "October".'],
    [
      'a moment that is none',
      ['--from', '2026-10-01'],
      '--from is a moment such as 2026-10-01T09:00:00Z, not "2026-10-01".',
    ],
    ['no CRM', [], 'Which CRM? Name a stage that is connected to one'],
    ['an unknown option', ['--loud'], 'There is no option --loud'],
  ])('ends with 2 for %s', course, (_, words, said) => {
    const { status, stderr } = spawnSync(process.execPath, ['infra/commands/reconcile.ts', ...words], {
      cwd: top,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] },
    });
    expect(status).toBe(2);
    expect(stderr).toContain(said);
  });
});

describe('the CRM that a command asks', () => {
  const refusal = (finding: Promise<unknown>): Promise<string> =>
    finding.then(
      () => 'none',
      (error: unknown) => (error instanceof UnusableOptions ? error.message : String(error)),
    );
  const variables = {
    CRM: 'hubspot',
    CRM_ACCOUNT: '17',
    CRM_API_URL: 'https://api.hubapi.com',
    CRM_SECRETS: '/handoff/production/crm',
  };

  it('is that of the stage, or of the environment', async () => {
    const asked: string[] = [];
    const variablesOf = async (name: string) => {
      asked.push(name);
      return variables;
    };
    expect((await findCrm({}, 'production', variablesOf)).name).toBe('hubspot');
    expect(asked).toEqual(['handoff-production-read-deal']);
    expect((await findCrm(variables, undefined)).name).toBe('hubspot');
    const here = { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' };
    expect((await findAccess(here, undefined)).settings).toMatchObject({
      account: playedAccount('hubspot'),
      apiUrl: 'http://127.0.0.1:4566/played/hubspot',
      webhookUrl: 'http://127.0.0.1:4566/crm/hubspot',
    });
    expect((await findCrm({ ...here, CRM: 'pipedrive' }, undefined)).name).toBe('pipedrive');
  });

  it('is refused where there is none, or none that can be asked', course, async () => {
    expect(await refusal(findCrm({}, 'production', async () => undefined))).toContain('is connected to no CRM');
    expect(await refusal(findCrm({ ...variables, CRM: 'webhook' }, undefined))).toContain("can't be asked");
  });
});
