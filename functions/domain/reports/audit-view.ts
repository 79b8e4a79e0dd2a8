import type { Instant } from '../time/calendar.ts';
import type { Period } from '../time/periods.ts';
import { type AuditGap, gapText } from './audit-gaps.ts';
import type { AuditedRound } from './audit-timeline.ts';
import type { Remediation } from './remediation.ts';

/** A handoff of an audit's sample. */
export interface AuditedHandoff {
  readonly id: string;
  readonly customer: string;
  readonly signedAt: Instant;
  /** Absent while it is under way: it stalled in the quarter. */
  readonly endedAt?: Instant;
  /** How it ended, if not by being complete. */
  readonly ending?: 'canceled' | 'abandoned';
  /** When it stalled last in the quarter; absent where it did not. */
  readonly stalledAt?: Instant;
  readonly timeline: readonly AuditedRound[];
  /** Sentences. */
  readonly gaps: readonly string[];
  readonly notes: readonly Remediation[];
}

/** The audit of a quarter. */
export interface AuditView {
  readonly quarter: Period;
  readonly seed: string;
  /** Of how many it was drawn. */
  readonly of: number;
  readonly asOf: Instant;
  /** Whether all of the quarter was measured: until then the sample changes. */
  readonly isWhole: boolean;
  readonly handoffs: readonly AuditedHandoff[];
  /** Notes on handoffs that the sample has no more, because what was measured was corrected. */
  readonly otherNotes: readonly Remediation[];
}

/** Gaps as sentences, each once. */
export const gapTexts = (gaps: readonly AuditGap[]): readonly string[] => [...new Set(gaps.map(gapText))];
