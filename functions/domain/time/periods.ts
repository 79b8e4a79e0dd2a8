import type { Instant } from './calendar.ts';
import { dayLength, epochAt, epochOfOurs, instantOf } from './calendar-instant.ts';
import { mondayOf, monthOf, weekOf } from './weeks.ts';

/** A span of local days: an ISO week `2026-W47`, a month `2026-11`, a quarter `2026-Q4`. */
export type Period = string;

/** From its first moment until the first one after it. UTC. */
export interface Span {
  readonly from: Instant;
  readonly until: Instant;
}

const week = /^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/;
const month = /^(\d{4})-(0[1-9]|1[0-2])$/;
const quarter = /^(\d{4})-Q([1-4])$/;

/** The quarter (`2026-Q4`) of an instant (UTC) as the clocks of `zone` (IANA) show it. Throws a RangeError for no instant. */
export const quarterOf = (at: Instant, zone: string): Period => quarterOfMonth(monthOf(at, zone));

const quarterOfMonth = (text: string): Period => `${text.slice(0, 4)}-Q${Math.ceil(Number(text.slice(5)) / 3)}`;

/** The first day of a period and the first one after it, in milliseconds of a wall clock; undefined when it is none. */
function wallsOf(period: Period): readonly [first: number, next: number] | undefined {
  if (week.test(period)) {
    try {
      const monday = Date.parse(mondayOf(period));
      return [monday, monday + 7 * dayLength];
    } catch {
      return undefined;
    }
  }
  const months = quarter.test(period) ? 3 : 1;
  const [, year, part] = month.exec(period) ?? quarter.exec(period) ?? [];
  if (year === undefined) return undefined;
  const begins = (Number(part) - 1) * months;
  return [Date.UTC(Number(year), begins), Date.UTC(Number(year), begins + months)];
}

/** Whether a text names a week, a month or a quarter that exists. */
export const isPeriod = (text: string): boolean => wallsOf(text) !== undefined;

/** When a week, month or quarter begins and ends in a zone. Throws a RangeError naming a text that is none. */
export function spanOf(period: Period, zone: string): Span {
  const [first, next] = wallsOrThrow(period);
  return { from: instantOf(epochAt(first, zone)), until: instantOf(epochAt(next, zone)) };
}

/** Whether moments that were written by us (UTC) are in a span. */
export function isIn(span: Span): (at: Instant | undefined) => boolean {
  const [from, until] = [Date.parse(span.from), Date.parse(span.until)];
  return (at) => {
    if (at === undefined) return false;
    const epoch = epochOfOurs(at);
    return from <= epoch && epoch < until;
  };
}

/** The period so many of its kind later, earlier when negative. Throws a RangeError naming a text that is none. */
export function periodAfter(period: Period, count: number): Period {
  const [first] = wallsOrThrow(period);
  if (week.test(period)) return weekOf(instantOf(first + 7 * count * dayLength), 'UTC');
  const [date, months] = [new Date(first), quarter.test(period) ? 3 : 1];
  const then = instantOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months * count)).slice(0, 7);
  return months === 1 ? then : quarterOfMonth(then);
}

/** So many periods that end with this one, oldest first. Throws a RangeError naming a text that is none. */
export const periodsUntil = (period: Period, count: number): readonly Period[] =>
  Array.from({ length: count }, (_, i) => periodAfter(period, i + 1 - count));

/** Its first and last day as `YYYY-MM-DD`. Throws a RangeError naming a text that is none. */
export function daysIn(period: Period): { readonly first: string; readonly last: string } {
  const [first, next] = wallsOrThrow(period);
  return { first: instantOf(first).slice(0, 10), last: instantOf(next - dayLength).slice(0, 10) };
}

function wallsOrThrow(period: Period): readonly [first: number, next: number] {
  const walls = wallsOf(period);
  if (!walls) throw new RangeError(`"${period}" is no week, month, or quarter: expected 2026-W47, 2026-11, or 2026-Q4`);
  return walls;
}
