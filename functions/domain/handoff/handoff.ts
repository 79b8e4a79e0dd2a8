import { withoutLegalForm } from '../deal/customer-name.ts';
import type { Deal } from '../deal/deal.ts';
import type { Outcome } from '../deal/outcome.ts';
import { excerpt } from '../fields/clean-text.ts';
import type { FrozenPlaybook } from '../playbook/playbook.ts';
import type { RoleId } from '../playbook/roles.ts';
import type { Instant } from '../time/calendar.ts';
import type { AuditEntry } from './audit-entry.ts';
import type { MailRecord } from './mail-record.ts';
import type { Measures } from './measured.ts';
import type { MeetingRecord } from './meeting-record.ts';
import type { PackageHistory } from './package-history.ts';
import type { StepRecord } from './step-record.ts';

/** `stalled`: a ladder is used up and nobody has acted. */
export type HandoffStatus = 'open' | 'stalled' | 'complete' | 'cancelled' | 'abandoned';

/** The small record of a handoff that changes as it goes on. */
export interface HandoffState {
  readonly id: string;
  readonly status: HandoffStatus;
  readonly segment: string;
  /** The industry whose rules apply, where the playbook has some for it. */
  readonly industry?: string;
  readonly playbookHash: string;
  /** Who holds each role in this handoff, as mail addresses. */
  readonly people: Readonly<Partial<Record<RoleId, string>>>;
  readonly assignedBecause: string;
  /** Of the package at the trigger, 0–100 (S2 aims at 70). */
  readonly packagePercent: number;
  readonly packageComplete: boolean;
  /** Of the draft before the deal was won, 0–100; absent where there was none. */
  readonly draftPercent?: number;
  readonly startedAt: Instant;
  /** Oddities accepted with the event. */
  readonly notes: readonly string[];
  readonly endedAt?: Instant;
  /** Who canceled it: a mail address, or `crm`; and from where. Unknown of handoffs that were canceled before this was kept. */
  readonly endedBy?: string;
  readonly endedFrom?: AuditEntry['from'];
  /** Why it was canceled or abandoned. */
  readonly reason?: string;
  readonly measures?: Measures;
}

/** What somebody wants everybody in this handoff to know; shown on each of its pages. */
export interface Note {
  /** A mail address. */
  readonly by: string;
  readonly at: Instant;
  readonly text: string;
  /** The step on whose page it was written. */
  readonly step?: string;
  /** The digest of the form by which it was done: the same form once more is the same. */
  readonly form?: string;
}

/** Everything recorded of one handoff. */
export interface HandoffRecord {
  readonly deal: Deal;
  /** The package as it stands: as received, or as last saved on the form. */
  readonly package: unknown;
  /** Grows by one with each save of the package. */
  readonly packageVersion: number;
  /** What was typed so far about the gaps with which the package was returned. */
  readonly gapAnswers?: GapAnswers;
  /** Who saved which field of the package; of those that nobody has saved since this is kept, nothing. */
  readonly packageHistory?: PackageHistory;
  readonly state: HandoffState;
  /** The audit trail, oldest first, where it was read along. */
  readonly trail?: readonly AuditEntry[];
  readonly playbook: FrozenPlaybook;
  readonly steps: Readonly<Record<string, StepRecord>>;
  readonly mails: Readonly<Record<string, MailRecord>>;
  /** The meetings as they were last written; those planned by earlier versions of this code are not among them. */
  readonly meetings?: Readonly<Record<string, MeetingRecord>>;
  /** Oldest first. Those written before notes had records of their own stand in the audit trail only. */
  readonly notes?: readonly Note[];
  /** What became of the customer, oldest first; absent where nobody has said anything. */
  readonly outcomes?: readonly Outcome[];
}

/** Answers to the gaps with which a step came back, saved with the package while they are unfinished. */
export interface GapAnswers {
  /** Of the step that came back: answers to gaps of another round are none to these. */
  readonly round: number;
  /** By the name of their field in the form. */
  readonly texts: Readonly<Record<string, string>>;
}

/** The handoffs that need no more work. */
export const isClosed = (status: HandoffStatus): boolean =>
  status === 'complete' || status === 'cancelled' || status === 'abandoned';

/** A status as people read it: the records spell it in the British way. */
export const statusText = (status: HandoffStatus): string => (status === 'cancelled' ? 'canceled' : status);

/** The customer as people call it: one line without its legal form, never too long for a heading. */
export function customerOf(record: Pick<HandoffRecord, 'deal'>): string {
  return excerpt(withoutLegalForm(record.deal.customer.name), 60);
}
