import { parse as parseCsv } from 'csv-parse/sync';
import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { measuredCompany } from '../../infra/local/measured-company.ts';
import { anna, klaus, lena, ruth } from '../support/handoff-record.ts';
import { reportsOf, saveMeasured } from '../support/measured-system.ts';
import { type OpenSystem, openSystem } from '../support/world.ts';

const asOf = '2026-11-20T02:00:00Z';

/** A system in which so many handoffs were measured last night. */
async function measured(handoffs: number): Promise<OpenSystem> {
  const system = await openSystem();
  await saveMeasured(system.world, measuredCompany({ handoffs, asOf }));
  return system;
}

const linksIn = (html: string): string[] =>
  parse(html)
    .querySelectorAll('main a')
    .map((link) => link.getAttribute('href') ?? '')
    .map((href) => href.replaceAll('&amp;', '&'));

const rowsOf = (html: string): number => parse(html).querySelectorAll('tbody tr').length;

describe('Reports behind a desk link', () => {
  it('show the week, and every number on every page leads to the handoffs behind it', async () => {
    const system = await measured(60);
    const path = await reportsOf(system.world, ruth, system.now());
    const { status, html, headers } = await system.get(path);
    expect(status).toBe(200);
    expect(html).toContain('As of <time');
    expect(String(headers['content-security-policy'])).toMatch(/default-src 'none'.*form-action 'self'/);
    expect(headers['cache-control']).toBe('no-store');
    const seen = new Set<string>([path]);
    const next = linksIn(html).filter((href) => href.startsWith(`${path}/`) || href.startsWith(`${path}?`));
    for (const href of next) {
      if (seen.has(href)) continue;
      seen.add(href);
      const page = await system.get(href);
      expect([href, page.status]).toEqual([href, 200]);
      if (!href.includes('behind=') || href.includes('format=csv')) continue;
      expect([href, rowsOf(page.html) > 0]).toEqual([href, true]);
    }
    expect(seen.size).toBeGreaterThan(20);
  });

  it('count the same in a number, in its list and in its file', async () => {
    const system = await measured(60);
    const path = await reportsOf(system.world, ruth, system.now());
    const measures = parse((await system.get(`${path}/measures`)).html);
    const row = measures.querySelectorAll('tbody tr').find((each) => each.text.includes('Time to completion'));
    const counted = Number(row?.querySelectorAll('td').at(-1)?.text);
    const list = await system.get(`${path}/handoffs?behind=timeToCompletion`);
    expect(list.html).toContain(`of ${counted} handoffs`);
    const file = await system.get(`${path}/handoffs?behind=timeToCompletion&format=csv`);
    expect(file.headers['content-type']).toContain('text/csv');
    expect(file.headers['content-disposition']).toBe('attachment; filename="handoff-handoffs-2026-11-20.csv"');
    const [head, ...rows] = parseCsv(file.html, { bom: true });
    expect(head).toContain('Time to completion (days)');
    expect(rows).toHaveLength(counted);
    const none = await system.get(`${path}/handoffs?segment=foo&format=csv`);
    expect([none.status, none.headers['content-type']]).toEqual([400, 'text/plain; charset=utf-8']);
    expect(none.html).toContain('- segment “foo” isn’t one of the choices. Select one from the list.');
  });

  it('lead from the heat map’s “All” to the misses that it counts, and from nowhere to more', async () => {
    const system = await measured(80);
    const path = `${await reportsOf(system.world, klaus, system.now())}/heat-map`;
    const page = parse((await system.get(path)).html);
    const allOf = (map: string) =>
      page
        .querySelectorAll(`table.heat`)
        .filter((table) => table.querySelector('caption')?.id === map)
        .flatMap((table) => table.querySelectorAll('tbody tr').map((row) => row.querySelectorAll('td').at(-1)));
    const links = (map: string) => allOf(map).flatMap((cell) => cell?.querySelector('a')?.getAttribute('href') ?? []);
    expect(allOf('by-person').length).toBeGreaterThan(0);
    expect(links('by-person')).toEqual([]);
    expect(links('by-week').length).toBeGreaterThan(0);
    for (const href of links('by-week')) expect(href).toMatch(/due=2026-W40.*dueTo=2026-W47/);
    const [head, ...rows] = parseCsv((await system.get(`${path}?format=csv`)).html, { bom: true });
    expect(head?.[2]).toBe('Column');
    expect(rows.filter((row) => row[2]?.startsWith('All '))).toHaveLength(
      page.querySelectorAll('table.heat tbody tr').length,
    );
  });

  it('keep what the address asks for, and say what cannot be had', async () => {
    const system = await measured(60);
    const path = await reportsOf(system.world, ruth, system.now());
    const { html } = await system.get(`${path}/measures?segment=enterprise&team=nobody`);
    expect(html).toContain('Only: <strong dir="auto">enterprise</strong>');
    expect(html).toContain('Part of this address can’t be used');
    expect(linksIn(html).filter((href) => href.includes('/handoffs?') && !href.includes('segment=enterprise'))).toEqual(
      [],
    );
  });

  it('show each their own: names to their manager alone, an account executive nothing of others', async () => {
    const system = await measured(80);
    const pageOf = async (person: string, below = ''): Promise<string> =>
      (await system.get(`${await reportsOf(system.world, person, system.now())}${below}`)).html;
    expect(await pageOf(klaus, '/heat-map')).toContain('Anna Keller');
    expect(await pageOf(ruth, '/heat-map')).not.toContain('Anna Keller');
    const own = await pageOf(anna);
    expect(own).toContain('My handoffs');
    expect(own).toContain('Your completeness score');
    expect(own).not.toContain('Before and after');
    expect(await pageOf(lena)).not.toContain('Your completeness score');
    const denied = await system.get(`${await reportsOf(system.world, anna, system.now())}/outcomes`);
    expect([denied.status, denied.html.includes('isn’t yours to see')]).toEqual([404, true]);
    // Nobody's id but that of a link and of handoffs stands in a page.
    const ids = [...(await system.world.pseudonyms.everybody())];
    const handoffs = await pageOf(anna, '/handoffs');
    for (const [id, email] of ids) if (email !== anna) expect(handoffs).not.toContain(id);
  });

  it('say “revised” where a number that was emailed is another one now, to who sees all handoffs and no filter', async () => {
    const system = await measured(60);
    const figures = [{ measure: 'won' as const, value: 99, n: 99 }];
    await system.world.publishedWeeks.keep({ week: '2026-W44', at: '2026-11-02T07:00:00Z', figures });
    await system.world.publishedWeeks.keep({ week: '2026-W46', at: '2026-11-16T07:00:00Z', figures });
    const pageOf = async (person: string, query: string): Promise<string> =>
      (await system.get(`${await reportsOf(system.world, person, system.now())}${query}`)).html;
    expect(await pageOf(ruth, '?week=2026-W46')).toContain('<span class="badge soon">Revised</span> 99 was emailed.');
    for (const [person, query] of [
      [ruth, '?week=2026-W46&segment=standard'],
      [klaus, '?week=2026-W46'],
    ] as const)
      expect(await pageOf(person, query)).not.toMatch(/revised/i);
    // A later page marks it wherever such a week stands, and says what it means; the file has both numbers.
    const later = parse(await pageOf(ruth, ''));
    expect(later.querySelectorAll('.badge.soon')).toEqual([]);
    expect(later.querySelectorAll('td.num').filter(({ text }) => text.includes('revised'))).toHaveLength(2);
    expect(later.text).toContain('Revised: another number was emailed for that week.');
    const [head = [], ...rows] = parseCsv(await pageOf(ruth, '?format=csv'), { bom: true });
    const won = rows.find(([measure]) => measure === 'Won');
    expect(won?.[head.indexOf('2026-W46 as emailed')]).toBe('99');
    expect(won?.[head.indexOf('2026-W47 as emailed')]).toBe('');
  });

  it('open as long as the desk does, and lead to a new link', async () => {
    const system = await measured(5);
    const path = await reportsOf(system.world, ruth, system.now());
    await system.until(new Date(Date.parse(system.now()) + 8 * 86_400_000).toISOString());
    const { status, html } = await system.get(`${path}/measures`);
    expect([status, html.includes('This link has expired')]).toEqual([410, true]);
    expect(html).toContain(`action="${path.replace('/r/', '/d/')}/fresh"`);
    expect((await system.get('/r/unknown')).status).toBe(404);
  });

  it.each(['', '/measures', '/heat-map', '/handoffs'])(
    'tell a filter that nothing matches from having no handoffs%s, and lead out of it',
    async (below) => {
      const system = await measured(20);
      const path = `${await reportsOf(system.world, ruth, system.now())}${below}`;
      const { html } = await system.get(`${path}?from=2026-11&to=2026-11&status=abandoned`);
      expect(html).toContain('No handoff matches this filter.');
      expect(html).toContain(`<a href="${path}">Remove the filter</a>`);
      expect(html).not.toContain('No handoffs yet');
    },
  );

  it.each(['2026-W99', '0001-W01', '2026-W48', 'zzz'])('say that the week %s is none with numbers', async (week) => {
    const system = await measured(20);
    const path = await reportsOf(system.world, ruth, system.now());
    for (const below of ['', '/heat-map']) {
      const { status, html } = await system.get(`${path}${below}?week=${week}`);
      expect(status).toBe(200);
      expect(html).toContain('Part of this address can’t be used');
      expect(html).toContain('2026-W47');
    }
    expect((await system.get(`${path}?week=2026-W47`)).html).not.toContain('can’t be used');
  });

  it('refuse an end before the beginning, and show as without it', async () => {
    const system = await measured(20);
    const path = `${await reportsOf(system.world, ruth, system.now())}/handoffs`;
    const [backwards, without] = await Promise.all(
      [`${path}?from=2026-09&to=2026-03`, `${path}?from=2026-09`].map((each) => system.get(each)),
    );
    expect(backwards?.html).toContain('is over before');
    expect(rowsOf(backwards?.html ?? '')).toBe(rowsOf(without?.html ?? ''));
  });

  it.each(['', '/measures', '/heat-map', '/handoffs', '/changes', '/outcomes'])(
    'have something to say%s of no handoff, of one, and before anything was measured',
    async (below) => {
      for (const person of [ruth, klaus, anna]) {
        const system = await openSystem();
        const path = `${await reportsOf(system.world, person, system.now())}${below}`;
        expect((await system.get(path)).html).toContain('Nothing is measured yet');
        await system.world.measured.save({ asOf, handoffs: [], playbooks: [] });
        const none = await system.get(path);
        await saveMeasured(system.world, measuredCompany({ handoffs: 1, asOf }));
        const one = await system.get(path);
        for (const { html } of [none, one]) expect(html).not.toMatch(/NaN|undefined|Infinity|\[object/);
        expect([200, 404]).toContain(none.status);
        if (none.status === 200)
          expect(none.html).toMatch(/No handoffs yet|Nothing to compare|No step was due|Nothing is known/);
      }
    },
  );
});
