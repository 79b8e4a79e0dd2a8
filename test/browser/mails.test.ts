import { afterAll, beforeAll, expect, it } from 'vitest';
import { collectMails } from '../../infra/local/mails/collect-mails.ts';
import { scenes } from '../../infra/local/mails/scenes.ts';
import { sampleDeals, sampleRoster } from '../../infra/local/sample-company.ts';
import { readSamples } from '../../infra/local/samples.ts';
import { shippedPlaybooks, usualPlaybook } from '../../statemachines/shipped-playbooks.ts';
import { expectUsable, startWalk, type Walk } from './walk.ts';

let walk: Walk;
beforeAll(async () => {
  walk = await startWalk('2026-11-17T08:30:00Z');
});
afterAll(() => walk.close());

it('Emails with awkward text fit a small phone and a wide window, light and dark', async () => {
  const deals = readSamples(sampleDeals).flatMap(({ name, text }) =>
    name === 'awkward-text' ? [{ name, event: JSON.parse(text) }] : [],
  );
  const mails = await collectMails({
    deals,
    scenes: scenes.slice(0, 2),
    playbook: shippedPlaybooks[usualPlaybook],
    roster: sampleRoster(),
  });
  expect(mails.length).toBeGreaterThan(20);
  for (const width of [320, 640]) {
    const page = await walk.open({ width, height: 800 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const { mail } of mails) {
        await page.setContent(mail.html);
        await expectUsable(page);
      }
    }
    await page.close();
  }
});
