import type { Instant } from '../time/calendar.ts';
import { dayIn } from '../time/formats.ts';
import type { Period } from '../time/periods.ts';

/** A note on what is to change after the audit of a handoff: what, by whom, by when (S4). */
export interface Remediation {
  readonly quarter: Period;
  /** The same however often the form is sent. */
  readonly id: string;
  readonly handoffId: string;
  readonly what: string;
  /** Who sees to it: a mail address. */
  readonly owner: string;
  /** A local date, `YYYY-MM-DD`. */
  readonly by: string;
  readonly writtenBy: string;
  readonly at: Instant;
  readonly done?: { readonly at: Instant; readonly by: string };
}

/** The notes that nobody has marked as done, though their date has passed in a zone (IANA). */
export const pastDate = (notes: readonly Remediation[], at: Instant, zone: string): readonly Remediation[] =>
  notes.filter(({ done, by }) => done === undefined && by < dayIn(at, zone));
