import type { MailFate, MailRecord } from '../domain/handoff/handoff.ts';
import type { Instant } from '../domain/time/calendar.ts';

/** The records of mails: which were sent, and what became of them. */
export interface Mails {
  /** `unknown`: claimed before, and nobody knows whether it was sent. */
  claim(id: string, key: string, at: Instant): Promise<'claimed' | 'sent' | 'unknown' | 'held'>;
  markSent(input: {
    id: string;
    key: string;
    messageId: string;
    at: Instant;
    sentTo?: readonly string[];
  }): Promise<void>;
  /** The mail certainly did not go out: it may be claimed again. */
  release(id: string, key: string): Promise<void>;
  /** The mail stays where it is until a person has looked. */
  hold(id: string, key: string, at: Instant): Promise<void>;
  /** The mail to which the mail service gave this id; undefined when none is recorded. */
  find(id: string, messageId: string): Promise<MailRecord | undefined>;
  /** Notes what became of a mail at one address. Worse news replace better ones, never the other way round. */
  recordFate(input: { id: string; key: string; email: string; fate: MailFate }): Promise<void>;
}
