import { excerpt } from '../fields/clean-text.ts';
import type { AnsweredGap } from '../fields/values.ts';
import { askStep } from '../playbook/playbook.ts';
import { textsOf } from '../texts/texts.ts';
import { doneDecision } from './decisions.ts';
import type { HandoffRecord } from './handoff.ts';
import { isException } from './handoff-package.ts';
import { gapLine, gapsIn, namedGaps, returnsTo } from './returns.ts';
import type { Decision } from './step-record.ts';
import { askedStep } from './step-rule.ts';

/** A gap and what became of it, for whoever named it. */
export interface AnsweredGapText {
  /** 'Why us: what decided in the end?' */
  readonly gap: string;
  /** 'Answer: the price', 'Now: 12', 'Before: nothing'. */
  readonly lines: readonly string[];
}

export interface HandedOverAgain {
  /** The decision that returned it. */
  readonly returned: Decision;
  /** The decision that handed it over again; absent when it came back in another way. */
  readonly again?: Decision;
  readonly gaps: readonly AnsweredGapText[];
}

/**
 * What became of the gaps with which the handoff was last sent back to where this step sends it, by whoever reviews it with
 * them; undefined when it never was.
 */
export function handedOverAgain(record: HandoffRecord, step: string): HandedOverAgain | undefined {
  const { rule, asked } = askedStep(record, step) ?? {};
  if (!rule?.returns || !asked) return undefined;
  const { to } = rule.returns;
  const returned = returnsTo(record, to).findLast((decision) => decision !== asked.decision);
  if (!returned) return undefined;
  const again = doneDecision(record, to);
  const answered = gapsIn(again?.evidence['answers']);
  const granted = isException(askStep(record.playbook, to), again);
  const gaps =
    answered.length > 0
      ? answered.map((gap) => ({
          gap: gapLine(record, gap),
          lines: answerLines(gap, granted, record.playbook.language),
        }))
      : namedGaps(record, returned).map((gap) => ({ gap: gapLine(record, gap), lines: [] }));
  return { returned, ...(again && { again }), gaps };
}

function answerLines({ answer, was, now }: AnsweredGap, granted: boolean, language?: string): readonly string[] {
  const { details } = textsOf(language);
  return [
    ...(answer === undefined ? [] : [details.answer(answer)]),
    ...(now === undefined ? [] : [details.now(excerpt(now, 200)), details.before(was ? excerpt(was, 200) : '')]),
    ...(answer === undefined && now === undefined ? [details.notAnswered(granted)] : []),
  ];
}

/** A step's gaps or answers in one line for the audit trail; '' when the decision has none. */
export function auditText(record: HandoffRecord, { evidence }: Pick<Decision, 'evidence'>): string {
  const answered = gapsIn(evidence['answers']).map((gap) =>
    [gapLine(record, gap), ...answerLines(gap, true)].map((text) => excerpt(text, 160)).join(' '),
  );
  const named = gapsIn(evidence['gaps']).map((gap) => excerpt(gapLine(record, gap), 160));
  return [...answered, ...named].join('; ');
}
