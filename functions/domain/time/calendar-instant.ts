import { fromString } from 'temporal-polyfill/fns/Instant';
import { momentsOf, offsetAt, steadyOffset } from './zone-offsets.ts';

/** ISO 8601 instant in UTC, e.g. '2026-11-20T15:00:00Z' (always with Z; milliseconds only when not zero). */
export type Instant = string;

/**
 * A reading of a wall clock: milliseconds since 1970-01-01T00:00 as that clock counts them, whatever its zone.
 * So `Math.floor(wall / dayLength)` is the local date, and the remainder the local time.
 */
export type Wall = number;

/** Milliseconds in a day on a wall clock. */
export const dayLength = 86_400_000;

/** Milliseconds since 1970 in UTC. Throws a RangeError naming text that is not an instant. */
export function epochOf(at: Instant): number {
  // As nearly all of them are written; the parser that takes every spelling is slow.
  const epoch = Date.parse(at);
  if (!Number.isNaN(epoch)) {
    const written = new Date(epoch).toISOString();
    if (written === at || written.replace('.000Z', 'Z') === at) return epoch;
  }
  try {
    return fromString(at).epochMilliseconds;
  } catch {
    throw new RangeError(`"${at}" is not an instant: expected ISO 8601 in UTC, such as 2026-11-20T15:00:00Z`);
  }
}

/** The instant of `epoch` milliseconds since 1970 in UTC. */
export function instantOf(epoch: number): Instant {
  return new Date(epoch).toISOString().replace('.000Z', 'Z');
}

const zero = 48;
const secondsText = '2026-11-20T15:00:00Z'.length;

/**
 * What `Date.parse` says of an instant that was written by us, several times as fast: reports ask for a million of them. Of other
 * texts it may say anything.
 */
export function epochOfOurs(at: Instant): number {
  // With milliseconds.
  if (at.length !== secondsText) return Date.parse(at);
  const two = (i: number): number => 10 * at.charCodeAt(i) + at.charCodeAt(i + 1) - 11 * zero;
  const [year, month] = [100 * two(0) + two(2), two(5)];
  // Years begin in March here, so that a leap day is a year's last; 719,468 days are from March of the year 0 until 1970.
  const from = month > 2 ? year : year - 1;
  const days = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + two(8) - 1;
  const leaps = Math.floor(from / 4) - Math.floor(from / 100) + Math.floor(from / 400);
  return 1000 * (3600 * (24 * (365 * from + leaps + days - 719_468) + two(11)) + 60 * two(14) + two(17));
}

/** What the wall clock of `zone` (IANA) shows at `epoch`. */
export const wallAt = (epoch: number, zone: string): Wall => epoch + offsetAt(epoch, zone);

/**
 * When the wall clock of `zone` shows `wall`, in milliseconds since 1970 in UTC.
 * A time that the clock skips is the moment it springs forward, so that a later reading is never an earlier moment.
 * Of a time that the clock shows twice it is the first, unless that lies before `notBefore`.
 */
export function epochAt(wall: Wall, zone: string, notBefore = Number.NEGATIVE_INFINITY): number {
  // No clock is more than 14 hours from UTC: where none changes the day before or after, there is one such moment.
  const day = dayOf(wall);
  const offset = steadyOffset(day, zone);
  if (offset === steadyOffset(day - 1, zone) && offset === steadyOffset(day + 1, zone) && Number.isInteger(wall))
    return wall - offset;
  const moments = momentsOf(wall, zone);
  if ('skippedAt' in moments) return moments.skippedAt;
  return moments.first >= notBefore ? moments.first : moments.second;
}

/** The local date that a wall clock shows, as days since 1970-01-01. */
export function dayOf(wall: Wall): number {
  return Math.floor(wall / dayLength);
}

/** 'YYYY-MM-DD' of a date counted in days since 1970-01-01. */
export const dateOf = (day: number): string => new Date(day * dayLength).toISOString().slice(0, 10);

/** The same the other way; undefined for a text that is not so written, and for a date that does not exist. */
export function dayOfDate(date: string): number | undefined {
  const epoch = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(epoch) || dateOf(epoch / dayLength) !== date ? undefined : epoch / dayLength;
}

/** 0 = Sunday … 6 = Saturday, of a date counted in days since 1970-01-01 (a Thursday). */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** The year that a wall clock shows. */
export function yearOf(wall: Wall): number {
  return new Date(wall).getUTCFullYear();
}
