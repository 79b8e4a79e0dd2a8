import { isOnboarded } from '../deal/outcome.ts';
import { defined } from '../fields/record.ts';
import { askSteps, choiceOf, scoringStep } from '../playbook/capabilities.ts';
import type { Anchor, ChoiceRule, SuccessFact } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import { anchorsOf } from './anchors.ts';
import { completenessScore } from './completeness-score.ts';
import { doneDecision, givenText } from './decisions.ts';
import type { HandoffRecord } from './handoff.ts';
import { exceptionCount, promisesOf, returnCount, scoreOf, surveyScore } from './handoff-score.ts';
import type { Measures } from './measured.ts';
import { followUpOf, negativeAnswers, saysNotYet, settledWell } from './negative-answers.ts';
import { type Decision, reachedOwnerLate } from './step-record.ts';
import { ruleIn } from './step-rule.ts';
import { type ExpectedRound, expectedRounds, isReviewLate, type Timeliness, timelinessOf } from './timeliness.ts';
import { united } from './waiting.ts';

/**
 * The measures of a handoff as its records stand at an instant (UTC), or stood when it ended; what has not happened yet is
 * absent.
 */
export function measuresOf(record: HandoffRecord, at: Instant): Measures {
  const asOf = record.state.endedAt ?? at;
  const reached = reachedOf(record);
  const since = (anchor: Anchor): number | undefined => {
    const moment = reached[anchor];
    return moment === undefined ? undefined : daysBetween(record.deal.closedWonAt, moment);
  };
  const rounds = expectedRounds(record);
  const timely = (...which: readonly Timeliness[]) => {
    const { playbook } = record;
    return rounds.filter((round) => which.includes(timelinessOf({ playbook, rule: round.rule, round, asOf })));
  };
  const done = rounds.filter(isDone);
  const late = timely('late');
  const promises = promisesOf(record, at);
  const score = surveyScore(record);
  const target = scoringStep(record.playbook)?.rule.scores?.atLeast;
  const { onboardingComplete: _proven, ...success } = provenFacts(record);
  return {
    ...defined({
      daysToCompletion: since('handoffConfirmed'),
      daysToPackageReady: since('packageReady'),
      daysToInternalMeeting: since('internalMeetingHeld'),
      daysToIntroduction: since('introductionSent'),
      daysToKickoff: since('kickoffHeld'),
      daysToFirstValue: since('firstValueReached'),
      score,
      onboardingComplete: onboardingOf(record)?.so,
      handoffScore: scoreOf(record, at).points ?? undefined,
    }),
    packagePercent: record.state.packagePercent,
    ...draftMeasure(record),
    steps: {
      asked: rounds.length,
      done: done.length,
      onTime: timely('on time', 'reported late').filter(isDone).length,
    },
    lateSteps: stepsOf(late),
    reachedOwnerLate: stepsOf(late.filter(reachedOwnerLate)),
    reportedLate: stepsOf(timely('reported late')),
    unanswered: stepsOf(timely('unanswered')),
    skipped: stepsOf(timely('skipped')),
    lateReviews: stepsOf(rounds.filter((round) => isReviewLate(round, asOf))),
    notYet: stepsOf(rounds.filter((round) => round.isLast && isNotYet(round))),
    promises: {
      made: promises.made,
      kept: promises.kept,
      missedSteps: stepsOf(promises.missed),
    },
    completeness: completenessScore(record),
    returns: returnCount(rounds),
    exceptions: exceptionCount(rounds),
    daysWaitingForCustomer: daysWaited(
      rounds.flatMap((round) => customerWaits(round)),
      asOf,
    ),
    success: {
      ...success,
      ...defined({ scoreReached: score === undefined || target === undefined ? undefined : score >= target }),
    },
  };
}

/**
 * The moments of the SOP that came about (UTC), by an answer or by the follow-up of a no. What was skipped, or ended unanswered, has
 * not happened, though the flow goes on from there.
 */
export function reachedOf(record: HandoffRecord): Readonly<Partial<Record<Anchor, Instant>>> {
  const passedOver = new Set(
    askSteps(record.playbook)
      .filter(({ id }) => record.steps[id]?.decision !== undefined && doneDecision(record, id) === undefined)
      .map(({ rule }) => rule.marks),
  );
  const { closedWon: _signature, ...anchors } = anchorsOf(record);
  const came = Object.entries(anchors).filter(([anchor]) => !passedOver.has(anchor as Anchor));
  return { ...Object.fromEntries(came), ...reachedByFollowUp(record) };
}

/** A time in which somebody waits for the customer. UTC. */
interface Wait {
  readonly from: Instant;
  readonly until: Instant;
}

/**
 * How long a round waits for the customer, pause by pause: one ends with the round, or with the handoff (`endedAt`), however long it
 * was to last. Calendar days.
 */
export const customerWaits = (
  { pauses = [], decision }: Pick<ExpectedRound, 'pauses' | 'decision'>,
  endedAt?: Instant,
): readonly (Wait & { readonly days: number })[] =>
  pauses.map(({ from, until: planned }) => {
    const ends = [decision?.at, endedAt].flatMap((at) => at ?? []);
    const until = ends.find((at) => Date.parse(at) < Date.parse(planned)) ?? planned;
    return { from, until, days: daysBetween(from, until) };
  });

/**
 * For how many calendar days a handoff has waited for the customer by an instant (UTC), to two decimals. What several steps wait for
 * at once counts once, as it does in promises.
 */
export function daysWaited(waits: readonly Wait[], asOf: Instant): number {
  const spans = waits.map(({ from, until }) => ({
    from: Date.parse(from),
    until: Math.min(Date.parse(until), Date.parse(asOf)),
  }));
  return inDays(united(spans).reduce((sum, { from, until }) => sum + Math.max(0, until - from), 0));
}

/** Calendar days between two instants, to two decimals. */
export const daysBetween = (from: Instant, to: Instant): number => inDays(Date.parse(to) - Date.parse(from));

const inDays = (milliseconds: number): number => Math.round((milliseconds / 86_400_000) * 100) / 100;

function draftMeasure({ state, playbook }: HandoffRecord): Pick<Measures, 'draft'> {
  const { draftPercent: percent, packagePercent } = state;
  const { draftTarget: target } = playbook;
  if (percent === undefined || target === undefined) return {};
  return { draft: { percent, target, met: packagePercent >= target } };
}

const stepsOf = (rounds: readonly ExpectedRound[]): readonly string[] => [...new Set(rounds.map(({ step }) => step))];

const isNotYet = ({ rule, decision }: ExpectedRound): boolean => decision !== undefined && saysNotYet(rule, decision);

/** Done by a person; a no is not. */
const isDone = (round: ExpectedRound): boolean =>
  round.decision !== undefined &&
  round.decision.by !== 'system' &&
  round.decision.choice !== 'skipped' &&
  !isNotYet(round);

/** Whether onboarding is complete, and since when it was said (UTC); undefined while nobody has said. */
export function onboardingOf(record: HandoffRecord): { readonly so: boolean; readonly at: Instant } | undefined {
  const told = record.outcomes?.find((each) => isOnboarded([each]));
  if (told) return { so: true, at: told.at };
  return provenWithTime(record).onboardingComplete;
}

/** What the answers prove, by the capabilities of their choices and fields (S2); a no stands until its follow-up made it so. */
function provenFacts(record: HandoffRecord): Partial<Record<SuccessFact, boolean>> {
  return Object.fromEntries(Object.entries(provenWithTime(record)).map(([fact, { so }]) => [fact, so]));
}

type Proven = Partial<Record<SuccessFact, { readonly so: boolean; readonly at: Instant }>>;

function provenWithTime(record: HandoffRecord): Proven {
  const facts: Proven = {};
  for (const { id, rule } of askSteps(record.playbook)) {
    const decision = doneDecision(record, id);
    if (!decision) continue;
    for (const choice of rule.choices) {
      const chosen = choice.id === decision.choice;
      if (choice.proves) facts[choice.proves] = { so: chosen, at: decision.at };
      if (chosen) Object.assign(facts, provenBy(choice, decision));
    }
  }
  for (const answer of negativeAnswers(record)) {
    const item = followUpOf(record, answer);
    const settled = item && settledWell(record, item);
    for (const fact of answer.disproves)
      facts[fact] = { so: settled !== undefined, at: (settled ?? answer.decision).at };
    const yes = item && settled && choiceOf(ruleIn(record, item.step), settled.choice);
    if (yes) Object.assign(facts, provenBy(yes, settled));
  }
  return facts;
}

/** What the fields of an answer prove. */
function provenBy({ evidence }: ChoiceRule, decision: Decision): Proven {
  const facts: Proven = {};
  const { at } = decision;
  for (const { name, kind, proves } of evidence) {
    const value = decision.evidence[name];
    if (proves && kind === 'link') facts[proves] = { so: givenText(decision, name).trim() !== '', at };
    else if (proves && typeof value === 'boolean') facts[proves] = { so: value, at };
  }
  return facts;
}

/** The moments that a negative answer missed, and its follow-up reached: when that says, else when it was settled. */
function reachedByFollowUp(record: HandoffRecord): Partial<Record<Anchor, Instant>> {
  const reached: Partial<Record<Anchor, Instant>> = {};
  for (const answer of negativeAnswers(record)) {
    const item = answer.misses && followUpOf(record, answer);
    const settled = item && settledWell(record, item);
    if (answer.misses && settled) reached[answer.misses] = givenText(settled, 'heldAt') || settled.at;
  }
  return reached;
}
