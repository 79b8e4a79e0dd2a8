import type { Playbook, StepRule } from '../../../functions/domain/playbook/playbook.ts';
import { compileProblems } from '../../../statemachines/compile-problems.ts';
import type { Draws } from './draws.ts';

const promises = ['8 hours', '24 hours', '2 business days', '6 business days'] as const;
const patience = ['45 days', '60 days', '90 days'] as const;

/** A playbook as somebody might change it: other promises, more or less time for each step. Itself where the laws refuse that. */
export function changedPlaybook(playbook: Playbook, draws: Draws): Playbook {
  const changed: Playbook = {
    ...playbook,
    atLeast: draws.int(1, 8),
    steps: Object.fromEntries(
      Object.entries(playbook.steps).map(([id, rule]) => [
        id,
        draws.chance(0.4) ? otherwisePromised(rule, draws) : rule,
      ]),
    ),
  };
  return compileProblems(changed).length === 0 ? changed : playbook;
}

function otherwisePromised(rule: StepRule, draws: Draws): StepRule {
  return rule.kind === 'ask' && rule.due ? { ...rule, due: { ...rule.due, within: draws.oneOf(promises) } } : rule;
}

/** A playbook that gives up on a handoff sooner: months of weekly mails say the same again and again. */
export const impatient = (playbook: Playbook, draws: Draws): Playbook => ({
  ...playbook,
  abandonAfter: draws.oneOf(patience),
});
