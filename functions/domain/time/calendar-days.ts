import {
  type Availability,
  type AwayDays,
  type HolidayLookup,
  parseAway,
  parseClosingDays,
  parseHours,
  parseZone,
  type WeeklyHours,
} from './calendar-availability.ts';
import { dayLength, dayOf, epochAt, wallAt, weekdayOf, yearOf } from './calendar-instant.ts';
import { formatDate } from './wall-format.ts';

/** Opening and closing moment of a business day, in milliseconds since 1970 in UTC. */
export interface BusinessDay {
  readonly open: number;
  readonly close: number;
}

/** Why nobody works on a day. An absence outranks the weekly rhythm, that outranks a holiday, and that the company's closing days. */
export type DayOff =
  | { readonly off: 'away'; readonly away: AwayDays }
  | { readonly off: 'weekend' }
  | { readonly off: 'weekday'; readonly weekday: number }
  | { readonly off: 'holiday'; readonly name: string }
  | { readonly off: 'clock change' };

/** An availability resolved: made by `businessCalendar`, asked through the functions beside it. */
export interface BusinessCalendar {
  /** IANA zone. */
  readonly zone: string;
  /** A local date, as days since 1970-01-01. */
  readonly day: (day: number) => BusinessDay | DayOff;
  readonly away: readonly AwayDays[];
}

/** Somebody is off for more than two years on end. */
export class NoWorkingTimeError extends Error {
  override readonly name = 'NoWorkingTimeError';
}

/** Days. */
export const longestSearch = 2 * 366;
const sunday = 0;
const saturday = 6;

/**
 * Resolves an availability. Each date is worked out once and kept, so hold on to the calendar of a person.
 * Throws a CalendarError naming an unknown zone, impossible hours, an impossible absence, impossible closing days, or no working day at all.
 */
export function businessCalendar(availability: Availability, holidays: HolidayLookup): BusinessCalendar {
  const zone = parseZone(availability.zone);
  const weekly = parseHours(availability.hours);
  const away = parseAway(availability.away);
  const closedOn = parseClosingDays(availability.closingDays);
  const place = availability.holidays;
  const years = new Map<number, ReadonlyMap<string, string>>();
  const holidayOn = (day: number): string | undefined => {
    if (place === undefined) return undefined;
    const year = yearOf(day * dayLength);
    const ofYear = years.get(year) ?? holidays(place, year);
    years.set(year, ofYear);
    return ofYear.get(new Date(day * dayLength).toISOString().slice(0, 10));
  };
  const resolve = (day: number): BusinessDay | DayOff => {
    const absence = away.find(({ from, to }) => from <= day && day <= to);
    if (absence !== undefined) return { off: 'away', away: absence };
    const weekday = weekdayOf(day);
    const hours = weekly[weekday];
    if (hours === undefined) return isWeekend(weekday, weekly) ? { off: 'weekend' } : { off: 'weekday', weekday };
    const holiday = holidayOn(day) ?? closedOn(day);
    if (holiday !== undefined) return { off: 'holiday', name: holiday };
    const open = epochAt(day * dayLength + hours.from, zone);
    const close = epochAt(day * dayLength + hours.to, zone);
    // A clock change can swallow the hours, or (Samoa, 30 December 2011) the whole date.
    return close > open && dayOf(wallAt(open, zone)) === day ? { open, close } : { off: 'clock change' };
  };
  const days = new Map<number, BusinessDay | DayOff>();
  const day = (date: number): BusinessDay | DayOff => {
    const known = days.get(date) ?? resolve(date);
    days.set(date, known);
    return known;
  };
  return { zone, day, away };
}

/** The local date at `epoch`, as days since 1970-01-01. */
export function localDay(epoch: number, calendar: BusinessCalendar): number {
  return dayOf(wallAt(epoch, calendar.zone));
}

/** The business day on that date, or undefined when nobody works. */
export function businessDayOn(day: number, calendar: BusinessCalendar): BusinessDay | undefined {
  const found = calendar.day(day);
  return 'off' in found ? undefined : found;
}

/** The date of the first business day on or after `day`. Throws a NoWorkingTimeError when there is none within two years. */
function businessDateFrom(day: number, calendar: BusinessCalendar): number {
  for (let date = day; date <= day + longestSearch; date++) {
    if (businessDayOn(date, calendar) !== undefined) return date;
  }
  const since = formatDate(day * dayLength);
  throw new NoWorkingTimeError(
    `No working time in ${calendar.zone} within two years of ${since}: every day is a day off`,
  );
}

/** The date of the `count`-th business day after `day`; `day` itself for 0. */
export function businessDateAfter(day: number, count: number, calendar: BusinessCalendar): number {
  let date = day;
  for (let left = count; left > 0; left--) date = businessDateFrom(date + 1, calendar);
  return date;
}

/** The business day at or after `epoch` whose closing moment has not passed, with its date. */
export function currentBusinessDay(epoch: number, calendar: BusinessCalendar): BusinessDay & { readonly date: number } {
  let date = localDay(epoch, calendar);
  for (;;) {
    date = businessDateFrom(date, calendar);
    const day = businessDayOn(date, calendar);
    if (day !== undefined && epoch <= day.close) return { ...day, date };
    date += 1;
  }
}

/** The moment itself inside working time, else when work begins again. */
export function workingEpochFrom(epoch: number, calendar: BusinessCalendar): number {
  return Math.max(epoch, currentBusinessDay(epoch, calendar).open);
}

/** Days off that touch a Saturday or Sunday are the weekend (Friday and Saturday in Tel Aviv); a lone day off keeps its name. */
function isWeekend(weekday: number, weekly: WeeklyHours): boolean {
  const run = [weekday];
  for (const step of [1, 6]) {
    for (let next = (weekday + step) % 7; weekly[next] === undefined && next !== weekday; next = (next + step) % 7)
      run.push(next);
  }
  return run.length > 1 && (run.includes(saturday) || run.includes(sunday));
}
