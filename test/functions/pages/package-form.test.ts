import { describe, expect, it } from 'vitest';
import { checkedPackage } from '../../../functions/domain/handoff/handoff-package.ts';
import { choiceProblems, mergePackage, shownMark } from '../../../functions/domain/step/package-merge.ts';
import { viewStep } from '../../../functions/domain/step/step-view.ts';
import { stepPage } from '../../../functions/pages/step-page.ts';
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

const step = 'complete-package';
const at = '2026-11-24T09:42:00Z';

function pageOf(record: ReturnType<typeof handoffRecord>, saved?: string): string {
  const { gaps } = checkedPackage(record);
  const view = viewStep({ record, link: linkTo(step, anna), people, roster: roster(), gaps, at, calendarOf, site });
  if (!view) throw new Error('There is no such page.');
  return stepPage(view, { path: '/s/AbC', nonce: 'n', ...(saved !== undefined && { saved }) });
}

const steps = [stepRecord(step, { owner: anna })];

describe('the package form', () => {
  it.each(['incomplete', 'complete-standard', 'awkward-text', 'enterprise-across-zones', 'self-serve'] as const)(
    'changes nothing when it is sent as it was shown, also where others have saved since (%s)',
    (sample) => {
      const record = handoffRecord({ sample, steps });
      const form = Object.fromEntries(formFor(pageOf(record), 'save')?.values ?? []);
      expect(Object.keys(form).length).toBeGreaterThan(40);
      expect(mergePackage(record, { step, form, by: anna, at })?.written).toEqual([]);
      const others = {
        'dealContext.whyUs': 'Other words.',
        stakeholders: 'Ann | ann@client.example | champion | high | stays',
      };
      const shown = Object.keys(others).map((name) => [`shown:${name}`, form[`shown:${name}`] ?? '']);
      const theirs = { ...Object.fromEntries(shown), ...others };
      const merged = mergePackage(record, { step, form: theirs, by: lena, at });
      expect(merged?.written.toSorted()).toEqual(Object.keys(others).sort());
      const since = { ...record, package: merged?.package, packageHistory: merged?.history ?? {}, packageVersion: 2 };
      expect(mergePackage(since, { step, form, by: anna, at })?.written).toEqual([]);
    },
  );

  it('goes section by section, each with how far it is, what it is good for, and a way there from the top', () => {
    const html = pageOf(handoffRecord({ sample: 'incomplete', steps }));
    expect(html).toContain('14 answers to go');
    expect(html).toContain('23 of 37 answers are there.');
    expect(html).toContain('<a href="#section-contract">Contract</a> <span class="badge soon">8 of 10</span>');
    expect(html).toMatch(/<fieldset class="section" id="section-contract"><legend>Contract <span id="count-contract">/);
    expect(html).toContain('Nobody promises what isn&#39;t in it.');
    // What is there already is folded away.
    expect(html).toMatch(
      /<summary>The answers that are there already<\/summary>(?:(?!<\/details>).)*name="contract\.value"/s,
    );
    const whole = pageOf(handoffRecord({ steps }));
    expect(whole).toContain('Nothing is missing');
    expect(whole).toContain('<span class="badge good">10 of 10</span>');
  });

  it('saves a draft from each of its sections, comes back there, and says when it was saved', () => {
    const html = pageOf(handoffRecord({ sample: 'incomplete', steps }), '10:42 AM');
    const ways = [
      ...html.matchAll(/<button name="choice" value="save" class="quiet" formaction="\/s\/AbC#section-(\w+)">/g),
    ];
    expect(ways.map(([, section]) => section)).toHaveLength(9);
    expect(html).toContain('Saved 10:42 AM');
  });

  it('shows two answers side by side, told apart by who gave them and when, until one is chosen', () => {
    const hostile = '<b>36</b> & "more"';
    const record = handoffRecord({ sample: 'incomplete', steps });
    const history = {
      'dealContext.whyUs': {
        ...{ version: 3, marks: [], saved: { by: anna, at: '2026-11-24T09:30:00Z' } },
        rivals: [{ by: lena, at: '2026-11-23T09:42:00Z', text: hostile }],
      },
    };
    const contested = { ...record, packageHistory: history };
    const html = pageOf(contested);
    expect(html).toContain('<strong>You, 10:30 AM</strong>');
    expect(html).toContain(
      '<strong>Lena, Mon, Nov 23, 10:42 AM</strong><br>&lt;b&gt;36&lt;/b&gt; &amp; &quot;more&quot;',
    );
    expect(html).toContain('This has 2 answers. All are kept: choose one.');
    const form = formFor(html, 'save');
    // The field itself is not sent, so that nothing is chosen by pressing another button.
    expect(form?.values.has('dealContext.whyUs')).toBe(false);
    expect(form?.fields.find(({ name }) => name === 'keep:dealContext.whyUs')?.options).toHaveLength(3);
    expect(form?.values.get('shown:dealContext.whyUs')).toEqual([shownMark(String(whyUsIn(contested)))]);
    expect(choiceProblems(contested, step)).toHaveLength(1);
  });
});

const whyUsIn = ({ package: pkg }: ReturnType<typeof handoffRecord>): unknown =>
  (pkg as { dealContext: { whyUs: unknown } }).dealContext.whyUs;
