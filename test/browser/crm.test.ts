import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Company, startCompany } from './company.ts';
import { desk, expectUsable, openPage } from './walk.ts';

const hour = 3_600_000;

let company: Company;
beforeAll(async () => {
  company = await startCompany('2026-11-17T08:30:00Z', 'hubspot');
});
afterAll(() => company.close());

const cardOf = (page: Page, customer: string) => page.locator('[data-deal]', { hasText: customer });
/** The column that a card stands in. */
const stageOf = (page: Page, customer: string) =>
  page
    .locator('[data-stage]')
    .filter({ has: cardOf(page, customer) })
    .getAttribute('data-stage');

describe('the CRM in the console', () => {
  it('has a deal dragged to won, whose handoff begins and is written back', async () => {
    const page = await openPage(company.browser, { viewport: desk });
    await page.goto(company.url);
    await page.getByRole('link', { name: 'Win a deal in HubSpot' }).click();
    await expectUsable(page);
    expect(await stageOf(page, 'Nordwind')).toBe('contractsent');
    const [from, to] = [cardOf(page, 'Nordwind'), page.locator('[data-stage="closedwon"]')];
    await from.dragTo(to, { sourcePosition: { x: 20, y: 12 }, targetPosition: { x: 30, y: 60 } });
    await page.getByRole('status').getByText('Nordwind Logistik GmbH is at Closed Won now.').waitFor();
    expect(await stageOf(page, 'Nordwind')).toBe('closedwon');
    await expectUsable(page);
    // The page follows by itself.
    await company.system.clock.advanceTo(company.system.clock.now() + hour);
    await cardOf(page, 'Nordwind').getByText('Written back').waitFor();
    await cardOf(page, 'Nordwind').getByText('1 note').click();
    await expectUsable(page);
    await page.getByRole('status').getByRole('link', { name: 'open the handoff' }).click();
    await page.getByRole('heading', { name: 'Nordwind Logistik GmbH' }).first().waitFor();
    await page.context().close();
  });

  it('does the same by keyboard, on the smallest phone in the dark', async () => {
    const page = await openPage(company.browser, { viewport: { width: 320, height: 640 }, colorScheme: 'dark' });
    await page.goto(`${company.url}/crm-board`);
    await expectUsable(page);
    await page.getByLabel('Stage of Harbour Yoga Studios').focus();
    await page.keyboard.type('Closed W');
    await page.keyboard.press('Tab');
    // What is chosen stays chosen while the page follows the system.
    await company.system.clock.advanceTo(company.system.clock.now() + hour);
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('Harbour Yoga Studios is at Closed Won now.').waitFor();
    await expectUsable(page);
    await cardOf(page, 'Harbour').getByRole('link', { name: 'See its handoff' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Harbour Yoga Studios' }).first().waitFor();
    await page.context().close();
  });

  it('works by its forms alone: a deal changes and is lost, and the CRM goes offline and comes back', async () => {
    const page = await openPage(company.browser, { viewport: desk, javaScriptEnabled: false });
    await page.goto(`${company.url}/crm-board`);
    const card = cardOf(page, 'Weberhaus');
    await card.getByText('Change it').click();
    await card.getByLabel('Amount in EUR').fill('15,500');
    await card.getByLabel('Owner').selectOption('James Carter');
    await card.getByRole('button', { name: 'Save' }).click();
    expect(await card.innerText()).toContain('15,500 EUR · James Carter');
    await page.getByRole('button', { name: 'Take it offline' }).click();
    await card.getByText('Change it').click();
    await card.getByRole('button', { name: 'Mark as lost' }).click();
    expect(await page.getByRole('status').innerText()).toContain(
      'HubSpot is offline, and tells Handoff when it is back.',
    );
    await page.getByRole('button', { name: 'Bring it back' }).click();
    expect(await page.getByRole('status').innerText()).toContain('HubSpot is back.');
    expect(await stageOf(page, 'Weberhaus')).toBe('closedlost');
    await page.context().close();
  });
});
