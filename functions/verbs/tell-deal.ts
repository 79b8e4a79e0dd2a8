import type { SeenDeal } from '../ports/seen-deals.ts';
import type { WorldOf } from '../ports/world.ts';

/** What telling what is new of a deal takes. */
export const tellUses = ['dealBus.put', 'seenDeals.load', 'seenDeals.save'] as const;

/** What was last seen of a deal, all of it told: whoever saw it may have been interrupted before it was on the bus. */
export async function emptied(world: WorldOf<typeof tellUses>, dealId: string) {
  const before = await world.seenDeals.load(dealId);
  if (!before || before.seen.outbox.length === 0) return before;
  const version = await tell(world, { dealId, ...before });
  return { seen: { ...before.seen, outbox: [] }, version: version ?? before.version };
}

/** Puts what is in the outbox on the bus, and empties it; undefined where somebody wrote in the meantime, who does that too. */
export async function tell(
  world: WorldOf<typeof tellUses>,
  { dealId, seen, version }: { readonly dealId: string; readonly seen: SeenDeal; readonly version: number },
): Promise<number | undefined> {
  if (seen.outbox.length === 0) return version;
  await world.dealBus.put(seen.outbox);
  return world.seenDeals.save(dealId, { ...seen, outbox: [] }, version);
}
