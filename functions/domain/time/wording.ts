import type { Instant } from './calendar.ts';
import { dayOf, type Wall, wallAt, yearOf } from './calendar-instant.ts';
import { timeTold } from './due-explanation.ts';
import { type Locality, localeOf, zoneOf } from './locality.ts';
import { formatDate, formatDaySoon, formatSoon, formatTime, formatWall, zoneName } from './wall-format.ts';

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

/** 'Mon, Nov 23, 4 PM Berlin time'. */
export const momentIn = (told: Locality, at: Instant, asOf: Instant): string =>
  `${timeIn(told, at, asOf)} ${zoneName(zoneOf(told))}`;

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
    return dayOf(there) === dayOf(wall)
      ? [`${formatTime(there, localeOf(zone))} ${zoneName(zoneOf(zone))}`]
      : [momentIn(zone, at, asOf)];
  });
  const main = momentIn(first, at, asOf);
  return also.length === 0 ? main : `${main} (${also.join('; ')})`;
}

/** '40 minutes', '5 hours', '3 days': rounded down to what matters. */
export function spanText(milliseconds: number): string {
  const counted = (amount: number, noun: string) => `${amount} ${noun}${amount === 1 ? '' : 's'}`;
  if (milliseconds < hour) return counted(Math.floor(milliseconds / minute), 'minute');
  if (milliseconds < 2 * day) return counted(Math.floor(milliseconds / hour), 'hour');
  return counted(Math.floor(milliseconds / day), 'day');
}

/** Working time in hours, whatever its length: a day of it has no fixed length. */
export function workingSpan(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 60) return spanText(milliseconds);
  const hours = Math.floor(minutes / 60);
  return `${hours} hour${hours === 1 ? '' : 's'}${minutes % 60 === 0 ? '' : ` ${spanText((minutes % 60) * minute)}`}`;
}

/** The explanation of a due time; without the time itself where it was just told in the same zone. */
export function reckoning(because: string, sameZone: boolean): string {
  return sameZone ? because.replace(timeTold, '') : because;
}
