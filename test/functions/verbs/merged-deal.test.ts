import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CrmDeal, DealPhase, DealRead } from '../../../functions/ports/crm.ts';
import type { BusMessage } from '../../../functions/ports/deal-bus.ts';
import { ServiceUnavailable } from '../../../functions/ports/errors.ts';
import type { SeenDeal, SeenVersion } from '../../../functions/ports/seen-deals.ts';
import type { DealSignal } from '../../../functions/ports/webhooks.ts';
import { placeOf } from '../../../functions/verbs/merged-deal.ts';
import { readDeals } from '../../../functions/verbs/read-deal.ts';

const wonAt = '2026-11-17T09:00:00.000Z';
const mergedAt = '2026-11-20T15:00:00.000Z';

interface Record {
  phase: DealPhase;
  tookIn?: readonly string[];
  mergedInto?: string;
  isDeleted?: boolean;
}

type Signal = Pick<DealSignal, 'dealId'> & Partial<DealSignal>;

/** A CRM of a few deals, what is known of them, and a bus; any of its calls may fail, before it has done something or after. */
function playedWorld({ tells = true }: { tells?: boolean } = {}) {
  const kept = new Map<string, SeenVersion>();
  const bus: BusMessage[] = [];
  const crm = new Map<string, Record>();
  const handoffs = new Map<string, { readonly at: string; status: string }>();
  const episodes = new Map<string, string[]>();
  const joined: string[] = [];
  const trail: string[] = [];
  const refused: unknown[] = [];
  let [calls, fails] = [0, { at: 0, isAfter: false }];
  const call =
    <Input extends readonly unknown[], Output>(run: (...input: Input) => Output) =>
    async (...input: Input): Promise<Output> => {
      calls += 1;
      const isFailing = calls === fails.at;
      if (isFailing && !fails.isAfter) throw new ServiceUnavailable('Not now.');
      const output = run(...input);
      if (isFailing) throw new ServiceUnavailable('Nobody heard that it worked.');
      return output;
    };
  const dealIn = (dealId: string): CrmDeal => {
    const { phase = 'early', tookIn } = crm.get(dealId) ?? {};
    const facts = { dealId, customer: { name: 'Nordwind' }, crmRecord: `https://crm.example.com/${dealId}` };
    return {
      ...{ dealId, stage: phase, phase, changedAt: mergedAt, facts, notes: [], ...(phase === 'won' && { wonAt }) },
      ...(tookIn && tells && { tookIn }),
    };
  };
  const world = {
    crm: {
      readDeal: call((dealId: string): DealRead => {
        const { mergedInto, isDeleted } = crm.get(dealId) ?? { isDeleted: true };
        if (mergedInto !== undefined && tells) return { mergedInto };
        return mergedInto !== undefined || isDeleted ? { gone: 'It is gone.' } : { deal: dealIn(dealId) };
      }),
    },
    webhooks: { hear: () => ({ unreadable: 'nothing' }), isOurs: () => true, tellsEvents: false },
    dealBus: { put: call((messages: readonly BusMessage[]) => void bus.push(...messages)) },
    claims: { read: async () => undefined },
    deals: {
      episodes: call((dealId: string) => episodes.get(dealId) ?? []),
      join: call((dealId: string, other: string) => void joined.push(`${other} to ${dealId}`)),
      read: call((id: string) => ({ deal: { closedWonAt: wonAt }, notes: [], at: handoffs.get(id)?.at ?? wonAt })),
    },
    handoffs: { load: call((id: string) => ({ state: { status: handoffs.get(id)?.status } })) },
    audit: { write: call((id: string, { detail }: { detail: string }) => void trail.push(`${id}: ${detail}`)) },
    refusals: { store: call((each: unknown) => void refused.push(each)) },
    seenDeals: {
      load: call((id: string) => kept.get(id)),
      save: call((id: string, seen: SeenDeal, over: number) => {
        if ((kept.get(id)?.version ?? 0) !== over) return undefined;
        kept.set(id, { seen, version: over + 1 });
        return over + 1;
      }),
    },
    hash: (text: string) => `#${text}`,
  };
  const hear = (signal: Signal, at = mergedAt) =>
    readDeals(world as never)({
      ...{ source: 'handoff.heard', 'detail-type': 'Deal Heard', time: at },
      detail: { crm: 'any', signals: [{ account: '1', what: 'changed', at, key: 'k', ...signal }] },
    });
  return {
    ...{ kept, bus, crm, handoffs, episodes, joined, trail, refused, hear },
    /** Its handoff has begun, and is as far as that. */
    begun(dealId: string, { at = wonAt, status = 'open' } = {}) {
      handoffs.set(`${dealId}-1`, { at, status });
      episodes.set(dealId, [`${dealId}-1`]);
    },
    /** Hears it as a queue does: whatever fails comes again. */
    async hearInterrupted(signal: Signal, fail: { readonly at: number; readonly isAfter: boolean }) {
      [calls, fails] = [0, fail];
      await hear(signal).catch(() => hear(signal));
      [calls, fails] = [0, { at: 0, isAfter: false }];
    },
    /** What was told since: each once, however often it was put on the bus. */
    told: () =>
      [...new Set(bus.map(({ detailType, detail, at }) => `${detailType} ${detail['dealId']} ${at}`))].map((each) =>
        each.slice(0, each.lastIndexOf(' ')),
      ),
    place: async (dealId: string) => {
      const { dealId: here, livesAs } = await placeOf(world, dealId);
      return `${here} as ${livesAs}`;
    },
  };
}

/** A deal that is won, with its handoff; a duplicate of it; and the deal that HubSpot makes of both. */
async function mergedDeals(survivor: DealPhase, { tells = true, into = 'C' } = {}) {
  const played = playedWorld({ tells });
  played.crm.set('A', { phase: 'won' }).set('B', { phase: 'proposed' });
  await played.hear({ dealId: 'A' }, wonAt);
  played.begun('A');
  await played.hear({ dealId: 'B' }, wonAt);
  expect(played.told()).toEqual(['Deal Closed Won A', 'Deal Proposed B']);
  played.bus.length = 0;
  const gone = ['A', 'B'].filter((id) => id !== into);
  for (const id of gone) played.crm.set(id, { phase: 'won', mergedInto: into });
  played.crm.set(into, { phase: survivor, tookIn: gone });
  return played;
}

const signals: readonly Signal[] = [
  { dealId: 'A', what: 'merged', mergedInto: 'C' },
  { dealId: 'B', what: 'merged', mergedInto: 'C' },
  { dealId: 'C' },
  { dealId: 'A' },
  { dealId: 'A', what: 'deleted' },
  { dealId: 'B', what: 'deleted' },
];

const interruptions = fc.record({ at: fc.integer({ min: 0, max: 40 }), isAfter: fc.boolean() });
const heard = fc.array(fc.tuple(fc.constantFrom(...signals), interruptions), { minLength: 1, maxLength: 7 });

describe('a deal that was merged with another', () => {
  it('goes on under the id that lives on, in whatever order that is told, how often, and interrupted wherever', async () => {
    const property = fc.asyncProperty(heard, async (all) => {
      const played = await mergedDeals('won');
      for (const [signal, fail] of all) await played.hearInterrupted(signal, fail);
      expect(played.told().toSorted()).toEqual(['Deal Cancelled B', 'Deal Changed A']);
      for (const id of ['A', 'B', 'C']) expect(await played.place(id)).toBe('A as C');
      expect(new Set(played.trail).size).toBe(1);
      expect([played.refused, played.joined]).toEqual([[], []]);
      played.bus.length = 0;
      for (const phase of ['lost', 'won', 'proposed'] as const) {
        played.crm.set('C', { phase, tookIn: ['A', 'B'] });
        await played.hear({ dealId: 'C' });
      }
      const after = ['Deal Lost A', 'Deal Closed Won A', 'Deal Reopened A', 'Deal Proposed A'];
      expect(played.told()).toEqual(after);
      played.crm.set('C', { phase: 'won', isDeleted: true });
      await played.hear({ dealId: 'C', what: 'deleted' });
      expect(played.told()).toEqual([...after, 'Deal Cancelled A']);
    });
    await fc.assert(property, { numRuns: 300 });
  });

  it('goes on as well where the CRM tells of it in webhooks only, and the one that lives on keeps its id', async () => {
    const pipedrive = [
      { dealId: 'A', what: 'merged', mergedInto: 'B' },
      { dealId: 'B' },
    ] as const satisfies readonly Signal[];
    const order = fc.array(fc.tuple(fc.constantFrom(...pipedrive), interruptions), { minLength: 1, maxLength: 4 });
    const property = fc.asyncProperty(order, async (all) => {
      const played = await mergedDeals('won', { tells: false, into: 'B' });
      // B was an open duplicate, and is what both are now: it may be heard to be won before it is heard to be the same.
      for (const [signal, fail] of [...all, [pipedrive[0], { at: 0, isAfter: false }] as const])
        await played.hearInterrupted(signal, fail);
      expect(played.told()).not.toContain('Deal Cancelled A');
      for (const id of ['A', 'B']) expect(await played.place(id)).toBe('A as B');
      played.crm.set('B', { phase: 'lost' });
      await played.hear({ dealId: 'B' });
      // Nothing is heard of what is gone that could stop it.
      await played.hear({ dealId: 'A' });
      expect(played.told().at(-1)).toBe('Deal Lost A');
    });
    await fc.assert(property, { numRuns: 200 });
  });

  it.each([
    ['proposed', 'Deal Reopened', 'In the CRM it became part of the deal C, which is at "proposed".'],
    ['early', 'Deal Reopened', 'In the CRM it became part of the deal C, which is at "early".'],
    ['lost', 'Deal Lost', 'In the CRM it became part of the deal C, which is lost.'],
  ] as const)('stops where the one that lives on is %s, and says why', async (phase, type, reason) => {
    const played = await mergedDeals(phase);
    for (const signal of signals) await played.hear(signal);
    expect(played.bus.find(({ detailType }) => detailType === type)?.detail).toEqual({ dealId: 'A', reason });
    expect(played.told().filter((each) => each === `${type} A`)).toHaveLength(1);
    // Reopened once more later, it is no more the merge that did it.
    for (const next of ['won', 'early'] as const) {
      played.crm.set('C', { phase: next, tookIn: ['A', 'B'] });
      await played.hear({ dealId: 'C' });
    }
    expect(played.bus.at(-1)?.detail).toEqual({ dealId: 'A', reason: 'It is at "early" again.' });
  });

  it('keeps its id when it is merged again, whichever of the merges is heard of first', async () => {
    const again: readonly Signal[] = [...signals, { dealId: 'C', what: 'merged', mergedInto: 'E' }, { dealId: 'E' }];
    const order = fc.shuffledSubarray([...again], { minLength: 1 });
    const property = fc.asyncProperty(order, async (all) => {
      const played = await mergedDeals('won');
      played.crm.set('C', { phase: 'won', mergedInto: 'E' }).set('D', { phase: 'won', mergedInto: 'E' });
      for (const id of ['A', 'B']) played.crm.set(id, { phase: 'won', mergedInto: 'E' });
      played.crm.set('E', { phase: 'won', tookIn: ['C', 'A', 'B', 'D'] });
      for (const signal of all) await played.hear(signal);
      expect(played.told().filter((each) => each.startsWith('Deal Closed') || each === 'Deal Cancelled A')).toEqual([]);
      for (const id of ['A', 'B', 'E']) expect(await played.place(id)).toBe('A as E');
      played.crm.set('E', { phase: 'lost', tookIn: ['C', 'A', 'B', 'D'] });
      await played.hear({ dealId: 'E' });
      await played.hear({ dealId: 'C' });
      expect(played.told().filter((each) => each.startsWith('Deal Lost'))).toEqual(['Deal Lost A']);
    });
    await fc.assert(property, { numRuns: 200 });
  });

  it.each([
    ['the older', { A: { at: wonAt }, B: { at: '2026-11-18T09:00:00Z' } }, 'A'],
    ['the one that runs', { A: { at: wonAt, status: 'complete' }, B: { at: '2026-11-18T09:00:00Z' } }, 'B'],
    [
      'the older of two that are over',
      { A: { status: 'complete' }, B: { at: '2026-11-18T09:00:00Z', status: 'cancelled' } },
      'A',
    ],
  ])('of two handoffs keeps %s, and cancels the other one as its duplicate', async (_, standing, keeps) => {
    const property = fc.asyncProperty(heard, async (all) => {
      const played = playedWorld();
      for (const [dealId, how] of Object.entries(standing)) {
        played.crm.set(dealId, { phase: 'won' });
        await played.hear({ dealId }, wonAt);
        played.begun(dealId, how);
      }
      played.bus.length = 0;
      const other = keeps === 'A' ? 'B' : 'A';
      for (const id of ['A', 'B']) played.crm.set(id, { phase: 'won', mergedInto: 'C' });
      played.crm.set('C', { phase: 'won', tookIn: ['A', 'B'] });
      for (const [signal, fail] of all) await played.hearInterrupted(signal, fail);
      expect(played.told().toSorted()).toEqual([`Deal Cancelled ${other}`, `Deal Changed ${keeps}`]);
      const reason = `In the CRM it was merged with another deal, and ${keeps}-1 is the handoff of both.`;
      expect(played.bus.find(({ detailType }) => detailType === 'Deal Cancelled')?.detail).toEqual({
        dealId: other,
        reason,
      });
      // What the other one sent to the customer is not sent again.
      expect(new Set(played.joined)).toEqual(new Set([`${other} to ${keeps}`]));
      for (const id of ['A', 'B', 'C']) expect(await played.place(id)).toBe(`${keeps} as C`);
    });
    await fc.assert(property, { numRuns: 100 });
  });

  it('is put right where the deal that lives on was taken for a stranger before', async () => {
    const played = await mergedDeals('won', { tells: false });
    await played.hear({ dealId: 'C' }, wonAt);
    expect(played.told()).toEqual(['Deal Closed Won C']);
    played.begun('C', { at: mergedAt });
    await played.hear({ dealId: 'A', what: 'merged', mergedInto: 'C' });
    expect(played.told()).toEqual(['Deal Closed Won C', 'Deal Cancelled C', 'Deal Changed A']);
    expect(await played.place('C')).toBe('A as C');
    expect(played.joined).toEqual(['C to A']);
  });

  it('stops where the one that lives on was deleted since, also if that was heard of first', async () => {
    for (const isFirst of [true, false]) {
      const played = await mergedDeals('won');
      played.crm.set('C', { phase: 'won', isDeleted: true });
      const [merged] = signals;
      const deleted: Signal = { dealId: 'C', what: 'deleted' };
      for (const signal of isFirst ? [deleted, merged] : [merged, deleted]) if (signal) await played.hear(signal);
      expect(played.told()).toEqual(['Deal Cancelled A']);
    }
  });

  it('is left alone, and on record, where the CRM does not show the one that lives on', async () => {
    const played = await mergedDeals('won');
    played.crm.set('C', { phase: 'won', isDeleted: true });
    if (signals[0]) await played.hear(signals[0]);
    expect([played.told(), played.refused.length]).toEqual([[], 1]);
  });
});
