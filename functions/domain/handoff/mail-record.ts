import type { Instant } from '../time/calendar.ts';
import type { MailSaid } from './audit-entry.ts';

/** What became of a sent mail at one address. */
export interface MailFate {
  readonly what: 'delivered' | 'bounced' | 'complained' | 'rejected';
  readonly at: Instant;
}

/** A mail of this handoff. `claimed` without `sent` means that nobody knows whether it went out. */
export interface MailRecord {
  readonly key: string;
  readonly status: 'claimed' | 'sent' | 'held';
  readonly at: Instant;
  readonly messageId?: string;
  /** It was said in the daily digest of its reader, which had that id. */
  readonly inDigest?: true;
  /** As the audit trail says it; absent of mails whose entry is an item of its own, or that another one said as well. */
  readonly said?: MailSaid;
  /** Of a mail to the customer: the addresses it went to. */
  readonly sentTo?: readonly string[];
  /** By address, in lower case; absent until the mail service has told. */
  readonly fates?: Readonly<Record<string, MailFate>>;
}
