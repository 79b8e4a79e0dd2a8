import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { MailInHand, MailRejected, MailThrottled, MailUnavailable } from '../ports/errors.ts';
import type { OutgoingMail } from '../ports/mail.ts';
import type { WorldOf } from '../ports/world.ts';
import { deskUses, withDesk } from './desk-link.ts';
import { insist } from './insist.ts';

export type MailOutcome = 'sent' | 'sent before' | 'held' | 'rejected';

export interface MailOnce {
  readonly record: HandoffRecord;
  /** What makes this mail this mail: sent once under this key. */
  readonly key: string;
  /** What else it says, each under a key of its own: then said as well. */
  readonly covers?: readonly string[];
  readonly at: Instant;
  /** A customer gets a mail at most once: if nobody knows whether it went out, it is held for a person. */
  readonly toCustomer: boolean;
  /** How long whoever began to send it is left to it, in milliseconds, by somebody who comes for the first time; a few seconds unless said. */
  readonly lease?: number;
  /** Called only when the mail is really about to go, so that links are made only for mails that exist. */
  readonly compose: () => Promise<OutgoingMail>;
}

export const sendUses = [
  'mails.claim',
  'mails.markSent',
  'mails.release',
  'mails.hold',
  'mail.send',
  'audit.write',
  ...deskUses,
] as const;

/**
 * Claim, send, mark as sent. A crash in between leaves the mail unknown: internal mail then goes out again (at least once),
 * customer mail is held (at most once). Throws MailThrottled after giving the claim back, as whatever fails before it is sent,
 * and MailUnavailable: then internal mail, which may have gone out, is sent again. Throws MailInHand while somebody else is at
 * an internal mail, as they may be interrupted: executions and events are tried again, and on a page what somebody did stands
 * and its execution does the rest, so that the mail goes out within minutes whoever was sending it.
 */
export async function sendOnce(world: WorldOf<typeof sendUses>, mail: MailOnce): Promise<MailOutcome> {
  const { record, key, at } = mail;
  const { id } = record.state;
  if (record.mails[key]?.status === 'sent') return 'sent before';
  const token = world.newLinkId();
  // One's own claim of an attempt before this one, which is over: it has the same time.
  const lease = record.mails[key]?.at === at ? 0 : (mail.lease ?? sideBySide);
  const claim = await insist(() => world.mails.claim(id, key, mail.toCustomer ? { at, token } : { at, token, lease }));
  if (claim === 'sent') return 'sent before';
  if (claim === 'held') return claim;
  if (claim === 'in hand') throw new MailInHand(`Somebody else is sending ${key} of handoff ${id}.`);
  if (claim === 'unknown' && mail.toCustomer) {
    await world.mails.hold(id, key, at);
    return 'held';
  }
  const outgoing = await mail.compose().catch(async (error: unknown) => {
    await insist(() => world.mails.release(id, key, token));
    throw error;
  });
  const addresses = [...outgoing.to, ...outgoing.cc].map(({ email }) => email).join(', ');
  try {
    const desk = mail.toCustomer ? undefined : withDesk(world, outgoing, at);
    const [sent, kept] = await Promise.allSettled([world.mail.send(desk?.mail ?? outgoing), desk?.keep()]);
    if (sent.status === 'rejected') throw sent.reason;
    if (kept.status === 'rejected') throw kept.reason;
    const { messageId } = sent.value;
    const sentTo = mail.toCustomer ? { sentTo: outgoing.to.map(({ email }) => email) } : {};
    const said = { step: outgoing.tags.step, detail: `${outgoing.tags.kind} to ${addresses}` };
    // The mail's own key comes last: where that says "sent", all that it says counts as said.
    for (const covered of mail.covers ?? [])
      await insist(() => world.mails.markSent({ id, key: covered, messageId, at, ...sentTo }));
    await insist(() => world.mails.markSent({ id, key, messageId, at, said, ...sentTo }));
  } catch (error) {
    // What may have gone out inside the company, whoever comes next sends again, and need not wait for it.
    if (error instanceof MailThrottled || (!mail.toCustomer && error instanceof MailUnavailable))
      await insist(() => world.mails.release(id, key, token));
    if (!(error instanceof MailRejected)) throw error;
    await world.mails.hold(id, key, at);
    await world.audit.write(id, {
      ...{ at, who: 'system', step: outgoing.tags.step, from: 'execution' },
      what: 'mail-rejected',
      detail: `${outgoing.tags.kind} to ${addresses}`,
    });
    return 'rejected';
  }
  return 'sent';
}

/** Two that come to the same mail within so many milliseconds are at it side by side: the second leaves it to the first. */
const sideBySide = 5_000;
