import { readAnswer } from '../fields/answer.ts';
import { cleanText, cutText, excerpt } from '../fields/clean-text.ts';
import { type EvidenceProblem, type Form, textsOf } from '../fields/evidence.ts';
import { longestText } from '../fields/reading.ts';
import type { AnsweredGap, Evidence, NamedGap } from '../fields/values.ts';
import { inThousands } from '../texts/number-text.ts';
import { saidNow } from './gap-fields.ts';
import type { GapAnswers, HandoffRecord } from './handoff.ts';
import { gapsIn, returnsTo } from './returns.ts';
import type { Decision } from './step-record.ts';

// A package that was returned is handed over again only when each gap was answered or argued (P): its field says something
// else since, or somebody wrote an answer, or why there is none.

/** A gap in the form of the step that came back. */
export interface OpenGap {
  /** The name of the field for its answer. */
  readonly name: string;
  readonly gap: NamedGap;
  /** What was typed so far; '' when nothing was. */
  readonly answer: string;
  /** What its field says since, where that is something else than then. */
  readonly now?: string;
}

/** Longest answer, in characters. */
const longestAnswer = 2000;
/** Most characters of unfinished answers that are kept with the package. */
const mostKept = 40_000;

export const answerName = (index: number): string => `answers.${index}`;

/** The gaps that must be answered before a step that came back is done again, in the order they were named. */
export function openGaps(record: HandoffRecord, step: string): readonly OpenGap[] {
  const asked = record.steps[step];
  const returned = asked && asked.round >= 2 ? returnsTo(record, step).at(-1) : undefined;
  if (!asked || !returned) return [];
  const typed = record.gapAnswers?.round === asked.round ? record.gapAnswers.texts : {};
  return gapsIn(returned.evidence['gaps']).map((gap, index) => {
    const name = answerName(index);
    const now = gap.path === undefined ? '' : saidNow(record, gap.path);
    return { name, gap, answer: typed[name] ?? '', ...(now !== '' && now !== gap.was && { now }) };
  });
}

/** The gaps of a return with what their fields say at that time, to see later what was changed. */
export function gapsToReturn(
  record: HandoffRecord,
  step: string,
  { choice, evidence }: Pick<Decision, 'choice' | 'evidence'>,
): Evidence {
  const rule = record.playbook.steps[step];
  const gaps = gapsIn(evidence['gaps']);
  if (rule?.kind !== 'ask' || rule.returns?.choice !== choice || gaps.length === 0) return evidence;
  return {
    ...evidence,
    gaps: gaps.map((gap) => (gap.path === undefined ? gap : { ...gap, was: saidNow(record, gap.path) })),
  };
}

/** What a form says anew in answer to the gaps; undefined when it says what is known already. */
export function typedAnswers(record: HandoffRecord, step: string, form: Form): GapAnswers | undefined {
  const open = openGaps(record, step);
  const round = record.steps[step]?.round ?? 0;
  const said = open.map(({ name, answer }): [string, string] => {
    const texts = textsOf(form, name);
    return [name, texts.length === 0 ? answer : cleanText(texts.join('\n')).trim()];
  });
  if (said.every(([, text], i) => text === open[i]?.answer)) return undefined;
  const length = said.reduce((sum, [, text]) => sum + text.length, 0);
  const most = length <= mostKept ? mostKept : Math.floor(mostKept / said.length);
  return { round, texts: Object.fromEntries(said.map(([name, text]) => [name, cutText(text, most)])) };
}

/** Why a step that came back cannot be handed over again yet, by the fields of the answers. */
export function answerProblems(record: HandoffRecord, step: string): readonly EvidenceProblem[] {
  const open = openGaps(record, step);
  const problems = open.flatMap((gap) => {
    const problem = problemOf(gap);
    return problem === undefined ? [] : [{ field: gap.name, problem }];
  });
  const length = open.reduce((sum, { answer }) => sum + answer.length, 0);
  const [first] = open;
  if (problems.length > 0 || length <= longestText || first === undefined) return problems;
  const [have, can] = [length, longestText].map((each) => inThousands(each));
  return [{ field: first.name, problem: `All answers together must be ${can} characters or fewer, now ${have}` }];
}

function problemOf({ gap, answer, now }: OpenGap): string | undefined {
  if (answer === '') {
    if (now !== undefined) return undefined;
    const orChange = gap.path === undefined ? '' : ', change the answer it is about,';
    return `Answer "${excerpt(gap.question)}"${orChange} or say why not`;
  }
  const isNone = /^none[.!]?$/i.test(answer);
  const rule = {
    label: gap.question,
    thing: 'the answer',
    kind: 'longText',
    required: true,
    max: longestAnswer,
  } as const;
  const [problem] = readAnswer({ ...rule, ...(!isNone && now === undefined && { noFillers: true }) }, answer).problems;
  if (problem === undefined) return undefined;
  return answer.length > longestAnswer
    ? problem.remedy
    : `"${excerpt(answer)}" isn't an answer yet to "${excerpt(gap.question)}": say why not`;
}

/** What became of each gap, for the record of the step that is handed over again; empty when it did not come back. */
export const answeredGaps = (record: HandoffRecord, step: string): readonly AnsweredGap[] =>
  openGaps(record, step).map(({ gap, answer, now }) => ({
    ...gap,
    ...(answer !== '' && { answer }),
    ...(now !== undefined && { now }),
  }));
