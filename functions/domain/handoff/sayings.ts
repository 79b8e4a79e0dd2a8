import type { CalendarOf, People } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import { type Capacity, flowSteps } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import { abandonedAt } from './asking.ts';
import { climbingOf } from './climbing.ts';
import { allInCharge, type InCharge } from './exceptions.ts';
import type { HandoffRecord } from './handoff.ts';
import { type Rung, rungAt } from './ladder.ts';
import { rungHearings } from './rung-hearings.ts';
import { type StoodInFor, saidAt } from './rung-readers.ts';
import { sayingKey } from './saying-key.ts';
import { isOver } from './step-rule.ts';

/** Something that is to be said to one person about one step. */
export interface Saying extends InCharge {
  readonly step: string;
  readonly rung: Rung;
  readonly person: Person;
  readonly as: Capacity;
  /** Who would have been told, and is away. */
  readonly standsInFor?: StoodInFor;
  /** When it could first be said to them, UTC: at the rung, or when they next worked. */
  readonly since: Instant;
  /** Of its mail: it is said once under it. */
  readonly key: string;
}

export interface SayingsInput {
  readonly record: HandoffRecord;
  readonly people: People;
  readonly calendarOf: CalendarOf;
  /** UTC. */
  readonly at: Instant;
}

/** What a step has to say at a moment. */
export interface StepSayings {
  /** The rung that the step is on; undefined before its ask, and during a pause. */
  readonly rung: Rung | undefined;
  /** When the next rung comes, UTC; when the handoff is given up, where there is none. */
  readonly next: Instant;
  /** What can be said now: the readers are at work. */
  readonly now: readonly Saying[];
  /** What stands in the daily digest of whoever is to help, told there already or not: no email says it, unless none of theirs comes. */
  readonly inDigest: readonly Saying[];
  /** When readers begin to work who are not, UTC. */
  readonly held: readonly Instant[];
}

/** What an open step says at a moment, whether it was said already or not. Throws when its ladder is not in the playbook. */
export function stepSayings({ record, people, calendarOf, at }: SayingsInput, charge: InCharge): StepSayings {
  const { rule, asked, request, rests } = charge;
  const climbing = climbingOf({ record, people, calendarOf }, charge);
  const { owner } = climbing;
  const { rung, nextAt } = rungAt(climbing, at);
  const next = nextAt ?? abandonedAt(record, asked, { people, calendarOf });
  if (!rung || rung.kind === 'unanswered') return { rung, next, now: [], inDigest: [], held: [] };
  const hearing = { record, people, owner, at, calendarOf };
  const readers = rungHearings(rung, charge, hearing).map(({ person, as, standsInFor, digest }) => {
    const key = sayingKey(charge, rung, person);
    const isLeft = digest !== undefined && Date.parse(at) < Date.parse(digest.until);
    const saying: Saying = {
      step: asked.step,
      rule,
      asked,
      ...(request && { request }),
      ...(rests && { rests }),
      rung,
      person,
      // Whoever reviews an exception is asked like an owner, and decides as a reviewer.
      as: request && as === 'owner' ? 'reviewer' : as,
      ...(standsInFor && { standsInFor }),
      since: digest?.until ?? saidAt(rung, person, { at: rung.at, next, calendarOf }),
      key,
    };
    return {
      saying,
      when: isLeft
        ? digest.until
        : isJustReached(saying.since, at)
          ? at
          : saidAt(rung, person, { at, next, calendarOf }),
      inDigest: digest !== undefined && (record.mails[key]?.inDigest ?? (isLeft && !wasSaid(record, saying))),
    };
  });
  const held = readers.filter(({ when, saying }) => when !== at && !wasSaid(record, saying));
  return {
    rung,
    next,
    now: readers.filter(({ when }) => when === at).map(({ saying }) => saying),
    inDigest: readers.filter(({ inDigest }) => inDigest).map(({ saying }) => saying),
    held: held.map(({ when }) => when),
  };
}

/** What falls due when the day's work ends is said then, though a timer fires a moment later, and emails may take turns. */
const isJustReached = (since: Instant, at: Instant): boolean => {
  const age = Date.parse(at) - Date.parse(since);
  return age >= 0 && age <= atWorkStill;
};

/** For how long after their hours somebody is still told what could be said within them, in milliseconds. */
const atWorkStill = 15 * 60_000;

/**
 * Everything that is to be said to one person about this handoff at a moment and was not said yet, in the order of the flow:
 * one person gets one mail, whatever falls together (P).
 */
export function sayingsTo(person: Person, input: SayingsInput): readonly Saying[] {
  return unsaidTo(person, input, (charge) => stepSayings(input, charge).now);
}

/**
 * The weekly reminders that come next to somebody, of every step that nobody acts on: whoever is reminded of one is reminded of
 * all, once a week, and not on a day of its own for each.
 */
export function nagsAhead(person: Person, input: SayingsInput): readonly Saying[] {
  return unsaidTo(person, input, (charge) => {
    const { rung, next } = stepSayings(input, charge);
    if (rung?.kind !== 'stall' && rung?.kind !== 'nag') return [];
    return stepSayings({ ...input, at: next }, charge).now.filter((saying) => saying.rung.kind === 'nag');
  });
}

/** What the open steps say to one person and was not said yet, in the order of the flow. */
function unsaidTo(
  person: Person,
  { record }: SayingsInput,
  said: (charge: InCharge) => readonly Saying[],
): readonly Saying[] {
  const order = flowSteps(record.playbook.flow);
  // What stands outside the flow, as an open item, comes last.
  const place = (step: string) => (order.includes(step) ? order.indexOf(step) : order.length);
  return Object.values(record.steps)
    .flatMap((asked) => {
      if (asked.decision || isOver(record, asked.step)) return [];
      return allInCharge(record, asked.step).flatMap((charge) => (charge.rule.optional ? [] : said(charge)));
    })
    .filter((saying) => saying.person.email === person.email && !wasSaid(record, saying))
    .toSorted((a, b) => place(a.step) - place(b.step));
}

/** A mail that is held waits for a person: it is not to be said again. */
export const wasSaid = (record: HandoffRecord, { key }: Pick<Saying, 'key'>): boolean => {
  const status = record.mails[key]?.status;
  return status === 'sent' || status === 'held';
};
