import { describe, expect, it, onTestFinished } from 'vitest';
import { dealBus } from '../../functions/aws/event-bus.ts';
import { sha256 } from '../../functions/aws/world.ts';
import { connectorOf } from '../../functions/crm/connectors.ts';
import { reconcileDaily } from '../../functions/verbs/reconcile-daily.ts';
import { createClock } from '../../infra/account/clock.ts';
import { runBackfill } from '../../infra/commands/backfill/run.ts';
import { runReconcile } from '../../infra/commands/reconcile/run.ts';
import { lastWonDeals } from '../../infra/commands/score/crm-deals.ts';
import { playCrm } from '../../infra/local/crm/played-crm.ts';
import { type PlayedName, playedNames } from '../../infra/local/crm/played-names.ts';
import { busName, tableName } from '../../infra/local/local-names.ts';
import { createSystem, silent } from '../../infra/local/system.ts';
import { playbook } from '../../statemachines/playbooks/default.ts';
import { course } from '../support/course.ts';
import { roster, sampleEvent } from '../support/deals.ts';

const siteUrl = 'http://handoff.example.com';
const hour = 3_600_000;

/** A CRM that tells nobody what happens in it: every webhook is lost. */
async function openCompany(name: PlayedName) {
  const clock = createClock({ start: Date.parse('2026-11-17T08:00:00Z') });
  const played = playCrm(name, { clock, siteUrl });
  const system = await createSystem({
    clock,
    siteUrl,
    roster: roster(),
    crm: played.settings,
    observerOf: () => silent,
  });
  onTestFinished(() => system.close());
  const { account, apiUrl, secrets, http } = played.settings;
  const crm = connectorOf(name).connect({
    settings: { account, apiUrl, webhookUrl: `${siteUrl}/crm/${name}` },
    secrets: async () => [secrets],
    http,
    now: () => clock.now(),
  });
  const stage = (phase: string) => played.fake.stages.find((each) => each.phase === phase)?.id ?? '';
  const win = () => {
    const dealId = played.fake.put(sampleEvent('complete-standard').detail);
    played.fake.move(dealId, stage('won'));
    return dealId;
  };
  const now = () => new Date(clock.now()).toISOString();
  const reconcile = async () => {
    const asked = { since: '2026-11-16T00:00:00Z', at: now(), isDryRun: false };
    const again = <T>(call: () => Promise<T>) => call();
    const running = { clients: system.clients, table: tableName, bus: busName, crm, again };
    const reconciled = await runReconcile(running, asked);
    await clock.settled();
    return reconciled;
  };
  const status = async (dealId: string) => (await system.world.handoffs.load(`${dealId}-1`))?.state.status;
  return { system, clock, fake: played.fake, crm, stage, win, reconcile, status, now };
}

describe.each(playedNames)('a deal of which %s told nobody', (name) => {
  it('gets its handoff from the reconciler, once, and is stopped by it when it is lost', async () => {
    const { system, clock, fake, stage, win, reconcile, status } = await openCompany(name);
    const [one, two] = [win(), win()];
    await clock.advanceTo(clock.now() + hour);
    expect((await reconcile()).found.map(({ kind, isSaid }) => [kind, isSaid])).toEqual([
      ['won without a handoff', true],
      ['won without a handoff', true],
    ]);
    expect([await status(one), await status(two)]).toEqual(['open', 'open']);
    expect((await reconcile()).found).toEqual([]);

    fake.move(two, stage('lost'));
    await clock.advanceTo(clock.now() + hour);
    expect((await reconcile()).found).toMatchObject([{ kind: 'no longer won', handoffId: `${two}-1`, isSaid: true }]);
    expect([await status(one), await status(two)]).toEqual(['open', 'cancelled']);
    expect((await reconcile()).found).toEqual([]);
    expect(system.account.deadLetters).toEqual([]);
  });

  it('is found at night by the stage itself, which says what is left for people', course, async () => {
    const { system, clock, fake, crm, win, now, status } = await openCompany(name);
    const dealId = win();
    await clock.advanceTo(clock.now() + hour);
    const nightly = reconcileDaily({ ...system.world, dealBus: dealBus(system.clients.events, busName), crm });
    expect(await nightly({ at: now() })).toEqual({ outcome: 'put right', said: 1, left: 0 });
    await clock.settled();
    expect(await status(dealId)).toBe('open');
    expect(await nightly({ at: now() })).toEqual({ outcome: 'all agrees', said: 0, left: 0 });
    fake.remove(dealId);
    await clock.advanceTo(clock.now() + 24 * hour);
    expect(await nightly({ at: now() })).toEqual({ outcome: 'left for people', said: 0, left: 1 });
    fake.outage = 'down';
    await expect(nightly({ at: now() })).rejects.toThrow('The reconciler broke off: ');
  });

  it('breaks off while the CRM is out, and is found when it is back', course, async () => {
    const { clock, fake, win, reconcile, status } = await openCompany(name);
    const dealId = win();
    await clock.advanceTo(clock.now() + hour);
    fake.outage = 'down';
    expect((await reconcile()).broken).toBeDefined();
    fake.outage = 'none';
    await reconcile();
    expect(await status(dealId)).toBe('open');
  });

  it('is started by the backfill at the step that is next', course, async () => {
    const { system, clock, crm, win, now, status } = await openCompany(name);
    const dealId = win();
    await clock.advanceTo(clock.now() + 3 * 24 * hour);
    const happened = new Map([[dealId, [{ step: 'schedule-internal-meeting', on: '2026-11-18' }]]]);
    const world = { ...system.world, hash: sha256, dealBus: dealBus(system.clients.events, busName), crm };
    const asked = { since: '2026-11-16T00:00:00Z', at: now(), happened, isDryRun: false };
    const { deals } = await runBackfill(world, playbook, asked);
    await clock.settled();
    expect(deals).toMatchObject([{ dealId, result: { outcome: 'started', settled: [{}] } }]);
    expect(await status(dealId)).toBe('open');
    const record = await system.world.handoffs.load(`${dealId}-1`);
    expect(record?.steps['schedule-internal-meeting']?.decision?.choice).toBe('skipped');
  });

  it('is scored from the CRM itself', course, async () => {
    const { crm, win } = await openCompany(name);
    win();
    const dealId = win();
    const { deals, scope } = await lastWonDeals(crm, { since: '2026-11-01T00:00:00Z', last: 2 });
    expect(deals).toHaveLength(2);
    expect(deals.map((deal) => deal.dealId)).toContain(dealId);
    expect(deals[0]).toMatchObject({ customer: 'Nordwind Logistik GmbH', closedOn: '2026-11-17' });
    expect(scope.fields.has('promises')).toBe(true);
    expect((await lastWonDeals(crm, { since: '2026-11-01T00:00:00Z', last: 1 })).deals).toHaveLength(1);
  });
});
