import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Refusal } from '../../../functions/domain/fields/refusal.ts';
import type { CrmDeal, DealPhase, DealRead } from '../../../functions/ports/crm.ts';
import type { BusMessage } from '../../../functions/ports/deal-bus.ts';
import { CrmUnavailable, ServiceUnavailable } from '../../../functions/ports/errors.ts';
import type { SeenDeal, SeenVersion } from '../../../functions/ports/seen-deals.ts';
import { readDeals } from '../../../functions/verbs/read-deal.ts';

const at = '2026-11-20T15:00:00.000Z';
const dealId = '9817234';

const dealAt = (phase: DealPhase, more: Partial<CrmDeal> = {}): DealRead => ({
  deal: {
    dealId,
    stage: phase,
    phase,
    changedAt: at,
    facts: { name: 'Nordwind', customer: { name: 'Nordwind' }, accountExecutive: 'anna.keller@example.com' },
    notes: [],
    ...(phase === 'won' && { wonAt: at }),
    ...more,
  },
});

/** A CRM, a bus and a memory that can be looked into, and can fail. */
function playedWorld() {
  const kept = new Map<string, SeenVersion>();
  const bus: BusMessage[] = [];
  const refusals: Refusal[] = [];
  const now: {
    read: DealRead;
    failing?: 'crm' | 'bus' | 'after bus';
    races: number;
    handoffs: string[];
    isOwn: boolean;
  } = {
    handoffs: [`${dealId}-1`],
    isOwn: true,
    read: dealAt('early'),
    races: 0,
  };
  const world = {
    crm: {
      readDeal: async (): Promise<DealRead> => {
        if (now.failing === 'crm') throw new CrmUnavailable('The CRM is out.');
        return now.read;
      },
    },
    webhooks: {
      hear: () => ({ unreadable: 'nothing' }),
      isOurs: () => true,
      get tellsEvents() {
        return now.isOwn;
      },
    },
    dealBus: {
      put: async (messages: readonly BusMessage[]) => {
        if (now.failing === 'bus') throw new ServiceUnavailable('The bus is out.');
        bus.push(...messages);
        if (now.failing === 'after bus') throw new ServiceUnavailable('Nobody heard that it worked.');
      },
    },
    claims: { read: async () => undefined },
    deals: { episodes: async () => now.handoffs, join: async () => undefined, read: async () => undefined },
    handoffs: { load: async () => undefined },
    audit: { write: async () => undefined },
    refusals: {
      store: async ({ refused }: { readonly refused: readonly Refusal[] }) => void refusals.push(...refused),
    },
    seenDeals: {
      load: async (id: string) => kept.get(id),
      save: async (id: string, seen: SeenDeal, over: number) => {
        if (now.races > 0) {
          now.races -= 1;
          const version = (kept.get(id)?.version ?? 0) + 1;
          kept.set(id, { seen: kept.get(id)?.seen ?? { ...seen, phase: 'early', outbox: [] }, version });
        }
        if ((kept.get(id)?.version ?? 0) !== over) return undefined;
        kept.set(id, { seen, version: over + 1 });
        return over + 1;
      },
    },
    hash: (text: string) => `#${text}`,
  };
  const hear = (when: string = at, signal: object = {}) =>
    readDeals(world)({
      source: 'handoff.heard',
      'detail-type': 'Deal Heard',
      time: when,
      detail: { crm: 'any', signals: [{ account: '1', dealId, what: 'changed', at: when, key: 'k', ...signal }] },
    });
  /** An event of somebody who writes our own. */
  const hearOwn = (event: Readonly<Record<string, unknown>>) =>
    readDeals(world)({ source: 'handoff.heard', time: at, detail: { crm: 'webhook', event } });
  return { now, bus, kept, refusals, hear, hearOwn, said: () => bus.map(({ detailType }) => detailType) };
}

describe('a deal that was told as won, and has no handoff', () => {
  it('is told again once something in it has changed, as what was wrong with it may be right', async () => {
    const { now, hear, said } = playedWorld();
    now.read = dealAt('won');
    await hear();
    now.handoffs = [];
    await hear();
    expect(said()).toEqual(['Deal Closed Won']);
    now.read = dealAt('won', { facts: { name: 'Nordwind', accountExecutive: 'anna.keller@example.com' } });
    await hear();
    expect(said()).toEqual(['Deal Closed Won', 'Deal Closed Won', 'Deal Changed']);
  });
});

describe('a deal that the stage leaves out', () => {
  const leftOut = 'It is a renewal.';

  it.each<[string, readonly DealRead[], readonly string[]]>([
    [
      'first, and is gone, and won long before it counts',
      [dealAt('won', { wonAt: '2026-10-01', leftOut }), { gone: 'Deleted.' }, dealAt('won', { wonAt: '2026-10-01' })],
      [],
    ],
    [
      'once it is back at a proposal',
      [dealAt('won'), dealAt('proposed', { leftOut })],
      ['Deal Closed Won', 'Deal Reopened'],
    ],
    ['once it is lost', [dealAt('won'), dealAt('lost', { leftOut })], ['Deal Closed Won', 'Deal Lost']],
    ['as a draft that is lost', [dealAt('proposed'), dealAt('lost', { leftOut })], ['Deal Proposed', 'Deal Lost']],
    ['as a draft', [dealAt('proposed'), dealAt('proposed', { leftOut })], ['Deal Proposed', 'Deal Cancelled']],
    [
      'while it is deleted and restored, after its handoff had begun',
      [dealAt('won'), dealAt('won', { leftOut }), { gone: 'Deleted.' }, dealAt('won', { leftOut })],
      ['Deal Closed Won', 'Deal Cancelled', 'Deal Closed Won'],
    ],
    [
      'after it was won without us',
      [dealAt('won', { wonAt: '2026-10-01' }), dealAt('won', { wonAt: '2026-10-01', leftOut })],
      [],
    ],
  ])('tells what its handoff or draft needs: %s', async (_, reads, expected) => {
    const { now, hear, said } = playedWorld();
    for (const read of reads) {
      now.read = read;
      await hear(at, { what: 'gone' in read ? 'deleted' : 'changed' });
    }
    expect(said()).toEqual(expected);
  });

  it('is not told as won once more where nothing has begun with it', async () => {
    const { now, hear, said } = playedWorld();
    now.read = dealAt('won');
    await hear();
    now.handoffs = [];
    now.read = dealAt('won', { leftOut });
    await hear();
    expect(said()).toEqual(['Deal Closed Won', 'Deal Cancelled']);
  });

  it('begins with the signature that it had once it is left out no more, whatever was told meanwhile', async () => {
    const { now, hear, bus } = playedWorld();
    for (const read of [dealAt('proposed'), dealAt('won', { leftOut }), dealAt('won')]) {
      now.read = read;
      await hear();
    }
    expect(bus.map(({ detailType }) => detailType)).toEqual(['Deal Proposed', 'Deal Cancelled', 'Deal Closed Won']);
    expect(bus[2]?.detail).toMatchObject({ closedWonAt: at, restored: true });
  });
});

describe('a deal that the CRM does not show', () => {
  it('is not stopped unless it was deleted, and is on record if its handoff runs', async () => {
    const { now, hear, said, refusals } = playedWorld();
    now.read = { gone: 'There is none, or we may not see it.' };
    await hear();
    expect(refusals).toEqual([]);
    now.read = dealAt('won');
    await hear();
    now.read = { gone: 'There is none, or we may not see it.' };
    await hear();
    expect(said()).toEqual(['Deal Closed Won']);
    expect(refusals).toEqual([expect.objectContaining({ problem: expect.stringContaining('does not show us') })]);
    await hear(at, { what: 'deleted' });
    expect(said()).toEqual(['Deal Closed Won', 'Deal Cancelled']);
  });
});

describe('a time that is still to come', () => {
  it('is taken for the time when it was heard', async () => {
    const { now, hear, bus } = playedWorld();
    now.read = dealAt('won');
    await hear(at, { at: '+275760-09-13T00:00:00.000Z' });
    expect(bus[0]?.at).toBe(at);
  });
});

describe('an event of ours in the name of a CRM that writes none', () => {
  it('is left', async () => {
    const { now, hearOwn, bus } = playedWorld();
    now.isOwn = false;
    await hearOwn({ 'detail-type': 'Deal Closed Won', detail: { dealId } });
    expect(bus).toEqual([]);
  });
});

describe('what is told of a deal', () => {
  it.each<[string, readonly DealRead[], readonly string[]]>([
    ['won', [dealAt('won')], ['Deal Closed Won']],
    ['won, heard of twice', [dealAt('won'), dealAt('won')], ['Deal Closed Won']],
    ['proposed, then won', [dealAt('proposed'), dealAt('won')], ['Deal Proposed', 'Deal Closed Won']],
    ['proposed, then lost', [dealAt('proposed'), dealAt('lost')], ['Deal Proposed', 'Deal Lost']],
    ['won, then lost', [dealAt('won'), dealAt('lost')], ['Deal Closed Won', 'Deal Lost']],
    ['won, then early again', [dealAt('won'), dealAt('early')], ['Deal Closed Won', 'Deal Reopened']],
    [
      'won, reopened, won again',
      [dealAt('won'), dealAt('early'), dealAt('won')],
      ['Deal Closed Won', 'Deal Reopened', 'Deal Closed Won'],
    ],
    [
      'won, back at a proposal',
      [dealAt('won'), dealAt('proposed')],
      ['Deal Closed Won', 'Deal Reopened', 'Deal Proposed'],
    ],
    [
      'won, then changed',
      [dealAt('won'), dealAt('won', { facts: { name: 'Other' } })],
      ['Deal Closed Won', 'Deal Changed'],
    ],
    ['early, then lost', [dealAt('early'), dealAt('lost')], []],
    [
      'proposed, early again and changed, then lost',
      [dealAt('proposed'), dealAt('early'), dealAt('early', { facts: { name: 'Other' } }), dealAt('lost')],
      ['Deal Proposed', 'Deal Lost'],
    ],
    [
      'proposed, early again, deleted, and put in once more',
      [dealAt('proposed'), dealAt('early'), { gone: 'Deleted.' }, dealAt('early'), dealAt('lost')],
      ['Deal Proposed', 'Deal Cancelled'],
    ],
    ['never heard of, and deleted', [{ gone: 'Deleted.' }], []],
    ['won long ago', [dealAt('won', { wonAt: '2026-10-01T09:00:00Z' })], []],
    [
      'won long ago, and changed now',
      [dealAt('won', { wonAt: '2026-10-01' }), dealAt('won', { wonAt: '2026-10-01', facts: { name: 'Other' } })],
      [],
    ],
    [
      'won long ago, deleted, and restored',
      [dealAt('won', { wonAt: '2026-10-01' }), { gone: 'Deleted.' }, dealAt('won', { wonAt: '2026-10-01' })],
      ['Deal Cancelled'],
    ],
    ['won long ago, and lost now', [dealAt('won', { wonAt: '2026-10-01' }), dealAt('lost')], ['Deal Lost']],
  ])('that is %s', async (_, reads, expected) => {
    const { now, hear, said } = playedWorld();
    for (const read of reads) {
      now.read = read;
      await hear(at, { what: 'gone' in read ? 'deleted' : 'changed' });
    }
    expect(said()).toEqual(expected);
  });

  it('says of a deal that was deleted and restored that it was, and of no other', async () => {
    const { now, hear, bus } = playedWorld();
    for (const read of [dealAt('won'), { gone: 'Deleted.' }, dealAt('won'), dealAt('lost'), dealAt('won')]) {
      now.read = read;
      await hear(at, { what: 'gone' in read ? 'deleted' : 'changed' });
    }
    const wins = bus.filter(({ detailType }) => detailType === 'Deal Closed Won');
    expect(wins.map(({ detail }) => detail['restored'])).toEqual([undefined, true, undefined]);
  });

  it('carries its facts and when it was won, and for a stop the reason', async () => {
    const { now, hear, bus } = playedWorld();
    now.read = dealAt('won');
    await hear();
    now.read = dealAt('lost', { lostReason: 'They merged.' });
    await hear();
    expect(bus[0]?.detail).toMatchObject({ dealId, closedWonAt: at, name: 'Nordwind' });
    expect(bus[1]?.detail).toEqual({ dealId, reason: 'They merged.' });
  });

  it('is later each time than what was told before, whatever the CRM says of when', async () => {
    const { now, hear, bus } = playedWorld();
    const phases: readonly DealPhase[] = ['won', 'early', 'won', 'proposed', 'lost'];
    for (const phase of phases) {
      now.read = dealAt(phase);
      await hear('2026-11-20T14:59:59Z');
    }
    const times = bus.map((message) => Date.parse(message.at));
    expect(times).toEqual([...new Set(times)].sort());
    expect(times.every((time) => time % 1000 === 0)).toBe(true);
  });

  it('is the same whatever the order in which the CRM lists its facts', async () => {
    const { now, hear, said } = playedWorld();
    now.read = dealAt('won', { facts: { name: 'N', customer: { name: 'N', country: 'DE' } } });
    await hear();
    now.read = dealAt('won', { facts: { customer: { country: 'DE', name: 'N' }, name: 'N' } });
    await hear();
    expect(said()).toEqual(['Deal Closed Won']);
  });

  it('follows a deal that was merged into another', async () => {
    const { now, hear, bus } = playedWorld();
    now.read = dealAt('won');
    await hear();
    await hear(at, { what: 'merged', mergedInto: '42' });
    expect(bus.map(({ detailType, detail }) => `${detailType} ${detail['dealId']}`)).toEqual([
      `Deal Closed Won ${dealId}`,
      // What lives on is read as well, under the id that is known; this CRM says the same of every deal.
    ]);
  });

  it('fits on the bus, however long the texts are', async () => {
    const { now, hear, bus } = playedWorld();
    const dealContext = { whyUs: 'x'.repeat(900_000), painPoints: 'y'.repeat(900_000) };
    now.read = dealAt('won', { facts: { name: 'N', package: { dealContext } } });
    await hear();
    expect(Buffer.byteLength(JSON.stringify(bus[0]?.detail))).toBeLessThan(256_000);
  });
});

describe('an event of somebody who writes our own', () => {
  it('goes on with what is no text in it left out', async () => {
    const { hearOwn, bus } = playedWorld();
    await hearOwn({ 'detail-type': { toString: 1 }, time: { valueOf: [] }, detail: { dealId } });
    expect(bus).toMatchObject([{ detailType: 'unknown', at: '2026-11-20T15:00:00Z', detail: { dealId } }]);
  });

  it('is kept with the reason where the bus does not take it', async () => {
    const { hearOwn, bus, refusals } = playedWorld();
    await hearOwn({ 'detail-type': 'Deal Closed Won', detail: { dealId, more: 'x'.repeat(300_000) } });
    expect(bus).toEqual([]);
    expect(refusals).toMatchObject([{ field: 'detail', problem: 'is larger than 240 KB, even with its package cut' }]);
  });
});

describe('when something fails', () => {
  it('in the CRM, nothing is known of the deal until it is back', async () => {
    const { now, hear, said, kept } = playedWorld();
    now.failing = 'crm';
    await expect(hear()).rejects.toThrow(CrmUnavailable);
    expect(kept.size).toBe(0);
    Object.assign(now, { failing: undefined, read: dealAt('won') });
    await hear();
    expect(said()).toEqual(['Deal Closed Won']);
  });

  it('on the way to the bus, what was to be told is told when it is tried again, though the deal has moved on', async () => {
    const { now, hear, said } = playedWorld();
    Object.assign(now, { failing: 'bus', read: dealAt('won') });
    await expect(hear()).rejects.toThrow(ServiceUnavailable);
    Object.assign(now, { failing: undefined, read: dealAt('lost') });
    await hear();
    expect(said()).toEqual(['Deal Closed Won', 'Deal Lost']);
  });

  it('after it was on the bus, it is told twice, as the same', async () => {
    const { now, hear, bus } = playedWorld();
    Object.assign(now, { failing: 'after bus', read: dealAt('won') });
    await expect(hear()).rejects.toThrow(ServiceUnavailable);
    now.failing = undefined as never;
    await hear();
    expect(bus).toHaveLength(2);
    expect(bus[1]).toEqual(bus[0]);
  });

  it('as somebody else reads the same deal, it is read again, and in the end left for later', async () => {
    const { now, hear, said } = playedWorld();
    Object.assign(now, { races: 2, read: dealAt('won') });
    await hear();
    expect(said()).toEqual(['Deal Closed Won']);
    now.races = 99;
    now.read = dealAt('lost');
    await expect(hear()).rejects.toThrow(ServiceUnavailable);
  });

  it('at any point, in any order, what was told last is what the deal is', async () => {
    const phase = fc.constantFrom<DealPhase>('early', 'proposed', 'won', 'lost');
    const failing = fc.constantFrom(undefined, undefined, 'crm', 'bus', 'after bus');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(phase, failing), { minLength: 1, maxLength: 12 }), async (course) => {
        const { now, hear, bus } = playedWorld();
        for (const [phase, failure] of course) {
          Object.assign(now, { read: dealAt(phase), failing: failure });
          await hear().catch(() => undefined);
        }
        now.failing = undefined as never;
        await hear();
        const final = now.read as { readonly deal: CrmDeal };
        const starts = bus
          .filter(({ detailType }) => /Won|Reopened|Lost|Cancelled/.test(detailType))
          .at(-1)?.detailType;
        const isWon = starts === 'Deal Closed Won';
        expect(isWon).toBe(final.deal.phase === 'won');
        // Nothing is stopped that was not won or proposed, and nothing is won twice in a row but as a repetition.
        const distinct = bus.filter((one, i) => JSON.stringify(one) !== JSON.stringify(bus[i - 1]));
        const wins = distinct.map(({ detailType }) => detailType).join(' > ');
        expect(wins).not.toMatch(/Closed Won > Deal Closed Won/);
      }),
      { numRuns: 300 },
    );
  });

  it('at any point, of a deal that the stage leaves out now and then, nothing is told that does not hold', async () => {
    const leftOut = 'It is a renewal.';
    const phase = fc.constantFrom<DealPhase>('early', 'proposed', 'won', 'lost');
    const deal = fc.tuple(phase, fc.boolean()).map(([each, isOut]) => dealAt(each, isOut ? { leftOut } : {}));
    const read = fc.oneof(deal, deal, deal, fc.constant<DealRead>({ gone: 'Deleted.' }));
    const failing = fc.constantFrom(undefined, undefined, 'crm', 'bus', 'after bus');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(read, failing), { minLength: 1, maxLength: 12 }), async (course) => {
        const { now, hear, bus, said } = playedWorld();
        const hearIt = () => {
          now.handoffs = said().includes('Deal Closed Won') ? [`${dealId}-1`] : [];
          return hear(at, { what: 'gone' in now.read ? 'deleted' : 'changed' });
        };
        for (const [each, failure] of course) {
          Object.assign(now, { read: each, failing: failure });
          await hearIt().catch(() => undefined);
        }
        now.failing = undefined as never;
        await hearIt();
        const distinct = bus.filter((one, i) => JSON.stringify(one) !== JSON.stringify(bus[i - 1]));
        const told = distinct.map(({ detailType }) => detailType).filter((type) => type !== 'Deal Changed');
        expect(told.join(' > ')).not.toMatch(/Closed Won > Deal Closed Won/);
        const { deal: final } = { deal: undefined, ...now.read };
        if (final?.phase !== 'won') expect(told.at(-1)).not.toBe('Deal Closed Won');
        else if (final.leftOut === undefined) expect(told.at(-1)).toBe('Deal Closed Won');
        const isOpen = final?.phase === 'proposed' || final?.phase === 'early';
        if (!isOpen || final.leftOut !== undefined) expect(told.at(-1)).not.toBe('Deal Proposed');
      }),
      { numRuns: 300 },
    );
  });
});

describe('an event of somebody who writes our own', () => {
  it('goes on as it is, with our source, at its own time', async () => {
    const { bus } = await passedOn({
      'detail-type': 'Deal Lost',
      time: '2026-11-19T08:00:00Z',
      source: 'spoofed',
      detail: { dealId },
    });
    expect(bus).toEqual([
      { source: 'handoff.crm', detailType: 'Deal Lost', detail: { dealId }, at: '2026-11-19T08:00:00Z' },
    ]);
  });

  it.each([{}, { detail: 3 }, { detail: {}, 'detail-type': '' }, { detail: { package: 'no' }, time: 'soon' }])(
    'that is nothing much goes on to whoever says what is wrong with it: %j',
    async (event) => {
      expect((await passedOn(event)).bus).toHaveLength(1);
    },
  );

  it('that was too large for the bus and is no longer kept is on record, with what to do', async () => {
    const { bus, kept } = await passedOn(undefined, { claim: 'gone' });
    expect(bus).toEqual([]);
    expect(kept).toEqual([
      expect.objectContaining({ field: 'detail.claim', remedy: expect.stringContaining('reconcile') }),
    ]);
  });

  async function passedOn(event: unknown, more: object = { event }) {
    const bus: BusMessage[] = [];
    const kept: object[] = [];
    const played = {
      crm: { readDeal: async (): Promise<DealRead> => dealAt('won') },
      webhooks: { hear: () => ({ unreadable: 'nothing' }), isOurs: () => true, tellsEvents: true },
      dealBus: { put: async (messages: readonly BusMessage[]) => void bus.push(...messages) },
      claims: { read: async () => undefined },
      deals: { episodes: async () => [], join: async () => undefined, read: async () => undefined },
      handoffs: { load: async () => undefined },
      audit: { write: async () => undefined },
      refusals: { store: async ({ refused }: { refused: readonly object[] }) => void kept.push(...refused) },
      seenDeals: { load: async () => undefined, save: async () => 1 },
      hash: (text: string) => text,
    };
    await readDeals(played)({ source: 'handoff.heard', 'detail-type': 'Deal Heard', time: at, detail: more });
    return { bus, kept };
  }
});
