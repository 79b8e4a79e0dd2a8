import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditPage } from '../../functions/pages/reports/audit-page.ts';
import { employPeople } from '../../infra/local/play/people.ts';
import { sampleRoster } from '../../infra/local/sample-company.ts';
import { shippedPlaybooks, usualPlaybook } from '../../statemachines/shipped-playbooks.ts';
import { site } from '../support/handoff-record.ts';
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

it('An audit prints with the timeline and evidence that its page folds', async () => {
  const [person] = sampleRoster();
  if (!person) throw new Error('The sample company has people.');
  const at = '2027-01-04T09:00:00Z';
  const round = {
    title: 'Review the brief',
    dueAt: at,
    decided: { at, label: 'Accept', by: 'customer success manager' },
    evidence: [{ label: 'Notes', text: 'What was agreed' }],
  };
  const handoff = { id: 'h', customer: 'Nordwind', signedAt: at, endedAt: at, timeline: [round], gaps: [], notes: [] };
  const view = {
    quarter: '2026-Q4',
    seed: 'audit 2026-Q4',
    of: 1,
    asOf: at,
    isWhole: true,
    handoffs: [handoff],
    otherNotes: [],
  };
  const { html } = auditPage({ view, person, owners: [] }, { site, linkId: 'l', nonce: 'n', at });
  const page = await openPage(company.browser, {});
  await page.setContent(html);
  const isShown = () => page.getByText('What was agreed').evaluate((each) => each.checkVisibility());
  expect(await isShown()).toBe(false);
  await page.emulateMedia({ media: 'print' });
  expect(await isShown()).toBe(true);
  await page.close();
});
