import { choiceOf } from '../playbook/capabilities.ts';
import { type AskStep, askStep, type ChoiceRule, ruleOfStep } from '../playbook/playbook.ts';
import { type HandoffRecord, isClosed } from './handoff.ts';
import { type OpenItem, ruleOfItem } from './open-item.ts';
import type { StepRecord } from './step-record.ts';

/**
 * Whether a step takes nothing more, because its handoff has ended. What is optional, as remarks, is welcome after it is
 * complete, and open items are asked for on.
 */
export function isOver(record: HandoffRecord, step: string): boolean {
  const { optional, settles } = askStep(record.playbook, step);
  return isClosed(record.state.status) && !(record.state.status === 'complete' && (optional || settles));
}

/** Whether somebody still has to do a step: what is optional is nobody's duty, and nothing is once the handoff is over. */
export const isOwed = (record: HandoffRecord, step: string): boolean =>
  !ruleIn(record, step).optional && !isOver(record, step);

/** The rule of an ask step in this handoff: an open item's says what is owed. Throws for an id that is unknown. */
export function ruleIn(record: Pick<HandoffRecord, 'playbook' | 'steps'>, step: string): AskStep {
  const rule = askStep(record.playbook, step);
  const item = record.steps[step]?.item;
  return item ? ruleOfItem(rule, item, yesOf(record, item)) : rule;
}

/** The answer that a negative one becomes once its open item is settled; undefined where settling it is no answer. */
function yesOf({ playbook }: Pick<HandoffRecord, 'playbook'>, { from, settledAs }: OpenItem): ChoiceRule | undefined {
  const rule = settledAs === undefined ? undefined : ruleOfStep(playbook, from);
  return rule?.kind === 'ask' ? choiceOf(rule, settledAs) : undefined;
}

/** How a step is called in this handoff. */
export const titleOf = (record: Pick<HandoffRecord, 'playbook' | 'steps'>, step: string): string =>
  record.steps[step]?.item?.title ?? ruleOfStep(record.playbook, step)?.title ?? step;

/** The rule and the record of a step that has been asked; undefined when it has not. */
export function askedStep(record: HandoffRecord, step: string): { rule: AskStep; asked: StepRecord } | undefined {
  const asked = record.steps[step];
  return asked && { rule: ruleIn(record, step), asked };
}
