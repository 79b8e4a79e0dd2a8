import { isEmpty } from '../fields/reading.ts';
import { type HandoffRecord, roundsOf, ruleIn } from '../handoff/handoff.ts';
import type { Instant } from '../time/calendar.ts';
import type { Period } from '../time/periods.ts';
import { type AuditGap, gapText } from './audit-gaps.ts';
import type { Remediation } from './remediation.ts';

/** A round of a step in the timeline of an audited handoff. */
export interface AuditedRound {
  readonly title: string;
  readonly dueAt: Instant;
  /** When it was decided, and how; absent of one that never was. */
  readonly decided?: { readonly at: Instant; readonly label: string };
  /** What was given as evidence: the labels of the fields, never what was written into them. */
  readonly evidence: readonly string[];
}

/** A handoff of an audit's sample. */
export interface AuditedHandoff {
  readonly id: string;
  readonly customer: string;
  readonly signedAt: Instant;
  readonly endedAt: Instant;
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
  readonly handoffs: readonly AuditedHandoff[];
  /** Notes on handoffs that the sample has no more, because what was measured was corrected. */
  readonly otherNotes: readonly Remediation[];
}

/** The rounds of a handoff's steps as an auditor sees them, by when they were decided; those that never were come last. */
export function timelineOf(record: HandoffRecord): readonly AuditedRound[] {
  return Object.values(record.steps)
    .flatMap((step) =>
      roundsOf(step).map(({ dueAt, decision }): AuditedRound => {
        const { title, choices } = ruleIn(record, step.step);
        const choice = choices.find(({ id }) => id === decision?.choice);
        const given = (choice?.evidence ?? []).filter(({ name }) => !isEmpty(decision?.evidence[name]));
        return {
          ...{ title, dueAt, evidence: given.map(({ label }) => label) },
          ...(decision && { decided: { at: decision.at, label: choice?.label ?? decision.choice } }),
        };
      }),
    )
    .sort((one, other) => timeOf(one) - timeOf(other));
}

const timeOf = ({ decided }: AuditedRound): number => (decided ? Date.parse(decided.at) : Number.POSITIVE_INFINITY);

/** Gaps as sentences, each once. */
export const gapTexts = (gaps: readonly AuditGap[]): readonly string[] => [...new Set(gaps.map(gapText))];
