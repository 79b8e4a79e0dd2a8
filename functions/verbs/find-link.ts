import { isEnded } from '../domain/handoff/desk-link.ts';
import type { Link } from '../domain/handoff/link.ts';
import type { WorldOf } from '../ports/world.ts';

export const findLinkUses = ['links.find', 'desks.endedAt', 'hash'] as const;

/**
 * The link with an id. One that a desk made has expired once the links to that desk were ended. `maybeStale`: one that was made a
 * moment ago may not be found.
 */
export async function findLink(
  world: WorldOf<typeof findLinkUses>,
  linkId: string,
  options: { readonly maybeStale?: boolean } = {},
): Promise<Link | undefined> {
  const hash = world.hash(linkId);
  // A link never changes: one that is found is as good from a reading at half the price.
  const link =
    (await world.links.find(hash, { maybeStale: true })) ??
    (options.maybeStale ? undefined : await world.links.find(hash));
  if (link?.fromDesk === undefined) return link;
  return isEnded(link.fromDesk, await world.desks.endedAt(link.person)) ? { ...link, expiresAt: link.fromDesk } : link;
}
