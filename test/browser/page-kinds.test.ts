import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageHeaders } from '../../functions/pages/headers.ts';
import { pageKinds } from '../support/page-kinds.ts';
import { expectUsable, openPage, startBrowser } from './walk.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

const site = 'https://handoff.example.com/';

describe('A page of every kind', () => {
  it.each([
    ['on a wide window', { viewport: { width: 1280, height: 900 } }],
    ['on the smallest phone, in the dark', { viewport: { width: 320, height: 640 }, colorScheme: 'dark' }],
    ['in the colors of the system, without motion', { forcedColors: 'active', reducedMotion: 'reduce' }],
  ] as const)('fits and can be used by everybody %s', async (_, options) => {
    const page = await openPage(browser, options);
    for (const [name, html] of Object.entries(pageKinds())) {
      await page.route(site, (route) => route.fulfill({ body: html, headers: pageHeaders() }));
      await page.goto(site);
      expect(await page.locator('h1').count(), name).toBe(1);
      await expectUsable(page);
      await page.unroute(site);
    }
    await page.close();
  });
});
