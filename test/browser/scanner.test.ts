import { afterAll, beforeAll, expect, it } from 'vitest';
import { employPeople } from '../../infra/local/play/people.ts';
import { sampleRoster } from '../../infra/local/sample-company.ts';
import { shippedPlaybooks, usualPlaybook } from '../../statemachines/shipped-playbooks.ts';
import { type Company, startCompany } from './company.ts';
import { openPage } from './walk.ts';

let company: Company;
beforeAll(async () => {
  company = await startCompany('2026-11-17T08:30:00Z');
});
afterAll(() => company.close());

const hour = 3_600_000;

/** Every address of the site that a text names, whether a mail program shows it as a link or not. */
const addressesIn = (text: string): string[] =>
  [...text.matchAll(/(https?:\/\/127\.0\.0\.1:\d+)?(\/[sd]\/[\w-]{22}(?:\/\w+)?)/g)].map(([, , path = '']) => path);

it('A mail scanner that opens every link, asks for its head, and runs its scripts decides nothing', async () => {
  const { system, url, browser } = company;
  // One is silent, the other is half way: links to open steps and to decided ones.
  const silent = await company.win('incomplete');
  const half = await company.win('complete-standard');
  const playbook = shippedPlaybooks[usualPlaybook];
  employPeople({ system, playbook, roster: sampleRoster(), manner: 'prompt', script: {}, only: half });
  await system.clock.advanceTo(system.clock.now() + 26 * hour);

  const handoffs = [silent, half];
  const standing = () =>
    Promise.all(
      handoffs.map(async (id) => ({
        record: await system.world.handoffs.load(id),
        trail: await system.world.audit.trail(id),
      })),
    );
  const before = { standing: await standing(), mails: system.account.inbox.mails.length };
  const paths = new Set(system.account.inbox.mails.flatMap(({ html, text }) => addressesIn(html + text)));
  expect([...paths].filter((path) => path.startsWith('/s/')).length).toBeGreaterThan(5);
  expect([...paths].filter((path) => path.startsWith('/d/')).length).toBeGreaterThan(5);

  const page = await openPage(browser, {});
  // A set goes on with what is added while it is read: a scanner follows the links of the pages, too.
  for (const path of paths) {
    await fetch(url + path, { method: 'HEAD' });
    const found = await (await fetch(url + path)).text();
    for (const next of addressesIn(found)) paths.add(next);
    await page.goto(url + path);
  }
  await page.close();

  expect(system.account.inbox.mails.length).toBe(before.mails);
  expect(await standing()).toEqual(before.standing);
});
