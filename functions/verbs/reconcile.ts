import { isGoingOn, type Window, wasStoppedByCrm } from '../domain/handoff/reconciliation.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { Crm } from '../ports/crm.ts';
import { CrmAccessRefused, CrmUnavailable } from '../ports/errors.ts';
import type { WorldOf } from '../ports/world.ts';
import { compareOpen } from './compare-open.ts';
import { type Found, inRecords, lookAtDeal, lookAtDealUses, sayIt } from './look-at-deal.ts';

export const reconcileUses = lookAtDealUses;

type Reconcile = WorldOf<typeof reconcileUses> & { readonly crm: Pick<Crm, 'readDeal' | 'dealStates' | 'wonSince'> };

export interface ToReconcile extends Window {
  /** Handoffs that are open, by id. */
  readonly open: readonly string[];
  /** Deals that changed before this were looked at by an earlier run that broke off, UTC; `since` unless said. */
  readonly goOnFrom?: Instant;
  /** Finds, and changes nothing. */
  readonly isDryRun: boolean;
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
    const breaks: string[] = [];
    const unlessBroken = async (run: () => Promise<void>): Promise<void> => {
      try {
        await run();
      } catch (error) {
        const because = passing(error);
        if (because === undefined) throw error;
        breaks.push(because);
      }
    };
    await unlessBroken(async () => {
      for await (const { dealId, wonAt, changedAt } of wonDeals(world.crm, goOnFrom)) {
        looked.won += 1;
        const isOld = wonAt !== undefined && Date.parse(wonAt) + widestDay < Date.parse(asked.since);
        const difference = await compareWon(world, asked, { dealId, isOld });
        if (difference) found.push(difference);
        goOnFrom = later(goOnFrom, changedAt);
      }
    });
    // They are another question to the CRM: what it fails at for the one, it may know for the other.
    await unlessBroken(() => compareOpen(world, asked, { found, looked }));
    const [because] = breaks;
    return { found, looked, ...(because !== undefined && { broken: { because, goOnFrom } }) };
  };

/** Only where they could differ is a deal read. Those that go on are compared with the others that are open. */
async function compareWon(
  world: Reconcile,
  asked: ToReconcile,
  { dealId, isOld }: { readonly dealId: string; readonly isOld: boolean },
): Promise<Found | undefined> {
  const ours = await inRecords(world, dealId);
  if (ours ? isGoingOn(ours) || !wasStoppedByCrm(ours) : isOld) return undefined;
  const { difference, deal } = await lookAtDeal(world, asked, { dealId, ours });
  if (!difference) return undefined;
  return { ...difference, isSaid: !asked.isDryRun && (await sayIt(world, asked.at, { difference, deal })) };
}

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
