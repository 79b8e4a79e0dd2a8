import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { UnusableOptions } from '../../../infra/commands/deployment.ts';
import { playbookAt } from '../../../infra/commands/playbook/playbook-at.ts';
import { twoSteps } from '../../statemachines/advice/two-steps.ts';

/** A repository with these commits, tagged 1, 2, 3, each with one version of the playbook's file. */
const project = mkdtempSync(join(tmpdir(), 'handoff-repository-'));
afterAll(() => rmSync(project, { recursive: true, force: true }));

const git = (...words: readonly string[]) =>
  spawnSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...words], { cwd: project });

function commit(tag: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(project, dirname(path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  git('add', '--all');
  git('commit', '--quiet', '--no-gpg-sign', '--message', tag);
  git('tag', tag);
}

const file = 'statemachines/playbooks/simple.ts';
const exporting = (playbook: unknown) => `export const playbook: unknown = ${JSON.stringify(playbook)};\n`;

git('init', '--quiet');
commit('no-flow', { 'package.json': '{"type":"module"}', [file]: exporting({ ...twoSteps, flow: undefined }) });
commit('mistyped', { [file]: exporting({ ...twoSteps, linkDay: 3 }) });
commit('broken', { [file]: 'export const playbook = ;' });
commit('good', { [file]: exporting(twoSteps), 'statemachines/simple.asl.json': '{}\n' });
commit('listed', {
  'statemachines/shipped-playbooks.ts': `import { playbook } from './playbooks/simple.ts';\nexport const shippedPlaybooks = { simple: playbook };\n`,
});
symlinkSync(new URL('../../../node_modules', import.meta.url), join(project, 'node_modules'), 'junction');

const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('handoff-playbook-'));

describe('a playbook as it was', () => {
  it.each(['good', 'listed'])('is read with what was committed beside it: %s', async (ref) => {
    expect(await playbookAt(ref, 'simple', project)).toEqual({ playbook: twoSteps, definition: '{}\n' });
  });

  it('is nothing where the list names none of that name', async () => {
    expect(await playbookAt('listed', 'other', project)).toEqual({ playbook: undefined, definition: undefined });
  });

  it.each([
    ['nowhere', '"nowhere" is no commit, branch or tag of this repository.'],
    ['--output=x', '"--output=x" is no commit, branch or tag of this repository.'],
    ['no-flow', 'The table had another shape at no-flow: it had no flow.'],
    ['mistyped', 'The table had another shape at mistyped: '],
    ['broken', 'The playbook at broken cannot be read: '],
  ])('is refused with a sentence: %s', async (ref, said) => {
    const before = left();
    const error: unknown = await playbookAt(ref, 'simple', project).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnusableOptions);
    expect(error instanceof Error && error.message).toContain(said);
    expect(left()).toEqual(before);
  });
});
