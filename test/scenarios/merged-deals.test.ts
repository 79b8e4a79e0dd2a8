import { describe, expect, it, onTestFinished } from 'vitest';
import { dealBus } from '../../functions/aws/event-bus.ts';
import { connectorOf } from '../../functions/crm/connectors.ts';
import { reconcile } from '../../functions/verbs/reconcile.ts';
import { recordOutcome } from '../../functions/verbs/record-outcome.ts';
import { createClock } from '../../infra/account/clock.ts';
import type { FakeHubspot } from '../../infra/local/crm/hubspot/fake-hubspot.ts';
import type { FakePipedrive } from '../../infra/local/crm/pipedrive/fake-pipedrive.ts';
import { playCrm } from '../../infra/local/crm/played-crm.ts';
import { type PlayedName, playedNames } from '../../infra/local/crm/played-names.ts';
import { busName } from '../../infra/local/local-names.ts';
import { employPeople } from '../../infra/local/play/people.ts';
import { createSystem, silent } from '../../infra/local/system.ts';
import { playbook } from '../../statemachines/playbooks/default.ts';
import { course, courseUnless } from '../support/course.ts';
import { roster, sampleEvent } from '../support/deals.ts';

const siteUrl = 'http://handoff.example.com';
const hour = 3_600_000;
const day = 24 * hour;

async function openCompany(name: PlayedName, manner: Parameters<typeof employPeople>[0]['manner'] = 'prompt') {
  const clock = createClock({ start: Date.parse('2026-11-17T08:00:00Z') });
  const crm = playCrm(name, { clock, siteUrl });
  const people = roster();
  const system = await createSystem({ clock, siteUrl, roster: people, crm: crm.settings, observerOf: () => silent });
  let hears = true;
  crm.attach({
    handle: (request) => (hears ? system.account.handle(request) : Promise.reject(new Error('Nobody is there.'))),
    publish: (event) => (hears ? system.account.publish(event) : undefined),
  } as typeof system.account);
  onTestFinished(() => system.close());
  employPeople({ system, playbook, roster: people, manner, script: {} });
  const { fake } = crm;
  const stageOf = (phase: string) => fake.stages.find((each) => each.phase === phase)?.id ?? '';
  const pass = (time: number) => clock.advanceTo(clock.now() + time);
  const { account, apiUrl, http, secrets } = crm.settings;
  return {
    ...{ system, fake, pass, clock },
    sell: () => fake.put(sampleEvent('complete-standard').detail),
    move: async (dealId: string, phase: string) => {
      fake.move(dealId, stageOf(phase));
      await pass(2 * hour);
    },
    deaf: (isDeaf: boolean) => {
      hears = !isDeaf;
    },
    reconcile: async (open: readonly string[]) => {
      const crmAsked = connectorOf(name).connect({
        settings: { account, apiUrl, webhookUrl: '' },
        secrets: async () => [secrets],
        http,
        now: clock.now,
      });
      const at = new Date(clock.now()).toISOString();
      const since = new Date(clock.now() - 7 * day).toISOString();
      const world = { ...system.world, dealBus: dealBus(system.clients.events, busName), crm: crmAsked };
      const done = await reconcile(world)({ open, since, at, isDryRun: false });
      await pass(2 * hour);
      return done.found;
    },
    handoffs: () => system.account.stepFunctions.executions().map(({ name: id, status }) => `${id} ${status}`),
    statusOf: async (id: string) => (await system.world.handoffs.load(id))?.state,
    trailOf: async (id: string, what: string) =>
      (await system.world.audit.trail(id)).filter((each) => each.what === what).map(({ detail }) => detail),
    /** What went to the customer, each mail with whom it went to. */
    toCustomer: () =>
      system.account.inbox.mails
        .filter(({ to }) => to.some(({ address }) => address.endsWith('nordwind-logistik.example')))
        .map(({ tags, to }) => `${tags['kind']} ${to.map(({ address }) => address).join(' ')}`),
    writtenBack: (dealId: string) => {
      const deal = fake.deals().find((each) => each.dealId === dealId);
      const written = (deal?.properties ?? []).filter(({ writtenBack }) => writtenBack);
      return Object.fromEntries(written.map(({ label, text }) => [label, text]));
    },
  };
}

const merging = (fake: unknown) => fake as FakeHubspot;

describe('a deal of HubSpot whose handoff runs, merged with a duplicate', () => {
  it('goes on with its handoff under the deal that lives on, and stops with that one', async () => {
    const { system, fake, pass, sell, move, handoffs, statusOf, trailOf, writtenBack } = await openCompany(
      'hubspot',
      'silent',
    );
    const [deal, duplicate] = [sell(), sell()];
    await pass(hour);
    await move(deal, 'won');
    const id = `${deal}-1`;
    const mails = system.account.inbox.mails.length;
    const into = merging(fake).merge(deal, duplicate);
    await pass(hour / 60);
    expect(handoffs()).toEqual([`${id} RUNNING`]);
    expect(system.account.inbox.mails.length).toBe(mails);
    expect(await trailOf(id, 'deal-merged')).toEqual([
      `It goes on as the deal ${into} there, and what the CRM says of that one counts here.`,
    ]);
    expect((await system.world.handoffs.load(id))?.deal.crmRecord).toContain(into);
    fake.revise(into, { owner: 'james.carter@example.com' });
    await pass(hour);
    expect((await statusOf(id))?.people.accountExecutive).toBe('james.carter@example.com');
    const at = new Date(system.clock.now()).toISOString();
    const event = { source: 'handoff.crm', 'detail-type': 'Customer Renewed', detail: { dealId: into } };
    expect(await recordOutcome(system.world)({ event, at })).toEqual({ handoffId: id, outcome: 'recorded' });
    await move(into, 'lost');
    expect((await statusOf(id))?.reason).toMatch(/^Deal lost/);
    expect(writtenBack(into)['Handoff status']).toBe('canceled');
    await move(into, 'won');
    expect(handoffs()).toEqual([`${id} ABORTED`, `${deal}-2 RUNNING`]);
    expect(writtenBack(into)['Handoff status']).toBe('open');
    expect(system.account.lambda.failures).toEqual([]);
  });

  it('stops with a reason that says so where the deal that lives on is open', async () => {
    const { fake, pass, sell, move, handoffs, statusOf } = await openCompany('hubspot', 'silent');
    const [deal, duplicate] = [sell(), sell()];
    await move(deal, 'won');
    const into = merging(fake).merge(duplicate, deal);
    await pass(2 * hour);
    expect(handoffs()).toEqual([`${deal}-1 ABORTED`]);
    expect((await statusOf(`${deal}-1`))?.reason).toMatch(
      new RegExp(`^Deal reopened: In the CRM it became part of the deal ${into}, which is at ".+"\\.$`),
    );
  });

  it.each([3, 10, 120])(
    '%i days after it was won sends the customer nothing twice, and ends as ever',
    course,
    async (days) => {
      const { system, fake, clock, pass, sell, move, handoffs, toCustomer, writtenBack } = await openCompany('hubspot');
      const [deal, duplicate] = [sell(), sell()];
      await move(deal, 'won');
      await pass(days * day);
      const into = merging(fake).merge(deal, duplicate);
      await clock.runToEnd();
      expect(handoffs()).toEqual([`${deal}-1 SUCCEEDED`]);
      expect(new Set(toCustomer()).size).toBe(toCustomer().length);
      expect(writtenBack(into)['Handoff status']).toBe('complete');
      expect(system.account.deadLetters).toEqual([]);
      expect(system.account.lambda.failures).toEqual([]);
    },
  );

  it('is merged once more, and still is the same handoff', course, async () => {
    const { fake, clock, pass, sell, move, handoffs, writtenBack } = await openCompany('hubspot');
    const [deal, ...others] = [sell(), sell(), sell()];
    await move(deal, 'won');
    let into = deal;
    for (const other of others) {
      into = merging(fake).merge(into, other);
      await pass(2 * day);
    }
    await clock.runToEnd();
    expect(handoffs()).toEqual([`${deal}-1 SUCCEEDED`]);
    expect(writtenBack(into)['Handoff status']).toBe('complete');
  });

  it('keeps of two handoffs the older one, and cancels the other as its duplicate', course, async () => {
    const { fake, clock, pass, sell, move, handoffs, statusOf, toCustomer } = await openCompany('hubspot');
    const [older, newer] = [sell(), sell()];
    await move(older, 'won');
    await move(newer, 'won');
    merging(fake).merge(newer, older);
    await pass(2 * hour);
    expect((await statusOf(`${newer}-1`))?.reason).toBe(
      `Deal canceled: In the CRM it was merged with another deal, and ${older}-1 is the handoff of both.`,
    );
    await clock.runToEnd();
    expect(handoffs()).toEqual([`${older}-1 SUCCEEDED`, `${newer}-1 ABORTED`]);
    const introductions = toCustomer().filter((each) => each.startsWith('customer-introduction'));
    expect(introductions).toHaveLength(1);
  });

  it.each([true, false])(
    'is found by the reconciler where no webhook came (won: %s)',
    courseUnless(true),
    async (isWon) => {
      const { fake, pass, sell, move, deaf, reconcile: run, handoffs } = await openCompany('hubspot', 'silent');
      const [deal, duplicate] = [sell(), sell()];
      await move(deal, 'won');
      deaf(true);
      const into = isWon ? merging(fake).merge(deal, duplicate) : merging(fake).merge(duplicate, deal);
      await pass(day);
      const found = await run([`${deal}-1`]);
      expect(found).toMatchObject([{ kind: 'merged', handoffId: `${deal}-1`, into, isSaid: true }]);
      expect(handoffs()).toEqual([`${deal}-1 ${isWon ? 'RUNNING' : 'ABORTED'}`]);
      expect(await run([`${deal}-1`])).toEqual([]);
    },
  );
});

describe('a deal of Pipedrive whose handoff runs', () => {
  it('goes on where it takes in a duplicate', course, async () => {
    const { fake, clock, sell, move, handoffs } = await openCompany('pipedrive');
    const [deal, duplicate] = [sell(), sell()];
    await move(deal, 'won');
    (fake as FakePipedrive).merge(duplicate, deal);
    await clock.runToEnd();
    expect(handoffs()).toEqual([`${deal}-1 SUCCEEDED`]);
  });

  it('goes on where a won duplicate takes it in, and stops where that is open', course, async () => {
    for (const isWon of [true, false]) {
      const { fake, pass, sell, move, handoffs, statusOf, writtenBack } = await openCompany('pipedrive', 'silent');
      const [deal, duplicate] = [sell(), sell()];
      await move(deal, 'won');
      if (isWon) await move(duplicate, 'won');
      (fake as FakePipedrive).merge(deal, duplicate);
      await pass(2 * hour);
      const { reason } = (await statusOf(`${isWon ? duplicate : deal}-1`)) ?? {};
      if (isWon) {
        expect(handoffs()).toEqual([`${deal}-1 RUNNING`, `${duplicate}-1 ABORTED`]);
        expect(reason).toMatch(/is the handoff of both/);
        await move(duplicate, 'lost');
        expect(handoffs()[0]).toBe(`${deal}-1 ABORTED`);
        expect(writtenBack(duplicate)['Handoff status']).toBe('canceled');
      } else expect(reason).toMatch(/became part of the deal/);
    }
  });
});

describe.each(playedNames)('a deal in %s that was deleted by mistake, and restored', (name) => {
  it('begins anew, and sends the customer nothing that they have', courseUnless(name === 'salesforce'), async () => {
    const { fake, pass, sell, move, handoffs, toCustomer } = await openCompany(name);
    const deal = sell();
    await move(deal, 'won');
    await pass(3 * day);
    fake.remove(deal);
    await pass(2 * hour);
    expect(handoffs()).toEqual([`${deal}-1 ABORTED`]);
    const sent = toCustomer().filter((each) => each.startsWith('customer-introduction'));
    expect(sent).toHaveLength(1);
    fake.restore(deal);
    await pass(3 * day);
    expect(handoffs()).toEqual([`${deal}-1 ABORTED`, `${deal}-2 RUNNING`]);
    expect(toCustomer().filter((each) => each.startsWith('customer-introduction'))).toEqual(sent);
  });

  it('is found by the reconciler where no webhook came', course, async () => {
    const { fake, pass, sell, move, deaf, reconcile: run, handoffs } = await openCompany(name, 'silent');
    const deal = sell();
    await move(deal, 'won');
    fake.remove(deal);
    await pass(2 * hour);
    deaf(true);
    fake.restore(deal);
    await pass(hour);
    expect(await run([])).toMatchObject([{ kind: 'won without a handoff', isSaid: true }]);
    expect(handoffs()).toEqual([`${deal}-1 ABORTED`, `${deal}-2 RUNNING`]);
    expect(await run([`${deal}-2`])).toEqual([]);
  });

  it('begins nothing where its handoff was over before that', course, async () => {
    const { fake, clock, pass, sell, move, handoffs } = await openCompany(name);
    const deal = sell();
    await move(deal, 'won');
    await clock.runToEnd();
    fake.remove(deal);
    await pass(2 * hour);
    fake.restore(deal);
    await pass(day);
    expect(handoffs()).toEqual([`${deal}-1 SUCCEEDED`]);
  });
});
