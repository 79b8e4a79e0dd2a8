import {
  type DealInCrm,
  type DealInRecords,
  type DealOnBothSides,
  type Difference,
  differenceOf,
  isGoingOn,
  type Window,
  withoutMassStops,
} from '../domain/handoff/reconciliation.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { parseInstant } from '../domain/time/formats.ts';
import type { Crm, CrmDeal, DealRead } from '../ports/crm.ts';
import { CrmAccessRefused, CrmUnavailable } from '../ports/errors.ts';
import type { WorldOf } from '../ports/world.ts';
import { parseAsWon } from './deal-moves.ts';
import { sayAgain, sayAgainUses } from './say-again.ts';

export const reconcileUses = ['deals.episodes', 'deals.read', 'handoffs.load', 'refusals.of', ...sayAgainUses] as const;

type Reconcile = WorldOf<typeof reconcileUses> & { readonly crm: Pick<Crm, 'readDeal' | 'wonSince'> };

export interface ToReconcile extends Window {
  /** Handoffs that are open, by id. */
  readonly open: readonly string[];
  /** Deals that changed before this were looked at by an earlier run that broke off, UTC; `since` unless said. */
  readonly goOnFrom?: Instant;
  /** Finds, and changes nothing. */
  readonly isDryRun: boolean;
}

/** A difference with what became of it. */
export interface Found extends Difference {
  readonly isSaid: boolean;
}

export interface Reconciled {
  readonly found: readonly Found[];
  /** How many won deals and open handoffs were looked at. */
  readonly looked: { readonly won: number; readonly open: number };
  /** The run broke off: why, and from where to go on. What was found and said until then stands. */
  readonly broken?: { readonly because: string; readonly goOnFrom: Instant };
}

/** What a search may not show yet: CRMs index with a lag. Milliseconds. */
const overlap = 10 * 60_000;

/**
 * Compares the CRM with the handoffs: every deal won since then that has no handoff, and every open handoff whose deal is no longer
 * won or belongs to somebody else. Says on the bus again what is safe to say, once each; running again says nothing more once that has
 * arrived. A CRM that fails, or answers by halves, ends the run with what was done until then.
 */
export const reconcile =
  (world: Reconcile) =>
  async (asked: ToReconcile): Promise<Reconciled> => {
    const found: Found[] = [];
    const looked = { won: 0, open: 0 };
    let goOnFrom = asked.goOnFrom ?? asked.since;
    const done = (broken?: Reconciled['broken']): Reconciled => ({ found, looked, ...(broken && { broken }) });
    try {
      for await (const { dealId, wonAt, changedAt } of wonDeals(world.crm, goOnFrom)) {
        looked.won += 1;
        const ours = await inRecords(world, dealId);
        // Those that go on are looked at below, whether they are still won or not.
        const isOld =
          ours === undefined && wonAt !== undefined && Date.parse(wonAt) + widestDay < Date.parse(asked.since);
        if (!isOld && !(ours && isGoingOn(ours))) await compare(world, asked, { dealId, ours }, found);
        goOnFrom = later(goOnFrom, changedAt);
      }
      await compareOpen(world, asked, { found, looked });
    } catch (error) {
      const because = passing(error);
      if (because === undefined) throw error;
      return done({ because, goOnFrom });
    }
    return done();
  };

/** A day without a time may be one anywhere on earth. Milliseconds. */
const widestDay = 2 * 86_400_000;

/** What a CRM that fails, or answers by halves, said; undefined for any other error. */
export const passing = (error: unknown): string | undefined =>
  error instanceof CrmUnavailable || error instanceof CrmAccessRefused || error instanceof HalfAnswer
    ? error.message
    : undefined;

class HalfAnswer extends Error {
  override name = 'HalfAnswer';
}

export const later = (one: Instant, other: Instant): Instant => (Date.parse(other) > Date.parse(one) ? other : one);

/** Every won deal once, page by page, the oldest change first. Throws what `passing` knows. */
export async function* wonDeals(crm: Pick<Crm, 'wonSince'>, changedSince: Instant) {
  const known = new Set<string>();
  const asked = new Set<string>();
  const from = new Date(Date.parse(changedSince) - overlap).toISOString();
  for (let next: string | undefined, isFirst = true; isFirst || next !== undefined; isFirst = false) {
    const page = await crm.wonSince(from, next);
    for (const deal of page.deals) {
      if (known.has(deal.dealId)) continue;
      known.add(deal.dealId);
      yield deal;
    }
    next = page.next;
    if (next === undefined) continue;
    if (asked.has(next)) throw new HalfAnswer('The CRM gives the same page of won deals again and again.');
    asked.add(next);
  }
}

async function inRecords(world: Reconcile, dealId: string): Promise<DealInRecords | undefined> {
  const handoffId = (await world.deals.episodes(dealId)).at(-1);
  return handoffId === undefined ? undefined : ofHandoff(world, handoffId);
}

async function ofHandoff(
  world: Reconcile,
  handoffId: string,
): Promise<(DealInRecords & { dealId: string }) | undefined> {
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

type Place = Pick<DealOnBothSides, 'dealId'> & { readonly ours: DealInRecords | undefined };

async function lookAt(world: Reconcile, window: Window, { dealId, ours }: Place) {
  const read = await world.crm.readDeal(dealId);
  const heard = (await world.seenDeals.load(dealId))?.seen.phase;
  const both = { dealId, crm: inCrm(read, window.at), ...(ours && { ours }), ...(heard !== undefined && { heard }) };
  const deal = 'deal' in read ? read.deal : undefined;
  const difference = differenceOf(both, window);
  if (difference?.kind !== 'won without a handoff' || ours) return { difference, deal };
  const { since } = window;
  const refusedBefore = (await world.refusals.of({ dealId, detailType: 'Deal Closed Won', since })).at(-1);
  return { difference: differenceOf({ ...both, ...(refusedBefore && { refusedBefore }) }, window), deal };
}

async function compare(world: Reconcile, asked: ToReconcile, place: Place, found: Found[]): Promise<void> {
  const { difference, deal } = await lookAt(world, asked, place);
  if (difference) found.push({ ...difference, isSaid: await isSaid(world, asked, { difference, deal }) });
}

/** All are looked at before any is stopped: what is wrong with all of them is wrong with how the CRM is read. */
async function compareOpen(
  world: Reconcile,
  asked: ToReconcile,
  { found, looked }: { readonly found: Found[]; readonly looked: { open: number } },
): Promise<void> {
  const differing: { readonly difference: Difference; readonly deal: CrmDeal | undefined }[] = [];
  try {
    for (const id of asked.open) {
      const ours = await ofHandoff(world, id);
      if (!ours || !isGoingOn(ours)) continue;
      looked.open += 1;
      const { difference, deal } = await lookAt(world, asked, { dealId: ours.dealId, ours });
      if (difference) differing.push({ difference, deal });
    }
  } finally {
    const judged = withoutMassStops(
      differing.map(({ difference }) => difference),
      looked.open,
    );
    for (const [i, difference] of judged.entries())
      found.push({ ...difference, isSaid: await isSaid(world, asked, { difference, deal: differing[i]?.deal }) });
  }
}

async function isSaid(
  world: Reconcile,
  { isDryRun, at }: ToReconcile,
  { difference, deal }: { readonly difference: Difference; readonly deal: CrmDeal | undefined },
): Promise<boolean> {
  if (isDryRun || difference.says === undefined || deal === undefined) return false;
  await sayAgain(world)({ deal, mend: difference.says, at });
  return true;
}

function inCrm(read: DealRead, at: Instant): DealInCrm {
  if ('gone' in read) return { phase: 'gone', because: read.gone };
  if ('mergedInto' in read) return { phase: 'merged', into: read.mergedInto };
  const { dealId, phase, stage, wonAt, changedAt, facts } = read.deal;
  const { name, customer, accountExecutive } = facts;
  const parsed = parseAsWon(read.deal, at);
  const called = [name, Object(customer).name].find((each) => typeof each === 'string' && each !== '');
  return {
    ...{ phase, stage, changedAt: parseInstant(changedAt) ?? at, name: called === undefined ? dealId : String(called) },
    ...(wonAt !== undefined && { wonAt }),
    ...(typeof accountExecutive === 'string' && { accountExecutive: accountExecutive.toLowerCase() }),
    refused: 'refused' in parsed ? parsed.refused : [],
  };
}
