import { access, mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import type { Anchor, Playbook } from '../../functions/domain/playbook/playbook.ts';
import { shippedPlaybooks, usualPlaybook } from '../../statemachines/shipped-playbooks.ts';
import { anotherDeal } from './console/another-deal.ts';
import { putEvent } from './console/bus.ts';
import { asPutting } from './console/deal-event.ts';
import { reportsPath } from './console/reports-page.ts';
import { asksIn } from './play/asks-in-mail.ts';
import { employPeople } from './play/people.ts';
import type { Manner, Script } from './play/script.ts';
import type { Population } from './populate/population.ts';
import { populationIn } from './populate/population-in.ts';
import { sampleDeals, sampleRoster } from './sample-company.ts';
import { readSamples } from './samples.ts';
import { serve } from './serve.ts';

// npm run screenshots: takes the pictures of the README anew, with the chromium that CHROMIUM names. Those of reports show what
// npm run populate has played.

const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const hour = 3_600_000;

const playbook = shippedPlaybooks[usualPlaybook];
/** The step that marks this: whatever it's called in the playbook. */
const marking = (anchor: Anchor): string =>
  Object.entries(playbook.steps).find(([, rule]) => rule.kind === 'ask' && rule.marks === anchor)?.[0] ?? '';
const introduction = marking('introductionSent');

/** A deal, how its people act, and how many hours pass until the next one. */
interface Won {
  readonly sample: string;
  readonly manner: Manner;
  readonly script?: Script;
  readonly hours: number;
}

const first: Won = { sample: 'complete-standard', manner: 'prompt', script: { [introduction]: 'never' }, hours: 24 };
const theRest: readonly Won[] = [
  { sample: 'holiday-week', manner: 'silent', hours: 22 },
  { sample: 'enterprise-across-zones', manner: 'prompt', hours: 26 },
  { sample: 'incomplete', manner: 'late', hours: 70 },
  { sample: 'self-serve', manner: 'prompt', hours: 5 },
];

// All that is missing is said before any picture is taken anew.
const opened = await populationIn();
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const noChromium = await access(executablePath).then(
  () => [],
  () => [`There is no Chromium at ${executablePath}. Say where it is: CHROMIUM=<path> npm run screenshots.`],
);
const problems = [...('problem' in opened ? [opened.problem] : []), ...noChromium];
if ('problem' in opened || problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(2);
}

const served = await serve({ port: 0, startAt: Date.parse('2026-11-16T09:05:00Z'), roster: sampleRoster() });
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  await mkdir(folder, { recursive: true });
  await win(first);
  await takeFirst();
  for (const won of theRest) await win(won);
  await take('board', { width: 1280, height: 800 }, '/');
  await takeReports(opened);
} finally {
  await browser.close();
  await served.close();
}

/** Closes a deal and lets its hours pass. */
async function win({ sample, manner, script = {}, hours }: Won): Promise<void> {
  const { system } = served;
  const deal = anotherDeal(
    system,
    readSamples(sampleDeals).find(({ name }) => name === sample),
  );
  if (deal === undefined) throw new Error(`There is no sample "${sample}".`);
  employPeople({ system, playbook, roster: sampleRoster(), manner, script, only: deal.handoff });
  await putEvent(system, asPutting(deal.event));
  await system.clock.advanceTo(system.clock.now() + hours * hour);
}

/** A request, and the page behind another one that waits for its owner, on a phone. */
async function takeFirst(): Promise<void> {
  const { mails } = served.system.account.inbox;
  const asks = mails.flatMap((mail) => asksIn(mail).map((ask) => ({ ...ask, mail })));
  const request = asks.find(({ kind }) => kind === 'ask')?.mail;
  const link = asks.find(({ step }) => step === introduction)?.link;
  if (request === undefined || link === undefined) throw new Error('The first day has no such emails any more.');
  await take('email', { width: 640, height: 860 }, `/mails/${request.id}/html`);
  await take('phone', { width: 390, height: 844 }, link);
}

/** The week's numbers, and the steps that are missed, as revenue operations see them. */
async function takeReports({ population, playbook }: { population: Population; playbook: Playbook }): Promise<void> {
  const { roster, at } = population;
  const reader = roster.find(({ role }) => role === 'revenueOperations');
  if (reader === undefined) throw new Error('Nobody of the population is in revenue operations: nobody reads reports.');
  const filled = await serve({ port: 0, startAt: at, roster, playbook, population });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    await page.goto(`${filled.url}${reportsPath}`);
    await page.locator(`form:has(input[value="${reader.email}"]) button`).click();
    await page.screenshot({ path: `${folder}report.png` });
    await page.getByRole('link', { name: 'Heat map' }).click();
    await page.screenshot({ path: `${folder}heat-map.png` });
  } finally {
    await filled.close();
  }
}

async function take(name: string, viewport: { width: number; height: number }, path: string): Promise<void> {
  const page: Page = await browser.newPage({ viewport });
  await page.goto(served.url + path);
  await page.screenshot({ path: `${folder}${name}.png` });
  await page.close();
}
