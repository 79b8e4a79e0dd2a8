import {
  type BusinessCalendar,
  businessDateAfter,
  businessDayOn,
  currentBusinessDay,
  localDay,
  longestSearch,
  NoWorkingTimeError,
  workingEpochFrom,
} from './calendar-days.ts';
import { dayLength, dayOf, epochAt, epochOf, type Instant, instantOf, wallAt } from './calendar-instant.ts';

export type {
  Availability,
  ClosingDays,
  HolidayLookup,
  HolidayPlace,
  Weekday,
  WorkingHours,
} from './calendar-availability.ts';
export { CalendarError } from './calendar-availability.ts';
export { type BusinessCalendar, businessCalendar, NoWorkingTimeError } from './calendar-days.ts';
export type { Instant } from './calendar-instant.ts';

/** Whether somebody works at `at`. The closing moment still counts: what is due at 17:00 is due within the day's hours. */
export function isWorkingMoment(at: Instant, calendar: BusinessCalendar): boolean {
  const epoch = epochOf(at);
  const day = businessDayOn(localDay(epoch, calendar), calendar);
  return day !== undefined && day.open <= epoch && epoch <= day.close;
}

/** `at` itself inside working time, else when work begins again. Throws a NoWorkingTimeError when that is over two years away. */
export function nextWorkingMoment(at: Instant, calendar: BusinessCalendar): Instant {
  return instantOf(workingEpochFrom(epochOf(at), calendar));
}

/**
 * The same local time `days` business days after the day of `at`, kept within that day's hours; for 0 days the next working
 * moment. "Climbs one rung per further business day" (S4). Throws a RangeError unless `days` is 0, 1, 2, …
 */
export function addBusinessDays(at: Instant, days: number, calendar: BusinessCalendar): Instant {
  if (!Number.isSafeInteger(days) || days < 0)
    throw new RangeError(`Cannot add ${days} business days: expected 0, 1, 2, …`);
  if (days === 0) return nextWorkingMoment(at, calendar);
  const wall = wallAt(epochOf(at), calendar.zone);
  const date = businessDateAfter(dayOf(wall), days, calendar);
  const sameTime = epochAt(wall + (date - dayOf(wall)) * dayLength, calendar.zone);
  const { open, close } = businessDayOn(date, calendar) ?? { open: sameTime, close: sameTime };
  return instantOf(Math.min(Math.max(sameTime, open), close));
}

/** How many business days fit between two moments: each ends at the local time at which the first begins. */
export function businessDaysBetween(from: Instant, to: Instant, calendar: BusinessCalendar): number {
  let days = 0;
  while (Date.parse(addBusinessDays(from, days + 1, calendar)) <= Date.parse(to)) days++;
  return days;
}

/** Milliseconds of working time from `from` to `to`; 0 when `to` is not later. */
export function workingTimeBetween(from: Instant, to: Instant, calendar: BusinessCalendar): number {
  const [start, end] = [epochOf(from), epochOf(to)];
  const last = localDay(end, calendar);
  let worked = 0;
  for (let date = localDay(start, calendar); date <= last; date++) {
    const day = businessDayOn(date, calendar);
    if (day !== undefined) worked += Math.max(0, Math.min(end, day.close) - Math.max(start, day.open));
  }
  return worked;
}

/** The moment when `milliseconds` of working time have passed since `from`. Throws a RangeError for a negative amount. */
export function addWorkingTime(from: Instant, milliseconds: number, calendar: BusinessCalendar): Instant {
  if (!Number.isFinite(milliseconds) || milliseconds < 0) {
    throw new RangeError(`Cannot add ${milliseconds} ms of working time: expected 0 or more`);
  }
  let at = workingEpochFrom(epochOf(from), calendar);
  let left = milliseconds;
  for (;;) {
    const { close } = currentBusinessDay(at, calendar);
    if (at + left <= close) return instantOf(at + left);
    left -= close - at;
    at = workingEpochFrom(close + 1, calendar);
  }
}

/** The moment from which `milliseconds` of working time remain until `to`. Throws a RangeError for a negative amount. */
export function subtractWorkingTime(to: Instant, milliseconds: number, calendar: BusinessCalendar): Instant {
  if (!Number.isFinite(milliseconds) || milliseconds < 0) {
    throw new RangeError(`Cannot subtract ${milliseconds} ms of working time: expected 0 or more`);
  }
  const end = epochOf(to);
  let left = milliseconds;
  for (let date = localDay(end, calendar); ; date--) {
    const day = businessDayOn(date, calendar);
    if (day === undefined) {
      if (localDay(end, calendar) - date <= longestSearch) continue;
      throw new NoWorkingTimeError(`No working time in ${calendar.zone} within two years before ${to}`);
    }
    const worked = Math.max(0, Math.min(end, day.close) - day.open);
    if (left <= worked && worked > 0) return instantOf(Math.min(end, day.close) - left);
    left -= worked;
  }
}

/** Whether the local date at `at` lies in one of the person's absences. */
export function isAway(at: Instant, calendar: BusinessCalendar): boolean {
  const day = localDay(epochOf(at), calendar);
  return calendar.away.some(({ from, to }) => from <= day && day <= to);
}
