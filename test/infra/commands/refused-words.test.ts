import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { course } from '../../support/course.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

function run(...given: readonly string[]): { readonly status: number | null; readonly said: string } {
  const { status, stderr } = spawnSync(process.execPath, given, { cwd: root, encoding: 'utf8' });
  return { status, said: stderr };
}

it.each([
  [['test/conformance/conformance.ts', 'nofolder'], 'There is no file or folder nofolder.'],
  [['infra/commands/write-holidays.ts', 'foo'], 'Unknown: foo'],
])('says what is wrong with a word that leads nowhere: %j', course, (given, problem) => {
  const { status, said } = run(...given);
  expect([status, said.split('\n')[0]]).toEqual([2, problem]);
});

it('says what the pictures need before it takes one', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'handoff-pictures-'));
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'infra/local/screenshots.ts')], {
    ...{ cwd, encoding: 'utf8' },
    env: { ...process.env, CHROMIUM: join(cwd, 'chromium') },
  });
  expect([status, stderr]).toEqual([
    2,
    `There is no .local/population.gz yet. Make it: npm run populate.
There is no Chromium at ${join(cwd, 'chromium')}. Say where it is: CHROMIUM=<path> npm run screenshots.
`,
  ]);
});

it('names what is wrong with a script of people before what else there is', course, () => {
  const script = join(mkdtempSync(join(tmpdir(), 'handoff-script-')), 'script.json');
  writeFileSync(script, '{"no-such-step": "never"}');
  const { status, said } = run('infra/local/play.ts', 'test/support/deals/incomplete.json', '--people', script);
  expect(status).toBe(2);
  expect(said.split('\n')[0]).toContain('no-such-step');
  expect(said.trim().split('\n').at(-1)).toBe('--people takes prompt, late, silent or a script file.');
});
