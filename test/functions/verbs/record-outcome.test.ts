import { describe, expect, it } from 'vitest';
import { outcomeEvents } from '../../../functions/domain/deal/outcome.ts';
import { parseOutcome } from '../../../functions/domain/deal/outcome-event.ts';
import { measuresOf } from '../../../functions/domain/handoff/measures.ts';
import { recordOutcome } from '../../../functions/verbs/record-outcome.ts';
import { dealRules } from '../../../infra/wiring/deal-rules.ts';
import { dealEvent } from '../../support/deals.ts';
import { handoffRecord } from '../../support/handoff-record.ts';
import { type OpenSystem, openSystem } from '../../support/world.ts';

const at = '2027-02-01T10:00:00Z';

const renewed = (detail: Readonly<Record<string, unknown>>, detailType = 'Customer Renewed') => ({
  source: 'handoff.crm',
  'detail-type': detailType,
  detail,
});

const dealId = String(dealEvent().detail['dealId']);

async function won(): Promise<{ system: OpenSystem; id: string }> {
  const system = await openSystem();
  return { system, id: await system.win(dealEvent()) };
}

const refusals = async (system: OpenSystem) =>
  (await system.dump()).filter(({ pk }) => pk === 'REFUSED').map(({ refused }) => JSON.parse(String(refused)));

const outcomesOnTrail = async ({ world }: OpenSystem, id: string) =>
  (await world.audit.trail(id)).filter(({ what }) => what === 'outcome').map(({ detail }) => detail);

describe('what became of a customer', () => {
  it('is kept with the newest handoff of the deal, and on its trail, and mails nobody', async () => {
    const { system, id } = await won();
    const mailed = system.mails().length;
    await system.put(renewed({ dealId, at: '2026-11-20', amount: 24_000, currency: 'eur', reference: 'R-7' }));
    const { outcomes } = await system.load(id);
    expect(outcomes).toEqual([
      {
        outcome: 'renewed',
        at: '2026-11-20T00:00:00Z',
        saidAt: new Date(system.now()).toISOString(),
        amount: 24_000,
        currency: 'EUR',
        reference: 'R-7',
      },
    ]);
    expect(await outcomesOnTrail(system, id)).toEqual(['Customer renewed on 2026-11-20, 24000 EUR (R-7).']);
    expect(system.mails()).toHaveLength(mailed);
    expect(await refusals(system)).toEqual([]);
  });

  it('is kept for an ended handoff, and for the episode that is named', async () => {
    const { system, id } = await won();
    await system.until('2026-11-23T15:00:00Z');
    await system.put(renewed({ dealId, reason: 'No budget.' }, 'Deal Lost'));
    await system.until('2026-11-24T15:00:00Z');
    const second = await system.win(dealEvent({ closedWonAt: '2026-11-24T14:00:00Z', wonEpisode: 2 }));
    await system.put(renewed({ dealId, wonEpisode: 1, at: '2026-11-20T10:00:00Z' }, 'Customer Churned'));
    await system.put(renewed({ dealId, at: '2026-11-20T11:00:00Z' }, 'Customer Expanded'));
    expect((await system.load(id)).outcomes?.map(({ outcome }) => outcome)).toEqual(['churned']);
    expect((await system.load(second)).outcomes?.map(({ outcome }) => outcome)).toEqual(['expanded']);
  });

  it('is one outcome when it is said twice, and corrected when something else is said later under its reference', async () => {
    const { system, id } = await won();
    const record = recordOutcome(system.world);
    const said = (amount: number) => renewed({ dealId, at: '2027-01-31', amount, currency: 'EUR', reference: 'R-7' });
    const later = '2027-02-02T10:00:00Z';
    expect(await record({ event: said(100), at })).toMatchObject({ outcome: 'recorded' });
    expect(await record({ event: said(100), at })).toMatchObject({ outcome: 'known' });
    expect(await record({ event: said(100), at: later })).toMatchObject({ outcome: 'known' });
    expect(await record({ event: said(200), at: later })).toMatchObject({ outcome: 'recorded' });
    expect(await record({ event: said(100), at })).toMatchObject({ outcome: 'known' });
    expect((await system.load(id)).outcomes?.map(({ amount }) => amount)).toEqual([200]);
    expect(await outcomesOnTrail(system, id)).toEqual([
      'Customer renewed on 2027-01-31, 100 EUR (R-7).',
      'Customer renewed on 2027-01-31, 200 EUR (R-7). This corrects what was said before.',
    ]);
  });

  it('is on record and on the trail once, though whoever records it is interrupted between the two', async () => {
    const { system, id } = await won();
    const event = renewed({ dealId, at: '2027-01-31' });
    const broken = {
      ...system.world,
      handoffs: { ...system.world.handoffs, addOutcome: () => Promise.reject(new Error('interrupted')) },
    };
    await expect(recordOutcome(broken)({ event, at })).rejects.toThrow('interrupted');
    await recordOutcome(system.world)({ event, at });
    expect((await system.load(id)).outcomes).toHaveLength(1);
    expect(await outcomesOnTrail(system, id)).toHaveLength(1);
  });

  it('of a deal or an episode that nobody knows is kept among what was refused, and says what to send', async () => {
    const { system } = await won();
    await system.put(renewed({ dealId: 'unheard-of' }));
    await system.put(renewed({ dealId, wonEpisode: 7 }));
    await system.put(renewed({ dealId, at: '2031-01-01' }));
    const told = (await refusals(system)).flat().map(({ field, problem }) => `${field} ${problem}`);
    expect(told.toSorted()).toEqual([
      'detail.at is 2031-01-01T00:00:00Z, which is still to come',
      'detail.dealId names a deal without a handoff: unheard-of',
      `detail.wonEpisode names episode 7 of deal ${dealId}, which has no handoff`,
    ]);
  });

  it('waits while its handoff has not begun', async () => {
    const system = await openSystem();
    const { deal } = handoffRecord();
    await system.world.deals.store('D-1', { ...deal, dealId: 'D' }, { notes: [], at });
    await expect(recordOutcome(system.world)({ event: renewed({ dealId: 'D' }), at })).rejects.toThrow(
      'has not begun: try again',
    );
  });
});

describe('the event', () => {
  it('leaves out an amount that nobody could add up, and says so', () => {
    const parsed = parseOutcome(renewed({ dealId: 7, amount: '12,000', currency: 'EUR', colour: 'blue' }), at);
    expect(parsed).toMatchObject({ dealId: '7', outcome: { outcome: 'renewed', at, saidAt: at } });
    if ('refused' in parsed) throw new Error('It was refused.');
    expect(Object.keys(parsed.outcome)).toEqual(['outcome', 'at', 'saidAt']);
    expect(parsed.notes).toEqual([
      expect.stringMatching(/^detail\.amount is not usable: "12,000"; left out, expected /),
      'detail.colour is not a field of this event; not used',
    ]);
    const bare = parseOutcome(renewed({ dealId: 'D', amount: 5 }), at);
    expect(bare).toMatchObject({ notes: ['detail.amount comes without a currency; left out'] });
  });

  it('names every problem at once', () => {
    const parsed = parseOutcome(renewed({ wonEpisode: 'many', at: 'soon' }), at);
    const fields = 'refused' in parsed ? parsed.refused.map(({ field }) => field) : [];
    expect(fields).toEqual(['detail.dealId', 'detail.wonEpisode', 'detail.at']);
  });
});

describe('a completed onboarding', () => {
  it('counts among the measures, whatever was answered in the handoff', () => {
    const record = handoffRecord();
    expect(measuresOf(record, at).onboardingComplete).toBeUndefined();
    const outcomes = [{ outcome: 'onboarding completed', at, saidAt: at }] as const;
    expect(measuresOf({ ...record, outcomes }, at).onboardingComplete).toBe(true);
    expect(measuresOf({ ...record, outcomes: [{ outcome: 'churned', at, saidAt: at }] }, at)).toEqual(
      measuresOf(record, at),
    );
  });
});

describe('the rule of the bus', () => {
  it('takes each of these events', () => {
    const rule = dealRules.find(({ name }) => name === 'customer-outcome');
    expect(rule).toMatchObject({ target: 'follow-deal', detailType: Object.keys(outcomeEvents) });
  });
});
