import { isTexts } from '../fields/reading.ts';
import { isRecord } from '../fields/record.ts';
import type { EvidenceValue, Link } from '../fields/values.ts';
import { choiceOf, leavesUndone, type NamedStep } from '../playbook/capabilities.ts';
import { type AskStep, ruleOfStep } from '../playbook/playbook.ts';
import type { HandoffRecord } from './handoff.ts';
import type { Decision } from './step-record.ts';
import { titleOf } from './step-rule.ts';

/** The decision on a step, if somebody did what was asked: not skipped, not unanswered, and not an answer that leaves it undone. */
export function doneDecision(record: HandoffRecord, step: string): Decision | undefined {
  const decision = record.steps[step]?.decision;
  if (decision === undefined || decision.choice === 'skipped' || decision.choice === 'unanswered') return undefined;
  const rule = ruleOfStep(record.playbook, step);
  return rule?.kind === 'ask' && leavesUndone(rule, decision.choice) ? undefined : decision;
}

/** The decision by which somebody left a step out. */
export function skippedDecision(record: HandoffRecord, step: string): Decision | undefined {
  const decision = record.steps[step]?.decision;
  return decision?.choice === 'skipped' ? decision : undefined;
}

/** Why a step has no such decision, in a sentence. */
export function whyNotDone(record: HandoffRecord, step: string): string {
  const title = titleOf(record, step);
  const choice = record.steps[step]?.decision?.choice;
  if (choice === 'skipped') return `"${title}" was skipped.`;
  if (choice === 'unanswered') return `"${title}" ended unanswered.`;
  return choice === undefined ? `"${title}" is not decided.` : `"${title}" is not done yet.`;
}

/** The decision that a mail tells of; or why there is nothing to tell. */
export function toldDecision(
  record: HandoffRecord,
  step: NamedStep | undefined,
): { readonly decision: Decision } | { readonly nothing: string } {
  if (!step) return { nothing: 'No step of this handoff decides it.' };
  const decision = doneDecision(record, step.id);
  return decision ? { decision } : { nothing: whyNotDone(record, step.id) };
}

/** What somebody wrote, field by field, under the labels of the form; fields left empty are left out. */
export const writtenTexts = (
  rule: AskStep,
  decision: Decision,
): readonly { readonly label: string; readonly text: string }[] =>
  (choiceOf(rule, decision.choice)?.evidence ?? [])
    .filter(({ kind }) => kind === 'longText')
    .map(({ name, label }) => ({ label, text: givenText(decision, name) }))
    .filter(({ text }) => text !== '');

/** The text given in a field, of a link its address; '' when there is none. */
export function givenText(decision: Decision | undefined, field: string): string {
  const value = decision?.evidence[field];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : isLink(value) ? value.url : '';
}

/** The list of texts given in a field. */
export function givenList(decision: Decision | undefined, field: string): readonly string[] {
  const value = decision?.evidence[field];
  return isTexts(value) ? value : [];
}

export function givenNumber(decision: Decision | undefined, field: string): number | undefined {
  const value = decision?.evidence[field];
  return typeof value === 'number' ? value : undefined;
}

const isLink = (value: EvidenceValue | undefined): value is Link => isRecord(value) && typeof value['url'] === 'string';
