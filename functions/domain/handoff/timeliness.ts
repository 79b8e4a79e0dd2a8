import { comesAgain } from '../playbook/capabilities.ts';
import { type AskStep, ruleOfStep } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import { atLeastOf } from './due-times.ts';
import type { HandoffRecord } from './handoff.ts';
import { saysNotYet } from './negative-answers.ts';
import { type EarlierRound, missesPromise } from './step-record.ts';

/**
 * How a round of a step stands to its due time. `reported late`: its meeting was held in time, and the report came late.
 * `not yet`: answered in time, with a no: what the step is for has not come about, so nothing was done on time. `unasked`:
 * answered between two rounds, before it was asked once more: done, and nobody was held to a time. What ended
 * unanswered or was skipped is neither on time nor late, nor is what is open and not yet due.
 */
export type Timeliness =
  | 'on time'
  | 'reported late'
  | 'late'
  | 'not yet'
  | 'unasked'
  | 'unanswered'
  | 'skipped'
  | 'open';

/** A round of a step that its owner had to do, with the rule it was asked by. */
export interface ExpectedRound extends EarlierRound {
  readonly step: string;
  readonly rule: AskStep;
  /** It has not come back since. */
  readonly isLast: boolean;
}

/** Every round asked of an owner: without what is optional, and without open items, which outlive the handoff. */
export function expectedRounds(record: HandoffRecord): readonly ExpectedRound[] {
  return Object.values(record.steps).flatMap(({ step, earlier, ...last }) => {
    const rule = ruleOfStep(record.playbook, step);
    if (rule?.kind !== 'ask' || rule.optional || rule.settles) return [];
    return [
      ...earlier.map((round) => ({ ...round, step, rule, isLast: false })),
      { ...last, step, rule, isLast: true },
    ];
  });
}

interface Judged {
  readonly playbook: HandoffRecord['playbook'];
  readonly rule: AskStep;
  readonly round: EarlierRound;
  /** A round that is still open is late if its due time was over by then. UTC. */
  readonly asOf?: Instant | undefined;
}

/**
 * Whether an owner was on time. A meeting counts when it was held (evidence `heldAt`); its report is late when it came more
 * than the least time an owner has after the due time, in hours by the clock: records hold no calendar. While somebody else
 * decides on an exception, the owner's clock rests.
 */
export function timelinessOf({ playbook, rule, round, asOf }: Judged): Timeliness {
  const { decision } = round;
  if (decision?.choice === 'skipped' || decision?.choice === 'unanswered') return decision.choice;
  const rests = restsSince(round);
  const own = ownTime({ rule, round, asOf });
  const late = own !== undefined && Date.parse(own) > Date.parse(round.dueAt);
  if (decision === undefined) return late ? 'late' : 'open';
  if (late) return 'late';
  if (saysNotYet(rule, decision)) return 'not yet';
  if (isUnasked(rule, round)) return 'unasked';
  const reportUntil = Date.parse(round.dueAt) + atLeastOf(playbook, rule) * 3_600_000;
  return Date.parse(rests ?? decision.at) > reportUntil ? 'reported late' : 'on time';
}

/**
 * The moment that is held against a round's due time (UTC): when its owner did their part, or `asOf` while they have not; undefined
 * where neither is known.
 */
export function ownTime({ rule, round, asOf }: Omit<Judged, 'playbook'>): Instant | undefined {
  const rests = restsSince(round);
  if (round.decision === undefined) return asOf && rests ? earlierOf(asOf, rests) : asOf;
  return rests ?? asHeld(rule, round).decision?.at;
}

/**
 * Whether a question that comes again was answered before it did. Quiet hours are another matter: what is asked for the first time
 * is open from the moment on at which the flow comes to it.
 */
function isUnasked({ repeat }: AskStep, { round, decision, openedAt, askedAt }: EarlierRound): boolean {
  if (repeat === undefined || round < 2 || decision === undefined) return false;
  return Date.parse(decision.at) < Date.parse(openedAt ?? askedAt);
}

/**
 * Since when the owner of a round has waited for the decision on an exception: the reviewer's time is not theirs. Undefined
 * when they do not: nobody was asked, or the answer gave the step back to them, with the working time that was left.
 */
function restsSince({ exceptions = [], decision }: EarlierRound): Instant | undefined {
  const last = exceptions.at(-1);
  return last && (last.answer === undefined || last.answer.at === decision?.at) ? last.at : undefined;
}

/** Whether a reviewer decided on an exception of a round after their own due time, or had not though it was over by `asOf`. */
export const isReviewLate = ({ exceptions = [], decision }: EarlierRound, asOf?: Instant): boolean =>
  exceptions.some(({ answer, dueAt }) => {
    const until = answer?.at ?? decision?.at ?? asOf;
    return until !== undefined && Date.parse(until) > Date.parse(dueAt);
  });

/**
 * What became of a round's promise, whoever's fault it was; `pending` while nobody can say. What ended unanswered or with a no
 * missed it; undefined for what was skipped, of which nothing was expected any more, and for a no after which it is asked again.
 */
export function promiseOutcome({
  rule,
  round,
  asOf,
}: Omit<Judged, 'playbook'>): 'kept' | 'missed' | 'pending' | undefined {
  const { decision } = round;
  if (decision?.choice === 'skipped') return undefined;
  if (decision?.choice === 'unanswered' || missesPromise(asHeld(rule, round), asOf)) return 'missed';
  if (!decision) return 'pending';
  if (!saysNotYet(rule, decision)) return 'kept';
  return comesAgain(rule, { choice: decision.choice, round: round.round }) ? undefined : 'missed';
}

/** When the meeting that a round reports on was held; undefined where it reports on none, or says no time. UTC. */
export function heldAtOf(rule: AskStep, { decision }: EarlierRound): Instant | undefined {
  const heldAt = rule.holds === undefined ? undefined : decision?.evidence['heldAt'];
  return typeof heldAt === 'string' && !Number.isNaN(Date.parse(heldAt)) ? heldAt : undefined;
}

/** The round as if its report had come when the meeting was held. */
function asHeld(rule: AskStep, round: EarlierRound): EarlierRound {
  const heldAt = heldAtOf(rule, round);
  return heldAt === undefined ? round : decidedAt(round, heldAt);
}

const decidedAt = (round: EarlierRound, at: Instant): EarlierRound =>
  round.decision ? { ...round, decision: { ...round.decision, at } } : round;

const earlierOf = (a: Instant, b: Instant): Instant => (Date.parse(a) < Date.parse(b) ? a : b);
