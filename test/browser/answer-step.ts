import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { ruleOfStep } from '../../functions/domain/playbook/playbook.ts';
import { fillIn } from '../../infra/local/play/answers.ts';
import { knownCustomer } from '../../infra/local/play/known-customer.ts';
import { choicesOn, formFor } from '../../infra/local/play/page-form.ts';
import type { Company, ReceivedAsk } from './company.ts';

/** Fills in the form of an opened step page as a person would, and returns the button that decides. */
export const fillStep = async (page: Page, company: Company, ask: ReceivedAsk): Promise<Locator> =>
  (await fill(page, company, ask)).button;

/** The same, with how many fields had to be typed, ticked or chosen: what the form suggests is left. */
export async function fill(
  page: Page,
  company: Company,
  ask: ReceivedAsk,
): Promise<{ readonly button: Locator; readonly entered: number }> {
  const { system } = company;
  const record = await system.world.handoffs.load(ask.handoff);
  const rule = record && ruleOfStep(record.playbook, ask.step);
  const person = (await system.world.roster.everybody()).find(({ email }) => email === ask.reader);
  if (!record || rule?.kind !== 'ask' || !person) throw new Error(`Nobody can answer ${ask.step} of ${ask.handoff}.`);
  const text = await page.content();
  const choice = rule.choices.find(({ id }) => formFor(text, id))?.id ?? choicesOn(text)[0];
  const form = choice === undefined ? undefined : formFor(text, choice);
  if (form === undefined) throw new Error(`${page.url()} offers no form: ${await page.textContent('h1')}`);
  const filled = fillIn({
    form,
    evidence: {},
    rule,
    customer: knownCustomer(record),
    at: new Date(system.clock.now()).toISOString(),
    zone: person.availability.zone,
  });
  const chosen = `[name="choice"][value="${form.choice}"]`;
  const shown = page
    .locator('form')
    .filter({ has: page.locator(chosen) })
    .first();
  const entered = await enter(shown, filled);
  const named = shown.locator(`button${chosen}`);
  const button =
    (await named.count()) > 0 ? named : shown.locator('button[type=submit], button:not([type]):not([name])').last();
  return { button, entered };
}

/** Presses a button that sends its form; what the browser itself refuses to send is a failure. */
export async function press(page: Page, button: Locator): Promise<void> {
  const missing = await button.evaluate(
    ({ form }: { form: { elements: Iterable<{ name: string; checkValidity(): boolean }> } }) =>
      [...form.elements].filter((control) => !control.checkValidity()).map(({ name }) => name),
  );
  expect(missing, `${page.url()}: ${await page.textContent('h1')}`).toEqual([]);
  await Promise.all([page.waitForEvent('load'), button.click()]);
}

/** What the browser says of a field. */
interface Control {
  readonly type: string;
  readonly value: string;
  readonly checked?: boolean;
}

/** Enters values by name, each as its control takes it; what is folded away stays as it is. How many controls changed. */
async function enter(form: Locator, values: URLSearchParams): Promise<number> {
  let changes = 0;
  for (const name of new Set(values.keys())) {
    const given = values.getAll(name);
    const controls = form.locator(`[name=${JSON.stringify(name)}]:not([type=hidden]):not(button)`);
    let texts = 0;
    for (const control of await controls.all()) {
      if (!(await control.isVisible())) continue;
      const { type, value, checked } = await control.evaluate(({ type, value, checked }: Control) => ({
        type,
        value,
        checked,
      }));
      const ticked = type === 'radio' || type === 'checkbox';
      const wanted = ticked ? given.includes(value) : (given[texts++] ?? '');
      if (wanted === (ticked ? checked : value)) continue;
      changes += 1;
      if (typeof wanted === 'boolean') await control.setChecked(wanted);
      else if (type === 'select-one') await control.selectOption(wanted);
      else await control.fill(wanted);
    }
  }
  return changes;
}
