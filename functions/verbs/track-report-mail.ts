import type { MailEvent } from '../domain/handoff/mail-event.ts';
import { isClearedByDelivery, whyUnreachable } from '../domain/handoff/reachability.ts';
import { heardInDigest } from '../domain/handoff/trouble.ts';
import type { WorldOf } from '../ports/world.ts';
import { askAgain, askAgainUses } from './ask-again.ts';

export const trackReportMailUses = [
  'reportMails.of',
  'reportMails.recordFates',
  'digestTopics.of',
  'handoffs.load',
  'roster.people',
  'roster.markReachable',
  'roster.markUnreachable',
  ...askAgainUses,
] as const;

type World = WorldOf<typeof trackReportMailUses>;

/**
 * Takes what SES tells about a report. Its reader is marked, or their mark cleared, as by any other mail. Escalations that a digest
 * was to tell them climb at once, as if an email of their own had come back; nothing else waits for an answer to a report. The
 * same event twice changes nothing twice.
 */
export async function trackReportMail(
  world: World,
  { what, at, sentAt, recipients, messageId, why }: MailEvent,
): Promise<MailEvent['what'] | 'known'> {
  if (what === 'delayed') return what;
  let isNews = false;
  const people = await world.roster.people(recipients);
  for (const email of recipients) {
    const mail = (await world.reportMails.of(email)).find((each) => each.messageId === messageId);
    const known = mail?.fates?.[email]?.what;
    if (known === what || (what === 'delivered' && known !== undefined)) continue;
    isNews = true;
    const unreachable = people.get(email)?.unreachable;
    if (what !== 'delivered') {
      await world.roster.markUnreachable(email, { since: at, why: whyUnreachable(what, why) });
      await climbAtOnce(world, { email, messageId, at });
    } else if (unreachable && isClearedByDelivery(unreachable)) await world.roster.markReachable(email, sentAt);
    if (mail) await world.reportMails.recordFates({ id: email, key: mail.key, fates: { [email]: { what, at } } });
  }
  return isNews ? what : 'known';
}

/** Asks again the steps of which that digest told: the next person up is told (P: nothing goes silent). */
async function climbAtOnce(
  world: World,
  { email, messageId, at }: { readonly email: string; readonly messageId: string; readonly at: string },
): Promise<void> {
  for (const { handoffId } of await world.digestTopics.of(email)) {
    const record = await world.handoffs.load(handoffId);
    for (const step of new Set(record ? heardInDigest(record, email, messageId) : [])) {
      const { round = 1, token } = record?.steps[step] ?? {};
      await askAgain(world, { handoffId, step, round, at, token });
    }
  }
}
