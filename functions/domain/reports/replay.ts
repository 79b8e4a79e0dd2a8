import { anchorsOf } from '../handoff/anchors.ts';
import { climbingOf } from '../handoff/climbing.ts';
import { dueRule } from '../handoff/due-rule.ts';
import { atLeastOf, dueTimes } from '../handoff/due-times.ts';
import type { HandoffRecord } from '../handoff/handoff.ts';
import { type Rung, rungAt } from '../handoff/ladder.ts';
import { rungHearings } from '../handoff/rung-hearings.ts';
import { promisedAtOf, type StepRecord } from '../handoff/step-record.ts';
import { type ExpectedRound, promiseOutcome, timelinessOf } from '../handoff/timeliness.ts';
import { movedByPauses, promiseOf } from '../handoff/waiting.ts';
import { officeCalendars } from '../people/absence.ts';
import type { CalendarOf, People } from '../people/people.ts';
import { type FrozenPlaybook, ruleOfStep } from '../playbook/playbook.ts';
import { type Instant, nextWorkingMoment } from '../time/calendar.ts';

/** Rules, and in whose calendars they count. */
export interface Rules {
  /** For the handoff's segment and industry. */
  readonly playbook: FrozenPlaybook;
  readonly people: People;
}

/** A round of a step under some rules, with everything else as it happened. */
export interface Replayed {
  readonly promisedAt: Instant;
  readonly dueAt: Instant;
  /** Late by its owner. */
  readonly late: boolean;
  readonly missed: boolean;
  /** The emails of its ladder until it ended, one a reader, by the kind of what they say. */
  readonly mails: Readonly<Partial<Record<Rung['kind'], number>>>;
}

/** Why a round cannot be replayed, in words that complete "because …". */
export interface NotReplayed {
  readonly notReplayed: string;
}

interface ReplayInput {
  readonly record: HandoffRecord;
  readonly round: ExpectedRound;
  readonly rules: Rules;
  readonly calendarOf: CalendarOf;
  /** UTC. */
  readonly at: Instant;
}

/**
 * A round of a step as it would have been counted under some rules, had everybody done what they did when they did it: the same
 * functions work out its times and its ladder as in the handoff itself.
 */
export function replayed(input: ReplayInput): Replayed | NotReplayed {
  const { record, round, rules, at } = input;
  const timed = timesUnder(input);
  if ('notReplayed' in timed) return timed;
  const rule = ruleOfStep(rules.playbook, round.step);
  if (rule?.kind !== 'ask') return { notReplayed: 'the playbook has no such step' };
  const { dueAt } = timed;
  const promisedAt = promisedAtOf(timed);
  const asOf = record.state.endedAt ?? at;
  const judged = { rule, round: { ...round, promisedAt, dueAt }, asOf };
  return {
    promisedAt,
    dueAt,
    late: timelinessOf({ ...judged, playbook: rules.playbook }) === 'late',
    missed: promiseOutcome(judged) === 'missed',
    mails: mailsUnder(input, timed),
  };
}

/** The times of a round as they stand when it is over: as it was asked, then moved by each pause. */
function timesUnder({ record, round, rules, calendarOf }: ReplayInput): StepRecord | NotReplayed {
  const { playbook, people } = rules;
  const rule = ruleOfStep(playbook, round.step);
  if (rule?.kind !== 'ask') return { notReplayed: 'the playbook has no such step' };
  const owner = people.get(round.owner);
  if (!owner) return { notReplayed: 'the owner is not on the roster any more' };
  const calendar = officeCalendars(calendarOf)(owner);
  const under = { ...record, playbook };
  const comesBack = round.round > 1 || rule.due.after === 'opened';
  if (!comesBack && anchorsOf(under)[rule.due.after] === undefined)
    return { notReplayed: 'the promise counts from something that has not happened' };
  const askedAt = nextWorkingMoment(round.askedAt, calendar);
  const promise = promiseOf(under, { ...dueRule(rule, under, { round: round.round, at: askedAt }), calendar, askedAt });
  const times = dueTimes(promise, { askedAt, atLeast: atLeastOf(playbook, rule), calendar });
  const { step, owner: email } = round;
  const asked: StepRecord = { step, round: round.round, owner: email, askedAt, ...times, pauses: [], earlier: [] };
  return movedByPauses(under, asked, { pauses: round.pauses ?? [], calendar });
}

/** What the ladder said until the round ended, or until now. */
function mailsUnder({ record, round, rules, calendarOf, at }: ReplayInput, step: StepRecord): Replayed['mails'] {
  const { playbook, people } = rules;
  const rule = ruleOfStep(playbook, round.step);
  const owner = people.get(round.owner);
  if (rule?.kind !== 'ask' || !playbook.ladders[rule.ladder] || !owner) return {};
  const until = Date.parse(round.decision?.at ?? record.state.endedAt ?? at);
  // What was told then was told by the rules it had.
  const under = { ...record, playbook, mails: {} };
  const input = climbingOf({ record: under, people, calendarOf }, { rule, asked: step });
  const counts: Partial<Record<Rung['kind'], number>> = {};
  for (let now = step.askedAt; Date.parse(now) < until; ) {
    const { rung, nextAt } = rungAt(input, now);
    if (rung?.kind === 'unanswered') break;
    if (rung) {
      // What stands in a daily digest is no email of its own.
      const hearing = { record: under, people, owner, at: now, calendarOf };
      const readers = rungHearings(rung, { asked: step }, hearing).filter(({ digest }) => !digest);
      counts[rung.kind] = (counts[rung.kind] ?? 0) + readers.length;
    }
    if (nextAt === undefined || Date.parse(nextAt) <= Date.parse(now)) break;
    now = nextAt;
  }
  return counts;
}

/** Whether replaying a round by the rules it had gives the times on record: only then can it be told what others would give. */
export const isFaithful = (
  { promisedAt, dueAt }: Pick<Replayed, 'promisedAt' | 'dueAt'>,
  round: Pick<StepRecord, 'promisedAt' | 'dueAt'>,
): boolean =>
  Date.parse(dueAt) === Date.parse(round.dueAt) && Date.parse(promisedAt) === Date.parse(promisedAtOf(round));
