import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import type { WorldOf } from '../ports/world.ts';

export const sendBackUses = ['tokens.askAgain'] as const;

/**
 * Sends the execution of a handoff back to ask, wherever it waits: it does what is left of what somebody did on a page. Whether
 * it was waiting at all. Open items have executions of their own.
 */
export async function sendBack(
  world: WorldOf<typeof sendBackUses>,
  record: HandoffRecord | undefined,
): Promise<boolean> {
  let woken = false;
  for (const { decision, item, token } of Object.values(record?.steps ?? {}))
    if (!decision && !item && token !== undefined) woken = (await world.tokens.askAgain(token)) === 'woken' || woken;
  return woken;
}
