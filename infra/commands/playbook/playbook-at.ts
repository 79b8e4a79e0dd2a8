import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { isRecord } from '../../../functions/domain/fields/record.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { memberProblems } from '../../../statemachines/laws/members.ts';
import { UnusableOptions } from '../deployment.ts';

const run = promisify(execFile);

/** A playbook as it was, and the state machine that was committed with it. */
export interface EarlierPlaybook {
  /** Undefined where there was no playbook of that name. */
  readonly playbook: Playbook | undefined;
  /** ASL as JSON; undefined where none was committed. */
  readonly definition: string | undefined;
}

/**
 * The playbook of that name at a git ref, read by the code of that time, in a temporary folder that is removed again. `project`
 * is the folder of the project, in its repository. Throws UnusableOptions when there is no such ref, or when its table had
 * another shape than today's.
 */
export async function playbookAt(ref: string, name: string, project: string): Promise<EarlierPlaybook> {
  const commit = await commitOf(ref, project);
  const folder = await mkdtemp(join(tmpdir(), 'handoff-playbook-'));
  try {
    const archive = join(folder, 'tree.tar');
    await run('git', ['archive', '--format=tar', `--output=${archive}`, commit], { cwd: project });
    await run('tar', ['-xf', archive], { cwd: folder });
    await symlink(join(project, 'node_modules'), join(folder, 'node_modules'), 'junction');
    const playbook = await importedFrom(folder, name).catch((error: unknown) => {
      throw new UnusableOptions(
        `The playbook at ${ref} cannot be read: ${error instanceof Error ? error.message : error}`,
      );
    });
    const problem = playbook === undefined ? undefined : shapeProblem(playbook);
    if (problem)
      throw new UnusableOptions(
        `The table had another shape at ${ref}: ${problem} Name a ref since it has today's, or compare by git diff.`,
      );
    const asl = join(folder, 'statemachines', `${name}.asl.json`);
    return {
      playbook: playbook as Playbook | undefined,
      definition: existsSync(asl) ? await readFile(asl, 'utf8') : undefined,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function commitOf(ref: string, project: string): Promise<string> {
  try {
    const { stdout } = await run('git', ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`], {
      cwd: project,
    });
    return stdout.trim();
  } catch {
    throw new UnusableOptions(`"${ref}" is no commit, branch or tag of this repository.`);
  }
}

/** By the list of shipped playbooks, or the file of that name where there was no such list yet. */
async function importedFrom(folder: string, name: string): Promise<unknown> {
  const list = join(folder, 'statemachines', 'shipped-playbooks.ts');
  if (existsSync(list)) {
    const { shippedPlaybooks } = await import(pathToFileURL(list).href);
    return Object.hasOwn(Object(shippedPlaybooks), name) ? shippedPlaybooks[name] : undefined;
  }
  const file = join(folder, 'statemachines', 'playbooks', `${name}.ts`);
  if (!existsSync(file)) throw new Error(`there is no statemachines/playbooks/${name}.ts.`);
  return (await import(pathToFileURL(file).href)).playbook;
}

/** Why what was read is no playbook of today's shape, a sentence; undefined when it is one. */
export function shapeProblem(playbook: unknown): string | undefined {
  if (!isRecord(playbook)) return 'it is no table.';
  const missing = ['roles', 'steps', 'meetings', 'ladders', 'segments', 'industries'].filter(
    (member) => !isRecord(playbook[member]),
  );
  if (missing.length > 0 || !Array.isArray(playbook['flow'])) return `it had no ${[...missing, 'flow'][0]}.`;
  try {
    return memberProblems(playbook as unknown as Playbook)[0];
  } catch (error) {
    return `${error instanceof Error ? error.message : error}.`;
  }
}
