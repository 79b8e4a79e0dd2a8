import type { SuccessFact } from '../playbook/playbook.ts';

/** How one handoff went. Days are calendar time from the contract signature, to two decimals. */
export interface Measures {
  /** To the account executive receiving the confirmation (S3). */
  readonly daysToCompletion?: number;
  readonly daysToPackageReady?: number;
  readonly daysToInternalMeeting?: number;
  readonly daysToIntroduction?: number;
  readonly daysToKickoff?: number;
  /** Time to value (S4). */
  readonly daysToFirstValue?: number;
  /** Of the package at the trigger, 0–100; S2 aims at 70. */
  readonly packagePercent: number;
  /** Where there was a draft before the deal was won: its percent, the target at signature (S2), and whether that was met. */
  readonly draft?: { readonly percent: number; readonly target: number; readonly met: boolean };
  /** S3: steps asked, done (by a person, and not with a no), and done on time. */
  readonly steps: { readonly asked: number; readonly done: number; readonly onTime: number };
  /**
   * Late by their owner: decided after their due time, or not at all though it is over. A meeting counts when it was held, and
   * the time in which somebody else decides on an exception does not; what ended unanswered or was skipped is neither on time
   * nor late.
   */
  readonly lateSteps: readonly string[];
  /** Of these, the ones whose promise had passed when they reached their owner: somebody before them was late. */
  readonly reachedOwnerLate: readonly string[];
  /** Steps whose meeting was held in time and reported late. This and what follows is absent in records of before. */
  readonly reportedLate?: readonly string[];
  /** Steps that ended unanswered, or were skipped, in some round. */
  readonly unanswered?: readonly string[];
  readonly skipped?: readonly string[];
  /** Steps with an exception that its reviewer decided on late, or has not though it is due. */
  readonly lateReviews?: readonly string[];
  /** Steps whose last answer is a no: what they are for has not come about. Neither done nor on time. */
  readonly notYet?: readonly string[];
  /**
   * Rounds by what the SOP promised of them, whoever was slow; `made` leaves out what was skipped, and a no after which the
   * step was asked again. A step that ended with a no missed its promise.
   */
  readonly promises?: { readonly made: number; readonly kept: number; readonly missedSteps: readonly string[] };
  /** 0–100 (S2); `scoreOf` gives the reasons. Absent when the handoff was canceled. */
  readonly handoffScore?: number;
  /** Of the account executive's package when it was first handed over, 0–100: what returns named counts (S2, P). */
  readonly completeness?: number;
  readonly returns: number;
  readonly exceptions: number;
  /** Calendar days spent waiting for the customer, reported apart from everybody's own time. */
  readonly daysWaitingForCustomer: number;
  /** Of the survey (S2): 1–10. */
  readonly score?: number;
  readonly onboardingComplete?: boolean;
  /** Success as S2 measures it; absent while nobody has said. */
  readonly success: Readonly<Partial<Record<Exclude<SuccessFact, 'onboardingComplete'> | 'scoreReached', boolean>>>;
}
