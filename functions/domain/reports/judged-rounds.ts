import type { HandoffRecord } from '../handoff/handoff.ts';
import { daysBetween } from '../handoff/measures.ts';
import { saysNotYet } from '../handoff/negative-answers.ts';
import { type Rest, restOf, stoppedAt } from '../handoff/resting.ts';
import {
  type ExpectedRound,
  expectedRounds,
  ownTime,
  promiseOutcome,
  type Timeliness,
  timelinessOf,
} from '../handoff/timeliness.ts';

/** A round with what is to be said of it at a time. */
export interface JudgedRound {
  readonly round: ExpectedRound;
  /** Of its fact: `step/review-brief/1`. */
  readonly key: string;
  readonly timeliness: Timeliness;
  /** Absent where nothing was promised any more, or nobody can say yet. */
  readonly promise?: 'kept' | 'missed';
  /** After the due time, so far where it is open, or until it began to rest; absent unless late. */
  readonly daysLate?: number;
  /** What it waits for, where nothing is due from its owner now. */
  readonly rests?: Rest;
  /** Answered with a no. */
  readonly saidNo?: true;
}

/** Every round that its owner had to do, as it stands at an instant (UTC), or stood when the handoff ended. */
export function judgedRounds(record: HandoffRecord, at: string): readonly JudgedRound[] {
  const { playbook } = record;
  const asOf = record.state.endedAt ?? at;
  return expectedRounds(record).map((round) => {
    const judged = { playbook, rule: round.rule, round, asOf };
    const timeliness = timelinessOf(judged);
    const promise = promiseOutcome(judged);
    const [own, stopped, rests] = [ownTime(judged), stoppedAt(round, asOf), restOf(round, asOf)];
    return {
      round,
      key: `step/${round.step}/${round.round}`,
      timeliness,
      ...((promise === 'kept' || promise === 'missed') && { promise }),
      ...(timeliness === 'late' && own !== undefined && { daysLate: lateBy(round.dueAt, [own, stopped ?? own]) }),
      ...(rests && { rests }),
      ...(round.decision && saysNotYet(round.rule, round.decision) && { saidNo: true }),
    };
  });
}

/** Until the earlier of two moments, in calendar days; a pause may begin before a due time that comes in it. */
const lateBy = (dueAt: string, [one, other]: readonly [string, string]): number =>
  Math.max(0, Math.min(daysBetween(dueAt, one), daysBetween(dueAt, other)));
