import type { Instant } from '../time/calendar.ts';

/** What happened, in the words of the process. */
export type AuditKind =
  /** The deal is past the proposal stage: it has a draft. */
  | 'deal-proposed'
  /** The deal of a draft was lost. */
  | 'draft-ended'
  | 'deal-won'
  /** The CRM changed a deal that is won. */
  | 'deal-changed'
  /** The CRM made one deal of this one and others. */
  | 'deal-merged'
  | 'handoff-started'
  | 'asked'
  | 'decided'
  | 'unanswered'
  | 'reassigned'
  /** Somebody is asked in place of who is away or has left, or gives it back. */
  | 'stand-in'
  /** Somebody has said when they are away. */
  | 'away-noted'
  /** Moved to the rules of today. */
  | 'rules-changed'
  | 'waiting-for-customer'
  | 'meeting-moved'
  | 'meeting-called-off'
  | 'exception-requested'
  | 'exception-declined'
  /** Somebody owes the handoff something, by a date. */
  | 'item-opened'
  | 'package-saved'
  | 'note'
  | 'stalled'
  | 'complete'
  | 'cancelled'
  | 'abandoned'
  | 'mail-sent'
  /** An escalation, or that it is over, stood in somebody's daily digest. */
  | 'told-in-digest'
  | 'mail-delayed'
  | 'mail-rejected'
  | 'mail-bounced'
  | 'mail-complained'
  /** A customer's address was left out, because mail to it bounced or was reported as spam. */
  | 'suppressed'
  /** A customer got the mail when the deal was won before. */
  | 'not-sent-again'
  /** What was to be told later is not told any more. */
  | 'reminder-taken-back'
  | 'nothing-to-tell'
  /** The CRM would not take what was to be written back. */
  | 'write-back-refused'
  /** What became of the customer: renewed, expanded, churned, onboarded. */
  | 'outcome';

/** A line of the audit trail. */
export interface AuditEntry {
  readonly at: Instant;
  /** A mail address, `system`, or `crm`. */
  readonly who: string;
  readonly what: AuditKind;
  readonly step?: string;
  readonly detail: string;
  /** Where it came from. */
  readonly from: 'page' | 'execution' | 'event' | 'command';
}

/** What the audit trail says of a mail beside when: the step it was about, and its kind and readers. */
export interface MailSaid extends Pick<AuditEntry, 'step' | 'detail'> {
  /** Tells it apart from others of the same moment, also after an address in it was forgotten. */
  readonly id?: string;
}

/** What an entry 'mail-sent' or 'told-in-digest' tells of its mail: 'warn to anna.keller@example.com'. `to`: addresses. */
export function mailSaid({ detail }: Pick<AuditEntry, 'detail'>): {
  readonly kind: string;
  readonly to: readonly string[];
} {
  const [, kind = '', to = ''] = /^(\S+) to (.+)$/.exec(detail) ?? [];
  return { kind, to: to === '' ? [] : to.split(', ') };
}
