import type { Mend } from '../domain/handoff/reconciliation.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { CrmDeal } from '../ports/crm.ts';
import { ServiceUnavailable } from '../ports/errors.ts';
import type { SeenDeal } from '../ports/seen-deals.ts';
import type { WorldOf } from '../ports/world.ts';
import { mergesOf, movesOf } from './deal-moves.ts';
import { emptied, tell, tellUses } from './tell-deal.ts';

export const sayAgainUses = [...tellUses, 'hash'] as const;

/** A merge is followed, and not said. */
type Sayable = Exclude<Mend, 'say that it was merged'>;

/** How often somebody else may have read the same deal at the same time before this gives up. */
const mostRaces = 5;

/**
 * Says on the bus what the CRM has of a deal, as it would have been said had we not known it yet; and keeps it as what was said last, so
 * that what changes next is told, too. Who takes the events knows what it has: once more is the same. `at`: now, UTC.
 */
export const sayAgain =
  (world: WorldOf<typeof sayAgainUses>) =>
  async ({
    deal,
    mend,
    at,
  }: {
    readonly deal: CrmDeal;
    readonly mend: Sayable;
    readonly at: Instant;
  }): Promise<void> => {
    const { dealId } = deal;
    for (let race = 0; race < mostRaces; race++) {
      const before = await emptied(world, dealId);
      const read = { deal: mend === 'say that it was won' ? handedOver(deal) : deal };
      const { seen } = movesOf({ dealId, read, at }, asIf(mend, before?.seen), world.hash);
      const version = await world.seenDeals.save(dealId, seen, before?.version ?? 0);
      if (version === undefined) continue;
      await tell(world, { dealId, seen, version });
      return;
    }
    throw new ServiceUnavailable('The same deal is being read by others all the time: try again.');
  };

const longAgo = '1970-01-01T00:00:00Z';

/** Whoever says that it was won knows that it is handed over, or was. */
const handedOver = ({ leftOut: _, ...deal }: CrmDeal): CrmDeal => deal;

/** What we would have known last, had we missed what is to be said. */
const asIf = (mend: Sayable, before: SeenDeal | undefined): SeenDeal => ({
  ...mergesOf(before),
  phase: mend === 'say that it was won' ? (wasOver(before) ? 'gone' : 'early') : 'won',
  facts: '',
  at: before?.at ?? longAgo,
  outbox: [],
});

/** Its end may have been told after the signature that counts again. */
const wasOver = (before: SeenDeal | undefined): boolean => before?.phase === 'gone' || before?.phase === 'left out';
