import type { OutcomeKind } from '../deal/outcome.ts';
import type { HandoffStatus } from '../handoff/handoff.ts';
import type { Timeliness } from '../handoff/timeliness.ts';
import type { Anchor } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';

/** Somebody, without saying who: a random id that the table alone ties to a mail address, until the person is forgotten. */
export type PersonId = string;

/**
 * Something that is so of one handoff: small, never changed, and without personal data. One with the same key that is recorded
 * later supersedes it. All instants UTC; days are calendar time, to two decimals.
 */
export type Fact = FactBody & {
  readonly handoff: string;
  /** What it is about, the same however often it is recorded: `step/review-brief/1`. */
  readonly key: string;
  /** When it happened. */
  readonly at: Instant;
};

export type FactBody =
  | {
      readonly kind: 'begun';
      /** Contract signature (S0, S2). */
      readonly signedAt: Instant;
      readonly segment: string;
      readonly industry?: string;
      /** The name of the playbook, and the hash under which it was frozen. */
      readonly playbook: string;
      readonly playbookHash: string;
      /** 0–100. */
      readonly packagePercent: number;
      readonly packageComplete: boolean;
      /** Of the draft before the win: its percent, and the target at signature (S2). */
      readonly draft?: { readonly percent: number; readonly target: number };
      readonly accountExecutive?: PersonId;
      readonly customerSuccessManager?: PersonId;
    }
  /** A round of a step has ended. */
  | {
      readonly kind: 'step';
      readonly step: string;
      readonly round: number;
      readonly owner: PersonId;
      /** The owner's manager at that time. */
      readonly team?: PersonId;
      readonly askedAt: Instant;
      readonly promisedAt: Instant;
      readonly dueAt: Instant;
      /** A mail address never is one: what choices hold are ids of the playbook. */
      readonly choice: string;
      readonly timeliness: Timeliness;
      /** Absent where nothing was promised any more. */
      readonly promise?: 'kept' | 'missed';
      /** After the due time; absent unless late. */
      readonly daysLate?: number;
      /** It was answered with a no, in time or late: what the step is for has not come about. */
      readonly saidNo?: true;
      /** When its meeting was held, which is what counts. */
      readonly heldAt?: Instant;
    }
  | { readonly kind: 'returned'; readonly step: string; readonly round: number; readonly gaps: number }
  | {
      readonly kind: 'exception';
      readonly step: string;
      readonly round: number;
      readonly asked: number;
      readonly granted: number;
      /** When the first was; absent while none is. */
      readonly grantedAt?: Instant;
      /** Whether the reviewer decided after their own due time. */
      readonly late: boolean;
    }
  /** Somebody owes an answer since then; `settledAt` once it is in. */
  | {
      readonly kind: 'open-item';
      readonly step: string;
      readonly dueAt: Instant;
      readonly settledAt?: Instant;
    }
  | { readonly kind: 'stalled'; readonly step?: string }
  /** One step waits for the customer, from `at` on, until it was or is to be over; others may beside it. */
  | { readonly kind: 'waited'; readonly step: string; readonly until: Instant; readonly days: number }
  /** A moment of the SOP came about: the phases change by these. */
  | { readonly kind: 'reached'; readonly anchor: Anchor; readonly days: number }
  /** The survey of day 30 (S2): 1–10. What was written beside it stays in the handoff. */
  | { readonly kind: 'rated'; readonly score: number; readonly target?: number }
  | { readonly kind: 'onboarding'; readonly complete: boolean }
  | {
      readonly kind: 'ended';
      readonly status: Extract<HandoffStatus, 'complete' | 'cancelled' | 'abandoned'>;
      /** 0–100; absent where there is none. */
      readonly handoffScore?: number;
      readonly completeness?: number;
    }
  /** What was recorded under this key is not so any more, such as a moment whose step came back, and nothing stands in its place. */
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'outcome'; readonly outcome: OutcomeKind; readonly amount?: number; readonly currency?: string };

/** A fact as it was recorded. */
export type RecordedFact = Fact & {
  /** 1 for the first; one more for each that supersedes. */
  readonly revision: number;
  readonly recordedAt: Instant;
};
