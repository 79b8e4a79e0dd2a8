import type { Instant } from '../domain/time/calendar.ts';
import type { Mails } from './mails.ts';

/** A report that was sent to somebody, or in which there was nothing to say. */
export interface SaidReport {
  /** `overdue-digest/2026-11-23`: which report, for which day, week or quarter. */
  readonly key: string;
  readonly at: Instant;
  readonly status: 'claimed' | 'sent' | 'held';
  /** What it listed, each under a key of its own; absent while it is claimed. */
  readonly lists?: readonly string[];
}

/**
 * The mails that are about no single handoff, by their reader: claimed and sent like those of handoffs (`Mails`), and forgotten
 * after 400 days. The id of these methods is the reader's mail address.
 */
export interface ReportMails extends Pick<Mails, 'claim' | 'release' | 'hold' | 'of' | 'recordFates'> {
  /** Nobody need look again: it was sent as `messageId`, or, without one, there was nothing to say. */
  settle(input: {
    readonly id: string;
    readonly key: string;
    readonly at: Instant;
    readonly messageId?: string;
    readonly lists?: readonly string[];
  }): Promise<void>;
  /** The last of those whose key begins so and comes before `before`. */
  last(id: string, prefix: string, before?: string): Promise<SaidReport | undefined>;
}
