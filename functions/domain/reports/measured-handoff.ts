import type { OutcomeKind } from '../deal/outcome.ts';
import { type HandoffStatus, isClosed } from '../handoff/handoff.ts';
import type { Rest } from '../handoff/resting.ts';
import type { Timeliness } from '../handoff/timeliness.ts';
import type { Anchor } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import type { Period } from '../time/periods.ts';
import type { PersonId } from './fact.ts';

/** A round of a step, as reports count it. */
export interface MeasuredRound {
  readonly step: string;
  readonly round: number;
  readonly owner: PersonId;
  readonly team?: PersonId;
  /** When it ended; absent while it is open. UTC. */
  readonly endedAt?: Instant;
  readonly dueAt: Instant;
  readonly timeliness: Timeliness;
  /** It was answered with a no, in time or late: what the step is for has not come about. */
  readonly saidNo?: true;
  /** Absent where nothing was promised, or nobody can say yet. */
  readonly promise?: 'kept' | 'missed';
  /** After the due time, so far if it is open, or until it began to rest; absent unless late. */
  readonly daysLate?: number;
  /** What it waits for, where it is open and nothing is due from its owner; rows of earlier versions don't say. */
  readonly rests?: Rest;
}

/**
 * One handoff as all reports see it, as it stood when it was last measured. Every number in a report is made of these and of
 * nothing else, so that the handoffs behind it can be listed. Instants UTC; days are calendar time from the signature.
 */
export interface MeasuredHandoff {
  readonly id: string;
  /** Without its legal form. */
  readonly customer: string;
  readonly signedAt: Instant;
  readonly segment: string;
  readonly industry?: string;
  readonly playbook: { readonly name: string; readonly hash: string };
  readonly accountExecutive?: PersonId;
  readonly accountExecutiveTeam?: PersonId;
  readonly customerSuccessManager?: PersonId;
  readonly customerSuccessManagerTeam?: PersonId;
  readonly status: HandoffStatus;
  readonly endedAt?: Instant;
  /** The moments of the SOP that came about (`closedWon` and `renewalDate` apart). */
  readonly reached: Readonly<Partial<Record<Anchor, Instant>>>;
  /** At the trigger, 0–100 (S2). */
  readonly packagePercent: number;
  readonly packageComplete: boolean;
  readonly draft?: { readonly percent: number; readonly target: number };
  /** Of the account executive's package when it was first handed over, 0–100 (S2, P). */
  readonly completeness?: number;
  readonly rounds: readonly MeasuredRound[];
  /** When it was first handed over; absent until then, and in rows of earlier versions. */
  readonly handedOverAt?: Instant;
  readonly returns: number;
  readonly exceptions: number;
  /** The first of each; absent where there is none, and in rows of earlier versions. */
  readonly returnedAt?: Instant;
  readonly exceptionAt?: Instant;
  readonly openItems: {
    readonly opened: number;
    readonly settled: number;
    readonly overdue: number;
    /** Those that somebody still owes, overdue or not; absent where there is none. */
    readonly owed?: number;
  };
  /** When nobody was left to be told; one a stall. */
  readonly stalledAt: readonly Instant[];
  readonly daysWaitingForCustomer: number;
  readonly survey?: { readonly score: number; readonly target?: number; readonly at: Instant };
  readonly onboardingComplete?: boolean;
  /** When that was said; absent in rows of earlier versions. */
  readonly onboardingSaidAt?: Instant;
  /** 0–100 (S2). */
  readonly handoffScore?: number;
  readonly outcomes: readonly {
    readonly outcome: OutcomeKind;
    readonly at: Instant;
    readonly amount?: number;
    readonly currency?: string;
  }[];
  /** What its records, written by an earlier version, don't say: named here, never guessed. */
  readonly notKnown?: readonly string[];
}

/** What a playbook calls its steps, in the order of the SOP. */
export interface MeasuredPlaybook {
  readonly name: string;
  readonly hash: string;
  /** When the first handoff followed it. UTC. */
  readonly since: Instant;
  readonly steps: readonly {
    readonly id: string;
    readonly title: string;
    /** The steps that must be over before it is asked (`stepsBefore`); absent where that was not recorded. */
    readonly waitsFor?: readonly string[];
    /** Within what time it is promised, as the playbook says it; absent where that was not recorded. */
    readonly promised?: string;
  }[];
}

/** All that reports are made of. */
export interface Measured {
  /** When everything was last measured: what happened since is not in it. UTC. */
  readonly asOf: Instant;
  readonly handoffs: readonly MeasuredHandoff[];
  readonly playbooks: readonly MeasuredPlaybook[];
  /** The first month (UTC) of which handoffs are kept once they are over; absent where all are. */
  readonly keptFrom?: Period;
}

/** Whether nothing more is to come of a row: it has ended, and nobody owes anything. */
export const isOverForGood = ({ status, openItems }: Pick<MeasuredHandoff, 'status' | 'openItems'>): boolean =>
  isClosed(status) && (openItems.owed ?? 0) === 0;
