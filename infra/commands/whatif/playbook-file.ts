import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { findPlaybook } from '../../../statemachines/shipped-playbooks.ts';
import { UnusableOptions } from '../deployment.ts';
import { shapeProblem } from '../playbook/playbook-at.ts';

/**
 * The playbook in a file, by its export `playbook`, or the shipped one of that name. Throws UnusableOptions when there is none, or
 * when it has not the shape of one.
 */
export async function readPlaybook(named: string): Promise<Playbook> {
  const path = resolve(named);
  if (!existsSync(path)) {
    const found = findPlaybook(named);
    if ('playbook' in found) return found.playbook;
    throw new UnusableOptions(`There is no file ${named}. ${found.problem}`);
  }
  const read = await import(pathToFileURL(path).href).catch((error: unknown) => {
    throw new UnusableOptions(`${named} cannot be read: ${error instanceof Error ? error.message : error}`);
  });
  const { playbook } = read;
  if (playbook === undefined) throw new UnusableOptions(`${named} exports no "playbook".`);
  const problem = shapeProblem(playbook);
  if (problem) throw new UnusableOptions(`The playbook in ${named} cannot be used: ${problem}`);
  return playbook;
}
