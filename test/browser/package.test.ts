import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Company, startCompany } from './company.ts';
import { expectUsable, openPage } from './walk.ts';

let company: Company;
beforeAll(async () => {
  company = await startCompany('2026-11-17T08:30:00Z');
});
afterAll(() => company.close());

/** A deal with gaps is won, and somebody is asked for its package. */
async function asked() {
  const handoff = await company.win('incomplete');
  const ask = company.newAsks().find((each) => each.handoff === handoff && each.step === 'complete-package');
  if (!ask) throw new Error('Nobody was asked for the package.');
  return { handoff, url: company.url + ask.link };
}

const load = async (handoff: string) => {
  const record = await company.system.world.handoffs.load(handoff);
  if (!record) throw new Error(`There is no handoff ${handoff}.`);
  return record;
};

const useCase = 'Primary use case';
const term = 'Term length';
const note = (page: Page, path: string) => page.locator(`#part-${path.replace('.', '-')} [data-note]`);
/** Types into a field and leaves it, as the tab key does. */
async function type(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label).fill(text);
  await page.getByLabel(label).press('Tab');
}

describe('A package in a browser', () => {
  it('is saved as somebody goes from field to field, and says so beside each', async () => {
    const { handoff, url } = await asked();
    const page = await openPage(company.browser, { viewport: { width: 320, height: 640 }, colorScheme: 'dark' });
    await page.goto(url);
    await expectUsable(page);
    expect(await page.locator('#count-dealContext').textContent()).toBe('4 of 6');
    await type(page, useCase, 'Showrooms plan deliveries');
    await note(page, 'dealContext.primaryUseCase').getByText('Saved 9:30 AM').waitFor();
    expect(await page.locator('#count-dealContext').textContent()).toBe('5 of 6');
    expect(await page.getByRole('status').textContent()).toBe('Saved 9:30 AM');
    await type(page, term, 'two years');
    await note(page, 'contract.termMonths')
      .getByText(/Saved 9:30 AM\. .*number/)
      .waitFor();
    await expectUsable(page);
    await type(page, term, '24');
    await note(page, 'contract.termMonths')
      .getByText(/^Saved 9:30 AM$/)
      .waitFor();
    const { package: pkg } = await load(handoff);
    expect(pkg).toMatchObject({
      dealContext: { primaryUseCase: 'Showrooms plan deliveries' },
      contract: { termMonths: 24 },
    });
    // A scanner that opens the page and runs its script changes nothing.
    const { packageVersion } = await load(handoff);
    await page.reload();
    expect((await load(handoff)).packageVersion).toBe(packageVersion);
    await page.close();
  });

  it('keeps what two windows typed at once, side by side, until somebody chooses', async () => {
    const { handoff, url } = await asked();
    const open = async (javaScriptEnabled: boolean) => {
      const page = await openPage(company.browser, { viewport: { width: 320, height: 640 }, javaScriptEnabled });
      await page.goto(url);
      return page;
    };
    const [one, other] = [await open(true), await open(false)];
    await other.getByLabel(useCase).fill('The warehouse plans');
    await other.getByLabel(term).fill('36');
    const save = other.getByRole('button', { name: 'Save draft' }).first();
    await Promise.all([other.waitForEvent('load'), save.click()]);
    await type(one, useCase, 'Showrooms plan');
    const part = one.locator('#part-dealContext-primaryUseCase');
    await part.getByText('The warehouse plans').waitFor();
    expect(await part.getByText('Showrooms plan').count()).toBe(1);
    await expectUsable(one);
    // Typing goes on elsewhere, and nothing of the other window is undone by it.
    await type(one, 'Known risks', 'none known');
    await note(one, 'redFlags.knownRisks').getByText('Saved').waitFor();
    await part.getByLabel('Showrooms plan').check();
    const keep = part.getByRole('button', { name: 'Keep this answer' });
    await Promise.all([one.waitForEvent('load'), keep.click()]);
    expect(new URL(one.url()).hash).toBe('#part-dealContext-primaryUseCase');
    const { package: pkg, packageHistory } = await load(handoff);
    expect(pkg).toMatchObject({
      dealContext: { primaryUseCase: 'Showrooms plan' },
      contract: { termMonths: 36 },
      redFlags: { knownRisks: 'none known' },
    });
    expect(Object.values(packageHistory ?? {}).flatMap(({ rivals = [] }) => rivals)).toEqual([]);
    await Promise.all([one.close(), other.close()]);
  });

  it('stays in its section when a draft is saved, without JavaScript, too', async () => {
    const { url } = await asked();
    const page = await openPage(company.browser, { viewport: { width: 320, height: 640 }, javaScriptEnabled: false });
    await page.goto(url);
    const section = page.locator('#section-redFlags');
    await section.getByLabel('Known risks').fill('Their ERP is old.');
    const save = section.getByRole('button', { name: 'Save draft' });
    await Promise.all([page.waitForEvent('load'), save.click()]);
    expect(new URL(page.url()).hash).toBe('#section-redFlags');
    expect(await section.getByText('Saved 9:30 AM').count()).toBe(1);
    const { y = -1 } = (await section.boundingBox()) ?? {};
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y).toBeLessThan(640);
    await page.close();
  });
});
