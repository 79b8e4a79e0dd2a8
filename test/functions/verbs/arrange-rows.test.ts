import { expect, it } from 'vitest';
import { arrangeName, arrangeValue, previewName } from '../../../functions/domain/fields/rows.ts';
import { sampleEvent } from '../../support/deals.ts';
import { anna, lena } from '../../support/handoff-record.ts';
import { upTo, won } from '../../support/progress.ts';
import { openSystem } from '../../support/world.ts';

it('A button that adds a row keeps what was typed, leads to the new row, and decides nothing', async () => {
  const { system, id } = await upTo('map-stakeholders');
  const before = await system.load(id);
  const { status, html } = await system.answer(lena, 'map-stakeholders', 'verified', {
    stakeholders: 'Ann <b> | ann@ | champion | high | stays',
    missingContacts: 'The head of IT',
    [arrangeName]: arrangeValue('add', 'stakeholders'),
  });
  expect(status).toBe(200);
  expect(html).toContain('Person 2 added. Nothing is saved or decided yet.');
  expect(html).toContain('value="Ann &lt;b&gt;"');
  expect(html).toContain('value="ann@"');
  expect(html).toContain('The head of IT</textarea>');
  expect(html).toMatch(/id="verified-stakeholders-1-name" name="stakeholders.1.name" autofocus/);
  expect(html).not.toContain('There is a problem');
  expect(html).not.toContain('<title>Error');
  expect(await system.load(id)).toEqual(before);
});

it('A button that there is not decides nothing either', async () => {
  const { system, id } = await upTo('map-stakeholders');
  const { status, html } = await system.answer(lena, 'map-stakeholders', 'verified', {
    [arrangeName]: 'up 0 stakeholders',
  });
  expect(status).toBe(200);
  expect(html).toContain('name="stakeholders.0.name"');
  expect((await system.load(id)).steps['map-stakeholders']?.decision).toBeUndefined();
});

it('The same in the form of the package, which saves nothing by it', async () => {
  const system = await openSystem({ at: won });
  const id = await system.win(sampleEvent('incomplete'));
  const before = (await system.load(id)).packageVersion;
  const { status, html } = await system.answer(anna, 'complete-package', 'complete', {
    'customerGoals.successMetrics': 'Plans a day | 12 | plans',
    [arrangeName]: arrangeValue('add', 'customerGoals.successMetrics'),
  });
  expect(status).toBe(200);
  expect(html).toContain('Metric 2 added');
  expect(html).toContain('value="Plans a day"');
  expect((await system.load(id)).packageVersion).toBe(before);
});

it('The button of a preview shows the email as the form has it, and sends nothing', async () => {
  const { system, id } = await upTo('introduce-customer');
  const sent = system.mails().length;
  const { status, html } = await system.answer(lena, 'introduce-customer', 'approved', {
    text: 'Hi **Ann**',
    [previewName]: '1',
  });
  expect(status).toBe(200);
  expect(html).toContain('Hi &lt;strong&gt;Ann&lt;/strong&gt;');
  expect(system.mails()).toHaveLength(sent);
  expect((await system.load(id)).steps['introduce-customer']?.decision).toBeUndefined();
});

it.each<[string, Readonly<Record<string, string>>, string]>([
  ['nobody to write to', { recipients: '' }, 'Enter an email address'],
  ['an address that is none', { recipients: 'foo' }, '&quot;foo&quot; needs the form name@company.com'],
  ['an address that is there twice', { recipients: 'a@b.example a@b.example' }, 'a@b.example is listed twice'],
  [
    'more people than one email reaches',
    { recipients: Array.from({ length: 50 }, (_, i) => `a${i}@b.example`).join(' ') },
    'One mail reaches at most 50 people',
  ],
  ['no email', { text: '' }, 'Enter mail'],
  ['too long an email', { text: 'x'.repeat(20_001) }, 'must be 20,000 characters or fewer, now 20,001'],
])('The preview of %s says so beside the field, as sending would', async (_, form, problem) => {
  const { system } = await upTo('introduce-customer');
  const page = await system.answer(lena, 'introduce-customer', 'approved', { ...form, [previewName]: '1' });
  expect(page.status).toBe(422);
  expect(page.html).toContain('There is a problem');
  expect(page.html.split(problem)).toHaveLength(3);
  expect(page.html).not.toContain('The preview is up to date');
});
