import type { AuditEntry } from '../domain/handoff/audit-entry.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { type MailEvent, parseMailEvent } from '../domain/handoff/mail-event.ts';
import { isClearedByDelivery, whyUnreachable } from '../domain/handoff/reachability.ts';
import { isOver } from '../domain/handoff/step-rule.ts';
import type { AskKind } from '../domain/messages/message.ts';
import { ruleOfStep } from '../domain/playbook/playbook.ts';
import { noticeUses } from '../mailing/send-notice.ts';
import { tellAccountable } from '../mailing/tell-accountable.ts';
import type { WorldOf } from '../ports/world.ts';
import { askAgain, askAgainUses } from './ask-again.ts';
import { involvedPeople, involvedUses } from './involved-people.ts';
import { trackReportMail, trackReportMailUses } from './track-report-mail.ts';

export interface Tracked {
  /** Undefined for a mail that belongs to no handoff: a report, or none of ours. */
  readonly handoffId?: string;
  readonly outcome: MailEvent['what'] | 'not ours' | 'known';
}

export const trackMailUses = [
  'handoffs.load',
  'mails.of',
  'mails.recordFates',
  'roster.people',
  'roster.markReachable',
  'roster.markUnreachable',
  'suppressions.add',
  'audit.write',
  ...involvedUses,
  ...noticeUses,
  ...askAgainUses,
  ...trackReportMailUses,
] as const;

type Track = WorldOf<typeof trackMailUses>;

type OfHandoff = MailEvent & { readonly handoffId: string };

type Trouble = OfHandoff & { readonly what: 'bounced' | 'complained' | 'rejected' };

/**
 * Takes what SES tells about a mail. A colleague whom mail does not reach is marked, and the ladder is climbed at once: what
 * they were told, their manager is told now (P: nothing goes silent). Mail to a customer's address that bounced, or whose
 * owner complained, is not sent again without a person's word, and whoever is accountable is told. The same event twice
 * changes nothing twice: the mail's fate is written last, and an event whose fate is on record is passed over.
 * Throws when an SES event cannot be read.
 */
export const trackMail =
  (world: Track) =>
  async ({ event }: { event: unknown }): Promise<Tracked> => {
    const news = parseMailEvent(event);
    if (!news) return { outcome: 'not ours' };
    const { handoffId } = news;
    if (handoffId === undefined) return { outcome: await trackReportMail(world, news) };
    return trackOfHandoff(world, { ...news, handoffId });
  };

async function trackOfHandoff(world: Track, news: OfHandoff): Promise<Tracked> {
  const { handoffId, messageId, what } = news;
  if (what === 'delayed') {
    await note(world, news, { what: 'mail-delayed', detail: `${news.recipients.join(', ')}: ${news.why}` });
    return { handoffId, outcome: what };
  }
  const mail = (await world.mails.of(handoffId)).find((each) => each.messageId === messageId);
  const unknown = news.recipients.filter((email) => !isOnRecord(mail?.fates?.[email]?.what, what));
  if (unknown.length === 0) return { handoffId, outcome: 'known' };
  if (what === 'delivered')
    await clearMarks(
      world,
      unknown.map((email) => ({ email, sentAt: news.sentAt })),
    );
  else await act(world, { ...news, what, recipients: unknown });
  if (mail) {
    const fates = Object.fromEntries(unknown.map((email) => [email, { what, at: news.at }]));
    await world.mails.recordFates({ id: handoffId, key: mail.key, fates });
  }
  return { handoffId, outcome: what };
}

/** Whether what is known of a mail at an address says as much already, or something worse than that it arrived. */
export const isOnRecord = (known: string | undefined, what: string): boolean =>
  known === what || (what === 'delivered' && known !== undefined);

/** A mailbox that takes mail again: deliveries are all but always to somebody who was never marked, and then only read. */
export async function clearMarks(
  world: Pick<Track, 'roster'>,
  reached: readonly { readonly email: string; readonly sentAt: string }[],
): Promise<void> {
  // A mark that was put a moment ago stays until the next mail arrives.
  const people = await world.roster.people(
    reached.map(({ email }) => email),
    { maybeStale: true },
  );
  for (const { email, sentAt } of reached) {
    const { unreachable } = people.get(email) ?? {};
    if (unreachable && isClearedByDelivery(unreachable)) await world.roster.markReachable(email, sentAt);
  }
}

async function act(world: Track, news: Trouble): Promise<void> {
  const { handoffId, what, why, at } = news;
  const record = await world.handoffs.load(handoffId);
  const colleagues = await world.roster.people(news.recipients);
  for (const email of colleagues.keys())
    await world.roster.markUnreachable(email, { since: at, why: whyUnreachable(what, why) });
  const others = news.recipients.filter((email) => !colleagues.has(email));
  const strangers = others.filter((email) => record && isColleague(record, email));
  const customers = others.filter((email) => !strangers.includes(email));
  if (what !== 'rejected') for (const email of customers) await world.suppressions.add({ email, since: at, what });
  if (!record) return;
  await note(world, news, { what: `mail-${what}`, detail: `${news.kind} to ${news.recipients.join(', ')}: ${why}` });
  const people = await involvedPeople(world, record);
  const telling = { record, people, step: news.step, at };
  if (customers.length > 0) {
    const notice = { kind: 'customer-mail-bounced', addresses: customers, what } as const;
    await tellAccountable(world, { ...telling, key: `customer-mail-${what}/${news.messageId}/${customers}`, notice });
  }
  for (const address of strangers)
    await tellAccountable(world, {
      ...telling,
      key: `colleague-mail-bounced/${address}`,
      notice: { kind: 'colleague-mail-bounced', address },
    });
  if (colleagues.size > 0) await askAgainOfUnreachable(world, news, record);
}

/** Somebody with a part in the handoff whom the roster does not know. */
const isColleague = (record: HandoffRecord, email: string): boolean =>
  [...Object.values(record.state.people), ...Object.values(record.steps).map(({ owner }) => owner)].includes(email);

const rungs: readonly string[] = ['ask', 'warn', 'remind', 'breach', 'escalate', 'stall', 'nag'] satisfies AskKind[];

/**
 * Asks again the open steps of whoever was marked, and the step the mail was about, if it was a rung of its ladder that did
 * not reach the one it was for. What was said already is not said again; the next person up is told.
 */
async function askAgainOfUnreachable(world: Track, news: Trouble, record: HandoffRecord): Promise<void> {
  for (const { step, round, owner, decision, token } of Object.values(record.steps)) {
    const rule = ruleOfStep(record.playbook, step);
    // Nothing waits for what is optional, so it has no ladder to climb.
    if (decision || rule?.kind !== 'ask' || rule.optional || isOver(record, step)) continue;
    const isTold = step === news.step && rungs.includes(news.kind);
    if (!(news.recipients.includes(owner) || isTold)) continue;
    await askAgain(world, { handoffId: record.state.id, step, round, at: news.at, token });
  }
}

const note = (world: Track, { handoffId, at, step }: OfHandoff, entry: Pick<AuditEntry, 'what' | 'detail'>) =>
  world.audit.write(handoffId, { at, who: 'system', step, from: 'event', ...entry });
