import type { HandoffRecord } from '../handoff/handoff.ts';
import { restOf } from '../handoff/resting.ts';
import type { StepRecord } from '../handoff/step-record.ts';
import { isOver, ruleIn } from '../handoff/step-rule.ts';
import type { AskStep } from '../playbook/playbook.ts';

/** A step that somebody has been asked to do and has not decided. */
export interface OpenStep {
  readonly asked: StepRecord;
  readonly rule: AskStep;
  readonly title: string;
  /** Past due, and its owner is to act: it waits neither for a decision nor for the customer. */
  readonly late: boolean;
  /** Nothing waits for it. */
  readonly optional: boolean;
}

/** What is open at a time (milliseconds since the epoch), the most urgent first; nothing in a handoff that has not begun. */
export function openSteps({ record }: { readonly record: HandoffRecord | undefined }, now: number): OpenStep[] {
  if (record === undefined) return [];
  return Object.values(record.steps)
    .filter(({ step, decision }) => decision === undefined && !isOver(record, step))
    .sort((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt))
    .map((asked) => {
      const rule = ruleIn(record, asked.step);
      const optional = rule.optional === true;
      const late =
        !optional && Date.parse(asked.dueAt) <= now && restOf(asked, new Date(now).toISOString()) === undefined;
      return { asked, rule, title: rule.title, late, optional };
    });
}
