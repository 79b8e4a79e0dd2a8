import { describe, expect, it } from 'vitest';
import type { Form } from '../../../../functions/domain/fields/evidence.ts';
import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import { rivalId } from '../../../../functions/domain/handoff/package-history.ts';
import { fieldsOfForm, packageForm } from '../../../../functions/domain/step/package-form.ts';
import {
  choiceProblems,
  keepName,
  mergePackage,
  offeredName,
  shownName,
} from '../../../../functions/domain/step/package-merge.ts';
import { anna, handoffRecord, lena, stepRecord } from '../../../support/handoff-record.ts';

const step = 'complete-package';
const field = 'dealContext.whyUs';
const term = 'contract.termMonths';
const at = '2026-11-20T15:00:00Z';

const began = handoffRecord({ sample: 'incomplete', steps: [stepRecord(step, { owner: anna })] });

/** A page with the form as the record has it; `send` sends it with what was typed since. */
function pageOf(record: HandoffRecord) {
  const form = packageForm(record, step, { gaps: [], savedBy: () => '' });
  const fields = fieldsOfForm(form);
  const shown = Object.fromEntries([
    ...fields.flatMap(({ name, value, shown: mark, rivals }) => [
      [shownName(name), mark],
      ...(rivals ? [[offeredName(name), rivals.offered]] : [[name, value]]),
    ]),
  ]);
  return (typed: Form) => ({ packageVersion: String(form.version), ...shown, ...typed });
}

/** The record after somebody sent a form. */
function sent(record: HandoffRecord, form: Form, by = anna): HandoffRecord {
  const merged = mergePackage(record, { step, form, by, at });
  if (!merged) throw new Error('The form was not taken.');
  const { package: pkg, history, written } = merged;
  if (written.length === 0) return record;
  return { ...record, package: pkg, packageHistory: history, packageVersion: record.packageVersion + 1 };
}

const said = ({ package: pkg }: HandoffRecord) => {
  const { dealContext, contract } = pkg as { dealContext?: { whyUs?: unknown }; contract?: { termMonths?: unknown } };
  return { whyUs: dealContext?.whyUs, term: contract?.termMonths };
};
const rivalsOf = ({ packageHistory }: HandoffRecord, path = field) => packageHistory?.[path]?.rivals ?? [];

describe('two who fill in the package at once', () => {
  it('both get in what they changed, where it is not the same field', () => {
    const [annas, lenas] = [pageOf(began), pageOf(began)];
    const one = sent(began, lenas({ [term]: '36' }), lena);
    const both = sent(one, annas({ [field]: 'The price.' }));
    expect(said(both)).toEqual({ whyUs: 'The price.', term: 36 });
    expect(choiceProblems(both, step)).toEqual([]);
    expect(both.packageHistory).toMatchObject({ [term]: { saved: { by: lena } }, [field]: { saved: { by: anna } } });
  });

  it('are asked to choose where they changed the same, and both answers are kept until then', () => {
    const [annas, lenas] = [pageOf(began), pageOf(began)];
    const both = sent(sent(began, lenas({ [field]: 'Support.' }), lena), annas({ [field]: 'The price.' }));
    expect(said(both).whyUs).toBe('Support.');
    expect(rivalsOf(both)).toEqual([{ by: anna, at, text: 'The price.' }]);
    expect(choiceProblems(both, step)).toMatchObject([{ field }]);
    // The page asks, and sends no text of its own.
    const [shown] = fieldsOfForm(packageForm(both, step, { gaps: [], savedBy: (saved) => saved?.by ?? '' })).filter(
      ({ name }) => name === field,
    );
    expect(shown?.rivals?.options.map(({ by, text }) => [by, text])).toEqual([
      [lena, 'Support.'],
      [anna, 'The price.'],
      ['All of it', 'One after the other, for you to edit.'],
    ]);
    expect(sent(both, pageOf(both)({}))).toBe(both);
  });

  it.each([
    ['the one that stands', 'standing', 'Support.'],
    ['the other one', 'other', 'The price.'],
    ['both', 'both', 'Support.\nThe price.'],
  ])('go on with %s', (_, choice, expected) => {
    const [annas, lenas] = [pageOf(began), pageOf(began)];
    const both = sent(sent(began, lenas({ [field]: 'Support.' }), lena), annas({ [field]: 'The price.' }));
    const [rival] = rivalsOf(both);
    const keep = choice === 'other' && rival ? rivalId(rival) : choice;
    const chosen = sent(both, pageOf(both)({ [keepName(field)]: keep }), lena);
    expect(said(chosen).whyUs).toBe(expected);
    expect(rivalsOf(chosen)).toEqual([]);
    // Sent once more, it is nothing new.
    expect(sent(chosen, pageOf(both)({ [keepName(field)]: keep }), lena)).toBe(chosen);
  });

  it('are asked once more where another answer came while they chose', () => {
    const [annas, lenas, third] = [pageOf(began), pageOf(began), pageOf(began)];
    const both = sent(sent(began, lenas({ [field]: 'Support.' }), lena), annas({ [field]: 'The price.' }));
    const choosing = pageOf(both)({ [keepName(field)]: 'standing' });
    const three = sent(both, third({ [field]: 'Speed.' }));
    expect(rivalsOf(three)).toHaveLength(2);
    const chosen = sent(three, choosing);
    expect(rivalsOf(chosen).map(({ text }) => text)).toEqual(['Speed.']);
    const moved = sent(three, pageOf(three)({ [keepName(field)]: 'both' }), lena);
    expect(said(moved).whyUs).toBe('Support.\nThe price.\nSpeed.');
    expect(sent(moved, choosing)).toBe(moved);
  });

  it('agree where they typed the same', () => {
    const [annas, lenas] = [pageOf(began), pageOf(began)];
    const one = sent(began, lenas({ [term]: '36' }), lena);
    expect(sent(one, annas({ [term]: ' 36' }))).toBe(one);
  });

  it('take out an answer only where it is the one they saw', () => {
    const known = sent(began, pageOf(began)({ [field]: 'Support.' }), lena);
    const page = pageOf(known);
    expect(said(sent(known, page({ [field]: '' }))).whyUs).toBeUndefined();
    const changed = sent(known, pageOf(known)({ [field]: 'Support in German.' }), lena);
    const kept = sent(changed, page({ [field]: '' }));
    expect(said(kept).whyUs).toBe('Support in German.');
    expect(rivalsOf(kept)).toMatchObject([{ text: '' }]);
  });
});

describe('a form that comes again', () => {
  it('is known, also when somebody who had seen it changed it since', () => {
    const form = pageOf(began)({ [field]: 'The price.' });
    const once = sent(began, form);
    expect(mergePackage(once, { step, form, by: anna, at })).toMatchObject({ written: [], again: [field] });
    const changed = sent(once, pageOf(once)({ [field]: 'The price, and support.' }), lena);
    expect(sent(changed, form)).toBe(changed);
  });

  it('adds no second answer to choose from', () => {
    const [annas, lenas] = [pageOf(began)({ [field]: 'The price.' }), pageOf(began)({ [field]: 'Support.' })];
    const both = sent(sent(began, lenas, lena), annas);
    expect(mergePackage(both, { step, form: annas, by: anna, at })).toMatchObject({ written: [], again: [field] });
    const chosen = sent(both, pageOf(both)({ [keepName(field)]: 'standing' }), lena);
    expect(sent(chosen, annas)).toBe(chosen);
  });

  it('is not taken for one where somebody changes their mind twice', () => {
    const first = sent(began, pageOf(began)({ [term]: '24' }));
    const second = sent(first, pageOf(first)({ [term]: '36' }));
    const third = sent(second, pageOf(second)({ [term]: '24' }));
    expect(said(third).term).toBe(24);
    expect(said(sent(third, pageOf(third)({ [term]: '36' }))).term).toBe(36);
  });
});

describe('a page of before fields told what they showed', () => {
  it('saves what it showed of this version, and keeps both where the package is another one since', () => {
    const old = { packageVersion: String(began.packageVersion), [field]: 'The price.' };
    expect(said(sent(began, old)).whyUs).toBe('The price.');
    const changed = sent(began, pageOf(began)({ [field]: 'Support.' }), lena);
    const both = sent(changed, old);
    expect(said(both).whyUs).toBe('Support.');
    expect(rivalsOf(both)).toMatchObject([{ text: 'The price.' }]);
  });

  it('is none at all with a version that there never was', () => {
    const form = { packageVersion: 'abc', [field]: 'The price.' };
    expect(mergePackage(began, { step, form, by: anna, at })).toBeUndefined();
  });
});
