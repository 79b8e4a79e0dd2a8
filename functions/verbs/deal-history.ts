import type { Deal } from '../domain/deal/deal.ts';
import type { KnownWin } from '../domain/deal/won-episodes.ts';
import type { ArrivedDeal, DealHistory } from '../ports/deals.ts';
import type { WorldOf } from '../ports/world.ts';

export const readHistoryUses = ['deals.history', 'deals.read', 'handoffs.load'] as const;

/** All that was heard of a deal. */
export interface ReadHistory extends Pick<DealHistory, 'again' | 'stops'> {
  /** Of every handoff, the newest last. */
  readonly begun: readonly (KnownWin & { readonly deal: Deal })[];
  /** Of all that began a handoff or may yet. */
  readonly wins: readonly KnownWin[];
}

/** What is known of a deal so far, its handoffs with when they were won and the newest with when it ended. */
export async function readHistory(world: WorldOf<typeof readHistoryUses>, dealId: string): Promise<ReadHistory> {
  const { episodes, again, stops } = await world.deals.history(dealId);
  const begun: ReadHistory['begun'][number][] = [];
  for (const handoffId of episodes) {
    const known = await world.deals.read(handoffId);
    if (!known) continue;
    const { deal, at = deal.closedWonAt } = known;
    const isNewest = handoffId === episodes.at(-1);
    const endedAt = isNewest ? (await world.handoffs.load(handoffId))?.state.endedAt : undefined;
    begun.push({
      ...knownWin({ deal, at }),
      handoffId,
      wonEpisode: deal.wonEpisode,
      deal,
      ...(endedAt && { endedAt }),
    });
  }
  return { begun, again, stops, wins: [...begun, ...again.map(knownWin)] };
}

/** A deal as it came in, from a CRM that does not count how often it was won. */
export const knownWin = ({ deal, at }: Pick<ArrivedDeal, 'deal' | 'at'>): KnownWin => ({
  closedWonAt: deal.closedWonAt,
  at,
  ...(deal.closedWonOn !== undefined && { closedWonOn: deal.closedWonOn }),
  ...(deal.isRestored && { isRestored: deal.isRestored }),
});

/** The number of the won episode that begins next. */
export const nextEpisode = (begun: ReadHistory['begun']): number =>
  Math.max(0, ...begun.map(({ deal }) => deal.wonEpisode)) + 1;
