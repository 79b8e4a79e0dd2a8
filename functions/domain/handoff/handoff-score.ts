import { boundsOf } from '../fields/number-kinds.ts';
import { askSteps, packageStep, scoringStep } from '../playbook/capabilities.ts';
import type { Instant } from '../time/calendar.ts';
import { doneDecision, givenNumber } from './decisions.ts';
import type { HandoffRecord } from './handoff.ts';
import { isException } from './handoff-package.ts';
import { saysNotYet } from './negative-answers.ts';
import { titleOf } from './step-rule.ts';
import { type ExpectedRound, expectedRounds, promiseOutcome } from './timeliness.ts';

/** One reason of a score: so many points out of so many, and why. */
export interface ScoreReason {
  readonly what: string;
  /** To one decimal. */
  readonly points: number;
  readonly outOf: number;
  /** A sentence. */
  readonly because: string;
}

/** How well a handoff went, with its reasons (S2). */
export interface HandoffScore {
  /** 0–100, a whole number: the reasons' points, scaled to 100 when something is not known; null when there is none. */
  readonly points: number | null;
  readonly outOf: 100;
  readonly reasons: readonly ScoreReason[];
  /** What is not known, or not yet, and so does not count. */
  readonly notKnown: readonly string[];
  /** Why there is no score, in a sentence. */
  readonly notScored?: string;
}

interface Part {
  readonly what: string;
  readonly outOf: number;
  /** The share earned, 0–1, and why; undefined when it is not known. */
  readonly earned: (
    record: HandoffRecord,
    at: Instant,
  ) => { readonly share: number; readonly because: string } | undefined;
}

/**
 * What a score is made of (S2: "audit your last ten closed deals, score each"): completeness at the trigger and promises kept
 * weigh most, for S2 puts the package and the times first; then returns and the survey; then exceptions, which somebody allowed.
 */
const parts: readonly Part[] = [
  { what: 'Package at the trigger', outOf: 30, earned: completeness },
  { what: 'Promises kept', outOf: 30, earned: promises },
  { what: 'Returns', outOf: 15, earned: returns },
  { what: 'Survey', outOf: 15, earned: survey },
  { what: 'Exceptions', outOf: 10, earned: exceptions },
];

/**
 * The score of a handoff as its records stand at an instant (UTC). What is not known yet is left out, and the rest is scaled to
 * 100. One that was canceled has none: what it was to come to is not wanted any more. What one that was given up never came to
 * earns nothing.
 */
export function scoreOf(record: HandoffRecord, at: Instant): HandoffScore {
  const { status } = record.state;
  if (status === 'cancelled')
    return { points: null, outOf: 100, reasons: [], notKnown: [], notScored: 'The handoff was canceled.' };
  const rated = parts.map(({ what, outOf, earned }) => ({
    what,
    outOf,
    earned: earned(record, at) ?? (status === 'abandoned' ? neverCame : undefined),
  }));
  const reasons = rated.flatMap(({ what, outOf, earned }): ScoreReason[] =>
    earned ? [{ what, points: Math.round(earned.share * outOf * 10) / 10, outOf, because: earned.because }] : [],
  );
  const sum = (of: 'points' | 'outOf') => reasons.reduce((total, reason) => total + reason[of], 0);
  return {
    points: Math.round((100 * sum('points')) / sum('outOf')),
    outOf: 100,
    reasons,
    notKnown: rated.filter(({ earned }) => earned === undefined).map(({ what }) => what),
  };
}

const neverCame = { share: 0, because: 'The handoff was given up before it came to that.' };

/** 'Package at the trigger 18 of 30: 60% of it was there. … Not known, so left out: Survey. The rest is scaled to 100.' */
export function scoreText({ reasons, notKnown, notScored }: HandoffScore): string {
  if (notScored !== undefined) return notScored;
  const said = reasons.map(({ what, points, outOf, because }) => `${what} ${points} of ${outOf}: ${because}`);
  const left =
    notKnown.length > 0 ? [`Not known, so left out: ${notKnown.join(', ')}. The rest is scaled to 100.`] : [];
  return [...said, ...left].join(' ');
}

function completeness({ state: { packagePercent } }: HandoffRecord): ReturnType<Part['earned']> {
  return { share: packagePercent / 100, because: `${packagePercent}% of the required fields were there.` };
}

function promises(record: HandoffRecord, at: Instant): ReturnType<Part['earned']> {
  const { kept, missed } = promisesOf(record, at);
  const made = kept + missed.length;
  if (made === 0) return undefined;
  const isNo = ({ rule, decision }: ExpectedRound) => decision !== undefined && saysNotYet(rule, decision);
  const named = (heading: string, rounds: readonly ExpectedRound[]) => {
    const titles = [...new Set(rounds.map(({ step }) => titleOf(record, step)))];
    return titles.length > 0 ? ` ${heading}: ${titles.join(', ')}.` : '';
  };
  const late = named(
    'Missed',
    missed.filter((round) => !isNo(round)),
  );
  const ended = named('Answered with no or not yet', missed.filter(isNo));
  return { share: kept / made, because: `${kept} of ${made} promises were kept.${late}${ended}` };
}

/** A first return costs half, a second one the rest. Known once the reviewer has said one or the other. */
function returns(record: HandoffRecord): ReturnType<Part['earned']> {
  const count = returnCount(expectedRounds(record));
  const accepted = askSteps(record.playbook).some(({ id, rule }) => rule.returns && doneDecision(record, id));
  if (count === 0 && !accepted) return undefined;
  return {
    share: halved(count),
    because: `The package was ${count === 0 ? 'not returned' : `returned ${times(count)}`}.`,
  };
}

/** Known once the package has been handed over. */
function exceptions(record: HandoffRecord): ReturnType<Part['earned']> {
  const count = exceptionCount(expectedRounds(record));
  const filling = packageStep(record.playbook);
  const handedOver = record.state.packageComplete || (filling && doneDecision(record, filling.id) !== undefined);
  if (count === 0 && !handedOver) return undefined;
  return {
    share: halved(count),
    because: count === 0 ? 'No exception was granted.' : `An exception was granted ${times(count)}.`,
  };
}

function survey(record: HandoffRecord): ReturnType<Part['earned']> {
  const score = surveyScore(record);
  if (score === undefined) return undefined;
  const scoring = scoringStep(record.playbook)?.rule;
  const field = scoring?.choices.flatMap(({ evidence }) => evidence).find(({ name }) => name === scoring.scores?.field);
  const scale = boundsOf({ kind: 'score', ...field }).max;
  return { share: score / scale, because: `Rated ${score} of ${scale}.` };
}

/** The survey's score, 1–10 (S2); undefined until it is given. */
export function surveyScore(record: HandoffRecord): number | undefined {
  const scoring = scoringStep(record.playbook);
  return scoring && givenNumber(doneDecision(record, scoring.id), scoring.rule.scores?.field ?? '');
}

/** Every promise at an instant (UTC), or when the handoff ended: how many there were, were kept, and the rounds that missed theirs. */
export function promisesOf(
  record: HandoffRecord,
  at: Instant,
): {
  readonly made: number;
  readonly kept: number;
  readonly missed: readonly ExpectedRound[];
} {
  const rounds = expectedRounds(record);
  const asOf = record.state.endedAt ?? at;
  const outcome = (round: ExpectedRound) => promiseOutcome({ rule: round.rule, round, asOf });
  return {
    made: rounds.filter((round) => outcome(round) !== undefined).length,
    kept: rounds.filter((round) => outcome(round) === 'kept').length,
    missed: rounds.filter((round) => outcome(round) === 'missed'),
  };
}

/** How often the package was sent back. */
export const returnCount = (rounds: readonly ExpectedRound[]): number =>
  rounds.filter(({ rule, decision }) => decision && rule.returns?.choice === decision.choice).length;

/** How often an exception was granted, in whole or in part. */
export const exceptionCount = (rounds: readonly ExpectedRound[]): number =>
  rounds.reduce((sum, { rule, decision, exceptions = [] }) => {
    const granted = exceptions.filter(({ answer }) => answer?.fields.some((field) => field.granted)).length;
    return sum + (granted > 0 ? granted : isException(rule, decision) ? 1 : 0);
  }, 0);

const halved = (count: number): number => Math.max(0, 1 - count / 2);

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);
