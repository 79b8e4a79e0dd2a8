import { handoffIdOf } from '../domain/deal/deal.ts';
import type { KnownStop } from '../domain/deal/won-episodes.ts';
import type { ArrivedDeal } from '../ports/deals.ts';
import type { WorldOf } from '../ports/world.ts';

export const storeEpisodeUses = ['deals.store', 'audit.write'] as const;

export const beginEpisodeUses = [...storeEpisodeUses, 'executions.start'] as const;

/** Stores a deal under the number of its won episode, once. */
export async function storeEpisode(
  world: WorldOf<typeof storeEpisodeUses>,
  { deal, notes, at }: ArrivedDeal,
): Promise<{ readonly handoffId: string; readonly stored: 'stored' | 'exists' }> {
  const handoffId = handoffIdOf(deal);
  const stored = await world.deals.store(handoffId, deal, { notes, at });
  if (stored === 'stored')
    await world.audit.write(handoffId, { at, who: 'crm', what: 'deal-won', detail: notes.join('; '), from: 'event' });
  return { handoffId, stored };
}

/** Stores a deal and starts its execution; also if it was stored before: that attempt may not have come this far. */
export async function beginEpisode(
  world: WorldOf<typeof beginEpisodeUses>,
  arrived: ArrivedDeal,
): Promise<{ readonly handoffId: string; readonly outcome: 'started' | 'exists' }> {
  const { handoffId } = await storeEpisode(world, arrived);
  return { handoffId, outcome: await world.executions.start(handoffId) };
}

/** Why a deal is won no more, as people read it. */
export const stopReason = ({ kind, reason }: Pick<KnownStop, 'kind' | 'reason'>): string =>
  `Deal ${kind === 'cancelled' ? 'canceled' : kind}${reason ? `: ${reason}` : ''}`;
