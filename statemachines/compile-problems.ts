import type { Playbook } from '../functions/domain/playbook/playbook.ts';
import { compile, type StateMachine } from './compile.ts';
import { playbookProblems } from './laws/playbook-laws.ts';

/**
 * The state machine of a playbook, or why none can be drawn from it, one sentence each: the laws it breaks, or, where it breaks
 * none, what `compile` refuses, such as two states of the same name.
 */
export function compileLawful(
  playbook: Playbook,
): { readonly machine: StateMachine } | { readonly problems: readonly string[] } {
  const problems = playbookProblems(playbook);
  if (problems.length > 0) return { problems };
  try {
    return { machine: compile(playbook) };
  } catch (error) {
    return { problems: [error instanceof Error ? error.message : String(error)] };
  }
}

/** Why no state machine can be drawn from this playbook, one sentence each. Empty when all is well. */
export function compileProblems(playbook: Playbook): readonly string[] {
  const compiled = compileLawful(playbook);
  return 'problems' in compiled ? compiled.problems : [];
}

/** The problems of a playbook as a list for whoever edits it. */
export const cannotWork = (name: string, problems: readonly string[]): string =>
  [`The playbook "${name}" cannot work:`, ...problems].join('\n- ');
