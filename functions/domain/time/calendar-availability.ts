import { dateOf, dayOfDate } from './calendar-instant.ts';
import { zoneId } from './zone-offsets.ts';

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/** Local times 'HH:MM' from 00:00 to 23:59; `to` is later than `from`. */
export interface WorkingHours {
  readonly from: string;
  readonly to: string;
}

/** ISO 3166-1 alpha-2 country, and the state's code in the holiday library: `{ country: 'DE', region: 'BY' }`. */
export interface HolidayPlace {
  readonly country: string;
  readonly region?: string | undefined;
}

/** When a person works, as their roster entry says it (JSON). */
export interface Availability {
  /** IANA zone, e.g. 'Europe/Berlin'. */
  readonly zone: string;
  /** A missing day is not a working day. */
  readonly hours: Readonly<Partial<Record<Weekday, WorkingHours | undefined>>>;
  readonly holidays?: HolidayPlace | undefined;
  /** Local dates 'YYYY-MM-DD', both inclusive. */
  readonly away?: readonly { readonly from: string; readonly to: string }[] | undefined;
  /** When nobody works there beside public holidays. */
  readonly closingDays?: readonly ClosingDays[] | undefined;
}

/**
 * Days on which a company, or one of its offices, is closed, and what they are called. Local dates, both inclusive: 'YYYY-MM-DD', or
 * 'MM-DD' of every year, where `from` may stand in the year before `to`.
 */
export interface ClosingDays {
  readonly from: string;
  readonly to: string;
  readonly name: string;
}

/** The public holidays of a year: 'YYYY-MM-DD' → English name. */
export type HolidayLookup = (place: HolidayPlace, year: number) => ReadonlyMap<string, string>;

/** Says what is wrong with an availability and what is expected. */
export class CalendarError extends Error {
  override readonly name = 'CalendarError';
}

/** Working hours in milliseconds after local midnight, by weekday (0 = Sunday). */
export type WeeklyHours = readonly ({ readonly from: number; readonly to: number } | undefined)[];

/** Local dates as days since 1970-01-01, both inclusive. */
export interface AwayDays {
  readonly from: number;
  readonly to: number;
}

const weekdays: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** The zone in its usual spelling. Throws a CalendarError naming a zone that is not in the IANA database. */
export function parseZone(zone: string): string {
  try {
    if (/^[A-Za-z]/.test(zone)) return zoneId(zone);
  } catch {
    // Said below, in the words of the roster.
  }
  throw new CalendarError(`Unknown time zone "${zone}": expected an IANA name such as Europe/Berlin`);
}

/** Throws a CalendarError naming impossible hours, an unknown weekday, or that there is no working day at all. */
export function parseHours(hours: Availability['hours']): WeeklyHours {
  const unknown = Object.keys(hours).find((day) => !weekdays.some((known) => known === day));
  if (unknown !== undefined) throw new CalendarError(`Unknown weekday "${unknown}": expected ${weekdays.join(', ')}`);
  const weekly = weekdays.map((day) => {
    const open = hours[day];
    if (open === undefined) return undefined;
    const from = parseTime(open.from, day);
    const to = parseTime(open.to, day);
    if (to <= from) {
      throw new CalendarError(
        `Impossible hours on ${day}: ${open.from} to ${open.to}; the end must be after the start`,
      );
    }
    return { from, to };
  });
  if (weekly.every((open) => open === undefined)) {
    throw new CalendarError('No working day at all: give hours for at least one weekday');
  }
  return weekly;
}

/** Throws a CalendarError naming a date that does not exist or a range that ends before it starts. */
export function parseAway(away: Availability['away']): readonly AwayDays[] {
  return (away ?? []).map(({ from, to }) => {
    const range = { from: parseDate(from), to: parseDate(to) };
    if (range.to < range.from) throw new CalendarError(`Impossible absence: ${from} to ${to} ends before it starts`);
    return range;
  });
}

/**
 * What the closing days that a date falls on are called; undefined for other dates.
 * Throws a CalendarError naming a date that does not exist, one with a year beside one without, or a range that ends before it starts or
 * is too long.
 */
export function parseClosingDays(closingDays: Availability['closingDays']): (day: number) => string | undefined {
  for (const each of closingDays ?? []) checkClosingDays(each);
  return (day) => {
    const date = dateOf(day);
    return closingDays?.find((range) => isWithin(isYearly(range.from) ? date.slice(5) : date, range))?.name;
  };
}

/** Longer than any company closes: every year from 12-31 to 12-24 would be nearly all of it. */
const longestClosing = 92;

function checkClosingDays({ from, to }: ClosingDays): void {
  const impossible = (problem: string) => new CalendarError(`Impossible closing days: ${problem}`);
  const [first, last] = [from, to].map((date) => {
    // A leap year has every date.
    const day = dayOfDate(isYearly(date) ? `2024-${date}` : date);
    if (day === undefined) throw impossible(`"${date}" is not a date such as 2026-12-23, or 12-23 for every year`);
    return day;
  }) as [number, number];
  if (isYearly(from) !== isYearly(to))
    throw impossible(`${from} to ${to}; give the year of both dates, or of none for every year`);
  if (last < first && !isYearly(from)) throw impossible(`${from} to ${to} ends before it starts`);
  const lasting = last - first + (last < first ? 366 : 0) + 1;
  if (lasting > longestClosing)
    throw impossible(`${from} to ${to} are ${lasting} days; at most ${longestClosing} are closed on end`);
}

const isYearly = (date: string): boolean => /^\d\d-\d\d$/.test(date);

/** Whether a date is in a range of dates written alike; one that ends before it starts goes on over the new year. */
const isWithin = (date: string, { from, to }: ClosingDays): boolean =>
  from <= to ? from <= date && date <= to : from <= date || date <= to;

function parseTime(text: string, day: Weekday): number {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) {
    throw new CalendarError(`Impossible hours on ${day}: "${text}" is not a time from 00:00 to 23:59`);
  }
  return (Number(hours) * 60 + Number(minutes)) * 60_000;
}

function parseDate(text: string): number {
  const day = dayOfDate(text);
  if (day === undefined) throw new CalendarError(`Impossible absence: "${text}" is not a date such as 2026-12-23`);
  return day;
}
