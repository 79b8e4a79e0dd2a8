import { deskLinkFor } from '../domain/handoff/desk-link.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { OutgoingMail } from '../ports/mail.ts';
import type { WorldOf } from '../ports/world.ts';
import { insist } from './insist.ts';

export const deskUses = ['desks.store', 'site', 'newLinkId', 'hash'] as const;

/** Makes a link to somebody's desk, for one mail of a handoff, and returns its address. Only its hash is kept. */
export async function deskTo(
  world: WorldOf<typeof deskUses>,
  to: { readonly person: string; readonly handoffId: string; readonly at: Instant },
): Promise<string> {
  const id = world.newLinkId();
  await world.desks.store(world.hash(id), deskLinkFor(to.person, to.handoffId, to.at));
  return `${world.site.url}/d/${id}`;
}

/**
 * A mail inside the company with a link to its reader's desk: only where it goes to one person alone, because the link opens what
 * is theirs. `keep` stores the link: while the mail goes out, so that nobody waits for it.
 */
export function withDesk(
  world: WorldOf<typeof deskUses>,
  mail: OutgoingMail,
  at: Instant,
): { readonly mail: OutgoingMail; readonly keep: () => Promise<void> } {
  const [reader, ...others] = [...mail.to, ...mail.cc];
  if (reader === undefined || others.length > 0 || mail.toCustomer || mail.message.desk !== undefined)
    return { mail, keep: async () => undefined };
  const id = world.newLinkId();
  const link = deskLinkFor(reader.email, mail.tags.handoff, at);
  return {
    mail: { ...mail, message: { ...mail.message, desk: `${world.site.url}/d/${id}` } },
    // The mail may be out already: without its link it would go out again.
    keep: () => insist(() => world.desks.store(world.hash(id), link)),
  };
}
