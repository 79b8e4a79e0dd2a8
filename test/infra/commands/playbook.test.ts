import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { course } from '../../support/course.ts';

const top = fileURLToPath(new URL('../../../', import.meta.url));
const playbook = (...words: readonly string[]) =>
  spawnSync(process.execPath, ['infra/commands/playbook.ts', ...words], { cwd: top, encoding: 'utf8' });

const won = 'test/support/deals/complete-standard.json';

describe('npm run playbook', () => {
  it('explains a deal', () => {
    const { status, stdout, stderr } = playbook('explain', won);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('by the playbook "default", segment standard');
    expect(JSON.parse(playbook('explain', won, '--silent', '--json').stdout)).toMatchObject({ answers: 'never' });
  });

  it('lints a playbook, with exit code 1 for what it finds', course, () => {
    const { status, stdout, stderr } = playbook('lint', '--json');
    const findings: unknown[] = JSON.parse(stdout);
    expect([status, stderr]).toEqual([findings.length > 0 ? 1 : 0, '']);
  });

  it.each([
    ['no command', [], /^Usage: npm run playbook/],
    ['an unknown command', ['improve'], /^Usage: npm run playbook/],
    ['a missing file', ['explain', 'nowhere.json'], /^nowhere\.json cannot be read/],
    [
      'an event that would be refused',
      ['explain', 'test/support/deals/bad/missing-id.json'],
      /would be refused:\n {2}/,
    ],
    ['no git ref', ['diff'], /Say since when: one git ref/],
    ['an unknown playbook', ['lint', '--playbook', 'nothing'], /No playbook is called "nothing"/],
    ['an unknown option', ['lint', '--loud'], /--loud/],
  ])('ends with 2 for %s', course, (_, words, said) => {
    const { status, stdout, stderr } = playbook(...words);
    expect(status).toBe(2);
    expect(stdout + stderr).toMatch(said);
  });
});
