import {
  type BusinessCalendar,
  type BusinessDay,
  businessDateAfter,
  businessDayOn,
  currentBusinessDay,
  localDay,
  longestSearch,
} from '../time/calendar-days.ts';
import { epochOf, type Instant, instantOf } from '../time/calendar-instant.ts';
import type { CalendarOf } from './people.ts';
import type { Person } from './person.ts';

/** When somebody is away from work: for one business day or more. */
export interface Absence {
  /** When work would begin on the first business day they miss, UTC: nobody hears of it at night or on a weekend. */
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
  const missed = missedDay(date, calendars);
  return missed && absenceOn(date, missed, calendars);
}

/** The next absence that begins after `at` (UTC); also the one that `absenceAt` finds before its first morning. */
export function absenceAfter(person: Person, at: Instant, calendarOf: CalendarOf): Absence | undefined {
  const calendars = calendarsOf(person, calendarOf);
  if (!calendars) return undefined;
  const { date } = currentBusinessDay(epochOf(at), calendars.office);
  const last = Math.max(...calendars.own.away.map(({ to }) => to));
  const begun = missedDay(date, calendars);
  const coming = begun && absenceOn(date, begun, calendars);
  if (coming && Date.parse(coming.from) > Date.parse(at)) return coming;
  let worked = !coming;
  for (let day = date + 1; day <= Math.min(last, date + longestSearch); day++) {
    const missed = missedDay(day, calendars);
    if (businessDayOn(day, calendars.own)) worked = true;
    else if (worked && missed) return absenceOn(day, missed, calendars);
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
    if (missedDay(date, calendars)) missed++;
  }
  return missed;
}

/** The business day that a date would be, were they not away. */
const missedDay = (date: number, { own, office }: Calendars): BusinessDay | undefined =>
  businessDayOn(date, own) === undefined ? businessDayOn(date, office) : undefined;

/** The absence that a missed business day belongs to. */
function absenceOn(date: number, missed: BusinessDay, calendars: Calendars): Absence {
  let first = missed;
  for (let day = date - 1; day >= date - longestSearch && !businessDayOn(day, calendars.own); day--)
    first = missedDay(day, calendars) ?? first;
  const from = instantOf(first.open);
  for (let day = date + 1; day <= date + longestSearch; day++) {
    const worked = businessDayOn(day, calendars.own);
    if (worked) return { from, until: instantOf(worked.open) };
  }
  return { from, until: undefined };
}
