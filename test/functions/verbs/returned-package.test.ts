import { describe, expect, it } from 'vitest';
import { decideStep } from '../../../functions/verbs/decide-step.ts';
import { anna, lena } from '../../support/handoff-record.ts';
import { upTo } from '../../support/progress.ts';
import { hiddenFields, type OpenSystem } from '../../support/world.ts';

const step = 'complete-package';

/** The package has come back to Anna with a question about a field and another one. */
async function returned() {
  const { system, id } = await upTo('review-brief');
  const answer = await system.answer(lena, 'review-brief', 'return', {
    'gaps.contract.termMonths': 'Does it renew by itself?',
    gaps: 'Who signs off the migration?',
  });
  expect(answer.status).toBe(200);
  // A round begins with a mail of its own, later than the one before.
  await system.until('2026-11-17T08:40:00Z');
  return { system, id, link: system.linkOf(anna, step) };
}

/** Sends the package form of a link with nothing but what is said. */
async function send(system: OpenSystem, link: string, choice: string, form: Readonly<Record<string, string>> = {}) {
  const { html } = await system.get(link);
  return system.post(link, new URLSearchParams({ ...hiddenFields(html), choice, ...form }));
}

const decisionOf = async (system: OpenSystem, id: string) => (await system.load(id)).steps[step]?.decision;

describe('a package that came back', () => {
  it('tells the account executive what is needed, in its subject too', async () => {
    const { system } = await returned();
    const mail = system.mails().findLast(({ tags }) => tags['step'] === step);
    expect(mail?.subject).toMatch(/: Lena needs 2 more answers by Wed \d+(:\d\d)? [AP]M$/);
    expect(mail?.text).toContain('Term length: Does it renew by itself?');
    expect(mail?.text).toContain('Who signs off the migration?');
  });

  it('is not handed over again before each gap is answered; what was typed is kept', async () => {
    const { system, id, link } = await returned();
    const half = await send(system, link, 'complete', { 'answers.1': 'Ana <b> does.' });
    expect(half.status).toBe(422);
    const [problems = ''] = /role="alert".*?<\/ul>/s.exec(half.html) ?? [];
    expect(problems).toContain('href="#package-answers-0"');
    expect(problems).not.toContain('href="#package-answers-1"');
    expect(half.html).toContain('Ana &lt;b&gt; does.');
    expect(await decisionOf(system, id)).toBeUndefined();
    // Also on a page that is opened later.
    expect((await system.get(link)).html).toContain('Ana &lt;b&gt; does.');

    const whole = await send(system, link, 'complete', { 'answers.0': 'It does, after 24 months.' });
    expect(whole.status).toBe(200);
    expect((await decisionOf(system, id))?.evidence['answers']).toEqual([
      {
        path: 'contract.termMonths',
        question: 'Does it renew by itself?',
        was: expect.any(String),
        answer: 'It does, after 24 months.',
      },
      { question: 'Who signs off the migration?', answer: 'Ana <b> does.' },
    ]);
    const trail = await system.world.audit.trail(id);
    const told = (of: string) => trail.find((entry) => entry.what === 'decided' && entry.step === of)?.detail;
    expect(told('review-brief')).toContain('Term length: Does it renew by itself?; Who signs off the migration?');
    expect(told(step)).toContain('Who signs off the migration? Answer: Ana <b> does.');
    // The reviewer sees it in the mail and on the page.
    const mail = system.mails().findLast(({ tags }) => tags['step'] === 'review-brief');
    expect(mail?.text).toContain('Answer: It does, after 24 months.');
    expect((await system.get(system.linkOf(lena, 'review-brief'))).html).toContain('Answer: Ana &lt;b&gt; does.');
  });

  it('takes another answer in the field for an answer', async () => {
    const { system, id, link } = await returned();
    const answer = await send(system, link, 'complete', { 'contract.termMonths': '36', 'answers.1': 'Ana.' });
    expect(answer.status).toBe(200);
    const [changed] = ((await decisionOf(system, id))?.evidence['answers'] ?? []) as readonly unknown[];
    expect(changed).toMatchObject({ now: '36', was: expect.stringMatching(/^\d+$/) });
    expect(changed).not.toHaveProperty('answer');
    const { html } = await system.get(system.linkOf(lena, 'review-brief'));
    expect(html).toMatch(/Now: 36<br>Before: \d+/);
  });

  it('keeps answers on saving, and when an exception is asked for, which needs none', async () => {
    const { system, id, link } = await returned();
    expect((await send(system, link, 'save', { 'answers.0': 'Not yet known' })).status).toBe(200);
    const asked = await send(system, link, 'request-exception', { reason: 'They decide in May.', 'answers.1': 'Ana' });
    expect(asked.status).toBe(200);
    expect((await system.load(id)).gapAnswers).toEqual({
      round: 2,
      texts: { 'answers.0': 'Not yet known', 'answers.1': 'Ana' },
    });
    // Saved again without a change, nothing is written.
    const { packageVersion } = await system.load(id);
    await send(system, link, 'save', { 'answers.1': 'Ana' });
    expect((await system.load(id)).packageVersion).toBe(packageVersion);
  });

  it('keeps both where two tabs answer the same, and hands over once somebody has chosen', async () => {
    const { system, id, link } = await returned();
    const old = hiddenFields((await system.get(link)).html);
    await send(system, link, 'save', { 'answers.0': 'First', 'answers.1': 'Ana.' });
    const late = await system.post(link, new URLSearchParams({ ...old, choice: 'save', 'answers.0': 'Second' }));
    expect(late.status).toBe(422);
    expect(late.html).toContain('First');
    expect(late.html).toContain('Second');
    expect((await system.load(id)).gapAnswers?.texts['answers.0']).toBe('First');
    const early = await send(system, link, 'complete');
    expect(early.status).toBe(422);
    expect(early.html).toContain('choose the one to keep');
    const { html } = await system.get(link);
    const [, second = ''] = /name="keep:answers\.0" value="(?!standing|both)([^"]+)"/.exec(html) ?? [];
    const chosen = await send(system, link, 'complete', { 'keep:answers.0': second });
    expect(chosen.status).toBe(200);
    expect((await decisionOf(system, id))?.evidence['answers']).toMatchObject([
      { answer: 'Second' },
      { answer: 'Ana.' },
    ]);
  });

  it('refuses answers to gaps that have gone, and gives them back under their questions', async () => {
    const { system, id, link } = await returned();
    const { html } = await system.get(link);
    await send(system, link, 'complete', { 'answers.0': 'Yes.', 'answers.1': 'Ana.' });
    await system.answer(lena, 'review-brief', 'return', { gaps: 'And who pays for it?' });
    const form = {
      ...hiddenFields(html),
      choice: 'complete',
      'answers.0': 'It is 24 months',
      'answers.1': '<i>Bo</i>',
    };
    const outcome = await decideStep(system.world)({ linkId: link.replace('/s/', ''), form, at: system.now() });
    expect(outcome).toMatchObject({
      kind: 'stale',
      changed: { by: 'Lena Vogt' },
      typed: [
        { label: 'Term length: Does it renew by itself?', value: 'It is 24 months' },
        { label: 'Who signs off the migration?', value: '<i>Bo</i>' },
      ],
    });
    expect(await decisionOf(system, id)).toBeUndefined();
    expect((await system.load(id)).gapAnswers?.texts['answers.0']).toBe('Yes.');
    // The new round asks its own question, and the old answers are none to it.
    const fresh = await system.get(system.linkOf(anna, step));
    expect(fresh.html).toContain('And who pays for it?');
    expect(fresh.html).not.toMatch(/(>|value=")Ana\.(<\/textarea>|")/);
    expect((await send(system, system.linkOf(anna, step), 'complete')).status).toBe(422);
  });

  it('refuses a return without a gap, or with one that is too long, and keeps what was typed', async () => {
    const { system, id } = await upTo('review-brief');
    const link = system.linkOf(lena, 'review-brief');
    expect((await send(system, link, 'return', { gaps: ' ' })).status).toBe(422);
    const long = await send(system, link, 'return', { 'gaps.dealContext.whyUs': 'y'.repeat(1500), gaps: 'Kept' });
    expect(long.status).toBe(422);
    expect(long.html).toContain('Your question about Why us must be 1,000 characters or fewer, now 1,500');
    expect(long.html).toContain('y'.repeat(1500));
    expect(long.html).toContain('Kept');
    expect((await system.load(id)).steps['review-brief']?.decision).toBeUndefined();
  });
});
