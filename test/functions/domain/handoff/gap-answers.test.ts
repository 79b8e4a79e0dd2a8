import { describe, expect, it } from 'vitest';
import { packageFieldsOf } from '../../../../functions/domain/deal/package.ts';
import type { AnsweredGap, NamedGap } from '../../../../functions/domain/fields/values.ts';
import { auditText, handedOverAgain } from '../../../../functions/domain/handoff/answered-gaps.ts';
import { completenessScore } from '../../../../functions/domain/handoff/completeness-score.ts';
import {
  answeredGaps,
  answerProblems,
  gapsToReturn,
  openGaps,
  typedAnswers,
} from '../../../../functions/domain/handoff/gap-answers.ts';
import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import { anna, handoffRecord, stepRecord } from '../../../support/handoff-record.ts';

const step = 'complete-package';
const whyUs = { path: 'dealContext.whyUs', question: 'What decided in the end?', was: 'The price.' };
const free = { question: 'Who signs off?' };

/** The package came back with these gaps; it says this of why us. */
function returned(
  gaps: readonly NamedGap[] | string,
  more: { readonly now?: string; readonly texts?: Readonly<Record<string, string>>; readonly round?: number } = {},
): HandoffRecord {
  const base = handoffRecord({
    steps: [
      stepRecord(step, { owner: anna, round: more.round ?? 2 }),
      stepRecord('review-brief', { decided: { choice: 'return', evidence: { gaps } } }),
    ],
  });
  const record = {
    ...base,
    package: { ...(base.package as object), dealContext: { whyUs: more.now ?? 'The price.' } },
  };
  return more.texts ? { ...record, gapAnswers: { round: 2, texts: more.texts } } : record;
}

describe('the gaps of a return', () => {
  it('remember what their field said', () => {
    const { question, path } = whyUs;
    const record = returned([]);
    const evidence = gapsToReturn(record, 'review-brief', {
      choice: 'return',
      evidence: { gaps: [{ path, question }, free] },
    });
    expect(evidence).toEqual({ gaps: [whyUs, free] });
    expect(gapsToReturn(record, 'review-brief', { choice: 'accept', evidence })).toBe(evidence);
  });

  it('are answered by a text, or by another answer in their field', () => {
    expect(answerProblems(returned([whyUs, free]), step)).toEqual([
      { field: 'answers.0', problem: expect.stringContaining(', change the answer it is about, or say why not') },
      { field: 'answers.1', problem: 'Answer "Who signs off?" or say why not' },
    ]);
    const changed = returned([whyUs, free], { now: 'The support.', texts: { 'answers.1': 'Ana does.' } });
    expect(answerProblems(changed, step)).toEqual([]);
    expect(answeredGaps(changed, step)).toEqual([
      { ...whyUs, now: 'The support.' },
      { ...free, answer: 'Ana does.' },
    ]);
    expect(answerProblems(returned([whyUs], { texts: { 'answers.0': 'It was the price indeed.' } }), step)).toEqual([]);
  });

  it('are not answered by an answer taken out, or by a change behind what is remembered', () => {
    expect(answerProblems(returned([whyUs], { now: '  ' }), step)).toHaveLength(1);
    const long = 'a'.repeat(900);
    const gaps = gapsToReturn(returned([], { now: long }), 'review-brief', {
      choice: 'return',
      evidence: { gaps: [{ path: whyUs.path, question: '?' }] },
    })['gaps'] as readonly NamedGap[];
    expect(gaps[0]?.was?.length).toBeLessThan(300);
    expect(answerProblems(returned(gaps, { now: long }), step)).toHaveLength(1);
    expect(answerProblems(returned(gaps, { now: `${long}!` }), step)).toEqual([]);
  });

  it.each(['tbd', '-', 'n/a', 'Unknown.'])('are not answered by "%s"', (text) => {
    const [problem] = answerProblems(returned([free], { texts: { 'answers.0': text } }), step);
    expect(problem).toEqual({
      field: 'answers.0',
      problem: `"${text}" isn't an answer yet to "Who signs off?": say why not`,
    });
  });

  it('take "none" for an answer, and texts that fit', () => {
    const said = (...texts: string[]) =>
      answerProblems(
        returned(
          texts.map((_, i) => ({ question: `${i}?` })),
          { texts: Object.fromEntries(texts.map((text, i) => [`answers.${i}`, text])) },
        ),
        step,
      ).map(({ problem }) => problem);
    expect(said('None.', 'no', 'a'.repeat(2000))).toEqual([]);
    expect(said('a'.repeat(2001))).toEqual(['The answer must be 2,000 characters or fewer, now 2,001']);
    expect(said(...Array.from({ length: 11 }, () => 'a'.repeat(2000)))).toEqual([
      'All answers together must be 20,000 characters or fewer, now 22,000',
    ]);
  });

  it('take no answers of another round', () => {
    expect(openGaps(returned([free], { round: 3, texts: { 'answers.0': 'Ana.' } }), step)).toMatchObject([
      { answer: '' },
    ]);
  });

  it('ask nothing of handoffs whose playbook asked for a plain text, or that never came back', () => {
    expect(openGaps(returned('Who decides?'), step)).toEqual([]);
    expect(openGaps(returned([free], { round: 1 }), step)).toEqual([]);
    expect(openGaps(handoffRecord(), step)).toEqual([]);
  });
});

describe('what is typed about the gaps', () => {
  it('is kept where it is new, beside what was kept before', () => {
    const record = returned([whyUs, free], { texts: { 'answers.0': 'Before.', 'answers.1': 'Ana.' } });
    expect(typedAnswers(record, step, {})).toBeUndefined();
    expect(typedAnswers(record, step, { 'answers.0': 'Before.\r\n', 'answers.9': 'Of no gap' })).toBeUndefined();
    expect(typedAnswers(record, step, { 'answers.0': '', 'answers.1': ['Ana', 'and Bo'] })).toEqual({
      round: 2,
      texts: { 'answers.0': '', 'answers.1': 'Ana\nand Bo' },
    });
  });

  it('is cut where a record could not hold it, and is then no answer', () => {
    const typed = typedAnswers(returned([whyUs, free]), step, { 'answers.1': 'a'.repeat(100_000) });
    expect(JSON.stringify(typed).length).toBeLessThan(50_000);
    const [, problem] = answerProblems({ ...returned([whyUs, free]), ...(typed && { gapAnswers: typed }) }, step);
    expect(problem?.problem).toMatch(/now 100,000$/);
  });
});

describe('whoever named the gaps', () => {
  const again = (answers: readonly AnsweredGap[], choice = 'complete') => {
    const before = stepRecord('review-brief', { decided: { choice: 'return', evidence: { gaps: [whyUs, free] } } });
    return handoffRecord({
      steps: [
        stepRecord(step, { owner: anna, round: 2, decided: { choice, evidence: { answers } } }),
        stepRecord('review-brief', { round: 2, earlier: [before] }),
      ],
    });
  };

  it('sees what became of each: the answer, and the field before and after', () => {
    const record = again([
      { ...whyUs, was: '', now: 'Support' },
      { ...free, answer: 'Ana.' },
    ]);
    expect(handedOverAgain(record, 'review-brief')).toMatchObject({
      again: { by: anna },
      gaps: [
        { gap: 'Why us: What decided in the end?', lines: ['Now: Support', 'Before: nothing'] },
        { gap: 'Who signs off?', lines: ['Answer: Ana.'] },
      ],
    });
  });

  it('sees what an exception left open', () => {
    const { gaps } = handedOverAgain(again([free], 'grant-exception'), 'review-brief') ?? {};
    expect(gaps).toEqual([{ gap: 'Who signs off?', lines: ['Not answered: an exception was granted.'] }]);
  });

  it('sees at least what they named, when nothing was recorded of answers', () => {
    const { gaps } = handedOverAgain(again([]), 'review-brief') ?? {};
    expect(gaps?.map(({ gap }) => gap)).toEqual(['Why us: What decided in the end?', 'Who signs off?']);
    expect(handedOverAgain(handoffRecord({ steps: [stepRecord('review-brief')] }), 'review-brief')).toBeUndefined();
  });

  it('reads it in the audit trail', () => {
    expect(auditText(again([]), { evidence: { gaps: [whyUs, free] } })).toBe(
      'Why us: What decided in the end?; Who signs off?',
    );
    expect(auditText(again([]), { evidence: { answers: [{ ...free, answer: 'Ana.' }] } })).toBe(
      'Who signs off? Answer: Ana.',
    );
    expect(auditText(again([]), { evidence: { gaps: ['contract.termMonths'] } })).toBe('');
  });
});

describe('the completeness score', () => {
  const standard = handoffRecord();
  const required = packageFieldsOf(standard.playbook).filter((field) => field.required).length;

  it('is 100 for a package that was complete and never came back', () => {
    expect(completenessScore(standard)).toBe(100);
  });

  it('counts what was missing at the trigger, whatever was filled in since', () => {
    const late = handoffRecord({ sample: 'incomplete', package: standard.package });
    expect(completenessScore(late)).toBeLessThan(80);
    expect(completenessScore(late)).toBeGreaterThan(0);
  });

  it('counts each field that a return named once, and questions about no required field as one more', () => {
    const once = completenessScore(returned([whyUs]));
    expect(once).toBe(Math.floor((100 * (required - 1)) / required));
    expect(completenessScore(returned([whyUs, { ...whyUs, question: 'And who said so?' }]))).toBe(once);
    expect(completenessScore(returned([whyUs, free]))).toBeLessThan(once);
    expect(completenessScore(returned([{ path: 'dealContext.objections', question: 'Which?' }]))).toBeLessThan(100);
  });

  it('counts gaps that were named as plain text', () => {
    expect(completenessScore(returned('Deal context: Why us: what decided?'))).toBe(
      completenessScore(returned([whyUs])),
    );
    expect(completenessScore(returned('Who decides?'))).toBeLessThan(100);
  });
});
