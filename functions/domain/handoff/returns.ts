import { returningTo } from '../playbook/capabilities.ts';
import { givenText } from './decisions.ts';
import type { Decision, HandoffRecord, StepRecord } from './handoff.ts';

/** The gaps that the last return named, one line each; empty when the step did not come back. */
export function returnedGaps({
  record,
  step,
  asked,
}: {
  readonly record: HandoffRecord;
  readonly step: string;
  readonly asked: StepRecord;
}):
  | {
      readonly by: string;
      readonly at: string;
      readonly gaps: readonly string[];
    }
  | undefined {
  if (asked.round < 2) return undefined;
  const returning = returningTo(record.playbook, step);
  const reviewed = returning && record.steps[returning.id];
  if (!reviewed) return undefined;
  const returned = returning.rule.returns?.choice;
  const decision = [...reviewed.earlier, reviewed]
    .map((round) => round.decision)
    .findLast((made) => made?.choice === returned);
  return decision && { by: decision.by, at: decision.at, gaps: namedGaps(decision) };
}

/** The gaps that a decision names, one line each. */
export const namedGaps = (decision: Decision): readonly string[] =>
  givenText(decision, 'gaps')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
