import type { WorldOf } from '../ports/world.ts';
import { inTurns } from './in-turns.ts';

export const queueWriteBacksUses = [
  'writeBackQueue.put',
  'roster.everybody',
  'desks.openWorkOf',
  'handoffs.unmeasured',
] as const;

type Queueing = WorldOf<typeof queueWriteBacksUses>;

/**
 * Has the handoffs that changed written back, each once. `changed`: their ids; undefined where nobody knows which they were: then it is
 * every handoff that is open, or has ended since the last night. What is written back is what stands, so one too many does no
 * harm. Rejects with `ServiceUnavailable` where not all could be queued: whoever calls tries again.
 */
export const queueWriteBacks =
  (world: Queueing) =>
  async (
    changed: readonly string[] | undefined,
  ): Promise<{ readonly outcome: 'queued' | 'all that are open queued' }> => {
    await world.writeBackQueue.put([...new Set(changed ?? (await openOrJustEnded(world)))]);
    return { outcome: changed ? 'queued' : 'all that are open queued' };
  };

async function openOrJustEnded(world: Queueing): Promise<readonly string[]> {
  const roster = await world.roster.everybody();
  const open = await inTurns(roster, async ({ email }) => {
    const { steps, handoffs } = await world.desks.openWorkOf(email);
    return [...handoffs, ...steps.map(({ id }) => id)];
  });
  return [...open.flat(), ...(await world.handoffs.unmeasured())];
}
