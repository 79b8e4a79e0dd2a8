import { textsOf } from '../texts/texts.ts';
import type { Instant } from './calendar.ts';
import { dayOf, type Wall, wallAt, yearOf } from './calendar-instant.ts';
import { timeTold } from './due-explanation.ts';
import { parseWithin, type Within } from './due-within.ts';
import { type Locality, localeOf, zoneOf } from './locality.ts';
import { formatDate, formatDaySoon, formatSoon, formatTime, formatWall, isPlace, placeOf } from './wall-format.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** What the clock of the reader shows. */
const wallFor = (told: Locality, at: Instant): Wall => wallAt(Date.parse(at), zoneOf(told));

/** 'Mon, Nov 23, 4 PM', the year only where it is not that of `asOf`. */
export const timeIn = (told: Locality, at: Instant, asOf: Instant): string =>
  formatWall(wallFor(told, at), yearOf(wallFor(told, asOf)), localeOf(told));

/** '4 PM' on the day of `asOf`, else 'Mon, Nov 23, 4 PM'. */
export function clockIn(zone: string, at: Instant, asOf: Instant): string {
  const wall = wallAt(Date.parse(at), zone);
  return dayOf(wall) === dayOf(wallAt(Date.parse(asOf), zone)) ? formatTime(wall) : timeIn(zone, at, asOf);
}

/** A time with the place whose clocks show it. */
function inItsZone(told: Locality, time: string): string {
  const { time: words } = textsOf(localeOf(told));
  const zone = zoneOf(told);
  const place = placeOf(zone);
  return words.moment(time, words.places[place] ?? place, isPlace(zone));
}

/** 'Mon, Nov 23, 4 PM Berlin time'. */
export const momentIn = (told: Locality, at: Instant, asOf: Instant): string => inItsZone(told, timeIn(told, at, asOf));

/** 'Mon, Nov 23', the year only where it is not that of `asOf`. */
export const dateIn = (told: Locality, at: Instant, asOf: Instant): string =>
  formatDate(wallFor(told, at), yearOf(wallFor(told, asOf)), localeOf(told));

/** 'Wed 9 AM' within six days of `asOf`, else 'Dec 4': for subjects, and what is said again. */
export const soonIn = (told: Locality, at: Instant, asOf: Instant): string =>
  formatSoon(wallFor(told, at), wallFor(told, asOf), localeOf(told));

/** 'Wed' within six days of `asOf`, else 'Dec 4': where there is no room for the hour. */
const daySoonIn = (told: Locality, at: Instant, asOf: Instant): string =>
  formatDaySoon(wallFor(told, at), wallFor(told, asOf), localeOf(told));

/** How a subject tells a moment: with the hour, or without where there is no room for it. */
export const soonWith = (withHour: boolean): typeof soonIn => (withHour ? soonIn : daySoonIn);

/**
 * A moment for people in several zones: 'Tue, Nov 24, 4 PM Berlin time (10 AM New York time)'. A zone with the same clock as one
 * before it is not told again, nor is the day where it is the same.
 */
export function momentInZones(zones: readonly Locality[], at: Instant, asOf: Instant): string {
  const [first = 'UTC', ...others] = zones;
  const wall = wallFor(first, at);
  const told = new Set([wall]);
  const also = others.flatMap((zone) => {
    const there = wallFor(zone, at);
    if (told.has(there)) return [];
    told.add(there);
    return [
      dayOf(there) === dayOf(wall) ? inItsZone(zone, formatTime(there, localeOf(zone))) : momentIn(zone, at, asOf),
    ];
  });
  return textsOf(localeOf(first)).time.moments(momentIn(first, at, asOf), also);
}

/** '40 minutes', '5 hours', '3 days': rounded down to what matters. */
export function spanText(milliseconds: number, locale?: string): string {
  const { count } = textsOf(locale);
  if (milliseconds < hour) return count.minutes(Math.floor(milliseconds / minute));
  if (milliseconds < 2 * day) return count.hours(Math.floor(milliseconds / hour));
  return count.days(Math.floor(milliseconds / day));
}

/** Working time in hours, whatever its length: a day of it has no fixed length. */
export function workingSpan(milliseconds: number, locale?: string): string {
  const minutes = Math.floor(milliseconds / minute);
  if (minutes < 60) return spanText(milliseconds, locale);
  const hours = textsOf(locale).count.hours(Math.floor(minutes / 60));
  return minutes % 60 === 0 ? hours : `${hours} ${spanText((minutes % 60) * minute, locale)}`;
}

/** '15 days', '3 business days': a span of the playbook, which is no 'same day'. */
export function withinText(within: Within, locale?: string): string {
  const amount = parseWithin(within);
  if (amount instanceof Error || amount.unit === 'same day') return within;
  const { count } = textsOf(locale);
  const counts = {
    hours: count.hours,
    'elapsed hours': count.hours,
    'business days': count.businessDays,
    days: count.days,
    months: count.months,
  };
  return counts[amount.unit](amount.amount);
}

/** The explanation of a due time; without the time itself where it was just told in the same zone. */
export function reckoning(because: string, sameZone: boolean): string {
  return sameZone ? because.replace(timeTold, '') : because;
}
