import type { MailSaid } from '../domain/handoff/audit-entry.ts';
import type { MailFate, MailRecord } from '../domain/handoff/mail-record.ts';
import type { Instant } from '../domain/time/calendar.ts';

export interface Claim {
  readonly at: Instant;
  /** Of this attempt, and no other. */
  readonly token: string;
  /**
   * Takes over a claim that is this old, in milliseconds, or that the same caller, whose `at` stays the same when it is tried
   * again, has left to its holder before; none unless said. Of those who take over at once, one does.
   */
  readonly lease?: number;
}

/** When mails arrived (UTC), by their keys and then by address in lower case. */
export type Arrivals = Readonly<Record<string, Readonly<Record<string, Instant>>>>;

/** The records of mails: which were sent, and what became of them. */
export interface Mails {
  /**
   * `unknown`: claimed before, and nobody knows whether it was sent; `in hand`: so lately that whoever did is at it still.
   * One's own claim is known by its token when the answer to it was lost.
   */
  claim(id: string, key: string, claim: Claim): Promise<'claimed' | 'sent' | 'unknown' | 'in hand' | 'held'>;
  /** Returns the mail as it stands then. */
  markSent(input: {
    id: string;
    key: string;
    messageId: string;
    at: Instant;
    sentTo?: readonly string[];
    /** As the audit trail says it: it is on record with the same write. */
    said?: MailSaid;
    /** It stood in the daily digest of its reader. */
    inDigest?: true;
  }): Promise<MailRecord>;
  /** Gives back one's own claim: the mail may be claimed again. What somebody else has made of it stays. */
  release(id: string, key: string, token: string): Promise<void>;
  /** The mail stays where it is until a person has looked. */
  hold(id: string, key: string, at: Instant): Promise<void>;
  /** Every mail to which the mail service gave an id. */
  of(id: string): Promise<readonly MailRecord[]>;
  /** Notes at once when mails arrived, by their keys and then by address; what is known to be worse stays. */
  recordArrived(id: string, arrived: Arrivals): Promise<void>;
  /** Notes what became of a mail, by address. Worse news replace better ones, never the other way round. */
  recordFates(input: { id: string; key: string; fates: Readonly<Record<string, MailFate>> }): Promise<void>;
}
