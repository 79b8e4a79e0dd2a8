import { dayLength, dayOf, type Instant, type Wall, wallAt, weekdayOf, yearOf } from './calendar-instant.ts';

/** No zone's clocks change but at a quarter of an hour. */
const quarter = 900_000;
/** By zone and the beginning of a day or a quarter of an hour: reports ask for the same ones a hundred thousand times. */
const offsets = new Map<string, Map<number, number>>();

const thursday = 4;

/** The ISO week of an instant (UTC) as the clocks of `zone` (IANA) show it: `2026-W47`. Throws a RangeError for no instant. */
export function weekOf(at: Instant, zone: string): string {
  const day = dayOf(wallIn(at, zone));
  // A week belongs to the year of its Thursday.
  const middle = day + thursday - isoWeekday(day);
  const year = yearOf(middle * dayLength);
  const week = Math.floor((middle - Date.UTC(year, 0, 1) / dayLength) / 7) + 1;
  return `${String(year).padStart(4, '0')}-W${String(week).padStart(2, '0')}`;
}

/** The month of an instant (UTC) as the clocks of `zone` (IANA) show it: `2026-11`. Throws a RangeError for no instant. */
export function monthOf(at: Instant, zone: string): string {
  const day = dayOf(wallIn(at, zone));
  const month = months.get(day) ?? new Date(day * dayLength).toISOString().slice(0, 7);
  months.set(day, month);
  return month;
}

/** By day: reports ask for the same ones a hundred thousand times. */
const months = new Map<number, string>();

/** The Monday that an ISO week (`2026-W47`) begins with: `2026-11-16`. Throws a RangeError for what is no week. */
export function mondayOf(week: string): string {
  const [, year = '', number = ''] = /^(\d{4})-W(\d\d)$/.exec(week) ?? [];
  // The fourth of January is always in the first week.
  const fourth = Date.UTC(Number(year), 0, 4) / dayLength;
  const monday = fourth + 1 - isoWeekday(fourth) + 7 * (Number(number) - 1);
  const text = number === '' ? '' : new Date(monday * dayLength).toISOString();
  if (text === '' || weekOf(text, 'UTC') !== week)
    throw new RangeError(`"${week}" is no week: expected one such as 2026-W47`);
  return text.slice(0, 10);
}

/** 1 = Monday … 7 = Sunday. */
const isoWeekday = (day: number): number => weekdayOf(day) || 7;

function wallIn(at: Instant, zone: string): Wall {
  const epoch = Date.parse(at);
  if (Number.isNaN(epoch)) throw new RangeError(`"${at}" is not an instant: expected ISO 8601 in UTC`);
  if (zone === 'UTC') return epoch;
  const day = Math.floor(epoch / dayLength) * dayLength;
  const offset = offsetAt(day, zone);
  // Clocks that are as far from UTC a day later have not changed in between.
  if (offset === offsetAt(day + dayLength, zone)) return epoch + offset;
  return epoch + offsetAt(Math.floor(epoch / quarter) * quarter, zone);
}

function offsetAt(epoch: number, zone: string): number {
  const ofZone = offsets.get(zone) ?? new Map<number, number>();
  offsets.set(zone, ofZone);
  const offset = ofZone.get(epoch) ?? wallAt(epoch, zone) - epoch;
  ofZone.set(epoch, offset);
  return offset;
}
