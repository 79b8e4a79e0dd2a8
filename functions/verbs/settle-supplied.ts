import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { isSupplied, openItemsOf } from '../domain/handoff/open-items.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { unlessInHand } from '../mailing/unless-in-hand.ts';
import type { WorldOf } from '../ports/world.ts';
import { askAgain, askAgainUses } from './ask-again.ts';

export const settleSuppliedUses = ['handoffs.load', ...askAgainUses] as const;

/**
 * Somebody has just acted on a handoff. What they put into the package may be what an open item owes: its execution is woken,
 * finds it there, settles it, and tells. `before`: the record as it was when they acted.
 */
export async function settleSupplied(
  world: WorldOf<typeof settleSuppliedUses>,
  { before, at }: { readonly before: HandoffRecord; readonly at: Instant },
): Promise<void> {
  const { id } = before.state;
  if (!openItemsOf(before).some(({ item }) => item.paths?.length)) return;
  const record = await world.handoffs.load(id);
  if (!record) return;
  for (const item of openItemsOf(record))
    if (isSupplied(record, item))
      // Its execution, which waits for nothing at this moment, is telling of it already.
      await unlessInHand(askAgain(world, { handoffId: id, step: item.step, round: item.round, at, token: item.token }));
}
