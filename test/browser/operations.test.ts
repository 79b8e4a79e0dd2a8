import { LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Listening, listenLocally } from '../../infra/account/wire/server.ts';
import { operationsProxy } from '../../infra/commands/operations/proxy.ts';
import { signed } from '../../infra/commands/operations/reach-site.ts';
import { type Company, startCompany } from './company.ts';
import { expectUsable, openPage } from './walk.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const week = 7 * 86_400_000;

let company: Company;
let proxy: Listening;
beforeAll(async () => {
  company = await startCompany('2026-11-17T08:30:00Z');
  const reach = signed(new LambdaClient({ region: 'us-east-1', credentials }), company.url);
  proxy = await listenLocally(operationsProxy({ reach, remedy: '' }), 0);
});
afterAll(async () => {
  await proxy.close();
  await company.close();
});

describe('the pages for operations', () => {
  it('lead from the board to a handoff and through its views, in light and dark, on the smallest phone and wide', async () => {
    const id = await company.win('complete-standard');
    await company.win('incomplete');
    const { clock } = company.system;
    await clock.advanceTo(clock.now() + week);
    for (const options of [
      { viewport: { width: 1280, height: 900 } },
      { viewport: { width: 320, height: 640 }, colorScheme: 'dark' as const },
    ]) {
      const page = await openPage(company.browser, options);
      await page.goto(`${proxy.url}/operations`);
      await expectUsable(page);
      await page.getByRole('link', { name: 'Only late' }).click();
      await page.locator(`a[href="/operations/handoffs/${id}"]`).click();
      await expectUsable(page);
      expect(await page.getByRole('region', { name: 'Timeline' }).count()).toBe(1);
      for (const view of ['Steps', 'Brief', 'Emails', 'Open items and notes']) {
        await page.getByRole('link', { name: view, exact: true }).click();
        await expectUsable(page);
      }
      await page.getByRole('link', { name: 'Whole picture' }).click();
      await expectUsable(page);
      await page.context().close();
    }
  });
});
