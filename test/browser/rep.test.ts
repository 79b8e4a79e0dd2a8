import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { desk, expectUsable, phone, startWalk, type Walk } from './walk.ts';

describe('A sales rep', () => {
  let walk: Walk;
  beforeAll(async () => {
    walk = await startWalk('2026-11-17T08:30:00Z');
  });
  afterAll(() => walk.close());

  it('closes a deal, opens the mail, and schedules the meeting with the keyboard alone', async () => {
    const page = await walk.open(desk);
    await page.goto(walk.url);
    await expectUsable(page);
    await page.getByRole('button', { name: 'Close a complete standard deal' }).click();
    await page
      .getByRole('link', { name: /book the handoff meeting by/ })
      .first()
      .click();
    await expectUsable(page);
    const address = await page
      .getByRole('link', { name: /^Open the page behind the link/ })
      .first()
      .getAttribute('href');
    await page.goto(new URL(address ?? '', walk.url).href);
    await expectUsable(page);
    expect(await page.textContent('h1')).toContain('Schedule the internal');
    await page.getByLabel('Where (link or room)').focus();
    await page.keyboard.type('Room 4');
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    await expectUsable(page);
    expect(await page.textContent('body')).toContain('Nordwind');
    await page.goto(new URL(address ?? '', walk.url).href);
    expect(await page.textContent('body')).toMatch(/already|Anna Keller/);
    await page.close();
  });

  it('fills in a package on a phone, and loses nothing when something is wrong', async () => {
    const page = await walk.open(phone);
    await page.goto(`${walk.url}/close`);
    await expectUsable(page);
    await page.getByRole('button', { name: 'Close: A deal with gaps' }).click();
    await page.goto(walk.url);
    await page
      .getByRole('link', { name: /2 steps for you, first by/ })
      .first()
      .click();
    await expectUsable(page);
    const address = await page
      .getByRole('link', { name: /^Open the page behind the link/ })
      .first()
      .getAttribute('href');
    await page.goto(new URL(address ?? '', walk.url).href);
    await expectUsable(page);
    await page.getByLabel('Primary use case').fill('Showrooms plan deliveries themselves');
    const handOver = page.getByRole('button', { name: 'Hand over package' });
    await Promise.all([page.waitForEvent('load'), handOver.click()]);
    expect(await page.textContent('[role=alert]')).toContain('Nothing you typed is lost');
    await expectUsable(page);
    expect(await page.content()).toContain('Showrooms plan deliveries themselves');
    await page.close();
  });

  it('reads every page of the console on a phone', async () => {
    const page = await walk.open(phone);
    await page.goto(walk.url);
    const handoff = await page.locator('a[href^="/handoffs/"]').first().getAttribute('href');
    for (const path of [handoff ?? '', '/', '/inbox', '/close', '/roster']) {
      await page.goto(new URL(path, walk.url).href);
      await expectUsable(page);
    }
    await page.close();
  });
});
