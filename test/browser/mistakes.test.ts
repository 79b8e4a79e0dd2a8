import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fillStep, press } from './answer-step.ts';
import { type Company, type ReceivedAsk, startCompany } from './company.ts';
import { expectUsable, openPage, phone } from './walk.ts';

const start = '2026-11-17T08:30:00Z';
const day = 86_400_000;

let company: Company;
let page: Page;
/** The first request of a new handoff. */
let ask: ReceivedAsk;
beforeAll(async () => {
  company = await startCompany(start);
});
afterAll(() => company.close());
beforeEach(async () => {
  company.newAsks();
  const handoff = await company.win('complete-standard');
  const found = company.newAsks().find((each) => each.handoff === handoff && each.kind === 'ask');
  if (found === undefined) throw new Error('Nobody was asked for anything.');
  ask = found;
  page = await openPage(company.browser, { viewport: phone });
  return () => page.close();
});

const decisions = async () => {
  const record = await company.system.world.handoffs.load(ask.handoff);
  const trail = await company.system.world.audit.trail(ask.handoff);
  return {
    decision: record?.steps[ask.step]?.decision,
    times: trail.filter(({ what, step }) => what === 'decided' && step === ask.step).length,
  };
};

const said = () => page.innerText('main');

describe('Somebody who clicks', () => {
  it('twice decides once, and is told so', async () => {
    await page.goto(company.url + ask.link);
    const button = await fillStep(page, company, ask);
    await Promise.all([page.waitForEvent('load'), button.dblclick()]);
    await page.waitForLoadState();
    expect((await decisions()).times).toBe(1);
    await expectUsable(page);
  });

  it('goes back finds no form any more, and reads who did it', async () => {
    await page.goto(company.url + ask.link);
    await press(page, await fillStep(page, company, ask));
    await page.goBack();
    expect(await said()).toContain('already did this');
    expect(await page.locator('button[name="choice"]').count()).toBe(0);
    await expectUsable(page);
  });

  it('in two windows decides once: the second one reads who did it and when', async () => {
    const second = await openPage(company.browser, { viewport: phone });
    await second.goto(company.url + ask.link);
    await page.goto(company.url + ask.link);
    const late = await fillStep(second, company, ask);
    await press(page, await fillStep(page, company, ask));
    const { decision } = await decisions();
    await press(second, late);
    expect(await decisions()).toEqual({ decision, times: 1 });
    await expectUsable(second);
    await second.close();
  });

  it('an old link of a step that is done reads who did it', async () => {
    await page.goto(company.url + ask.link);
    await press(page, await fillStep(page, company, ask));
    await page.goto(company.url + ask.link);
    expect(await page.locator('button[name="choice"]').count()).toBe(0);
    expect(await said()).toMatch(/already did this|You did this/i);
    await expectUsable(page);
  });

  it('a link that lasted 30 days is offered a new one, which comes by email', async () => {
    const { clock, account } = company.system;
    await clock.advanceTo(clock.now() + 31 * day);
    await page.goto(company.url + ask.link);
    await expectUsable(page);
    expect(await page.textContent('h1')).toContain('expired');
    const before = account.inbox.mails.length;
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Email me a new link' }).click()]);
    await expectUsable(page);
    expect(await page.textContent('h1')).toContain('Check your inbox');
    const fresh = account.inbox.mails.slice(before).filter(({ to }) => to[0]?.address === ask.reader);
    expect(fresh.map(({ tags }) => tags['step'])).toEqual([ask.step]);
  });

  it('a link that a mail program cut off is told to copy all of it', async () => {
    await page.goto(`${company.url}${ask.link.slice(0, -4)}`);
    await expectUsable(page);
    expect(await said()).toContain('Copy all of it from the email');
  });
});
