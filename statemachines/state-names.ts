import type { AskStep, Playbook, StepRule } from '../functions/domain/playbook/playbook.ts';
import { worded } from '../functions/domain/playbook/wording.ts';

/** The rule of a step, its wording as most handoffs have it. */
export const ruleOf = (playbook: Playbook, step: string): StepRule => {
  const rule = playbook.steps[step];
  if (!rule) throw new Error(`The flow names a step "${step}" that the playbook does not define.`);
  return worded(rule, playbook);
};

export const phraseOf = (rule: StepRule): string => (rule.kind === 'ask' ? rule.ask : rule.tell);

export const whether = (rule: StepRule): string => `Whether to ${phraseOf(rule)}`;

export const askState = (rule: StepRule): string => `Ask to ${phraseOf(rule)}`;

export const pascal = (step: string): string =>
  step.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());

export const roundVariable = (step: string): string => `round${pascal(step)}`;

/** The promise as the SOP's table has it: `24h`, `3bd`, `same day`, `14d`. */
export function sla(rule: AskStep): string {
  const within = (rule.opens ?? rule.due).within;
  if (within === 'same day') return within;
  return within
    .replace(/ elapsed hours?/, 'h elapsed')
    .replace(/ hours?/, 'h')
    .replace(/ business days?/, 'bd')
    .replace(/ days?/, 'd');
}
