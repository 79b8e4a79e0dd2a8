import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measuredCompany } from '../../infra/local/measured-company.ts';
import { saveMeasured } from '../support/measured-system.ts';
import { type Company, startCompany } from './company.ts';
import { expectUsable, openPage } from './walk.ts';

const sizes = [
  { viewport: { width: 1280, height: 900 }, colorScheme: 'light' as const },
  { viewport: { width: 320, height: 640 }, colorScheme: 'dark' as const },
];

let company: Company;
beforeAll(async () => {
  company = await startCompany('2026-11-20T09:00:00Z');
  await saveMeasured(company.system.world, measuredCompany({ handoffs: 150, asOf: '2026-11-20T02:00:00Z' }));
});
afterAll(() => company.close());

/** Opens the reports of somebody from the console. */
async function openReports(page: Page, name: string): Promise<void> {
  await page.goto(`${company.url}/reports`);
  await page.getByRole('button', { name: `Open reports of ${name}` }).click();
}

describe('The reports', () => {
  it.each(sizes)('can be read by everybody, every page of them, $colorScheme', async (options) => {
    for (const name of ['Ruth Lindqvist', 'Klaus Brandt', 'Anna Keller']) {
      const page = await openPage(company.browser, options);
      await openReports(page, name);
      await expectUsable(page);
      const pages = page.getByRole('navigation', { name: 'Reports' }).getByRole('link');
      const titles = (await pages.allTextContents()).filter((title) => title !== 'My desk');
      expect(titles.length).toBeGreaterThanOrEqual(4);
      for (const title of titles) {
        await pages.getByText(title, { exact: true }).click();
        for (const each of await page.locator('summary').all()) await each.click();
        await expectUsable(page);
      }
      await page.context().close();
    }
  });

  it('lead from a number to its handoffs, through the filter, and into a file', async () => {
    const page = await openPage(company.browser, { acceptDownloads: true });
    await openReports(page, 'Ruth Lindqvist');
    const number = page.getByRole('listitem').filter({ hasText: 'Steps on time' }).getByRole('link').first();
    await number.click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Steps on time');
    expect(await page.getByRole('row').count()).toBeGreaterThan(1);
    await page.getByText('Filter', { exact: true }).click();
    await page.getByLabel('Segment').selectOption('enterprise');
    await page.getByRole('button', { name: 'Show' }).click();
    expect(new URL(page.url()).searchParams.get('segment')).toBe('enterprise');
    expect(new URL(page.url()).searchParams.get('behind')).toBe('stepsOnTime');
    await expectUsable(page);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download this as CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('handoff-handoffs-2026-11-20.csv');
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk));
    const [, ...rows] = parse(Buffer.concat(chunks), { bom: true }) as string[][];
    const listed = await page.locator('tbody tr').count();
    expect(rows.length).toBe(listed);
    for (const row of rows) expect(row.join()).toContain('enterprise');
    await page.context().close();
  });

  it('print without what only a screen has, charts and tables whole', async () => {
    const page = await openPage(company.browser, {});
    await openReports(page, 'Ruth Lindqvist');
    await page.emulateMedia({ media: 'print' });
    for (const title of ['Heat map', 'Measures']) {
      await page.goto(`${page.url().replace(/\/(heat-map|measures).*$/, '')}/${title.toLowerCase().replace(' ', '-')}`);
      expect(await page.getByRole('navigation', { name: 'Reports' }).isVisible()).toBe(false);
      expect(await page.getByRole('table').first().isVisible()).toBe(true);
      const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
      expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length).toBeLessThanOrEqual(4);
    }
    await page.context().close();
  });

  it('work by keyboard: skip, navigation, and tables that scroll', async () => {
    const page = await openPage(company.browser, { viewport: { width: 320, height: 640 } });
    await openReports(page, 'Ruth Lindqvist');
    await page.getByRole('link', { name: 'Heat map' }).focus();
    await page.keyboard.press('Enter');
    const table = page.getByRole('region', { name: 'Steps by week' });
    await table.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => page.evaluate('document.activeElement.scrollLeft')).toBeGreaterThan(0);
    await page.context().close();
  });
});
