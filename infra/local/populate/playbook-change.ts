import { askSteps } from '../../../functions/domain/playbook/capabilities.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { compileProblems } from '../../../statemachines/compile-problems.ts';

/** What a company had before it changed its process, and which step was missed again and again until then. */
export interface PlaybookChange {
  readonly before: Playbook;
  readonly missed: string;
}

/** What was promised of the missed step before. */
const tooSoon = '8 hours' as const;

/**
 * A change that a company makes to its playbook: whoever sold the deal gets more time to plan a meeting, which hardly anybody
 * did in time. Where a playbook plans no meeting, it is the first step that has a promise.
 */
export function changeTo(playbook: Playbook): PlaybookChange {
  const steps = askSteps(playbook).filter(({ rule }) => rule.due !== undefined && !rule.fills && !rule.optional);
  const [missed] = [...steps.filter(({ rule }) => rule.plans && rule.owner === 'accountExecutive'), ...steps];
  const rule = missed && playbook.steps[missed.id];
  if (missed === undefined || rule?.kind !== 'ask' || !rule.due)
    throw new Error(`The playbook "${playbook.name}" promises nothing that anybody could miss.`);
  const earlier = { ...playbook.steps, [missed.id]: { ...rule, due: { ...rule.due, within: tooSoon } } };
  const before: Playbook = { ...playbook, steps: earlier };
  return { before: compileProblems(before).length === 0 ? before : playbook, missed: missed.id };
}
