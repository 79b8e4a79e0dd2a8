import type { Instant } from './domain/calendar.ts';
import { handoffIdOf, parseDealEvent } from './domain/deal.ts';
import type { Refusal } from './domain/refusal.ts';
import type { World } from './ports.ts';

export type Started =
  | { readonly handoffId: string; readonly outcome: 'started' | 'exists' }
  | { readonly refused: readonly Refusal[] };

/**
 * A deal was closed won (S4: the one system event that starts a handoff): stores it once and starts its execution. The same
 * deal twice, or ten times at once, is one handoff. An event that cannot be used is kept with the reason, never dropped.
 * `at`: when the event arrived, UTC.
 */
export const startHandoff =
  (world: Pick<World, 'handoffs' | 'executions'>) =>
  async ({ event, at }: { event: unknown; at: Instant }): Promise<Started> => {
    const parsed = parseDealEvent(event, at);
    if ('refused' in parsed) {
      await world.handoffs.storeRefusal({ event, refused: parsed.refused, at });
      return { refused: parsed.refused };
    }
    const handoffId = handoffIdOf(parsed.deal);
    const stored = await world.handoffs.storeDeal(handoffId, parsed.deal, parsed.notes);
    if (stored === 'stored')
      await world.handoffs.audit(handoffId, {
        at,
        who: 'crm',
        what: 'deal-won',
        detail: parsed.notes.join('; '),
        from: 'event',
      });
    // Started even if stored before: the attempt that stored it may not have come this far.
    return { handoffId, outcome: await world.executions.start(handoffId) };
  };
