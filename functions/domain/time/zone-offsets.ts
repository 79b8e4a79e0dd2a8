import { fromEpochMilliseconds, toZonedDateTimeISO } from 'temporal-polyfill/fns/Instant';
import { equals, toZonedDateTime } from 'temporal-polyfill/fns/PlainDateTime';
import { getTimeZoneTransition, offsetNanoseconds, toPlainDateTime } from 'temporal-polyfill/fns/ZonedDateTime';

// Temporal by its functions: of its classes a bundle would have to take all, three times as much.

// What the clocks of a zone differ from UTC, a day of UTC at a time: nearly every day has one such offset, and asking the zone's
// rules for it takes hundreds of times as long as remembering it.

const dayLength = 86_400_000;

/** Days since 1970 between which days are remembered: in no zone have clocks been changed twice within a day since 1980. */
const [firstDay, lastDay] = [Date.UTC(1980, 0) / dayLength, Date.UTC(2100, 0) / dayLength];

/** How many days are remembered of a zone: eleven years. */
const mostDays = 4000;

/** By zone, then by day; NaN for a day on which clocks change. */
const remembered = new Map<string, Map<number, number>>();

/** Milliseconds that the clocks of `zone` (IANA) are ahead of UTC at `epoch`, negative west of it. */
export function offsetAt(epoch: number, zone: string): number {
  const steady = Number.isInteger(epoch) ? steadyOffset(Math.floor(epoch / dayLength), zone) : Number.NaN;
  return Number.isNaN(steady) ? reckoned(epoch, zone) : steady;
}

/** The same for the whole of a day of UTC, counted from 1970-01-01; NaN where clocks change on it, or nothing is remembered of it. */
export function steadyOffset(day: number, zone: string): number {
  if (!(day >= firstDay && day < lastDay)) return Number.NaN;
  const known = remembered.get(zone)?.get(day);
  if (known !== undefined) return known;
  const [from, to] = [reckoned(day * dayLength, zone), reckoned((day + 1) * dayLength, zone)];
  const steady = from === to ? from : Number.NaN;
  const days = remembered.get(zone) ?? new Map<number, number>();
  remembered.set(zone, days);
  if (days.size >= mostDays) days.clear();
  days.set(day, steady);
  return steady;
}

/** Whether an offset of a zone, as it is spelled, was asked for before: it then is one. */
export const isReckoned = (zone: string): boolean => remembered.has(zone);

function reckoned(epoch: number, zone: string): number {
  return offsetNanoseconds(zonedAt(epoch, zone)) / 1_000_000;
}

const zonedAt = (epoch: number, zone: string) => toZonedDateTimeISO(fromEpochMilliseconds(epoch), zone);

/** The zone in its usual spelling. Throws a RangeError for one that is not in the IANA database. */
export const zoneId = (zone: string): string => zonedAt(0, zone).timeZoneId;

/** When the clocks of `zone` change next after `epoch`, or did so last before it; undefined where they don't. */
export const clockChange = (epoch: number, zone: string, direction: 'next' | 'previous'): number | undefined =>
  getTimeZoneTransition(zonedAt(epoch, zone), direction)?.epochMilliseconds;

/**
 * The moments at which the clocks of `zone` show a reading (milliseconds since 1970-01-01T00:00 as they count them): two of them,
 * the same but where clocks go back. Of a reading that they skip, when they do.
 */
export function momentsOf(
  wall: number,
  zone: string,
): { readonly first: number; readonly second: number } | { readonly skippedAt: number } {
  const plain = toPlainDateTime(zonedAt(wall, 'UTC'));
  const earlier = toZonedDateTime(plain, zone, { disambiguation: 'earlier' });
  const first = earlier.epochMilliseconds;
  if (!equals(toPlainDateTime(earlier), plain)) return { skippedAt: clockChange(first, zone, 'next') ?? first };
  return { first, second: toZonedDateTime(plain, zone, { disambiguation: 'later' }).epochMilliseconds };
}
