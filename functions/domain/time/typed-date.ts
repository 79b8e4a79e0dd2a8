import { dayLength, dayOf as dayOfWall, epochOf, wallAt, weekdayOf, yearOf } from './calendar-instant.ts';

/** A day as somebody typed it, in days since 1970-01-01, or why it cannot be told which is meant: a sentence. */
export type TypedDate = { readonly day: number; readonly rest: string } | { readonly problem: string };

/** Where a year was left out: the day next to `day` that is not before it, or not after it. */
export interface Nearest {
  /** In days since 1970-01-01. */
  readonly day: number;
  readonly is: 'ahead' | 'past';
}

/** The days next to the one that it is in a zone (IANA) at a moment (UTC). */
export const nearestTo = (
  { at, zone }: { readonly at: string; readonly zone: string },
  is: Nearest['is'],
): Nearest => ({
  day: dayOfWall(wallAt(epochOf(at), zone)),
  is,
});

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const weekday = String.raw`(?:(?<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? +)?`;
const named = String.raw`(?<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?`;
const year = String.raw`(?:(?:, ?| )(?<year>\d{4})\b)?`;

const shapes = [
  /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(?!\d)/,
  /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})?(?!\d)/,
  /^(?<first>\d{1,2})\/(?<second>\d{1,2})(?:\/(?<year>\d{4}))?\b/,
  new RegExp(`^${weekday}${named} (?<day>\\d{1,2})(?:st|nd|rd|th)?\\b${year}`),
  new RegExp(`^${weekday}(?<day>\\d{1,2})(?:st|nd|rd|th)?\\.? ${named}${year}`),
];

/**
 * Reads the day at the start of a text: '2026-11-23', '23.11.2026', '11/23/2026', 'Nov 23', 'Nov 23, 2026', '23 November 2026'.
 * Undefined when there is none. A day that two countries read differently, that does not exist, or that is another day of the
 * week is a problem; so is a year left out where `nearest` does not say which.
 */
export function readTypedDate(typed: string, nearest?: Nearest): TypedDate | undefined {
  const text = typed.trim().replace(/\s+/g, ' ');
  const lower = text.toLowerCase();
  const found = firstMatch(lower);
  if (!found?.groups) return undefined;
  const { groups } = found;
  const said = text.slice(0, found[0].length);
  const parts = partsOf(groups);
  if (parts === undefined) return { problem: ambiguous(said, groups) };
  const day = dayOf(parts, groups['year'], nearest);
  if (day === undefined)
    return { problem: groups['year'] === undefined && !nearest ? `Add the year to ${said}` : `There is no ${said}` };
  const isOther = groups['weekday'] !== undefined && weekdays[weekdayOf(day)] !== groups['weekday'];
  if (isOther) return { problem: `${said} is another day of the week; check the day` };
  return { day, rest: text.slice(found[0].length) };
}

/** One after the other: most dates are written in the first shape, and the others are slow to compile. */
function firstMatch(text: string): RegExpExecArray | undefined {
  for (const shape of shapes) {
    const match = shape.exec(text);
    if (match) return match;
  }
  return undefined;
}

interface Parts {
  readonly month: number;
  readonly day: number;
}

type Groups = Readonly<Record<string, string | undefined>>;

/** Undefined where the two numbers of '3/4/2026' can be read either way. */
function partsOf(groups: Groups): Parts | undefined {
  if (groups['first'] === undefined)
    return {
      month: groups['name'] === undefined ? Number(groups['month']) : months.indexOf(groups['name']) + 1,
      day: Number(groups['day']),
    };
  const [first, second] = [Number(groups['first']), Number(groups['second'])];
  if (first > 12) return { month: second, day: first };
  return second > 12 || first === second ? { month: first, day: second } : undefined;
}

function dayOf({ month, day }: Parts, year: string | undefined, nearest: Nearest | undefined) {
  if (year !== undefined) return plainDay({ year: Number(year), month, day });
  if (!nearest) return undefined;
  const now = yearOf(nearest.day * dayLength);
  const around = [-1, 0, 1].flatMap((by) => plainDay({ year: now + by, month, day }) ?? []);
  return nearest.is === 'ahead'
    ? around.find((one) => one >= nearest.day)
    : around.findLast((one) => one <= nearest.day);
}

/** Undefined for a day that does not exist. */
function plainDay({ year, month, day }: { year: number; month: number; day: number }): number | undefined {
  // Years below 100 are years of the last century to `Date.UTC`.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() / dayLength : undefined;
}

function ambiguous(said: string, groups: Groups): string {
  const read = (month: string | undefined, day: string | undefined) => {
    const name = months[Number(month) - 1] ?? '';
    return `${name.slice(0, 1).toUpperCase()}${name.slice(1)} ${Number(day)}`;
  };
  const [one, other] = [read(groups['first'], groups['second']), read(groups['second'], groups['first'])];
  return `${said} can be ${one} or ${other}. Write the month as a word`;
}
