import { packageFieldsOf } from '../deal/package.ts';
import { gapOfLine } from '../fields/gap-kind.ts';
import type { AnsweredGap, EvidenceValue, NamedGap } from '../fields/values.ts';
import { returningTo } from '../playbook/capabilities.ts';
import type { Instant } from '../time/calendar.ts';
import { gapFieldsOf } from './gap-fields.ts';
import type { HandoffRecord } from './handoff.ts';
import { type Decision, roundsOf, type StepRecord } from './step-record.ts';

/** A step that came back, and why. */
export interface Returned {
  /** Mail address. */
  readonly by: string;
  readonly at: Instant;
  readonly gaps: readonly NamedGap[];
}

/** Who sent a step back last, when, and with which gaps; undefined when it did not come back. */
export function returnedGaps({
  record,
  step,
  asked,
}: {
  readonly record: HandoffRecord;
  readonly step: string;
  readonly asked: StepRecord;
}): Returned | undefined {
  const decision = asked.round < 2 ? undefined : returnsTo(record, step).at(-1);
  return decision && { by: decision.by, at: decision.at, gaps: namedGaps(record, decision) };
}

/** Every decision that sent a step back, first to last: after the first its round is 2. */
export function returnsTo(record: HandoffRecord, step: string): readonly Decision[] {
  const returned = returningTo(record.playbook, step).flatMap(({ id, rule }) => {
    const reviewed = record.steps[id];
    if (!reviewed) return [];
    return roundsOf(reviewed).flatMap(({ decision }) =>
      decision && decision.choice === rule.returns?.choice ? [decision] : [],
    );
  });
  return returned.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/**
 * The gaps that a decision names. Handoffs whose playbook asked for a plain text have one gap a line: whoever owes them an
 * answer gives it by the package alone.
 */
export function namedGaps(record: HandoffRecord, { evidence }: Pick<Decision, 'evidence'>): readonly NamedGap[] {
  const { gaps } = evidence;
  if (typeof gaps !== 'string') return gapsIn(gaps);
  const fields = gapFieldsOf(record);
  return gaps
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => gapOfLine(line, fields));
}

/** The gaps, or answered gaps, that stand in a field of evidence. */
export const gapsIn = (value: EvidenceValue | undefined): readonly AnsweredGap[] =>
  Array.isArray(value) ? value.filter(isGap) : [];

const isGap = (item: unknown): item is AnsweredGap =>
  typeof item === 'object' && item !== null && 'question' in item && typeof item.question === 'string';

/** How the field of a gap is called; undefined when the gap is about none, or about one that the package has no more. */
const gapLabel = ({ playbook }: Pick<HandoffRecord, 'playbook'>, { path }: NamedGap): string | undefined =>
  packageFieldsOf(playbook).find((field) => field.path === path)?.label;

/** 'Why us: what decided in the end?', or the question alone. */
export function gapLine(record: Pick<HandoffRecord, 'playbook'>, gap: NamedGap): string {
  const label = gapLabel(record, gap);
  return label === undefined ? gap.question : `${label}: ${gap.question}`;
}
