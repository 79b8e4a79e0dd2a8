import type { WorldOf } from '../ports/world.ts';
import { type AskRequest, notify, notifyUses } from './notify.ts';

export const askAgainUses = ['tokens.askAgain', ...notifyUses] as const;

/**
 * Lets a step be asked again: who is asked, by when, or who can be reached has changed. Wakes the execution that waits on
 * the token. Between two tokens there is nothing to wake: then what is to be said is said from here.
 */
export async function askAgain(
  world: WorldOf<typeof askAgainUses>,
  { token, ...request }: AskRequest & { readonly token: string | undefined },
): Promise<void> {
  const woken = token ? await world.tokens.askAgain(token) : 'gone';
  if (woken === 'gone') await notify(world)(request);
}
