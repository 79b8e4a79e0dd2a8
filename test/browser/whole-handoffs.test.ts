import type { BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isClosed } from '../../functions/domain/handoff/handoff.ts';
import { ruleOfStep } from '../../functions/domain/playbook/playbook.ts';
import { fill, fillStep, press } from './answer-step.ts';
import { type Company, type ReceivedAsk, startCompany } from './company.ts';
import { expectUsable, openPage } from './walk.ts';

let company: Company;
beforeAll(async () => {
  company = await startCompany('2026-11-17T08:30:00Z');
});
afterAll(() => company.close());

const load = async (handoff: string) => {
  const record = await company.system.world.handoffs.load(handoff);
  if (!record) throw new Error(`There is no handoff ${handoff}.`);
  return record;
};

const isOpen = async ({ handoff, step }: ReceivedAsk): Promise<boolean> => {
  const asked = (await load(handoff)).steps[step];
  return asked !== undefined && asked.decision === undefined;
};

/** Who reads the mail that asks them acts at once; then time goes on to whatever comes next. The steps that were decided. */
async function playToTheEnd(handoff: string, act: (ask: ReceivedAsk) => Promise<void>): Promise<readonly string[]> {
  const decided: string[] = [];
  const { clock } = company.system;
  for (;;) {
    for (const ask of company.newAsks()) {
      const rule = ruleOfStep((await load(handoff)).playbook, ask.step);
      if (ask.handoff !== handoff || ask.kind !== 'ask' || rule?.kind !== 'ask' || rule.optional) continue;
      if (!(await isOpen(ask))) continue;
      await act(ask);
      expect(await isOpen(ask), ask.step).toBe(false);
      decided.push(ask.step);
    }
    if (isClosed((await load(handoff)).state.status)) return decided;
    if (!(await clock.jumpToNext())) throw new Error(`Nothing happens any more in ${handoff}.`);
  }
}

describe.each<readonly [string, BrowserContextOptions]>([
  ['on a wide window', { viewport: { width: 1280, height: 900 } }],
  ['on the smallest phone, in the dark', { viewport: { width: 320, height: 640 }, colorScheme: 'dark' }],
])('A whole handoff %s', (_, options) => {
  it('is walked from the first email to the last, and every page on the way fits and can be used', async () => {
    const handoff = await company.win('complete-standard');
    const page = await openPage(company.browser, options);
    const clicks: Record<string, number> = {};
    const decided = await playToTheEnd(handoff, async (ask) => {
      await page.goto(company.url + ask.link);
      await expectUsable(page);
      const { button, entered } = await fill(page, company, ask);
      // The link in the email, what is entered, the button.
      clicks[ask.step] = 1 + entered + 1;
      await press(page, button);
      expect(await page.locator('[role=alert]').allTextContents(), ask.step).toEqual([]);
      await expectUsable(page);
    });
    expect((await load(handoff)).state.status).toBe('complete');
    expect(decided.length).toBeGreaterThan(10);
    // All texts that are only asked for if there is something to say included; more than this would be a burden.
    const total = Object.values(clicks).reduce((sum, each) => sum + each, 0);
    expect(total, JSON.stringify(clicks)).toBeLessThanOrEqual(47);
    await page.close();
  });
});

describe('Without JavaScript', () => {
  it('a whole handoff goes as well, on a phone', async () => {
    const handoff = await company.win('complete-standard');
    const page = await openPage(company.browser, {
      viewport: { width: 320, height: 640 },
      javaScriptEnabled: false,
    });
    await playToTheEnd(handoff, async (ask) => {
      await page.goto(company.url + ask.link);
      await press(page, await fillStep(page, company, ask));
      expect(await page.locator('[role=alert]').allTextContents(), ask.step).toEqual([]);
    });
    expect((await load(handoff)).state.status).toBe('complete');
    await page.close();
  });
});
