import { deskLinkFor } from '../domain/handoff/desk-link.ts';
import type { MailKind, Message } from '../domain/messages/message.ts';
import type { Person } from '../domain/people/person.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { MailInHand, MailRejected, MailThrottled, MailUnavailable } from '../ports/errors.ts';
import type { WorldOf } from '../ports/world.ts';
import { insist } from './insist.ts';

/** Where a reader's own link leads: theirs alone. */
export interface ReportLinks {
  /** Their desk. */
  readonly desk: string;
  /** The report pages; everything below begins so. */
  readonly reports: string;
}

/** What a report says, and what it lists, each under a key of its own. */
export interface WrittenReport {
  readonly message: Message;
  readonly lists?: readonly string[];
  /** Called once it is sent: what else is on record then. Interrupted before its end, the report is sent again. */
  readonly sent?: (messageId: string) => Promise<void>;
}

export interface ReportOnce {
  readonly person: Person;
  readonly kind: MailKind;
  /** What makes this mail this mail: sent to them once under it. */
  readonly key: string;
  readonly at: Instant;
  /** How long whoever began to send it is left to it, in milliseconds. */
  readonly lease: number;
  /** Called only when the mail is really about to go; undefined when there is nothing to say, which is then settled. */
  readonly compose: (links: ReportLinks) => Promise<WrittenReport | undefined>;
}

export const sendReportUses = [
  'reportMails.claim',
  'reportMails.settle',
  'reportMails.release',
  'reportMails.hold',
  'desks.store',
  'mail.send',
  'site',
  'newLinkId',
  'hash',
] as const;

/**
 * Claim, write, send, settle: what is about no single handoff goes to one reader, at least once and, unless somebody is interrupted
 * between the sending and its record, once. Throws MailThrottled after giving the claim back, MailUnavailable and whatever fails
 * before it is sent as well, and MailInHand while somebody else is at it.
 */
export async function sendReportOnce(
  world: WorldOf<typeof sendReportUses>,
  { person, kind, key, at, lease, compose }: ReportOnce,
): Promise<'sent' | 'sent before' | 'nothing to say' | 'rejected'> {
  const { site } = world;
  const { email: id, name } = person;
  const token = world.newLinkId();
  const claim = await insist(() => world.reportMails.claim(id, key, { at, token, lease }));
  if (claim === 'sent' || claim === 'held') return 'sent before';
  if (claim === 'in hand') throw new MailInHand(`Somebody else is sending ${key}.`);
  const release = () => insist(() => world.reportMails.release(id, key, token));
  const link = world.newLinkId();
  const links = { desk: `${site.url}/d/${link}`, reports: `${site.url}/r/${link}` };
  const written = await compose(links).catch(async (error: unknown) => {
    await release();
    throw error;
  });
  const lists = written?.lists ? { lists: written.lists } : {};
  if (!written) {
    await insist(() => world.reportMails.settle({ id, key, at }));
    return 'nothing to say';
  }
  try {
    // First: a link that nobody gets harms nobody, and a mail must not lead nowhere.
    await insist(() => world.desks.store(world.hash(link), deskLinkFor(id, undefined, at)));
    const { messageId } = await world.mail.send({
      to: [{ name, email: id }],
      cc: [],
      message: { desk: links.desk, ...written.message },
      tags: { kind, step: '' },
    });
    await written.sent?.(messageId);
    await insist(() => world.reportMails.settle({ id, key, at, messageId, ...lists }));
    return 'sent';
  } catch (error) {
    if (error instanceof MailThrottled || error instanceof MailUnavailable) await release();
    if (!(error instanceof MailRejected)) throw error;
    await insist(() => world.reportMails.hold(id, key, at));
    return 'rejected';
  }
}
