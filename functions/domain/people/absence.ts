import {
  type BusinessCalendar,
  businessDateAfter,
  businessDayOn,
  currentBusinessDay,
  localDay,
  longestSearch,
} from '../time/calendar-days.ts';
import { dayLength, epochAt, epochOf, type Instant, instantOf } from '../time/calendar-instant.ts';
import type { CalendarOf } from './people.ts';
import type { Person } from './person.ts';

/** When somebody is away from work: for one business day or more. */
export interface Absence {
  /** The start of the first business day they miss, on their clock, UTC. */
  readonly from: Instant;
  /** When they work again, UTC; undefined when that is more than two years away. */
  readonly until: Instant | undefined;
}

/** Somebody as if they were never away: promises and due times are counted without the days off that a stand-in fills. */
export function withoutAbsences(person: Person): Person {
  const { away, ...availability } = person.availability;
  return away?.length ? { ...person, availability } : person;
}

/** The calendars of people without the days they are away: weekends and holidays stay. */
export const officeCalendars =
  (calendarOf: CalendarOf): CalendarOf =>
  (person) =>
    calendarOf(withoutAbsences(person));

interface Calendars {
  /** With absences. */
  readonly own: BusinessCalendar;
  /** Without. */
  readonly office: BusinessCalendar;
}

/** Undefined for somebody who is never away. */
function calendarsOf(person: Person, calendarOf: CalendarOf): Calendars | undefined {
  if (!person.availability.away?.length) return undefined;
  return { own: calendarOf(person), office: calendarOf(withoutAbsences(person)) };
}

/**
 * The absence somebody is in at `at` (UTC): they are away on the business day that runs then or comes next. An absence of
 * weekends and holidays alone is none, and absences with no day of work between them are one.
 */
export function absenceAt(person: Person, at: Instant, calendarOf: CalendarOf): Absence | undefined {
  const calendars = calendarsOf(person, calendarOf);
  if (!calendars) return undefined;
  const { date } = currentBusinessDay(epochOf(at), calendars.office);
  return isMissed(date, calendars) ? absenceOn(date, calendars) : undefined;
}

/** The next absence that begins after `at` (UTC). */
export function absenceAfter(person: Person, at: Instant, calendarOf: CalendarOf): Absence | undefined {
  const calendars = calendarsOf(person, calendarOf);
  if (!calendars) return undefined;
  const { date } = currentBusinessDay(epochOf(at), calendars.office);
  const last = Math.max(...calendars.own.away.map(({ to }) => to));
  let worked = !isMissed(date, calendars);
  for (let day = date + 1; day <= Math.min(last, date + longestSearch); day++) {
    if (businessDayOn(day, calendars.own)) worked = true;
    else if (worked && isMissed(day, calendars)) return absenceOn(day, calendars);
  }
  return undefined;
}

/** How many of the `days` business days after the day of `at` (UTC; their local date) somebody is away. */
export function daysAway(
  person: Person,
  { at, days, calendarOf }: { readonly at: Instant; readonly days: number; readonly calendarOf: CalendarOf },
): number {
  const calendars = calendarsOf(person, calendarOf);
  if (!calendars) return 0;
  let date = localDay(epochOf(at), calendars.office);
  let missed = 0;
  for (let left = days; left > 0; left--) {
    date = businessDateAfter(date, 1, calendars.office);
    if (isMissed(date, calendars)) missed++;
  }
  return missed;
}

/** Whether a date would be a business day, were they not away. */
const isMissed = (date: number, { own, office }: Calendars): boolean =>
  businessDayOn(date, office) !== undefined && businessDayOn(date, own) === undefined;

/** The absence that a missed business day belongs to. */
function absenceOn(date: number, calendars: Calendars): Absence {
  let first = date;
  for (let day = date - 1; day >= date - longestSearch && !businessDayOn(day, calendars.own); day--)
    if (isMissed(day, calendars)) first = day;
  const from = instantOf(epochAt(first * dayLength, calendars.office.zone));
  for (let day = date + 1; day <= date + longestSearch; day++) {
    const worked = businessDayOn(day, calendars.own);
    if (worked) return { from, until: instantOf(worked.open) };
  }
  return { from, until: undefined };
}
