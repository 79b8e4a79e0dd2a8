import { officeCalendars } from '../people/absence.ts';
import { type CalendarOf, type People, personOf } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import {
  addWorkingTime,
  type BusinessCalendar,
  type Instant,
  nextWorkingMoment,
  workingTimeBetween,
} from '../time/calendar.ts';
import { asPromise, type Due } from '../time/due.ts';
import { momentIn, workingSpan } from '../time/wording.ts';
import { dueRule } from './due-rule.ts';
import { atLeastOf, type DueTimes, dueTimes } from './due-times.ts';
import type { Handing } from './handing.ts';
import type { HandoffRecord } from './handoff.ts';
import { itemTimes } from './open-items.ts';
import { pauseAt, promisedAtOf, type StepRecord } from './step-record.ts';
import { ruleIn } from './step-rule.ts';
import { promiseOf } from './waiting.ts';
import type { Standing } from './who-is-asked.ts';

/** What becomes of a step that goes to somebody else; `standInFor` is left out where it is their own from now on. */
export type HandedStep = DueTimes &
  Required<Pick<StepRecord, 'owner' | 'askedAt' | 'openedAt' | 'handed'>> &
  Pick<StepRecord, 'standInFor'>;

export interface HandingOver {
  readonly record: HandoffRecord;
  /** As it stands, undecided. */
  readonly step: StepRecord;
  readonly to: Person;
  readonly handed: Handing;
  /** Mail address of whom they stand in for. */
  readonly standInFor?: string | undefined;
  /** Whoever has the step now is among them. */
  readonly people: People;
  readonly calendarOf: CalendarOf;
}

/**
 * The step as its new owner has it: asked at once (in their working time) unless it is to be asked later, with every pause
 * kept. The promise is that of their own calendar, unless they only stand in. It is due when it was promised, when they have
 * had what everybody has at least, or when as much working time has passed as was left before, whichever comes last: handing
 * over shortens nothing, and nobody gets a step that is overdue. Days on which somebody is away count as days of work.
 */
export function handedOver({ record, step, to, handed, standInFor, people, calendarOf }: HandingOver): HandedStep {
  const office = officeCalendars(calendarOf);
  const calendar = office(to);
  const rule = ruleIn(record, step.step);
  const opens = opensLater(step, office(personOf(people, step.owner)), handed.at) ?? handed.at;
  const resumed = pauseAt(step, opens)?.until ?? opens;
  const askedAt = nextWorkingMoment(opens, calendar);
  const openedAt = step.openedAt ?? step.askedAt;
  const promise =
    handed.why === 'asked'
      ? promisedAnew(record, step, { openedAt, resumed, calendar })
      : { at: promisedAtOf(step), because: asDue(step.promise ?? step.because) };
  const atLeast = atLeastOf(record.playbook, rule);
  const times = dueTimes(promise, { askedAt: nextWorkingMoment(resumed, calendar), atLeast, calendar });
  const fair = inWorkingTime({ ...times, ...(handed.why !== 'asked' && keptPromise(step)) }, calendar, askedAt);
  const left = workingTimeBetween(resumed, step.dueAt, office(personOf(people, step.owner)));
  const leftAt = addWorkingTime(resumed, left, calendar);
  const due = isBefore(fair.dueAt, leftAt)
    ? { ...fair, dueAt: leftAt, because: becauseOfLeft(leftAt, left, { calendar, at: handed.at }) }
    : fair;
  return { ...due, owner: to.email, askedAt, openedAt, handed, ...(standInFor !== undefined && { standInFor }) };
}

/** When a step is first asked for that is open, but later than its owner's next working moment: a question that comes back. */
function opensLater({ askedAt }: StepRecord, calendar: BusinessCalendar, at: Instant): Instant | undefined {
  return isBefore(nextWorkingMoment(at, calendar), askedAt) ? askedAt : undefined;
}

/** The promise as it is counted in a calendar, from the first ask on where it counts from that. */
function promisedAnew(
  record: HandoffRecord,
  { step, round, item }: StepRecord,
  of: { readonly openedAt: Instant; readonly resumed: Instant; readonly calendar: BusinessCalendar },
): Due {
  const { openedAt, resumed, calendar } = of;
  if (item) {
    const { promisedAt, promise } = itemTimes(item.due, { record, askedAt: openedAt, calendar });
    return { at: promisedAt, because: asDue(promise) };
  }
  const rule = dueRule(ruleIn(record, step), record, { round, at: openedAt });
  return promiseOf(record, { ...rule, calendar, askedAt: resumed });
}

const asDue = (promise: string): string => promise.replace(/^promised /, 'due ');

/** Whoever stands in is held to the promise that was made, in times in which they work. */
function keptPromise(step: StepRecord): Pick<DueTimes, 'promisedAt' | 'promise'> {
  return { promisedAt: promisedAtOf(step), promise: step.promise ?? asPromise(step.because) };
}

/** A due time when the owner works, and not before the ask. */
export function inWorkingTime(times: DueTimes, calendar: BusinessCalendar, askedAt: Instant): DueTimes {
  const dueAt = nextWorkingMoment(isBefore(times.dueAt, askedAt) ? askedAt : times.dueAt, calendar);
  if (Date.parse(dueAt) === Date.parse(times.dueAt)) return times;
  return { ...times, dueAt, because: `due ${momentIn(calendar.zone, dueAt, dueAt)}: moved to when the owner works` };
}

const becauseOfLeft = (
  dueAt: Instant,
  left: number,
  { calendar, at }: { readonly calendar: BusinessCalendar; readonly at: Instant },
): string =>
  `due ${momentIn(calendar.zone, dueAt, at)}: ${workingSpan(left)} of working time were left when it was handed over`;

/** How a step comes to whoever is asked in its holder's place; empty for the holder. */
export function standInOf(
  { asked, why, absence }: Standing,
  { holder, at }: { readonly holder: Person; readonly at: Instant },
): Pick<StepRecord, 'standInFor' | 'handed'> {
  if (asked.email === holder.email || why === undefined) return {};
  return {
    standInFor: holder.email,
    handed: { from: holder.email, by: 'system', at, why, ...(absence?.until && { until: absence.until }) },
  };
}

const isBefore = (a: Instant, b: Instant, orEqual = false): boolean =>
  orEqual ? Date.parse(a) <= Date.parse(b) : Date.parse(a) < Date.parse(b);
