import { fitPackage } from '../domain/deal/package.ts';
import { isRecord } from '../domain/fields/record.ts';
import type { Refusal } from '../domain/fields/refusal.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { parseInstant } from '../domain/time/formats.ts';
import type { Crm, DealRead } from '../ports/crm.ts';
import type { BusMessage } from '../ports/deal-bus.ts';
import { ServiceUnavailable } from '../ports/errors.ts';
import type { DealSignal, Webhooks } from '../ports/webhooks.ts';
import type { WorldOf } from '../ports/world.ts';
import { dealSource, type Moves, movesOf } from './deal-moves.ts';
import { detailOf, heardSource, heardType } from './hear-webhook.ts';
import { type DealPlace, joinDeals, joinUses, knownAs, placeOf } from './merged-deal.ts';
import { tell } from './tell-deal.ts';

/** What reading a deal came to. */
export type DealMoved = { readonly dealId: string; readonly told: Moves['told'] | 'merged' | 'not shown' };

export const readDealUses = [...joinUses, 'dealBus.put', 'deals.episodes', 'claims.read', 'refusals.store'] as const;

/** What reading a deal takes, once it is known which. */
export const followDealUses = [...joinUses, 'seenDeals.save', 'deals.episodes'] as const;

type Follow = WorldOf<typeof followDealUses> &
  Pick<WorldOf<typeof readDealUses>, 'refusals'> & { readonly crm: Pick<Crm, 'readDeal'> };

type Read = WorldOf<typeof readDealUses> & {
  readonly crm: Pick<Crm, 'readDeal'>;
  readonly webhooks: Pick<Webhooks, 'hear' | 'isOurs' | 'tellsEvents'>;
};

/**
 * The CRM said that something happened to deals: reads what they are by now, and tells it on the bus as our own events, each once for
 * certain or twice at worst. Signals may come twice, late and in any order, as only what the CRM says now counts. `event`: as
 * EventBridge delivers it, of our webhook or of the CRM's own bus. One that says nothing of use is kept, with the reason. Rejects with
 * `CrmUnavailable` or another error that passes: whoever calls tries again, for hours if need be.
 */
export const readDeals =
  (world: Read) =>
  async (event: unknown): Promise<readonly DealMoved[]> => {
    const { source, detail, time } = Object(event) as Readonly<Record<string, unknown>>;
    const at = parseInstant(textOf(time));
    if (at === undefined) throw new Error('An event has to say when it came.');
    const said = source === heardSource ? await claimed(world, Object(detail)) : hearDetail(world, event);
    if (isRefused(said)) {
      await world.refusals.store({ event, refused: [said.refused], at });
      return [];
    }
    if (isRecord(said['event']) && world.webhooks.tellsEvents) {
      const own = ownEvent(said['event'], at);
      if (Buffer.byteLength(JSON.stringify(own.detail)) > largestDetail) {
        await world.refusals.store({ event, refused: [tooLarge.refused], at });
        return [];
      }
      await world.dealBus.put([own]);
      return [];
    }
    const [signal, ...others] = signalsIn(said);
    if (signal === undefined) return [];
    if (others.length === 0) return followDeal(world)({ ...signal, at: notAfter(signal.at, at) });
    // Each on its own, so that a CRM that takes few requests at a time is not asked for all of them again and again.
    const apart = [signal, ...others].map((each) => ({ ...said, signals: [each] }));
    await world.dealBus.put(apart.map((each) => ({ source: heardSource, detailType: heardType, detail: each, at })));
    return [];
  };

/** What was heard, or why it is of no use. */
type Said = Readonly<Record<string, unknown>> | Refused;

interface Refused {
  readonly refused: Refusal;
}

const isRefused = (said: Said): said is Refused => 'refused' in said;

const refused = (field: string, problem: string, remedy: string): Refused => ({ refused: { field, problem, remedy } });

/** Bytes of an event that the bus takes with everything around it: 256 KB. */
const largestDetail = 240_000;

const tooLarge = refused(
  'detail',
  `is larger than ${largestDetail / 1000} KB, even with its package cut`,
  'Send the fields of the published JSON Schema only; link to the rest.',
);

async function claimed(world: Pick<Read, 'claims'>, detail: Readonly<Record<string, unknown>>): Promise<Said> {
  const { claim } = detail;
  if (typeof claim !== 'string') return detail;
  const text = await world.claims.read(claim);
  if (text === undefined)
    return refused(
      'detail.claim',
      'is of something that is no longer kept',
      'Run npm run reconcile: it finds the deal.',
    );
  return Object(JSON.parse(text));
}

/** What an event of the CRM's own bus says. */
function hearDetail({ webhooks }: Pick<Read, 'webhooks'>, event: unknown): Said {
  const said = webhooks.hear(event);
  if ('unreadable' in said)
    return refused('detail', `is no event of the CRM: ${said.unreadable}`, 'Look what sends such events to this bus.');
  if ('lost' in said)
    return refused('detail', `says that events were lost: ${said.lost}`, 'Run npm run reconcile: it finds the deals.');
  return detailOf(said, webhooks) ?? {};
}

/** How far the CRM's clock may be ahead of ours, in milliseconds. */
const tolerance = 5 * 60_000;

/** When something happened: no CRM tells of what is still to come, and what it told once has to stay before what it tells next. */
const notAfter = (said: Instant | undefined, heardAt: Instant): Instant =>
  said !== undefined && Date.parse(said) <= Date.parse(heardAt) + tolerance ? said : heardAt;

type Signal = Pick<DealSignal, 'dealId' | 'mergedInto'> & Partial<Pick<DealSignal, 'what' | 'at'>>;

/** Each deal once: what it was first told of is as good as what it was told of last. */
function signalsIn({ signals }: Readonly<Record<string, unknown>>): readonly Signal[] {
  const all = (Array.isArray(signals) ? signals : []) as readonly Signal[];
  const newest = new Map<string, Signal>();
  for (const signal of all) {
    const known = newest.get(signal.dealId);
    if (!known || String(known.at) <= String(signal.at)) newest.set(signal.dealId, { ...known, ...signal });
  }
  return [...newest.values()];
}

/** How often somebody else may have read the same deal at the same time before this is tried again later. */
const mostRaces = 5;

/** Deals that became one on the way to the one that lives on: more is a circle. */
const mostMerged = 20;

/** Deals that the CRM said to have been merged into the one that is read. */
type Following = Signal & { readonly at: Instant; readonly took?: readonly string[] };

/**
 * Reads a deal, or the one that it became part of, and tells what is new about it. `at`: when the CRM said that something had happened,
 * UTC. Throws ServiceUnavailable, to be called again, where others read it all the time.
 */
export const followDeal =
  (world: Follow) =>
  async ({ dealId, at, mergedInto, what, took = [] }: Following): Promise<readonly DealMoved[]> => {
    const goOn = async (into: string): Promise<readonly DealMoved[]> => {
      const isCircle = into === dealId || took.length > mostMerged;
      const after = isCircle ? [] : await followDeal(world)({ dealId: into, at, took: [...took, dealId] });
      return [{ dealId, told: 'merged' }, ...after];
    };
    if (mergedInto !== undefined) return goOn(mergedInto);
    for (let race = 0; race < mostRaces; race++) {
      const place = await placeOf(world, dealId);
      // What was said of an id that lives no more, deleted or changed, says nothing of the deal.
      if (place.livesAs !== dealId && !took.includes(place.livesAs)) return goOn(place.livesAs);
      const found = await world.crm.readDeal(dealId);
      // The deal that lives on is read as well: it may be won by this.
      if ('mergedInto' in found) return goOn(found.mergedInto);
      const moved = await moveDeal(world, { dealId, at, what, place, found, took });
      if (moved) return [moved];
    }
    throw new ServiceUnavailable('The same deal is being read by others all the time: try again.');
  };

interface Reading extends Pick<Following, 'dealId' | 'at'> {
  readonly what: Signal['what'] | undefined;
  readonly place: DealPlace;
  readonly found: Exclude<DealRead, { readonly mergedInto: string }>;
  readonly took: readonly string[];
}

/** Tells what is new about a deal that was read; undefined where somebody else did in the meantime. `dealId`: the CRM's. */
async function moveDeal(
  world: Follow,
  { dealId: livesAs, at, what, place, found, took }: Reading,
): Promise<DealMoved | undefined> {
  const tookIn = 'deal' in found ? (found.deal.tookIn ?? []) : [];
  const here = await joinDeals(world, { livesAs, place, took: [...took, ...tookIn], at });
  if (!here) return undefined;
  const { dealId, before, joined } = here;
  // What was merged may have been deleted since, and that may have been told first.
  const wasDeleted = what === 'deleted' || (joined && place.known?.seen.phase === 'gone');
  if ('gone' in found && !wasDeleted) return notShown(world, { dealId: livesAs, at, before: before?.seen });
  const read = 'gone' in found ? found : { deal: knownAs(found.deal, dealId) };
  const wasWon = before?.seen.phase === 'won' || before?.seen.phase === 'gone';
  const hasHandoff = !wasWon || (await world.deals.episodes(dealId)).length > 0;
  const mergedInto = joined?.hasMoved ? { mergedInto: livesAs } : {};
  const moves = movesOf({ dealId, read, at, hasHandoff, ...mergedInto }, before?.seen, world.hash);
  const seen = joined ? { ...moves.seen, tookIn: joined.tookIn, ...(joined.hasMoved && { livesAs }) } : moves.seen;
  const isSame = before !== undefined && !joined && moves.told !== 'told' && isAsBefore(seen, before.seen);
  const version = isSame ? before.version : await world.seenDeals.save(dealId, seen, before?.version ?? 0);
  if (version === undefined) return undefined;
  await tell(world, { dealId, seen, version });
  return { dealId, told: moves.told };
}

/**
 * The CRM does not show a deal that it did not say was deleted: perhaps nobody lets us see it. Nothing is stopped by that; of a deal that
 * we have told of, it is on record.
 */
async function notShown(
  world: Pick<Read, 'refusals'>,
  { dealId, at, before }: { readonly dealId: string; readonly at: Instant; readonly before: Moves['seen'] | undefined },
): Promise<DealMoved> {
  if (before?.phase === 'won' || before?.phase === 'proposed') {
    const { refused: reason } = refused(
      'detail.signals',
      `names the deal ${dealId}, which the CRM does not show us any more`,
      'Let the user of the token see it. If it was deleted, cancel its handoff on a page of it.',
    );
    await world.refusals.store({ event: { dealId }, refused: [reason], at });
  }
  return { dealId, told: 'not shown' };
}

const isAsBefore = (one: Moves['seen'], other: Moves['seen']): boolean =>
  one.phase === other.phase && one.facts === other.facts;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** An event of somebody who writes our own, as it goes on. It is checked by whoever takes it. */
function ownEvent(event: Readonly<Record<string, unknown>>, at: Instant): BusMessage {
  const detail = isRecord(event['detail']) ? event['detail'] : {};
  const { package: pkg, ...others } = detail;
  const fitted = pkg === undefined ? undefined : (fitPackage(pkg) ?? {});
  return {
    source: dealSource,
    detailType: textOf(event['detail-type']).slice(0, 128) || 'unknown',
    detail: { ...others, ...(fitted !== undefined && { package: fitted }) },
    at: parseInstant(textOf(event['time'])) ?? at,
  };
}
