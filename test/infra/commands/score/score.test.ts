import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'node-html-parser';
import { afterAll, describe, expect, it } from 'vitest';
import { parseTable } from '../../../../infra/commands/score/export-table.ts';
import { course } from '../../../support/course.ts';

const top = fileURLToPath(new URL('../../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'scores-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const score = (...words: readonly string[]) =>
  spawnSync(process.execPath, ['infra/commands/score.ts', ...words], { cwd: top, encoding: 'utf8' });
const sample = 'test/support/exports/closed-deals.csv';
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

describe('npm run score', () => {
  it('scores the deals of an export and writes a page and a CSV', () => {
    const { status, stdout, stderr } = score(sample, '--out', join(folder, 'new', 'out'));
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      /^11 closed deals of closed-deals\.csv, by the playbook "default": average score \d+ to \d+ of 100\.$/m,
    );
    expect(stdout).toContain('Missing again and again:\n');

    const page = readFileSync(join(folder, 'new', 'out', 'scores.html'), 'utf8');
    const document = parse(page);
    expect(document.querySelector('h1')?.text).toBe('Handoff scores of 11 closed deals');
    expect(document.querySelectorAll('script, link, img, form')).toEqual([]);
    expect(page).toContain('=HYPERLINK(&quot;https://bad.example&quot;');
    expect(document.querySelectorAll('.points').map(({ text }) => Number(text))).toHaveLength(11);

    const { header, rows } = parseTable(
      readFileSync(join(folder, 'new', 'out', 'scores.csv'), 'utf8').slice(1),
      'scores.csv',
    );
    const column = (title: string) => rows.map(({ cells }) => cells[header.indexOf(title)] ?? '');
    expect(column('Deal')).toContain(`'=HYPERLINK("https://bad.example","Prize")`);
    const scores = column('Score').map(Number);
    expect(scores).toEqual(scores.toSorted((one, other) => one - other));
    expect(column('Score at most').every((most, i) => Number(most) >= (scores[i] ?? 101))).toBe(true);
  });

  it('marks a small sample, takes the last deals, and scores by another playbook', course, () => {
    const out = join(folder, 'last');
    const { stdout } = score(sample, '--last', '3', '--playbook', 'agency', '--out', out);
    expect(stdout).toMatch(/^3 closed deals of closed-deals\.csv, by the playbook "agency"/);
    expect(stdout).toContain('Fewer than 10 deals are a small sample');
    expect(readFileSync(join(out, 'scores.html'), 'utf8')).toContain('A small sample.');
  });

  it('scores our own events', course, () => {
    const { status, stdout } = score('test/support/deals/incomplete.json', '--out', join(folder, 'event'));
    expect([status, stdout.split('\n')[0]]).toEqual([
      0,
      expect.stringMatching(
        /^1 closed deal of incomplete\.json, by the playbook "default": average score \d+ of 100\.$/,
      ),
    ]);
  });

  it('scores 10,000 deals', course, () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => `${i},Deal ${i},2026-10-0${(i % 9) + 1},Why ${i}`);
    const csv = file('many.csv', ['Deal ID,Deal Name,Close Date,Why they bought', ...rows].join('\n'));
    const { status, stdout } = score(csv, '--out', join(folder, 'many'));
    expect([status, stdout.split(',')[0]]).toEqual([0, '10']);
    expect(
      readFileSync(join(folder, 'many', 'scores.csv'), 'utf8')
        .trimEnd()
        .split('\r\n'),
    ).toHaveLength(10_001);
    expect(readFileSync(join(folder, 'many', 'scores.html'), 'utf8')).toContain('The CSV has 9,800 more deals');
  });

  it('says when no deal counts', () => {
    const csv = file('lost.csv', 'Deal Name,Stage\nA,Closed Lost\n');
    const { status, stdout } = score(csv, '--out', join(folder, 'lost'));
    expect([status, stdout]).toEqual([0, expect.stringContaining('lost.csv: no deal in it counts.')]);
    expect(readFileSync(join(folder, 'lost', 'scores.html'), 'utf8')).toContain('No deal in the export counts.');
  });

  it.each([
    ['no export', [], /Say which export: one file\.\n\nUsage: npm run score/],
    ['a missing file', ['nowhere.csv'], /^nowhere\.csv cannot be read/],
    [
      'an object without members',
      [file('none.json', '{}')],
      /^none\.json is an empty object: there is no deal in it\.\n.+\n$/,
    ],
    [
      'a header alone',
      [file('header.csv', 'Deal Name,Close Date\n')],
      /^header\.csv has no row below its header: there is no deal in it\.\n.+\n$/,
    ],
    ['a count that is none', [sample, '--last', 'ten'], /--last is a whole number of deals, such as 10, not "ten"/],
    [
      'a negative count',
      ['--crm', 'hubspot', '--last', '-3'],
      /^--last is a whole number of deals, such as 10, not "-3"\.\n$/,
    ],
    [
      'a count that is left out',
      [sample, '--last', '--out', 'x'],
      /^--last needs a value, and what follows it is an option\./,
    ],
    [
      'a currency that is none',
      [sample, '--currency', 'euros'],
      /--currency is an ISO 4217 code such as EUR or USD, not "euros"/,
    ],
    ['an order of days that is none', [sample, '--dates', 'us'], /--dates is month-first or day-first, not "us"/],
    [
      'a CRM that there is not',
      ['--crm', 'dynamics'],
      /--crm is one of hubspot, salesforce, pipedrive, not "dynamics"/,
    ],
    ['a CRM that we have no token for', ['--crm', 'hubspot'], /set in the environment .*:\n {2}HUBSPOT_ACCESS_TOKEN: /],
    ['a CRM whose address nobody said', ['--crm', 'pipedrive'], /PIPEDRIVE_API_TOKEN: [\s\S]*CRM_API_URL: /],
    ['both an export and a CRM', [sample, '--crm', 'hubspot'], /Either an export or --crm, not both/],
    ['a day without a CRM', [sample, '--since', '2026-10-01'], /--since goes with --crm/],
    ['an unknown playbook', [sample, '--playbook', 'nothing'], /No playbook is called "nothing"/],
    ['an unknown option', [sample, '--loud'], /There is no option --loud/],
    [
      'a folder that cannot be',
      [sample, '--out', 'package.json/scores'],
      /Nothing can be written into package\.json\/scores/,
    ],
  ])('ends with 2 for %s', course, (_, words, said) => {
    const { status, stdout, stderr } = score(...words);
    expect(status).toBe(2);
    expect(stdout + stderr).toMatch(said);
  });
});
