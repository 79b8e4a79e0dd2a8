import { type Announcement, announcementRule } from '../playbook/announcements.ts';
import { stepAnnouncing, stepApproving } from '../playbook/capabilities.ts';
import { doneDecision, givenList, givenText } from './decisions.ts';
import type { Decision, HandoffRecord, MailRecord } from './handoff.ts';

/**
 * The addresses, in lower case, at the customer that got a mail in another won episode of the same deal, whichever came first,
 * and so do not get it again (P):
 * - An appointment is newly made each time: its invitation always goes out.
 * - What a person has worded goes out again if its words are others by now; the same words only to people who lack them.
 * - Any other mail says the same each time: it goes to people who lack it.
 *
 * Only what really went out counts. A mail that was held, was rejected, bounced, or of which nobody knows whether it was sent,
 * is sent: a person has approved it once more in this episode.
 */
export function gotBefore(
  record: HandoffRecord,
  others: readonly HandoffRecord[],
  say: Announcement,
): ReadonlySet<string> {
  const { from } = announcementRule(say);
  if (from === 'plans') return new Set();
  const words = wordsOf(record, say);
  const same = others.filter((other) => from !== 'decision' || wordsOf(other, say) === words);
  return new Set(same.flatMap((other) => reached(other, say)));
}

/** Those to whom a mail of a handoff went out and did not come back, in lower case. */
function reached(other: HandoffRecord, say: Announcement): string[] {
  const mail = other.mails[say];
  if (mail?.status !== 'sent') return [];
  return (mail.sentTo ?? approvedIn(other, say))
    .map((email) => email.toLowerCase())
    .filter((email) => arrived(mail, email));
}

/** Whoever reported it as spam has it. */
const arrived = ({ fates = {} }: MailRecord, email: string): boolean => {
  const what = fates[email]?.what;
  return what !== 'bounced' && what !== 'rejected';
};

/** Records of earlier deploys do not say to whom a mail went: to those who were approved. */
const approvedIn = (record: HandoffRecord, say: Announcement): readonly string[] =>
  givenList(decisionFor(record, say), 'recipients');

/** What a person wrote for the mail; white space does not count. */
function wordsOf(record: HandoffRecord, say: Announcement): string {
  const decision = decisionFor(record, say);
  const texts = Object.entries(announcementRule(say).fields ?? {}).filter(([, kind]) => kind === 'longText');
  return texts.map(([name]) => givenText(decision, name).replace(/\s+/g, ' ').trim()).join('\n');
}

function decisionFor(record: HandoffRecord, say: Announcement): Decision | undefined {
  const step = stepAnnouncing(record.playbook, say) ?? stepApproving(record.playbook, say);
  return step && doneDecision(record, step.id);
}
