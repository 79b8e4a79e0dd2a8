import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { seenBy } from '../../../../functions/domain/reports/seen.ts';
import { scopeOf } from '../../../../functions/domain/reports/who-sees.ts';
import { kpiRows, kpiTable } from '../../../../infra/commands/report/kpi-table.ts';
import { type ReportSource, reportFiles } from '../../../../infra/commands/report/report-files.ts';
import { reportMails, sampleOf } from '../../../../infra/commands/report/report-mails.ts';
import { roster } from '../../../support/deals.ts';
import { companyPeople, measuredCompany } from '../../../support/measured-company.ts';

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
    expect(table(measuredCompany({ handoffs: 0 }))).not.toContain('*');
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

describe('the files of a report', () => {
  const files = reportFiles(source, reader('revenueOperations'), '2026-W46');
  const text = (name: string) => files.find((file) => file.name === name)?.text ?? '';

  it('are every page that the reader has, each with its CSV', () => {
    const names = files.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['overview.html', 'overview.csv', 'measures.html', 'heat-map.csv']));
    expect(text('overview.html')).toContain('Week 46');
    expect(text('overview.csv')).toContain('2026-W46');
  });

  it('lead to each other as files, and nowhere else', () => {
    for (const { name, text: page } of files.filter((file) => file.name.endsWith('.html'))) {
      const links = [...page.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href = '']) => href);
      const wrong = links.filter((href) => !/^(#|[a-z-]+\.(html|csv)$)/.test(href));
      expect([name, wrong]).toEqual([name, []]);
      expect(links).toContain('measures.html');
    }
  });

  it('show somebody what they may see, and no page of others', () => {
    const own = reportFiles(source, reader('accountExecutive'), '2026-W46').map(({ name }) => name);
    expect(own).toContain('overview.html');
    expect(own).not.toContain('outcomes.html');
  });

  it('compare with what was emailed only for who sees all handoffs, of which that told', () => {
    const figures = [{ measure: 'won' as const, value: 4321, n: 4321 }];
    const published = [{ week: '2026-W46', at, figures }];
    const overviewOf = (role: string) =>
      reportFiles({ ...source, published }, reader(role), '2026-W46').find(({ name }) => name === 'overview.html')
        ?.text;
    expect(overviewOf('revenueOperations')).toMatch(/4,?321/);
    expect(overviewOf('salesManager')).not.toMatch(/4,?321/);
  });
});

describe('the email of a period', () => {
  const person = reader('revenueOperations');
  const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
  const quarter = '2026-Q3';
  const sample = sampleOf(source, ops, { quarter, hashOf });

  it('is that of the week, or of the quarter with its sample; a month has none', () => {
    const [html, text] = reportMails(source, person, { period: '2026-W46' });
    expect([html?.name, text?.name]).toEqual(['mail.html', 'mail.txt']);
    expect(text?.text).toContain('Handoffs');
    expect(sample?.handoffs.length).toBeGreaterThan(0);
    const [, audit] = reportMails(source, person, { period: quarter, sample });
    expect(audit?.text).toContain(sample?.handoffs[0]?.customer);
    expect(reportMails(source, person, { period: '2026-10' })).toEqual([]);
  });

  it('is for who gets it, of what they may see', () => {
    for (const role of ['salesManager', 'accountExecutive', 'customerSuccessManager']) {
      expect(sampleOf(source, scopeFor(role), { quarter, hashOf })).toBeUndefined();
      expect(reportMails(source, reader(role), { period: quarter, sample })).toEqual([]);
    }
    expect(reportMails(source, reader('accountExecutive'), { period: '2026-W46' })).toEqual([]);
    const { manager: _, ...lead } = reader('salesManager');
    const people = roster().map((each) => (each.email === lead.email ? lead : each));
    const others = { ...measured, handoffs: measured.handoffs.map(ofNobody) };
    const told = reportMails({ ...source, roster: people, measured: others }, lead, { period: '2026-W46' });
    expect(told.map(({ name }) => name)).toEqual(['mail.html', 'mail.txt']);
    for (const { customer } of others.handoffs) expect(told[1]?.text).not.toContain(customer);
  });

  it('leads to the pages beside it, and to no address that does not open', () => {
    const week = reportMails(source, person, { period: '2026-W46' });
    for (const { text } of [...week, ...reportMails(source, person, { period: quarter, sample })]) {
      expect(text).not.toMatch(/\/[rds]\/|127\.0\.0\.1/);
      expect(text).not.toContain(site.url);
    }
    const links = [...(week[0]?.text ?? '').matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href]) => href);
    expect([...new Set(links)]).toEqual(['overview.html']);
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
    ['a seed of nothing', ['week', '--seed', '5'], '--seed goes with --populate'],
  ])('ends with 2 for %s', (_, words, said) => {
    const { status, stderr } = spawnSync(process.execPath, ['infra/commands/report.ts', ...words], {
      cwd: new URL('../../../../', import.meta.url),
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] },
    });
    expect([status, stderr.includes(said)]).toEqual([2, true]);
  });
});
