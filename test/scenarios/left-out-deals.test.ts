import { describe, expect, it, onTestFinished } from 'vitest';
import { dealBus } from '../../functions/aws/event-bus.ts';
import { connect } from '../../functions/crm/connect.ts';
import { setups } from '../../functions/crm/setups.ts';
import type { DealCondition } from '../../functions/domain/deal/deal-condition.ts';
import { CrmAccessRefused } from '../../functions/ports/errors.ts';
import { reconcile } from '../../functions/verbs/reconcile.ts';
import { createClock } from '../../infra/account/clock.ts';
import { runBackfill } from '../../infra/commands/backfill/run.ts';
import { playCrm } from '../../infra/local/crm/played-crm.ts';
import { type PlayedName, playedNames } from '../../infra/local/crm/played-names.ts';
import { busName } from '../../infra/local/local-names.ts';
import { createSystem, silent } from '../../infra/local/system.ts';
import { playbook } from '../../statemachines/playbooks/default.ts';
import { roster, sampleEvent } from '../support/deals.ts';

const siteUrl = 'http://handoff.example.com';
const hour = 3_600_000;
const day = 24 * hour;

/** By what companies tell renewals from new business; the played Pipedrive has no field for it. */
const properties: Readonly<Record<PlayedName, string>> = {
  hubspot: 'dealtype',
  salesforce: 'Type',
  pipedrive: 'title',
};

async function openCompany(name: PlayedName, deals?: readonly DealCondition[]) {
  const clock = createClock({ start: Date.parse('2026-11-17T08:00:00Z') });
  const crm = playCrm(name, { clock, siteUrl });
  const property = properties[name];
  const conditions = deals ?? [{ property, isNot: ['Renewal'] }];
  const system = await createSystem({
    ...{ clock, siteUrl, roster: roster(), observerOf: () => silent },
    crm: { ...crm.settings, deals: conditions },
  });
  crm.attach(system.account);
  onTestFinished(() => system.close());
  const { fake } = crm;
  const stageThat = (is: string) => fake.stages.find(({ phase }) => phase === is)?.id ?? '';
  const { account, apiUrl, http, secrets } = crm.settings;
  const connection = {
    ...{ crm: name, settings: { account, apiUrl, webhookUrl: `${siteUrl}/crm/${name}`, deals: conditions } },
    ...{ secrets: async () => [secrets], http },
  };
  const asked = connect(connection, clock.now).crm;
  const world = { ...system.world, dealBus: dealBus(system.clients.events, busName), crm: asked };
  const now = () => new Date(clock.now()).toISOString();
  const ago = (time: number) => new Date(clock.now() - time).toISOString();
  return {
    ...{ system, asked, connection },
    pass: (time: number) => clock.advanceTo(clock.now() + time),
    /** A deal that is proposed, as a renewal or not. */
    sell: (kind: string) => {
      const dealId = fake.put(sampleEvent('complete-standard').detail);
      fake.change(dealId, { [property]: kind });
      return dealId;
    },
    call: (dealId: string, kind: string) => fake.change(dealId, { [property]: kind }),
    win: (dealId: string) => fake.move(dealId, stageThat('won')),
    propose: (dealId: string) => fake.move(dealId, stageThat('proposed')),
    takeBack: (dealId: string) => fake.move(dealId, stageThat('early')),
    /** What the nightly run finds, and puts right. */
    differences: async (since = conditions) => {
      const deployed = { ...connection, settings: { ...connection.settings, deals: since } };
      const nightly = { ...world, crm: connect(deployed, clock.now).crm };
      const { found } = await reconcile(nightly)({ open: [], since: ago(7 * day), at: now(), isDryRun: false });
      return found.map(({ wrong }) => wrong);
    },
    backfilled: async () => {
      const asking = { since: ago(30 * day), at: now(), happened: new Map(), isDryRun: true };
      return (await runBackfill(world, playbook, asking)).deals.map(({ result }) => result);
    },
    handoffs: () => system.account.stepFunctions.executions().map(({ name: id, status }) => `${id} ${status}`),
    mailed: () => system.account.inbox.mails.length,
    /** The drafts that there are, and what became of them. */
    told: async (dealId: string) => (await system.world.seenDeals.load(dealId))?.seen.phase,
  };
}

describe.each(playedNames)('a deal of %s that the stage leaves out', (name) => {
  it('begins nothing, and nobody is missed for it', async () => {
    const { sell, win, pass, handoffs, mailed, told, differences, backfilled } = await openCompany(name);
    const renewal = sell('Renewal');
    await pass(hour);
    win(renewal);
    await pass(day);
    expect(handoffs()).toEqual([]);
    expect(mailed()).toBe(0);
    expect(await told(renewal)).toBe('left out');
    expect(await differences()).toEqual([]);
    expect(await backfilled()).toEqual([
      {
        outcome: 'left out',
        because: `Its ${properties[name]} is "Renewal"; handed over are deals whose ${properties[name]} is anything but "Renewal".`,
      },
    ]);
  });

  it('begins its handoff once somebody puts right what it is', async () => {
    const { sell, win, call, pass, handoffs } = await openCompany(name);
    const deal = sell('Renewal');
    await pass(hour);
    win(deal);
    await pass(day);
    call(deal, 'New business');
    await pass(day);
    expect(handoffs()).toEqual([`${deal}-1 RUNNING`]);
  });

  it('begins none by itself where it was won long before that', async () => {
    const { sell, win, call, pass, handoffs } = await openCompany(name);
    const deal = sell('Renewal');
    await pass(hour);
    win(deal);
    await pass(30 * day);
    call(deal, 'New business');
    await pass(day);
    expect(handoffs()).toEqual([]);
  });

  it('takes its draft back, and begins nothing, where it was taken for another before', async () => {
    const { system, sell, win, call, pass, handoffs, told } = await openCompany(name);
    const deal = sell('New business');
    await pass(hour);
    expect(await told(deal)).toBe('proposed');
    call(deal, 'Renewal');
    await pass(hour);
    const mails = system.account.inbox.mails.length;
    win(deal);
    await pass(day);
    expect(await told(deal)).toBe('left out');
    expect(handoffs()).toEqual([]);
    expect(system.account.inbox.mails.length).toBe(mails);
  });

  it('begins with its draft where it was taken for a renewal only while it was won', async () => {
    const { system, sell, win, call, pass, handoffs } = await openCompany(name);
    const deal = sell('New business');
    await pass(hour);
    call(deal, 'Renewal');
    win(deal);
    await pass(hour);
    expect(handoffs()).toEqual([]);
    call(deal, 'New business');
    await pass(hour);
    expect(handoffs()).toEqual([`${deal}-1 RUNNING`]);
    expect(await system.world.handoffs.load(`${deal}-1`)).toMatchObject({ state: { status: 'open' } });
  });

  it('is begun by the nightly run where the stage was deployed with other conditions since', async () => {
    const { sell, win, call, pass, handoffs, differences } = await openCompany(name);
    const deal = sell('New business');
    await pass(hour);
    call(deal, 'Renewal');
    win(deal);
    await pass(hour);
    expect(await differences()).toEqual([]);
    expect(await differences([])).toEqual([expect.stringContaining('has no handoff')]);
    await pass(hour);
    expect(handoffs()).toEqual([`${deal}-1 RUNNING`]);
  });

  it('gets no draft where it is taken out of the stage it was won in', async () => {
    const { system, sell, win, call, pass, propose } = await openCompany(name);
    const deal = sell('New business');
    await pass(hour);
    win(deal);
    await pass(hour);
    call(deal, 'Renewal');
    propose(deal);
    await pass(hour);
    expect(await system.world.drafts.load(`${deal}-2`)).toBeUndefined();
  });

  it('takes back the draft of a deal that was at an early stage again in between', async () => {
    const { system, sell, takeBack, call, pass, told } = await openCompany(name);
    const deal = sell('New business');
    await pass(hour);
    expect(await told(deal)).toBe('proposed');
    takeBack(deal);
    await pass(hour);
    expect(await told(deal)).toBe('early');
    call(deal, 'Renewal');
    await pass(hour);
    expect(await system.world.drafts.load(`${deal}-1`)).toMatchObject({ state: { ended: {} } });
  });

  it('keeps a handoff that has begun: deals change once they are won', async () => {
    const { sell, win, call, pass, handoffs } = await openCompany(name);
    const deal = sell('New business');
    await pass(hour);
    win(deal);
    await pass(hour);
    call(deal, 'Renewal');
    await pass(day);
    expect(handoffs()).toEqual([`${deal}-1 RUNNING`]);
  });

  it('is not left out for a property that there is not: that is refused, and said by the check', async () => {
    const { asked, connection, sell, pass, handoffs } = await openCompany(name, [{ property: 'Knid', is: ['New'] }]);
    const deal = sell('New business');
    await pass(hour);
    await expect(asked.readDeal(deal)).rejects.toThrow(CrmAccessRefused);
    await expect(asked.readDeal(deal)).rejects.toThrow(/no property "Knid" of deals/);
    expect(handoffs()).toEqual([]);
    const checks = (await setups[name]?.check(connection)) ?? [];
    expect(checks.filter(({ what }) => what.includes('leaves some out'))).toEqual([
      expect.objectContaining({ ok: false, problem: expect.stringContaining('"Knid"') }),
    ]);
  });

  it('is found by a property that there is, by the check, too', async () => {
    const { connection } = await openCompany(name);
    const checks = (await setups[name]?.check(connection)) ?? [];
    expect(checks.filter(({ what }) => what.includes('leaves some out'))).toEqual([
      expect.objectContaining({ ok: true }),
    ]);
  });
});
