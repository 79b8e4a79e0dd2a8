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

it.each(['A4', 'Letter'])('The brief and the success plan print on one page of %s each', async (format) => {
  const { system, url, browser } = company;
  const handoff = await company.win('complete-standard');
  const playbook = shippedPlaybooks[usualPlaybook];
  employPeople({ system, playbook, roster: sampleRoster(), manner: 'prompt', script: {}, only: handoff });
  await system.clock.advanceTo(system.clock.now() + 30 * 3_600_000);
  const mine = system.account.inbox.mails.filter(({ tags }) => tags['handoff'] === handoff);
  const [link] = mine.flatMap(({ text }) => text.match(/\/s\/[\w-]{22}/) ?? []);
  const page = await openPage(browser, {});
  for (const part of ['brief', 'plan']) {
    const answer = await page.goto(`${url}${link}/${part}`);
    expect(answer?.status(), part).toBe(200);
    const pdf = (await page.pdf({ format })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length, `${part} on ${format}`).toBe(1);
  }
  await page.close();
});
