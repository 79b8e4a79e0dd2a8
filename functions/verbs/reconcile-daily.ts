import type { Instant } from '../domain/time/calendar.ts';
import type { Crm } from '../ports/crm.ts';
import { CrmUnavailable } from '../ports/errors.ts';
import type { WorldOf } from '../ports/world.ts';
import { type Reconciled, reconcile, reconcileUses } from './reconcile.ts';

export const reconcileDailyUses = ['roster.everybody', 'steps.openOf', ...reconcileUses] as const;

/** How far back each day's run looks for wins that nobody heard of, in milliseconds: an outage of days is made good. */
const window = 7 * 86_400_000;

/** What a day's run came to; `left`: how much of it is left for people. */
export interface DailyReconciled {
  readonly outcome: 'all agrees' | 'put right' | 'left for people';
  readonly said: number;
  readonly left: number;
}

/**
 * Compares the CRM with the handoffs as of now, and puts right what is safe. Looks at the handoffs in which somebody on the roster has
 * an open step: those are found by an index, the others by reading the whole table, which the command does. `startedAt`: when this run
 * began, UTC, which is later than `at` where it is tried again. Throws CrmUnavailable where the CRM failed before the end: what was done until then stands.
 */
export const reconcileDaily =
  (world: WorldOf<typeof reconcileDailyUses> & { readonly crm: Pick<Crm, 'readDeal' | 'dealStates' | 'wonSince'> }) =>
  async ({ at, startedAt = at }: { readonly at: Instant; readonly startedAt?: Instant }): Promise<DailyReconciled> => {
    const open = new Set<string>();
    for (const { email } of await world.roster.everybody())
      for (const { id } of await world.steps.openOf(email)) open.add(id);
    const since = new Date(Date.parse(at) - window).toISOString();
    const { found, broken } = await reconcile(world)({
      since,
      at,
      open: inItsOrder(world, [...open], startedAt),
      isDryRun: false,
    });
    if (broken) throw new CrmUnavailable(`The reconciler broke off: ${broken.because}`);
    return summed(found);
  };

/** In another order each time: what a run that breaks off leaves behind is not always the same. */
const inItsOrder = ({ hash }: Pick<WorldOf<typeof reconcileDailyUses>, 'hash'>, ids: readonly string[], run: Instant) =>
  ids
    .map((id) => ({ id, place: hash(`${run} ${id}`) }))
    .toSorted((one, other) => (one.place < other.place ? -1 : 1))
    .map(({ id }) => id);

function summed(found: Reconciled['found']): DailyReconciled {
  const said = found.filter(({ isSaid }) => isSaid).length;
  const left = found.length - said;
  return { outcome: left > 0 ? 'left for people' : said > 0 ? 'put right' : 'all agrees', said, left };
}
