import type { StepRule } from './playbook.ts';

/** What a step has somebody do, or what it tells, as its states are called after it. */
export const phraseOf = (rule: StepRule): string => (rule.kind === 'ask' ? rule.ask : rule.tell);

/** The state of the state machine in which a step begins. */
export const askState = (rule: StepRule): string => `Ask to ${phraseOf(rule)}`;
