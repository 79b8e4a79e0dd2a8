import type { Remediation } from '../domain/reports/remediation.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { Period } from '../domain/time/periods.ts';

/** What audits of past quarters came to: notes on what is to change. */
export interface Remediations {
  /** Oldest first. */
  of(quarter: Period): Promise<readonly Remediation[]>;
  /** The same note twice is one note. */
  add(note: Remediation): Promise<void>;
  /** False when there is no such note, or it was marked before. */
  markDone(input: {
    readonly quarter: Period;
    readonly id: string;
    readonly at: Instant;
    readonly by: string;
  }): Promise<boolean>;
  /** Deletes notes of a quarter, no more than so many; how many. */
  drop(quarter: Period, most: number): Promise<number>;
}
