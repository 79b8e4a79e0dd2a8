import {
  type DealInCrm,
  type Difference,
  differenceOf,
  isGoingOn,
  type Window,
  withoutMassStops,
} from '../domain/handoff/reconciliation.ts';
import { type Crm, mostStates } from '../ports/crm.ts';
import { inTurns } from './in-turns.ts';
import {
  type Found,
  type HandoffInRecords,
  heardOf,
  type LookAtDeals,
  lookAtDeal,
  ofHandoff,
  sayIt,
  standingInCrm,
} from './look-at-deal.ts';

type CompareOpen = LookAtDeals & { readonly crm: Pick<Crm, 'dealStates'> };

interface ToCompare extends Window {
  /** Handoffs that are open, by id. */
  readonly open: readonly string[];
  readonly isDryRun: boolean;
}

interface Differing {
  readonly difference: Difference;
  readonly ours: HandoffInRecords;
}

/**
 * Compares open handoffs with where their deals stand, a hundred in a call. A deal is read whole only where the CRM leaves it out, or
 * where something is to be said of it. All are looked at before any is stopped: what is wrong with all of them is wrong with how the
 * CRM is read. Where the CRM fails, what was found until then is said as far as it can be read; then it rejects as port `Crm` does.
 */
export async function compareOpen(
  world: CompareOpen,
  asked: ToCompare,
  { found, looked }: { readonly found: Found[]; readonly looked: { open: number } },
): Promise<void> {
  const differing: Differing[] = [];
  const failures: unknown[] = [];
  try {
    for (let from = 0; from < asked.open.length; from += mostStates)
      for await (const each of compareSome(world, asked, asked.open.slice(from, from + mostStates))) {
        looked.open += 1;
        if (each) differing.push(each);
      }
  } catch (error) {
    failures.push(error);
  }
  const judged = withoutMassStops(
    differing.map(({ difference }) => difference),
    looked.open,
  );
  let isOut = false;
  for (const [i, { difference: first, ours }] of differing.entries()) {
    const difference = judged[i] ?? first;
    // It was found at the deal that lives on.
    if (found.some(({ kind, handoffId }) => kind === 'merged' && handoffId === ours.handoffId)) continue;
    const isSayable = difference.says !== undefined && !asked.isDryRun && !isOut;
    try {
      const settled = isSayable ? await settle(world, asked, { difference, ours }) : { ...difference, isSaid: false };
      if (settled) found.push(settled);
    } catch (error) {
      isOut = true;
      failures.push(error);
      found.push({ ...difference, isSaid: false });
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** Each handoff that goes on, with where it differs; undefined where it doesn't. */
async function* compareSome(
  world: CompareOpen,
  asked: ToCompare,
  ids: readonly string[],
): AsyncGenerator<Differing | undefined> {
  const stored = await inTurns(ids, (id) => ofHandoff(world, id));
  const going = stored.flatMap((ours) => (ours && isGoingOn(ours) ? [ours] : []));
  if (going.length === 0) return;
  const states = await world.crm.dealStates([...new Set(going.map(({ dealId }) => dealId))]);
  const standing = new Map(states.map((state) => [state.dealId, standingInCrm(state, asked.at)]));
  for (const ours of going) {
    const difference = await differenceBetween(world, asked, { ours, crm: standing.get(ours.dealId) });
    yield difference && { difference, ours };
  }
}

async function differenceBetween(
  world: CompareOpen,
  asked: ToCompare,
  { ours, crm }: { readonly ours: HandoffInRecords; readonly crm: DealInCrm | undefined },
): Promise<Difference | undefined> {
  const { dealId } = ours;
  if (crm === undefined) return (await lookAtDeal(world, asked, { dealId, ours })).difference;
  if (differenceOf({ dealId, crm, ours }, asked) === undefined) return undefined;
  const heard = await heardOf(world, dealId);
  return differenceOf({ dealId, crm, ours, ...(heard !== undefined && { heard }) }, asked);
}

/** Says what a difference is put right by, if the deal as a whole still differs so; undefined where somebody put it right meanwhile. */
async function settle(
  world: CompareOpen,
  asked: ToCompare,
  { difference, ours }: Differing,
): Promise<Found | undefined> {
  const now = await lookAtDeal(world, asked, { dealId: ours.dealId, ours });
  if (now.difference === undefined) return undefined;
  const isSaid =
    now.difference.says === difference.says &&
    (await sayIt(world, asked.at, { difference: now.difference, deal: now.deal }));
  return { ...now.difference, isSaid };
}
