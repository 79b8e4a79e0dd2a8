import { givenText } from './decisions.ts';
import type { HandoffRecord, StepRecord } from './handoff.ts';

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
  for (const [id, rule] of Object.entries(record.playbook.steps)) {
    if (rule.kind !== 'ask' || rule.returns?.to !== step) continue;
    const returned = rule.returns.choice;
    const rounds = [...(record.steps[id]?.earlier ?? []), ...(record.steps[id] ? [record.steps[id]] : [])];
    const decision = rounds.map((round) => round.decision).findLast((made) => made?.choice === returned);
    if (decision === undefined) continue;
    const gaps = givenText(decision, 'gaps')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    return { by: decision.by, at: decision.at, gaps };
  }
  return undefined;
}
