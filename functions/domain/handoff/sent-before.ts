import { listed } from '../fields/words.ts';
import { type Announcement, announcementRule } from '../playbook/announcements.ts';
import { stepAnnouncing, stepApproving } from '../playbook/capabilities.ts';
import { ruleOfStep } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import { dateIn } from '../time/wording.ts';
import { doneDecision, givenList, givenText } from './decisions.ts';
import type { HandoffRecord } from './handoff.ts';
import type { MailRecord } from './mail-record.ts';
import type { Decision } from './step-record.ts';

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

/** Somebody at the customer who got a mail in another won episode of the deal. */
export interface SentBefore {
  readonly email: string;
  readonly at: Instant;
}

/** The mail to the customer that the answer to a step sends at once; undefined where it sends none, or a new appointment. */
export function mailOfStep({ playbook }: Pick<HandoffRecord, 'playbook'>, step: string): Announcement | undefined {
  const rule = ruleOfStep(playbook, step);
  const say = rule?.kind === 'ask' ? rule.announce?.say : undefined;
  const { toCustomer, from } = say ? announcementRule(say) : {};
  return toCustomer && from === 'decision' ? say : undefined;
}

/** Who got a mail in other won episodes, whatever its words were, the newest time for each. */
export function everSent(others: readonly HandoffRecord[], say: Announcement): readonly SentBefore[] {
  const times = new Map<string, Instant>();
  for (const other of others)
    for (const email of reached(other, say)) {
      const at = other.mails[say]?.at ?? other.deal.closedWonAt;
      if (Date.parse(at) > Date.parse(times.get(email) ?? '1970-01-01T00:00:00Z')) times.set(email, at);
    }
  return [...times].map(([email, at]) => ({ email, at }));
}

/** Under what the answer to a step keeps who was left out of its mail; no form has such a field. */
export const leftOutField = 'gotBefore';

interface Reader {
  /** IANA zone. */
  readonly zone: string;
  readonly at: Instant;
}

/** Before a mail is approved: what becomes of it for people who have it already, and what to do instead. */
export function sentBeforeText(say: Announcement, sent: readonly SentBefore[], { zone, at }: Reader): string {
  const days = [...new Set(sent.map((each) => dateIn(zone, each.at, at)))];
  const who = listed(sent.map(({ email }) => email));
  return `${who} got ${announcementRule(say).called} on ${listed(days)}, when this deal was won before. In the same words it does not go out to them again. To tell them something new, change the text, or write to them yourself.`;
}

/** Once it is approved in the same words: who does not get it, and what to do instead. */
export function leftOutText(say: Announcement, emails: readonly string[]): string {
  return `${listed(emails)} got ${announcementRule(say).called} in these words when this deal was won before. It does not go out to them again: write to them yourself.`;
}

/** How long after an approval what is asked counts as coming next, a weekend included. */
const next = 3 * 86_400_000;

/** The same, on the pages that whoever approved it comes to next; undefined where everybody got it. */
export function leftOutBefore(
  record: HandoffRecord,
  { person, askedAt }: { readonly person: string; readonly askedAt: Instant },
): string | undefined {
  return Object.values(record.steps).flatMap(({ step, decision }) => {
    const since = Date.parse(askedAt) - Date.parse(decision?.at ?? '');
    const say = decision?.by === person && since >= 0 && since < next ? mailOfStep(record, step) : undefined;
    const emails = givenList(decision, leftOutField);
    return say && emails.length > 0 ? [leftOutText(say, emails)] : [];
  })[0];
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
