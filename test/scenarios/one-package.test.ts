import { describe, expect, it } from 'vitest';
import { openItemsOf } from '../../functions/domain/handoff/open-items.ts';
import { askStep, type Playbook } from '../../functions/domain/playbook/playbook.ts';
import { formFor } from '../../infra/local/play/page-form.ts';
import { sampleEvent } from '../support/deals.ts';
import { anna, lena, ruth } from '../support/handoff-record.ts';
import { full } from '../support/playbooks/full.ts';
import { won } from '../support/progress.ts';
import { type OpenSystem, openSystem, sameOrigin } from '../support/world.ts';

// Two people at one package: Anna fills it in, and Lena, who has said she brings one of the answers, has a page of her own.

const step = 'complete-package';
const term = 'contract.termMonths';
const useCase = 'dealContext.primaryUseCase';
const playbook: Playbook = {
  ...full,
  steps: { ...full.steps, [step]: { ...askStep(full, step), reviewedBy: ['revenueOperations'] } },
};

/** The exception is granted for the term, which Lena brings; the rest is still Anna's. */
async function shared() {
  const system = await openSystem({ at: won, playbook });
  const id = await system.win(sampleEvent('incomplete'));
  await system.answer(anna, step, 'request-exception', { reason: 'They decide in January.' });
  const { html } = await system.get(system.linkOf(ruth, step));
  const paths = new Set([...html.matchAll(/name="decision:([a-zA-Z0-9.]+)"/g)].map(([, path = '']) => path));
  const declined = [...paths].filter((path) => path !== term).map((path) => [`decision:${path}`, 'Decline']);
  const granted = await system.answer(ruth, step, 'grant-exception', {
    ...{ reason: 'We can start.', owner: lena, dueDate: '2026-12-15' },
    ...Object.fromEntries(declined),
  });
  expect(granted.status).toBe(200);
  await system.until('2026-11-17T08:42:00Z');
  const [item] = openItemsOf(await system.load(id));
  if (!item) throw new Error('Nothing is owed.');
  return { system, id, annas: system.linkOf(anna, step), lenas: system.linkOf(lena, item.step), item: item.step };
}

/** A page as it is now, and how a field of it is saved as it is typed, or all of it as a draft. */
async function open(system: OpenSystem, link: string) {
  const { html } = await system.get(link);
  const values = formFor(html, 'save')?.values ?? new Map<string, string[]>();
  const of = (names: readonly string[], typed: Readonly<Record<string, string>>) =>
    new URLSearchParams([
      ...names.flatMap((name) => (values.get(name) ?? []).map((value): [string, string] => [name, value])),
      ...Object.entries(typed),
    ]);
  return {
    field: (name: string, text: string, headers: Readonly<Record<string, string>> = sameOrigin) =>
      system.post(
        `${link}/field`,
        of(['nonce', 'round', 'packageVersion', `shown:${name}`], { [name]: text }),
        headers,
      ),
    form: (choice: string, typed: Readonly<Record<string, string>>) =>
      system.post(
        link,
        of(
          [...values.keys()].filter((name) => !(name in typed)),
          { choice, ...typed },
        ),
      ),
  };
}

const problemsIn = (html: string): string => /role="alert".*?<\/ul>/s.exec(html)?.[0] ?? '';

describe('two people at one package', () => {
  it('both get in what they typed; of the same field both answers are shown with who and when, and one is chosen', async () => {
    const { system, id, annas, lenas, item } = await shared();
    const [annasPage, lenasPage] = [await open(system, annas), await open(system, lenas)];
    await system.until('2026-11-17T08:45:00Z');
    const saved = await annasPage.field(useCase, 'Showrooms plan.');
    expect(JSON.parse(saved.html)).toMatchObject({ note: 'Saved 9:45 AM', isProblem: false });
    await system.until('2026-11-17T08:50:00Z');
    expect(JSON.parse((await lenasPage.field(term, '36')).html).note).toBe('Saved 9:50 AM');
    // What Lena owed is there: nobody asks her any more.
    expect((await system.load(id)).steps[item]?.decision).toMatchObject({ by: 'system' });

    await system.until('2026-11-17T08:55:00Z');
    const meeting = await annasPage.form('complete', { [term]: '24', 'contract.planTier': 'Gold' });
    expect(meeting.status).toBe(422);
    expect(problemsIn(meeting.html)).toContain('“Term length” has 2 answers');
    expect(meeting.html).toContain('<strong>Lena, 9:50 AM</strong><br>36');
    expect(meeting.html).toContain('<strong>You, 9:55 AM</strong><br>24');
    const both = await system.load(id);
    expect(both.package).toMatchObject({
      dealContext: { primaryUseCase: 'Showrooms plan.' },
      contract: { termMonths: 36, planTier: 'Gold' },
    });

    await system.until('2026-11-17T08:56:00Z');
    const handed = await system.answer(anna, step, 'complete', { [`keep:${term}`]: 'standing' });
    expect(handed.status).toBe(200);
    const done = await system.load(id);
    expect(done.steps[step]?.decision?.choice).toBe('complete');
    expect(done.package).toMatchObject({ contract: { termMonths: 36 } });
    expect(done.packageHistory?.[term]).not.toHaveProperty('rivals');
    // Who saved what, and when, is on record.
    const trail = (await system.world.audit.trail(id)).filter(({ what }) => what === 'package-saved');
    expect(trail.map(({ who, detail }) => `${who} ${detail.replace(/; .*/, '')}`)).toEqual([
      `${anna} Version 1: Primary use case`,
      `${lena} Version 2: Term length`,
      `${anna} Version 3: Plan tier`,
      expect.stringContaining(`${anna} Version 4: `),
    ]);
  });

  it('see on their page that the other one’s answer is being chosen, too', async () => {
    const { system, annas, lenas } = await shared();
    const [annasPage, lenasPage] = [await open(system, annas), await open(system, lenas)];
    await annasPage.field(term, 'abc');
    const late = JSON.parse((await lenasPage.field(term, '36')).html);
    expect(late).toMatchObject({
      note: 'Somebody else answered this, too: choose the answer to keep.',
      isProblem: true,
    });
    expect(late.parts['part-contract-termMonths']).toContain('<strong>Anna, 9:42 AM</strong><br>abc');
    expect((await system.get(annas)).html).toContain('<strong>Lena, 9:42 AM</strong><br>36');
  });

  it('are told when the other answer is their own, of another window', async () => {
    const { system, annas } = await shared();
    const [one, other] = [await open(system, annas), await open(system, annas)];
    await one.field(term, '24');
    expect(JSON.parse((await other.field(term, '36')).html).note).toBe(
      'You answered this in another window, too: choose the answer to keep.',
    );
  });
});

describe('a field that is saved as it is typed', () => {
  it('says once what is wrong with it', async () => {
    const { system, annas } = await shared();
    const { note } = JSON.parse((await (await open(system, annas)).field('contract.signedAt', '31.11.2027')).html);
    expect(note).toBe('Saved 9:42 AM. There is no 31.11.2027');
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['nowhere', {}],
  ])('changes nothing when it comes from %s', async (_, headers) => {
    const { system, annas } = await shared();
    const page = await open(system, annas);
    const before = await system.dump();
    expect((await page.field(useCase, 'Showrooms plan.', headers)).status).toBe(403);
    expect(await system.dump()).toEqual(before);
  });

  it('changes nothing on a page that was open for more than a day; the page gets a new nonce with each save', async () => {
    const { system, id, annas } = await shared();
    const page = await open(system, annas);
    await system.until('2026-11-18T08:00:00Z');
    const { nonce } = JSON.parse((await page.field(useCase, 'Showrooms plan.')).html);
    await system.until('2026-11-18T10:00:00Z');
    const late = await page.field(useCase, 'Kitchens.');
    expect(late.status).toBe(403);
    expect(late.html).toContain('Kitchens.');
    const { html } = await system.get(annas);
    const shown = formFor(html, 'save')?.values.get(`shown:${useCase}`)?.[0] ?? '';
    const form = { nonce, round: '1', [`shown:${useCase}`]: shown, [useCase]: 'Kitchens.' };
    expect((await system.post(`${annas}/field`, new URLSearchParams(form))).status).toBe(200);
    expect((await system.load(id)).package).toMatchObject({ dealContext: { primaryUseCase: 'Kitchens.' } });
  });

  it('is refused for a link that nobody has, and for a reader who has no form', async () => {
    const { system } = await shared();
    const reviewer = system.linkOf(ruth, step);
    const page = await open(system, reviewer);
    expect((await page.field(useCase, 'Kitchens.')).status).toBe(403);
    const { html } = await system.get(reviewer);
    const [, nonce = ''] = /name="nonce" value="([^"]+)"/.exec(html) ?? [];
    const form = new URLSearchParams({ nonce, round: '1', [useCase]: 'Kitchens.' });
    const refused = await system.post(`${reviewer}/field`, form);
    expect(refused.status).toBe(409);
    expect(JSON.parse(refused.html).refused).toContain('Not saved');
    expect((await system.post('/s/nobodys/field', form)).status).toBe(403);
  });
});
