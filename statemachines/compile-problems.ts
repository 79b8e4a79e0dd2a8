import type { Playbook } from '../functions/domain/playbook/playbook.ts';
import { compile } from './compile.ts';
import { playbookProblems } from './laws/playbook-laws.ts';

/**
 * Why no state machine can be drawn from this playbook, one sentence each: the laws it breaks, or, where it breaks none, what
 * `compile` refuses, such as two states of the same name. Empty when all is well.
 */
export function compileProblems(playbook: Playbook): readonly string[] {
  const problems = playbookProblems(playbook);
  if (problems.length > 0) return problems;
  try {
    compile(playbook);
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
