import { isClosed } from '../domain/handoff/handoff.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { CrmDeal } from '../ports/crm.ts';
import type { SeenDeal, SeenVersion } from '../ports/seen-deals.ts';
import type { WorldOf } from '../ports/world.ts';
import { hasDraft, movesOf } from './deal-moves.ts';
import { emptied, tellUses } from './tell-deal.ts';

export const placeUses = ['seenDeals.load'] as const;

export const joinUses = [
  ...placeUses,
  ...tellUses,
  'dealBus.put',
  'seenDeals.save',
  'deals.episodes',
  'deals.join',
  'deals.read',
  'handoffs.load',
  'audit.write',
  'hash',
] as const;

/** Where what the CRM says of a deal counts. */
export interface DealPlace {
  /** The deal as it is known here: a merge changes its id in the CRM, never here. */
  readonly dealId: string;
  /** Its id in the CRM by now. */
  readonly livesAs: string;
  readonly known?: SeenVersion;
}

/** Longer than any deal is merged again and again. */
const mostMerges = 20;

/** Where a deal of the CRM counts, whichever of its ids is given: the one before a merge, or after it. */
export async function placeOf(world: WorldOf<typeof placeUses>, id: string): Promise<DealPlace> {
  let dealId = id;
  let known = await world.seenDeals.load(dealId);
  for (let merges = 0; known?.seen.partOf !== undefined && merges < mostMerges; merges++) {
    dealId = known.seen.partOf;
    known = await world.seenDeals.load(dealId);
  }
  return { dealId, livesAs: known?.seen.livesAs ?? dealId, ...(known && { known }) };
}

/** The deal under the id that it is known by here. */
export const knownAs = (deal: CrmDeal, dealId: string): CrmDeal =>
  deal.dealId === dealId ? deal : { ...deal, dealId, facts: { ...deal.facts, dealId } };

/** What the CRM made one deal of. */
interface Merged {
  /** The id that lives on in the CRM, and where it counts. */
  readonly livesAs: string;
  readonly place: DealPlace;
  /** Ids of deals that it took in. */
  readonly took: readonly string[];
  /** UTC. */
  readonly at: Instant;
}

/** A deal with what was last seen of it; `joined`: it is new that it is one with others. */
export interface Joined {
  readonly dealId: string;
  readonly before: SeenVersion | undefined;
  readonly joined?: { readonly tookIn: readonly string[]; readonly hasMoved: boolean };
}

/**
 * Makes one deal here of those that the CRM made one of. The one whose handoff goes on keeps its id, its episodes and its handoff, and
 * lives on as the CRM's deal from now on; the others are told as canceled, and what they sent to the customer counts as sent before. As
 * often as it is called, and interrupted after any call, it comes to the same. Nothing of `joined` is kept: whoever calls keeps it with
 * what is told next. Undefined where somebody else wrote in the meantime.
 */
export async function joinDeals(
  world: WorldOf<typeof joinUses>,
  { livesAs, place, took, at }: Merged,
): Promise<Joined | undefined> {
  const known = place.known?.seen.tookIn ?? [];
  const fresh = took.filter((id) => id !== livesAs && !known.includes(id));
  if (fresh.length === 0) return { dealId: place.dealId, before: await emptied(world, place.dealId) };
  const places = [place, ...(await Promise.all(fresh.map((id) => placeOf(world, id))))];
  const deals = [...new Map(places.map((each) => [each.dealId, each])).values()].filter((each) => each.known);
  const kept = (await keptOf(world, deals)) ?? place;
  const { dealId } = kept;
  const handoffId = (await world.deals.episodes(dealId)).at(-1);

  let before = await emptied(world, dealId);
  const hasMoved = dealId !== livesAs;
  if (before && hasMoved && before.seen.livesAs !== livesAs) {
    const detail = `It goes on as the deal ${livesAs} there, and what the CRM says of that one counts here.`;
    if (handoffId !== undefined)
      await world.audit.write(handoffId, { at, who: 'crm', what: 'deal-merged', detail, from: 'event' });
    // First of all: whatever is read of any of them from now on is read under the id that lives on.
    const seen = { ...before.seen, livesAs };
    const version = await world.seenDeals.save(dealId, seen, before.version);
    if (version === undefined) return undefined;
    before = { seen, version };
  }
  const ending = { into: dealId, at, because: becauseOf(livesAs, handoffId) };
  for (const other of deals) if (other.dealId !== dealId && !(await endOther(world, other, ending))) return undefined;
  if (hasMoved && (await world.seenDeals.load(livesAs)) === undefined) {
    const alias: SeenDeal = { phase: 'gone', facts: '', partOf: dealId, at, outbox: [] };
    if ((await world.seenDeals.save(livesAs, alias, 0)) === undefined) return undefined;
  }
  const tookIn = [...new Set([...(before?.seen.tookIn ?? []), ...known, ...took])].filter((id) => id !== livesAs);
  return { dealId, before, joined: { tookIn, hasMoved } };
}

const becauseOf = (livesAs: string, handoffId: string | undefined): string =>
  handoffId === undefined
    ? `In the CRM it became part of the deal ${livesAs}.`
    : `In the CRM it was merged with another deal, and ${handoffId} is the handoff of both.`;

interface Ending {
  readonly into: string;
  readonly because: string;
  readonly at: Instant;
}

/** Ends a deal that is one with another from now on; false where somebody else wrote in the meantime. */
async function endOther(
  world: WorldOf<typeof joinUses>,
  { dealId }: DealPlace,
  { into, because, at }: Ending,
): Promise<boolean> {
  const before = await emptied(world, dealId);
  if ((await world.deals.episodes(dealId)).length > 0) await world.deals.join(into, dealId);
  const { seen } = movesOf({ dealId, read: { gone: because }, at }, before?.seen, world.hash);
  const { livesAs: _, tookIn: __, ...ended } = seen;
  let version: number | undefined = before?.version ?? 0;
  if (ended.outbox.length > 0) {
    version = await world.seenDeals.save(dealId, ended, version);
    if (version === undefined) return false;
    await world.dealBus.put(ended.outbox);
  }
  // Last of all: nobody comes back to a deal that is part of another.
  return (await world.seenDeals.save(dealId, { ...ended, outbox: [], partOf: into }, version)) !== undefined;
}

/**
 * Of several deals that became one, the one that is kept: whose handoff runs, else which was won, else which ever had a handoff, else
 * which has a draft. Of several like that, the one whose handoff began first: it has come furthest, and the customer knows it. Which of
 * them people merged into which says nothing: a CRM makes a new deal of both, and a webhook may be lost.
 */
async function keptOf(world: WorldOf<typeof joinUses>, deals: readonly DealPlace[]): Promise<DealPlace | undefined> {
  if (deals.length < 2) return deals[0];
  const ranked = await Promise.all(deals.map(async (deal) => ({ deal, ...(await rankOf(world, deal)) })));
  return ranked.toSorted((a, b) => a.rank - b.rank || a.begunAt - b.begunAt)[0]?.deal;
}

async function rankOf(
  world: WorldOf<typeof joinUses>,
  { dealId, known }: DealPlace,
): Promise<{ readonly rank: number; readonly begunAt: number }> {
  const handoffId = (await world.deals.episodes(dealId)).at(-1);
  const stored = handoffId === undefined ? undefined : await world.deals.read(handoffId);
  const begunAt = stored ? Date.parse(stored.at ?? stored.deal.closedWonAt) : Number.POSITIVE_INFINITY;
  const record = stored && handoffId !== undefined ? await world.handoffs.load(handoffId) : undefined;
  const runs = stored && stored.calledOff === undefined && !(record && isClosed(record.state.status));
  const phases = [runs, known?.seen.phase === 'won' && !known.seen.isUntold, stored, hasDraft(known?.seen)];
  const rank = phases.findIndex(Boolean);
  return { rank: rank < 0 ? phases.length : rank, begunAt };
}
