import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { course } from '../../../support/course.ts';
import { roster, sampleEvent } from '../../../support/deals.ts';

const folder = mkdtempSync(join(tmpdir(), 'handoff-play-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const top = fileURLToPath(new URL('../../../../', import.meta.url));
const play = (...words: readonly string[]) =>
  spawnSync(process.execPath, ['infra/local/play.ts', ...words], { cwd: top, encoding: 'utf8' });

const won = fileOf('won.json', sampleEvent('complete-standard'));

describe('npm run play', () => {
  it('prints no log line of a function, and ends with 1 when an execution failed', course, () => {
    const { status, stdout, stderr } = play(won, '--people', 'silent', '--playbook', 'agency');
    expect(status).toBe(1);
    expect(stderr).toBe('');
    expect(stdout).toContain('Handoff abandoned; execution FAILED');
    expect(stdout).not.toContain('{"level"');
  });

  it('plays with the people of a roster', course, () => {
    const people = roster().map((person) =>
      person.email === 'lena.vogt@example.com' ? { ...person, active: false } : person,
    );
    const { status, stdout } = play(won, '--json', '--roster', fileOf('roster.json', people));
    expect(status).toBe(0);
    const { handoff, refusals, failures } = JSON.parse(stdout);
    expect([handoff.status, refusals, failures]).toEqual(['complete', [], []]);
    expect(handoff.owner).not.toBe('lena.vogt@example.com');
  });

  it.each([
    ['is not there', join(folder, 'nowhere.json'), /nowhere\.json cannot be read: ENOENT/],
    ['is not JSON', fileOf('broken.json', '['), /The roster .* cannot be used:\n {2}It is not JSON/],
    [
      'is no roster',
      fileOf('odd.json', [{ email: 'somebody' }]),
      /cannot be used:\n {2}roster\[0\]\.email is not usable in the entry of somebody\. Expected:/,
    ],
  ])('ends with 2 and says why when the roster %s', course, (_, path, said) => {
    const { status, stdout, stderr } = play(won, '--roster', path);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(said);
  });

  it('ends with 2 before it plays when a script names a choice that its step does not have', course, () => {
    const { status, stdout, stderr } = play(
      won,
      '--people',
      fileOf('script.json', { 'review-brief': { choice: 'aprove' } }),
    );
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/review-brief: no choice is called "aprove"\. Choices: accept, return\. Actions beside/);
  });

  it('plays in a CRM, and says what its record shows', course, () => {
    const { status, stdout } = play(won, '--json', '--crm', 'hubspot');
    expect(status).toBe(0);
    const { handoff, crm } = JSON.parse(stdout);
    expect([handoff.status, handoff.customer]).toEqual(['complete', 'Nordwind Logistik GmbH']);
    expect(crm).toMatchObject({ name: 'hubspot', title: 'HubSpot', deals: [{ stage: 'Closed Won' }] });
    const told = play(won, '--crm', 'hubspot').stdout;
    expect(told).toMatch(
      /\nHubSpot \(played here\), deal \d+ of Nordwind Logistik GmbH \(D-2026-1041 in its event\): Closed Won\n/,
    );
    expect(told).toMatch(/\n {2}Handoff status: complete\n/);
  });

  it('ends with 2 and says which CRMs there are', () => {
    const { status, stdout, stderr } = play(won, '--crm', 'hubspt');
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('--crm is "hubspt"; it must be one of hubspot, salesforce, pipedrive.');
  });
});
