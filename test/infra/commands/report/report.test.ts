import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import type { Person } from '../../../../functions/domain/people/person.ts';
import { seenBy } from '../../../../functions/domain/reports/seen.ts';
import { scopeOf } from '../../../../functions/domain/reports/who-sees.ts';
import type { ReportWorld } from '../../../../functions/verbs/write-report.ts';
import { auditPageFile } from '../../../../infra/commands/report/audit-page-file.ts';
import { kpiRows, kpiTable } from '../../../../infra/commands/report/kpi-table.ts';
import { type ReportSource, reportFiles } from '../../../../infra/commands/report/report-files.ts';
import { type ReportMails, reportMails, sampleOf } from '../../../../infra/commands/report/report-mails.ts';
import { lastPeriod, stopsWithin } from '../../../../infra/commands/report/report-period.ts';
import { companyPeople, measuredCompany } from '../../../../infra/local/measured-company.ts';
import { course } from '../../../support/course.ts';
import { dealEvent, roster } from '../../../support/deals.ts';
import { calendarOf } from '../../../support/handoff-record.ts';
import { openSystem } from '../../../support/world.ts';

const at = '2026-11-22T10:00:00Z';
const site = { url: 'https://handoff.example.com', name: 'Handoff', company: 'Example', defaultZone: 'Europe/Berlin' };
const measured = measuredCompany({ handoffs: 120 });
const source: ReportSource = { measured, roster: roster(), ids: companyPeople, site, at, published: [] };

const reader = (role: string) => {
  const [person] = roster().filter((each) => each.role === role && each.active);
  if (!person) throw new Error(`Nobody is ${role}.`);
  return person;
};

const scopeFor = (role: string) => scopeOf(reader(role), source);
const ops = scopeFor('revenueOperations');
const table = (of = measured, period = '2026-11') => kpiTable(kpiRows(of, { scope: ops, period, zone: 'UTC' }), period);

describe('the measures of a period', () => {
  it('are those of which there is something to say, beside the period before', () => {
    const rows = kpiRows(measured, { scope: ops, period: '2026-10', zone: site.defaultZone });
    const [won] = rows;
    const signedIn = (month: string) => measured.handoffs.filter(({ signedAt }) => signedAt.startsWith(month)).length;
    expect([won?.title, won?.now.value, won?.before.value]).toEqual(['Won', signedIn('2026-10'), signedIn('2026-09')]);
    expect(rows.every(({ now, before }) => now.n + before.n > 0)).toBe(true);
    const text = kpiTable(rows, '2026-10');
    expect(text.split('\n')[0]).toMatch(/2026-10 +samples +2026-09 +samples$/);
    expect(text).toMatch(/^Time to completion +\d/m);
  });

  it('mark what is made of few samples, and nothing else', () => {
    const few = measuredCompany({ handoffs: 3, days: 20 });
    const text = table(few);
    expect(text).toMatch(/^Steps on time +\d+%\*? .*of/m);
    expect(text).toContain('* fewer than 10 samples');
    expect(table(measuredCompany({ handoffs: 0 }))).toBe('Nothing happened in 2026-11, nor in 2026-10.');
  });

  it('are of what the reader may see, and nobody reads the completeness of everybody', () => {
    const scope = scopeFor('accountExecutive');
    const rowsOf = (of: typeof scope) => kpiRows(measured, { scope: of, period: '2026-10', zone: site.defaultZone });
    const wonBy = (of: typeof scope) => rowsOf(of).find(({ title }) => title === 'Won')?.now.value;
    const own = seenBy(scope, 'measures', measured).handoffs;
    expect(wonBy(scope)).toBe(own.filter(({ signedAt }) => signedAt.startsWith('2026-10')).length);
    expect(wonBy(scope)).toBeLessThan(Number(wonBy(ops)));
    expect(rowsOf(scope).map(({ title }) => title)).toContain('AE completeness score');
    expect(rowsOf(ops).map(({ title }) => title)).not.toContain('AE completeness score');
  });
});

describe('the period of a report', () => {
  const asked = (asOf: string) => ({ measured: { ...measured, asOf }, site, at });

  it('is the last one that is over, in the zone of the stage', () => {
    // Sunday night in Berlin, and Monday there already.
    const [before, after] = ['2026-11-22T22:30:00Z', '2026-11-22T23:30:00Z'];
    expect([before, after].map((moment) => lastPeriod('week', { at: moment, site }))).toEqual(['2026-W46', '2026-W47']);
    expect([lastPeriod('month', { at, site }), lastPeriod('quarter', { at, site })]).toEqual(['2026-10', '2026-Q3']);
  });

  it('is refused where it is to come, and warned of where the numbers stop within', () => {
    expect(() => stopsWithin(asked('2026-11-22T06:00:00Z'), '2026-W48')).toThrow(
      '2026-W48 had not begun when everything was measured last, Sun, Nov 22, 7 AM Berlin time. Name an earlier moment',
    );
    expect(stopsWithin(asked('2026-11-22T06:00:00Z'), '2026-W47')).toContain('Not all of 2026-W47 is in these numbers');
    expect(stopsWithin(asked('2026-11-23T06:00:00Z'), '2026-W47')).toBeUndefined();
  });
});

describe('the files of a report', () => {
  const files = reportFiles(source, reader('revenueOperations'), '2026-W46');
  const text = (name: string) => files.find((file) => file.name === name)?.text ?? '';

  it('are every page that the reader has, each with its CSV', () => {
    const names = files.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['overview.html', 'overview.csv', 'measures.html', 'heat-map.csv']));
    expect(text('overview.html')).toContain('Week 46');
    expect(text('overview.csv')).toContain('2026-W46');
  });

  it('lead to each other as files, and to nothing that is not there', () => {
    const names = new Set(files.map(({ name }) => name));
    expect(names.size).toBe(files.length);
    for (const { name, text: page } of files.filter((file) => file.name.endsWith('.html'))) {
      const wrong = linksIn(page).filter((href) => !href.startsWith('#') && !names.has(href));
      expect([name, wrong]).toEqual([name, []]);
      expect(linksIn(page)).toContain('measures.html');
      // Nothing of it asks for a live page.
      expect(page).not.toMatch(/<form|<button|\/[rds]\/file/);
    }
  });

  it('have the list behind each number, of which there is one a number', course, () => {
    const page = text('overview.html');
    const [, list = '', won = ''] = /<h3>Won<\/h3>\s*<p class="number"><a href="([^"]*)">(\d+)</.exec(page) ?? [];
    expect(list).toMatch(/^handoffs-[0-9a-f]{12}\.html$/);
    expect(text(list)).toContain(`${won} handoffs</caption>`);
    // A file of all is no file of what is behind a number.
    expect(text(list)).not.toContain('download');
    expect(text('handoffs.html')).toContain('href="handoffs.csv" download');
  });

  it('show somebody what they may see, and no page of others', () => {
    const own = reportFiles(source, reader('accountExecutive'), '2026-W46').map(({ name }) => name);
    expect(own).toContain('overview.html');
    expect(own).not.toContain('outcomes.html');
  });

  it('compare with what was emailed only for who sees all handoffs, of which that told', course, () => {
    const figures = [{ measure: 'won' as const, value: 4321, n: 4321 }];
    const published = [{ week: '2026-W46', at, figures }];
    const overviewOf = (role: string) =>
      reportFiles({ ...source, published }, reader(role), '2026-W46').find(({ name }) => name === 'overview.html')
        ?.text;
    expect(overviewOf('revenueOperations')).toMatch(/4,?321/);
    expect(overviewOf('salesManager')).not.toMatch(/4,?321/);
  });
});

const linksIn = (page: string): readonly string[] =>
  [...page.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href = '']) => href);

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A world in which nothing is open at anybody. */
const worldOf = ({ site: told, ids, published, measured: all }: ReportSource): ReportWorld => ({
  site: told,
  hash: (text) => createHash('sha256').update(text).digest('base64url'),
  measured: { between: async () => all },
  pseudonyms: { everybody: async () => ids },
  publishedWeeks: { of: async () => published },
  remediations: { of: async () => [] },
  reportMails: { last: async () => undefined },
  handoffs: { load: async () => undefined },
  digestTopics: { of: async () => [] },
  calendarOf,
  desks: { openWorkOf: async () => ({ steps: [], handoffs: [] }), holdersIn: async () => new Map() },
});

const mailsOf = (
  of: ReportSource,
  person: Person,
  period: string,
  { world = worldOf(of), isNow = true }: { readonly world?: ReportWorld; readonly isNow?: boolean } = {},
) => {
  const span = period.includes('W') ? 'week' : period.includes('Q') ? 'quarter' : 'month';
  return reportMails({ source: of, world, isNow }, person, { span, period });
};

const namesOf = ({ files }: ReportMails) => files.map(({ name }) => name);
const textOf = ({ files }: ReportMails, name: string) => files.find((file) => file.name === `${name}.txt`)?.text ?? '';

describe('the emails of a period', () => {
  const person = reader('revenueOperations');
  const quarter = '2026-Q3';

  it('are the numbers of the week, and the sample of the quarter', async () => {
    const week = await mailsOf(source, person, '2026-W46');
    expect(namesOf(week)).toEqual(['mail-numbers.html', 'mail-numbers.txt']);
    expect(textOf(week, 'mail-numbers')).toMatch(/^Handoffs Nov 9–15: /);
    const audit = await mailsOf(source, person, quarter);
    expect(namesOf(audit)).toEqual(['mail-audit-pack.html', 'mail-audit-pack.txt']);
    const sample = sampleOf(source, ops, { quarter, hashOf });
    expect(sample?.handoffs.length).toBeGreaterThan(0);
    for (const { customer } of sample?.handoffs ?? []) expect(textOf(audit, 'mail-audit-pack')).toContain(customer);
  });

  it(
    'tell of a month as of a week, beside the month before and the last four, in the language of the stage',
    course,
    async () => {
      const month = textOf(await mailsOf(source, person, '2026-10'), 'mail-numbers');
      expect(month).toMatch(/^Handoffs October 2026: /);
      expect(month).toMatch(/Month before: /);
      expect(month).toMatch(/Jul: .*, Aug: .*, Sep: .*, Oct: /s);
      expect(month).not.toMatch(/week/i);
      const signedIn = (of: string) => measured.handoffs.filter(({ signedAt }) => signedAt.startsWith(of)).length;
      expect(month).toContain(`Won: ${signedIn('2026-10')}`);
      expect(month).toContain(`Month before: ${signedIn('2026-09')}`);
      const german = await mailsOf({ ...source, site: { ...site, locale: 'de-DE' } }, person, '2026-10');
      expect(textOf(german, 'mail-numbers')).toMatch(/^Übergaben Oktober 2026: /);
      expect(textOf(german, 'mail-numbers')).toContain('Vormonat: ');
      expect(textOf(german, 'mail-numbers')).not.toMatch(/woche/i);
    },
  );

  it('are for who gets them, of what they may see; of a missing one it says why', async () => {
    for (const role of ['salesManager', 'accountExecutive', 'customerSuccessManager']) {
      expect(sampleOf(source, scopeFor(role), { quarter, hashOf })).toBeUndefined();
      const { files, missing } = await mailsOf(source, reader(role), quarter);
      expect([files, missing]).toEqual([[], [`No email: ${reader(role).name} gets none of a quarter.`]]);
    }
    const own = await mailsOf(source, reader('accountExecutive'), '2026-W46');
    expect(own).toEqual({ files: [], led: [], missing: ['No weekly list: there is nothing to say to Anna Keller.'] });
    const { manager: _, ...lead } = reader('salesManager');
    const people = roster().map((each) => (each.email === lead.email ? lead : each));
    const others = { ...measured, handoffs: measured.handoffs.map(ofNobody) };
    const told = await mailsOf({ ...source, roster: people, measured: others }, lead, '2026-W46');
    expect(namesOf(told)).toEqual(['mail-numbers.html', 'mail-numbers.txt']);
    for (const { customer } of others.handoffs) expect(textOf(told, 'mail-numbers')).not.toContain(customer);
  });

  it(
    'list what waits for somebody and for their people, as their mornings would, and publish nothing',
    course,
    async () => {
      const system = await openSystem({ at: '2026-11-17T08:30:00Z' });
      await system.win(dealEvent());
      await system.until('2026-11-20T08:00:00Z');
      const here = { ...source, at: system.now(), roster: await system.world.roster.everybody() };
      const world = { ...system.world, ...{ measured: { between: async () => measured }, site } };
      const sent = system.mails().length;
      const list = await mailsOf(here, reader('accountExecutive'), '2026-W46', { world });
      expect(namesOf(list)).toEqual(['mail-weekly-list.html', 'mail-weekly-list.txt']);
      expect(textOf(list, 'mail-weekly-list')).toMatch(/^Your week from Fri, Nov 20: /);
      const digest = await mailsOf(here, reader('salesManager'), '2026-W46', { world });
      expect(namesOf(digest)).toEqual(['mail-daily-digest.html', 'mail-daily-digest.txt']);
      expect(textOf(digest, 'mail-daily-digest')).toMatch(/overdue, \d new: Fri, Nov 20/);
      for (const { text } of [...list.files, ...digest.files]) {
        expect(text).toContain('Nordwind');
        expect(text).not.toMatch(/\/[rds]\/|127\.0\.0\.1/);
        expect(text).not.toContain(site.url);
      }
      const numbers = await mailsOf(here, person, '2026-W46', { world });
      expect(namesOf(numbers)).toContain('mail-numbers.txt');
      expect(await system.world.publishedWeeks.of(['2026-W46'])).toEqual([]);
      expect(system.mails()).toHaveLength(sent);
      // What is open at people is known of the present alone.
      const before = await mailsOf(here, reader('accountExecutive'), '2026-W46', { world, isNow: false });
      expect(before).toEqual({
        ...{ files: [], led: [] },
        missing: ['No weekly list: it tells of the present. Leave out --at.'],
      });
    },
  );

  it('lead to the files beside them, and to no address that does not open', course, async () => {
    const week = await mailsOf(source, person, '2026-W46');
    for (const { text } of [...week.files, ...(await mailsOf(source, person, quarter)).files]) {
      expect(text).not.toMatch(/\/[rds]\/|127\.0\.0\.1/);
      expect(text).not.toContain(site.url);
    }
    const names = reportFiles(source, person, '2026-W46', { alsoLed: week.led }).map(({ name }) => name);
    const links = [...new Set(linksIn(week.files[0]?.text ?? ''))];
    expect(links).toContain('overview.html');
    expect(links.length).toBeGreaterThan(15);
    expect(links.filter((link) => !names.includes(link))).toEqual([]);
  });

  it('have the audit of a quarter beside its mail, to read', course, async () => {
    const sample = sampleOf(source, ops, { quarter, hashOf });
    if (!sample) throw new Error('There is no sample.');
    const world = {
      handoffs: { load: async () => undefined },
      facts: { of: async () => [] },
      remediations: { of: async () => [] },
      site,
    };
    const file = await auditPageFile(world, source, { person, sample });
    const { files, led } = await mailsOf(source, person, quarter);
    expect(linksIn(files[0]?.text ?? '')).toContain(file.name);
    for (const { id } of sample.handoffs) expect(file.text).toContain(`id="${id}"`);
    expect(file.text).not.toMatch(/<form|<button|\/[rds]\/file/);
    const beside = reportFiles(source, person, quarter, { alsoLed: led, beside: [file.name] });
    expect(linksIn(beside[0]?.text ?? '')).toContain(file.name);
    expect(linksIn(reportFiles(source, person, quarter)[0]?.text ?? '')).not.toContain(file.name);
  });

  it('have a link of its own on each number, and on each handoff that is named', course, async () => {
    const [mail] = (await mailsOf(source, person, '2026-W46')).files;
    const shown = parse(mail?.text ?? '');
    const numbers = shown.querySelectorAll('.figure, .trend');
    const unlinked = numbers.flatMap((cell) => {
      for (const link of cell.querySelectorAll('a')) link.remove();
      // Labels are days ("Nov 9"), and few cases a remark; what nothing is behind stands as it is.
      return [...cell.structuredText.matchAll(/^(?!.*Few cases)(?![A-Z][a-z]{2} \d)(.*[1-9].*)$/gm)].map(
        ([line]) => line,
      );
    });
    expect(unlinked).toEqual([]);
    const entries = parse(mail?.text ?? '').querySelectorAll('li');
    expect(entries.length).toBeGreaterThan(3);
    const to = entries.map((entry) => entry.querySelector('a')?.getAttribute('href'));
    expect(to).not.toContain(undefined);
    // Each handoff has a page of its own: those that need a person are three.
    expect(new Set(to).size).toBeGreaterThan(3);
  });
});

/** As if people whom nobody of the company leads had done it all. */
const ofNobody = (handoff: (typeof measured.handoffs)[number]): typeof handoff => {
  const { accountExecutiveTeam: _, customerSuccessManagerTeam: __, ...rest } = handoff;
  const rounds = handoff.rounds.map(({ team: ___, ...round }) => ({ ...round, owner: 'p-nobody' }));
  return { ...rest, accountExecutive: 'p-nobody', customerSuccessManager: 'p-nobody', rounds };
};

describe('the command', () => {
  it.each([
    ['no report', [], 'Say which report: week, month, quarter.'],
    ['a stage and a population', ['week', 'production', '--populate', '5'], 'Either a stage or --populate, not both.'],
    ['no number of deals', ['week', '--populate', 'many'], '--populate is "many"; it must be a whole number'],
    ['no seed', ['week', '--populate', '5', '--seed', 'abc'], '--seed is "abc"; it must be a whole number'],
    ['a file for a folder', ['week', '--populate', '5', '--out', 'package.json'], 'and there is a file of that name'],
    ['a folder in a file', ['week', '--out', 'package.json/reports'], 'and there is a file of that name'],
    ['a seed of nothing', ['week', '--seed', '5'], '--seed goes with --populate'],
    // A population of which nothing was played: each week that is would be a line.
    [
      'a reader of none',
      ['week', '--populate', '5000', '--as', 'nobody@example.com'],
      'has the address nobody@example.com; there are ',
    ],
  ])('ends with 2 for %s', course, (_, words, said) => {
    const { status, stderr } = spawnSync(process.execPath, ['infra/commands/report.ts', ...words], {
      cwd: new URL('../../../../', import.meta.url),
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] },
    });
    expect([status, stderr.includes(said), /\d won$/m.test(stderr)]).toEqual([2, true, false]);
  });
});
