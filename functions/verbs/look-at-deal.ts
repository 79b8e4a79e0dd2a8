import { excerpt } from '../domain/fields/clean-text.ts';
import {
  type DealInCrm,
  type DealInRecords,
  type DealOnBothSides,
  type Difference,
  differenceOf,
  type Window,
} from '../domain/handoff/reconciliation.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { parseInstant } from '../domain/time/formats.ts';
import type { Crm, CrmDeal, DealRead, DealState } from '../ports/crm.ts';
import type { WorldOf } from '../ports/world.ts';
import { parseAsWon } from './deal-moves.ts';
import { type DealPlace, knownAs, placeOf, placeUses } from './merged-deal.ts';
import { followDeal, followDealUses } from './read-deal.ts';
import { sayAgain, sayAgainUses } from './say-again.ts';

export const lookAtDealUses = [
  'deals.episodes',
  'deals.read',
  'handoffs.load',
  'refusals.of',
  'seenDeals.load',
  ...sayAgainUses,
  ...placeUses,
  ...followDealUses,
] as const;

export type LookAtDeals = WorldOf<typeof lookAtDealUses> & { readonly crm: Pick<Crm, 'readDeal'> };

/** What our records have of a handoff, with the id of its deal. */
export type HandoffInRecords = DealInRecords & { readonly dealId: string };

/** A difference with what became of it. */
export interface Found extends Difference {
  readonly isSaid: boolean;
}

/** What our records have of a handoff; undefined where there is none of that id. */
export async function ofHandoff(
  world: Pick<LookAtDeals, 'deals' | 'handoffs'>,
  handoffId: string,
): Promise<HandoffInRecords | undefined> {
  const stored = await world.deals.read(handoffId);
  if (!stored) return undefined;
  const { deal, calledOff } = stored;
  const state = (await world.handoffs.load(handoffId))?.state;
  const { endedAt, endedBy } = state ?? {};
  const owner = state?.people.accountExecutive;
  return {
    ...{ handoffId, dealId: deal.dealId, toldOwner: deal.accountExecutive },
    status: state?.status ?? (calledOff === undefined ? 'waiting' : 'called off'),
    ...(owner !== undefined && { owner }),
    ...(endedAt !== undefined && { endedAt }),
    ...(endedBy !== undefined && { endedBy }),
  };
}

/** What our records have of the newest won episode of a deal, by its id before or after a merge. */
export async function inRecords(world: LookAtDeals, id: string): Promise<HandoffInRecords | undefined> {
  const own = await world.deals.episodes(id);
  const episodes = own.length > 0 ? own : await world.deals.episodes((await placeOf(world, id)).dealId);
  const handoffId = episodes.at(-1);
  return handoffId === undefined ? undefined : ofHandoff(world, handoffId);
}

/** A deal, and what our records have of its newest won episode. */
export interface DealWithOurs {
  readonly dealId: string;
  readonly ours: DealInRecords | undefined;
}

/** What the CRM was last heard to say of a deal; undefined where it never said anything. */
export const heardOf = async (world: Pick<LookAtDeals, 'seenDeals'>, dealId: string): Promise<string | undefined> =>
  (await world.seenDeals.load(dealId))?.seen.phase;

/** Reads a deal whole, and where it and our records differ. Rejects as port `Crm` does. */
export async function lookAtDeal(world: LookAtDeals, window: Window, { dealId: id, ours }: DealWithOurs) {
  const place = await placeOf(world, id);
  const { dealId, livesAs, known } = place;
  const read = await world.crm.readDeal(livesAs);
  const merged = await unfollowed(world, place, read);
  if (merged) return { difference: differenceOf(merged, window), deal: undefined };
  const heard = known?.seen.phase;
  const both = { dealId, crm: inCrm(read, window.at), ...(ours && { ours }), ...(heard !== undefined && { heard }) };
  const deal = 'deal' in read ? knownAs(read.deal, dealId) : undefined;
  const difference = differenceOf(both, window);
  if (difference?.kind !== 'won without a handoff' || ours) return { difference, deal };
  const { since } = window;
  const refusedBefore = (await world.refusals.of({ dealId, detailType: 'Deal Closed Won', since })).at(-1);
  return { difference: differenceOf({ ...both, ...(refusedBefore && { refusedBefore }) }, window), deal };
}

/** A deal that became part of the one that was read, where nobody told of that. */
async function unfollowed(
  world: LookAtDeals,
  { dealId, livesAs, known }: DealPlace,
  read: DealRead,
): Promise<DealOnBothSides | undefined> {
  if (!('deal' in read)) return undefined;
  for (const id of read.deal.tookIn ?? []) {
    if (known?.seen.tookIn?.includes(id)) continue;
    const other = await placeOf(world, id);
    if (!other.known || other.dealId === dealId) continue;
    const ours = await inRecords(world, other.dealId);
    const crm = { phase: 'merged', into: livesAs } as const;
    return { dealId: other.dealId, crm, ...(ours && { ours }), heard: other.known.seen.phase };
  }
  return undefined;
}

/** Says on the bus what a difference is put right by, or follows the deal that says it, where something is. */
export async function sayIt(
  world: LookAtDeals,
  at: Instant,
  { difference, deal }: { readonly difference: Difference; readonly deal: CrmDeal | undefined },
): Promise<boolean> {
  const { dealId, says, into } = difference;
  // Whoever asks hears of a deal that is not shown by the next run.
  const follow = followDeal({ ...world, refusals: { store: async () => undefined } });
  if (says === 'say that it was merged') await follow({ dealId, at, ...(into && { mergedInto: into }) });
  else if (says === undefined || deal === undefined) return false;
  else await sayAgain(world)({ deal, mend: says, at });
  return true;
}

function inCrm(read: DealRead, at: Instant): DealInCrm {
  if ('gone' in read) return { phase: 'gone', because: read.gone };
  if ('mergedInto' in read) return { phase: 'merged', into: read.mergedInto };
  const { dealId, phase, stage, wonAt, changedAt, leftOut, facts } = read.deal;
  const { name, customer, accountExecutive } = facts;
  const parsed = parseAsWon(read.deal, at);
  const called = [name, Object(customer).name].find((each) => typeof each === 'string' && each !== '');
  return {
    ...{ phase, changedAt: parseInstant(changedAt) ?? at, ...inWords({ dealId, name: String(called ?? ''), stage }) },
    ...(wonAt !== undefined && { wonAt }),
    ...(leftOut !== undefined && { isLeftOut: true }),
    ...(typeof accountExecutive === 'string' && { accountExecutive: accountExecutive.toLowerCase() }),
    refused: 'refused' in parsed ? parsed.refused : [],
  };
}

/** Fit for a report: whoever can name a deal or a stage could write anything into it. */
const inWords = ({ dealId, name, stage }: Pick<DealState, 'dealId' | 'name' | 'stage'>) => ({
  name: excerpt(name) || dealId,
  stage: excerpt(stage),
});

/** The same by where it stands, which is enough to compare it with a handoff that goes on. */
export const standingInCrm = (
  { dealId, name, phase, stage, changedAt, accountExecutive }: DealState,
  at: Instant,
): DealInCrm => ({
  ...{ phase, changedAt: parseInstant(changedAt) ?? at, ...inWords({ dealId, name, stage }) },
  ...(accountExecutive !== undefined && { accountExecutive: accountExecutive.toLowerCase() }),
  refused: [],
});
