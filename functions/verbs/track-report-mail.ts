import type { MailEvent } from '../domain/handoff/mail-event.ts';
import { isClearedByDelivery, whyUnreachable } from '../domain/handoff/reachability.ts';
import type { WorldOf } from '../ports/world.ts';

export const trackReportMailUses = [
  'reportMails.find',
  'reportMails.recordFate',
  'roster.people',
  'roster.markReachable',
  'roster.markUnreachable',
] as const;

/**
 * Takes what SES tells about a report. Its reader is marked, or their mark cleared, as by any other mail; nothing waits for an
 * answer to it, so nobody is asked in their place. The same event twice changes nothing twice.
 */
export async function trackReportMail(
  world: WorldOf<typeof trackReportMailUses>,
  { what, at, sentAt, recipients, messageId, why }: MailEvent,
): Promise<MailEvent['what'] | 'known'> {
  if (what === 'delayed') return what;
  let isNews = false;
  const people = await world.roster.people(recipients);
  for (const email of recipients) {
    const mail = await world.reportMails.find(email, messageId);
    const known = mail?.fates?.[email]?.what;
    if (known === what || (what === 'delivered' && known !== undefined)) continue;
    isNews = true;
    const unreachable = people.get(email)?.unreachable;
    if (what !== 'delivered') await world.roster.markUnreachable(email, { since: at, why: whyUnreachable(what, why) });
    else if (unreachable && isClearedByDelivery(unreachable)) await world.roster.markReachable(email, sentAt);
    if (mail) await world.reportMails.recordFate({ id: email, key: mail.key, email, fate: { what, at } });
  }
  return isNews ? what : 'known';
}
