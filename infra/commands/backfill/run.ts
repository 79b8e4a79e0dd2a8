import type { Happened } from '../../../functions/domain/handoff/backfill.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import type { Instant } from '../../../functions/domain/time/calendar.ts';
import type { Crm } from '../../../functions/ports/crm.ts';
import type { WorldOf } from '../../../functions/ports/world.ts';
import { type Backfilled, backfillDeal, type backfillDealUses } from '../../../functions/verbs/backfill-deal.ts';
import { later, passing, wonDeals } from '../../../functions/verbs/reconcile.ts';

export interface ToBackfillAll {
  /** Deals that were won before are left alone, UTC. */
  readonly since: Instant;
  /** Deals that changed before this were looked at by an earlier run that broke off, UTC. */
  readonly goOnFrom?: Instant;
  /** UTC. */
  readonly at: Instant;
  /** What was done already, by the deal's id in the CRM. */
  readonly happened: ReadonlyMap<string, readonly Happened[]>;
  readonly isDryRun: boolean;
}

export interface BackfilledDeal {
  readonly dealId: string;
  readonly name: string;
  readonly wonAt?: string;
  readonly result: Backfilled | { readonly outcome: 'not won any more' | 'nobody knows when it was won' };
}

export interface BackfilledAll {
  readonly deals: readonly BackfilledDeal[];
  /** Deals for which something was said to be done, and that the CRM did not show as won since then. */
  readonly unknown: readonly string[];
  readonly broken?: { readonly because: string; readonly goOnFrom: Instant };
}

/** Longest day there is, anywhere on earth, in milliseconds. */
const day = 36 * 3_600_000;

/** Begins the handoffs of all deals that were won since then and have none. */
export async function runBackfill(
  world: WorldOf<typeof backfillDealUses> & { readonly crm: Pick<Crm, 'readDeal' | 'wonSince'> },
  playbook: Playbook,
  { since, goOnFrom = since, at, happened, isDryRun }: ToBackfillAll,
): Promise<BackfilledAll> {
  const deals: BackfilledDeal[] = [];
  const unknown = new Set(happened.keys());
  const isBefore = (wonAt: string | undefined) =>
    wonAt !== undefined && Date.parse(wonAt) + (wonAt.length === 10 ? day : 0) < Date.parse(since);
  let from = goOnFrom;
  try {
    for await (const { dealId, name, wonAt, changedAt } of wonDeals(world.crm, goOnFrom)) {
      if (!isBefore(wonAt)) {
        const read = await world.crm.readDeal(dealId);
        const deal = 'deal' in read ? read.deal : undefined;
        if (!isBefore(deal?.wonAt)) {
          unknown.delete(dealId);
          const asked = { happened: happened.get(dealId) ?? [], at, isDryRun };
          const result: BackfilledDeal['result'] =
            deal?.phase !== 'won'
              ? { outcome: 'not won any more' }
              : deal.wonAt === undefined && deal.leftOut === undefined
                ? { outcome: 'nobody knows when it was won' }
                : await backfillDeal(world, playbook)({ deal, ...asked });
          deals.push({ dealId, name, ...(deal?.wonAt !== undefined && { wonAt: deal.wonAt }), result });
        }
      }
      from = later(from, changedAt);
    }
  } catch (error) {
    const because = passing(error);
    if (because === undefined) throw error;
    return { deals, unknown: [], broken: { because, goOnFrom: from } };
  }
  return { deals, unknown: [...unknown] };
}
