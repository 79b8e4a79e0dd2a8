import { describe, expect, it } from 'vitest';
import type { NamedGap } from '../../../functions/domain/fields/values.ts';
import { saidNow } from '../../../functions/domain/handoff/gap-fields.ts';
import type { HandoffRecord } from '../../../functions/domain/handoff/handoff.ts';
import { checkedPackage } from '../../../functions/domain/handoff/handoff-package.ts';
import type { Link } from '../../../functions/domain/handoff/link.ts';
import { viewStep } from '../../../functions/domain/step/step-view.ts';
import { stalePage } from '../../../functions/pages/outcome-pages.ts';
import { script } from '../../../functions/pages/script.ts';
import { type StepPageOptions, stepPage } from '../../../functions/pages/step-page.ts';
import { formFor } from '../../../infra/local/play/page-form.ts';
import { roster } from '../../support/deals.ts';
import {
  anna,
  calendarOf,
  handoffRecord,
  lena,
  linkTo,
  people,
  site,
  stepRecord,
} from '../../support/handoff-record.ts';
import { tagProblems } from '../../support/markup.ts';

const hostile = '"><script>alert(1)</script> & \'';

function pageOf(record: HandoffRecord, link: Link, refused?: StepPageOptions['refused']): string {
  const { gaps } = checkedPackage(record);
  const view = viewStep({ record, link, people, roster: roster(), gaps, at: '2026-11-24T09:00:00Z', calendarOf, site });
  if (!view) throw new Error('There is no such page.');
  const html = stepPage(view, { path: '/s/AbC', nonce: 'n', ...(refused && { refused }) });
  const own = html.replace(`<script>${script}</script>`, '');
  expect(tagProblems(own)).toEqual([]);
  expect(own).not.toMatch(/<script|undefined|\[object/);
  const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, ids = ''] of html.matchAll(/ aria-describedby="([^"]*)"/g))
    for (const id of ids.split(' ')) expect(html).toContain(` id="${id}"`);
  return html;
}

describe('the page that returns a package', () => {
  const review = handoffRecord({ steps: [stepRecord('review-brief')] });

  it('asks about each field of the package, by section, with what it says now', () => {
    const html = pageOf(review, linkTo('review-brief', lena));
    const form = formFor(html, 'return');
    expect(form?.fields.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['gaps', 'gaps.dealContext.whyUs', 'gaps.contract.termMonths', 'gaps.stakeholders']),
    );
    expect(form?.fields.find(({ name }) => name === 'gaps')).toMatchObject({ shown: true, required: false });
    expect(html).toMatch(/<summary>Contract<\/summary>/);
    expect(html).toMatch(/Now: \S/);
    // Everything has a label, and nothing depends on a script.
    for (const { name } of form?.fields ?? [])
      expect(html).toMatch(new RegExp(`<label for="([^"]*)">[^<]*.*?</label>[^]*?id="\\1"[^>]*name="${name}"`));
  });

  it('shows again what was typed, and opens the sections in which something is', () => {
    const problems = [{ field: 'gaps', problem: 'Your question about Why us is too long' }];
    const typed = { 'gaps.dealContext.whyUs': hostile, gaps: 'Another' };
    const html = pageOf(review, linkTo('review-brief', lena), { choice: 'return', problems, typed });
    expect(formFor(html, 'return')?.values.get('gaps.dealContext.whyUs')).toEqual([hostile]);
    expect(formFor(html, 'return')?.values.get('gaps')).toEqual(['Another']);
    expect(html.match(/<details open>/g)).toHaveLength(1);
    expect(html).toContain('<a href="#return-gaps">Your question about Why us is too long');
    expect(html).toContain('id="return-gaps"');
  });
});

describe('the page of a package that came back', () => {
  const gaps: readonly NamedGap[] = [
    { path: 'dealContext.whyUs', question: hostile, was: 'x' },
    { path: 'dealContext.whyUs', question: 'Who said so?', was: 'x' },
    { path: 'no.such.field', question: 'Is this gone?' },
    { question: 'Who signs off?' },
  ];
  const record = handoffRecord({
    steps: [
      stepRecord('complete-package', { owner: anna, round: 2 }),
      stepRecord('review-brief', { decided: { choice: 'return', evidence: { gaps } } }),
    ],
  });
  const returned = { ...record, gapAnswers: { round: 2, texts: { 'answers.3': 'Ana, I think' } } };

  it('asks for each gap beside its field, which stands nowhere else, and leads there from the top', () => {
    const html = pageOf(returned, linkTo('complete-package', anna));
    const names = formFor(html, 'complete')?.fields.map(({ name }) => name) ?? [];
    expect(names.slice(0, 5)).toEqual(['answers.2', 'answers.3', 'dealContext.whyUs', 'answers.0', 'answers.1']);
    for (const index of [0, 1, 2, 3]) expect(html).toContain(`<a href="#package-answers-${index}">`);
    expect(html.match(/name="dealContext\.whyUs"/g)).toHaveLength(1);
    expect(formFor(html, 'complete')?.values.get('answers.3')).toEqual(['Ana, I think']);
    // The field they are about says something else by now, which answers two of them; one has its answer typed.
    expect(html).toContain('<h2>1 answer to go</h2>');
    expect(html).toContain('returned it</strong> on Mon, Nov 23, 11 AM Berlin time and needs 4 more answers.');
  });

  it('counts in its section what is still to be answered', () => {
    const was = saidNow(returned, 'dealContext.whyUs');
    const about = { path: 'dealContext.whyUs', question: 'Who said so?', was };
    const untouched = handoffRecord({
      steps: [
        stepRecord('complete-package', { owner: anna, round: 2 }),
        stepRecord('review-brief', { decided: { choice: 'return', evidence: { gaps: [about] } } }),
      ],
    });
    const html = pageOf(untouched, linkTo('complete-package', anna));
    expect(html).toContain(
      '<a href="#section-dealContext">Deal context</a> <span class="badge soon">1 to answer</span>',
    );
    expect(html).toContain('Answer what was asked, then hand over the package.');
  });

  it('leads from each problem to its answer, and keeps what was typed', () => {
    const problems = [{ field: 'answers.3', problem: 'Answer "Who signs off?", or say why not' }];
    const typed = { 'answers.1': 'Their CFO', 'answers.3': '' };
    const html = pageOf(returned, linkTo('complete-package', anna), { choice: 'complete', problems, typed });
    expect(html).toContain('<a href="#package-answers-3">Answer &quot;Who signs off?&quot;, or say why not');
    expect(formFor(html, 'complete')?.values.get('answers.1')).toEqual(['Their CFO']);
    expect(formFor(html, 'complete')?.values.get('answers.3')).toEqual(['']);
  });

  it('shows others what was named', () => {
    const html = pageOf(returned, linkTo('complete-package', 'klaus.brandt@example.com', 'manager'));
    expect(html).toContain('Why us: Who said so?');
    expect(html).not.toContain('name="answers.0"');
  });

  it('shows the reviewer what became of each gap', () => {
    const answers = [
      { ...gaps[0], question: 'What decided?', now: hostile },
      { question: 'Who?', answer: hostile },
    ];
    const again = handoffRecord({
      steps: [
        stepRecord('complete-package', {
          owner: anna,
          round: 2,
          decided: { choice: 'complete', evidence: { answers } },
        }),
        stepRecord('review-brief', {
          round: 2,
          earlier: [stepRecord('review-brief', { decided: { choice: 'return', evidence: { gaps } } })],
        }),
      ],
    });
    const html = pageOf(again, linkTo('review-brief', lena));
    expect(html).toContain('Anna Keller has handed it over again.');
    expect(html).toMatch(
      /<dt dir="auto">Why us: What decided\?<\/dt><dd dir="auto">Now: &quot;&gt;.*<br>Before: x<\/dd>/,
    );
    expect(html).toMatch(/<dt dir="auto">Who\?<\/dt><dd dir="auto">Answer: &quot;&gt;/);
  });
});

describe('the page for whoever came too late', () => {
  it('gives back what was typed, beside what stands there now', () => {
    const html = stalePage({
      site,
      path: '/s/AbC',
      changed: { by: hostile, when: 'Mon, Nov 23, 4 PM Berlin time' },
      typed: [
        { label: hostile, value: `${hostile}\nline 2`, now: 'What stands there' },
        { label: 'Why', value: 'Because' },
      ],
    });
    expect(tagProblems(html)).toEqual([]);
    expect(html).not.toContain('<script');
    expect(html).toContain('changed this on Mon, Nov 23, 4 PM Berlin time</h1>');
    expect(html).toContain('Yours isn’t saved yet: compare, then save.');
    expect(html).toContain('<br>line 2');
    expect(html).toMatch(/Yours, not saved<.*line 2.*>Now<.*What stands there.*Because.*Nothing yet/s);
  });
});
