import { readFile } from 'node:fs/promises';
import type { Playbook } from '../../functions/domain/playbook/playbook.ts';
import { cannotWork, compileLawful } from '../../statemachines/compile-problems.ts';
import { definitionFileOf } from '../wiring/state-machine.ts';

/**
 * Why a shipped playbook cannot run here, for whoever edits it; empty when it can. What breaks a law would not get to
 * AWS either, and a table that is newer than its state machine would ask for states that are not there.
 */
export async function runProblems(
  playbook: Playbook,
  definitionFile: URL = definitionFileOf(playbook.name),
): Promise<readonly string[]> {
  const compiled = compileLawful(playbook);
  if ('problems' in compiled) return [cannotWork(playbook.name, compiled.problems)];
  const committed = await readFile(definitionFile, 'utf8').catch(() => undefined);
  const isCurrent = committed !== undefined && isSameJson(committed, JSON.stringify(compiled.machine));
  if (isCurrent) return [];
  return [
    `The playbook "${playbook.name}" ${committed === undefined ? 'has no state machine yet' : 'was edited since its state machine was written'}: run npm run asl.`,
  ];
}

/** The same JSON, however it is indented. */
function isSameJson(text: string, compact: string): boolean {
  try {
    return JSON.stringify(JSON.parse(text)) === compact;
  } catch {
    return false;
  }
}
