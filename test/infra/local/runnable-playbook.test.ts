import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProblems } from '../../../infra/local/runnable-playbook.ts';
import { shippedPlaybooks } from '../../../statemachines/shipped-playbooks.ts';
import { course } from '../../support/course.ts';
import { tiny } from '../../support/playbooks/tiny.ts';

const top = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'handoff-edited-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a playbook that can run here', () => {
  it.each(Object.values(shippedPlaybooks))('is the shipped $name', async (playbook) => {
    expect(await runProblems(playbook)).toEqual([]);
  });

  it('has a state machine that is its own', async () => {
    const file = pathToFileURL(join(folder, 'tiny.asl.json'));
    const isNew = ['The playbook "tiny" has no state machine yet: run npm run asl.'];
    const isStale = ['The playbook "tiny" was edited since its state machine was written: run npm run asl.'];
    expect(await runProblems(tiny, file)).toEqual(isNew);
    for (const text of ['{"States": {}}', '']) {
      writeFileSync(file, text);
      expect(await runProblems(tiny, file)).toEqual(isStale);
    }
  });
});

describe('npm run play and npm start', course, () => {
  beforeAll(() => {
    for (const name of ['functions', 'statemachines', 'infra', 'test/support', 'package.json'])
      cpSync(join(top, name), join(folder, name), { recursive: true });
    symlinkSync(join(top, 'node_modules'), join(folder, 'node_modules'), 'junction');
  });

  const table = readFileSync(join(top, 'statemachines/playbooks/default.ts'), 'utf8');
  const edits = [
    ['breaks a law', table.replace(/linkDays: \d+/, 'linkDays: 90'), /^The playbook "default" cannot work:\n- .*90/],
    [
      'is newer than its state machine',
      table.replace(/waitFor: '/, "waitFor: 'once more "),
      /^The playbook "default" was edited since its state machine was written: run npm run asl\.\n$/,
    ],
  ] as const;
  const commands = [
    ['infra/local/play.ts', 'test/support/deals/complete-standard.json'],
    ['infra/local/start.ts'],
  ] as const;

  it.each(edits.flatMap((edit) => commands.map((words) => [words[0], ...edit, words] as const)))(
    '%s ends with 2 and says why when the table %s',
    (_command, _what, edited, said, words) => {
      expect(edited).not.toBe(table);
      writeFileSync(join(folder, 'statemachines/playbooks/default.ts'), edited);
      const { status, stdout, stderr } = spawnSync(process.execPath, [...words], {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, PORT: '0' },
        // A command that starts after all would run for ever.
        timeout: 300_000,
      });
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(said);
    },
  );
});
