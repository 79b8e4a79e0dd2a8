import { officeCalendars } from '../people/absence.ts';
import { type CalendarOf, type People, personOf } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import { type Instant, nextWorkingMoment } from '../time/calendar.ts';
import { dayIn, startOfDay } from '../time/formats.ts';
import { atLeastOf, dueTimes } from './due-times.ts';
import type { ExceptionRequest } from './exception-request.ts';
import type { Handing } from './handing.ts';
import { inWorkingTime } from './handing-over.ts';
import type { HandoffRecord } from './handoff.ts';
import type { StepRecord } from './step-record.ts';
import { type Standing, standingOf } from './who-is-asked.ts';

export interface ReviewHanding {
  readonly record: HandoffRecord;
  readonly to: Person;
  readonly handed: Handing;
  /** Mail address of whom they stand in for. */
  readonly standInFor?: string | undefined;
  readonly calendarOf: CalendarOf;
}

/**
 * A request as its next reviewer has it: asked at once (in their working time), and due when it was, or when they have had
 * what everybody has at least, whichever is later. What was promised to the asker stays.
 */
export function reviewHanded(
  { standInFor: _, ...request }: ExceptionRequest,
  { record, to, handed, standInFor, calendarOf }: ReviewHanding,
): ExceptionRequest {
  const calendar = officeCalendars(calendarOf)(to);
  const askedAt = nextWorkingMoment(handed.at, calendar);
  const before = { at: request.dueAt, because: request.because };
  const atLeast = atLeastOf(record.playbook, {});
  const { dueAt, because } = inWorkingTime(dueTimes(before, { askedAt, atLeast, calendar }), calendar, askedAt);
  return { ...request, reviewer: to.email, askedAt, dueAt, because, handed, ...(standInFor && { standInFor }) };
}

interface Reviewing {
  readonly record: HandoffRecord;
  /** The step that the exception is asked for on. */
  readonly step: StepRecord;
  readonly people: People;
  readonly at: Instant;
  readonly calendarOf: CalendarOf;
}

/**
 * Who is asked to decide, by the rule of owners: while the reviewer is away their deputy, their manager, or the next who may
 * review; never who asked for the exception, never the owner who benefits. A review is looked at again each morning until it
 * is due, so that an absence that is noted meanwhile moves it on its first day.
 */
export function reviewStanding(request: ExceptionRequest, { step, ...input }: Reviewing): Standing {
  const { people, at, calendarOf } = input;
  const { reviewer, standInFor: holder = reviewer, dueAt, by, others = [] } = request;
  const standing = standingOf(personOf(people, holder), {
    ...input,
    asked: { owner: reviewer, dueAt },
    others,
    mayBeAsked: ({ email }) => email !== by && email !== step.owner,
  });
  const calendar = officeCalendars(calendarOf)(standing.asked);
  const tomorrow = dayIn(new Date(Date.parse(at) + 86_400_000).toISOString(), calendar.zone);
  const morning = nextWorkingMoment(startOfDay(tomorrow, calendar.zone) ?? at, calendar);
  const { changesAt } = standing;
  const isSooner = changesAt === undefined || Date.parse(morning) < Date.parse(changesAt);
  return isSooner && Date.parse(morning) < Date.parse(dueAt) ? { ...standing, changesAt: morning } : standing;
}
