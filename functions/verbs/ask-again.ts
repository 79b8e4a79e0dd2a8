import type { World } from '../ports.ts';
import { type AskRequest, notify } from './notify.ts';

/**
 * Lets a step be asked anew: who is asked, by when, or who can be reached has changed. Wakes the execution that waits on
 * the token. Between two tokens there is nothing to wake: then what is to be said is said from here.
 */
export async function askAgain(
  world: Pick<World, 'handoffs' | 'roster' | 'mail' | 'tokens' | 'site' | 'calendarOf' | 'newLinkId' | 'hash'>,
  { token, ...request }: AskRequest & { readonly token: string | undefined },
): Promise<void> {
  const woken = token ? await world.tokens.askAgain(token) : 'gone';
  if (woken === 'gone') await notify(world)(request);
}
