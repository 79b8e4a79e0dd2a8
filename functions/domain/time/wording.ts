import type { Instant } from './calendar.ts';
import { formatDate, formatWall, wallAt, yearOf } from './calendar-instant.ts';
import { timeTold } from './due-explanation.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** 'Mon 23 Nov 16:00', the year only where it is not that of `asOf`. */
export function timeIn(zone: string, at: Instant, asOf: Instant): string {
  return formatWall(wallAt(Date.parse(at), zone), yearOf(wallAt(Date.parse(asOf), zone)));
}

/** 'Mon 23 Nov 16:00 Europe/Berlin'. */
export function momentIn(zone: string, at: Instant, asOf: Instant): string {
  return `${timeIn(zone, at, asOf)} ${zone}`;
}

/** 'Mon 23 Nov', the year only where it is not that of `asOf`. */
export function dateIn(zone: string, at: Instant, asOf: Instant): string {
  return formatDate(wallAt(Date.parse(at), zone), yearOf(wallAt(Date.parse(asOf), zone)));
}

/** A moment for people in several zones: 'Tue 24 Nov 16:00 Europe/Berlin, Tue 24 Nov 10:00 America/New_York'. */
export function momentInZones(zones: readonly string[], at: Instant, asOf: Instant): string {
  return [...new Set(zones)].map((zone) => momentIn(zone, at, asOf)).join(', ');
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
