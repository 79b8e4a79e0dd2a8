import type { Instant } from './calendar.ts';
import { dayOf, wallAt, yearOf } from './calendar-instant.ts';
import { timeTold } from './due-explanation.ts';
import { formatDate, formatDaySoon, formatSoon, formatTime, formatWall, zoneName } from './wall-format.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** 'Mon, Nov 23, 4 PM', the year only where it is not that of `asOf`. */
export function timeIn(zone: string, at: Instant, asOf: Instant): string {
  return formatWall(wallAt(Date.parse(at), zone), yearOf(wallAt(Date.parse(asOf), zone)));
}

/** 'Mon, Nov 23, 4 PM Berlin time'. */
export function momentIn(zone: string, at: Instant, asOf: Instant): string {
  return `${timeIn(zone, at, asOf)} ${zoneName(zone)}`;
}

/** 'Mon, Nov 23', the year only where it is not that of `asOf`. */
export function dateIn(zone: string, at: Instant, asOf: Instant): string {
  return formatDate(wallAt(Date.parse(at), zone), yearOf(wallAt(Date.parse(asOf), zone)));
}

/** 'Wed 9 AM' within six days of `asOf`, else 'Dec 4': for subjects, and what is said again. */
export function soonIn(zone: string, at: Instant, asOf: Instant): string {
  return formatSoon(wallAt(Date.parse(at), zone), wallAt(Date.parse(asOf), zone));
}

/** 'Wed' within six days of `asOf`, else 'Dec 4': where there is no room for the hour. */
function daySoonIn(zone: string, at: Instant, asOf: Instant): string {
  return formatDaySoon(wallAt(Date.parse(at), zone), wallAt(Date.parse(asOf), zone));
}

/** How a subject tells a moment: with the hour, or without where there is no room for it. */
export const soonWith = (withHour: boolean): typeof soonIn => (withHour ? soonIn : daySoonIn);

/**
 * A moment for people in several zones: 'Tue, Nov 24, 4 PM Berlin time (10 AM New York time)'. A zone with the same clock as one
 * before it is not told again, nor is the day where it is the same.
 */
export function momentInZones(zones: readonly string[], at: Instant, asOf: Instant): string {
  const [first = 'UTC', ...others] = [...new Set(zones)];
  const wall = wallAt(Date.parse(at), first);
  const told = new Set([wall]);
  const also = others.flatMap((zone) => {
    const there = wallAt(Date.parse(at), zone);
    if (told.has(there)) return [];
    told.add(there);
    return dayOf(there) === dayOf(wall) ? [`${formatTime(there)} ${zoneName(zone)}`] : [momentIn(zone, at, asOf)];
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
