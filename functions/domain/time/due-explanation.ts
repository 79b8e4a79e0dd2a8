import type { Texts } from '../texts/en/en.ts';
import { textsOf } from '../texts/texts.ts';
import type { BusinessCalendar, DayOff } from './calendar-days.ts';
import { dayLength, dayOf, type Wall, wallAt, yearOf } from './calendar-instant.ts';
import type { Amount } from './due-within.ts';
import { formatDate, formatDays, formatWall, isPlace, placeOf } from './wall-format.ts';

/** A due time (milliseconds since 1970 in UTC) with what was done to reach it. */
export interface Reckoning {
  readonly due: number;
  /** The next working moment, when the anchor lay outside working time and the count began there. */
  readonly countedFrom?: number;
  /** The result lay outside working time. */
  readonly movedForward?: boolean;
  /** The last day of a month that lacks the anchor's day. */
  readonly endOfMonth?: Wall;
  /** Local dates passed over, as days since 1970-01-01; `to` is exclusive. */
  readonly skipped?: { readonly from: number; readonly to: number };
}

export interface ExplanationInput {
  readonly amount: Amount | { readonly unit: 'working hours'; readonly amount: number };
  readonly anchor: number;
  readonly anchorName: string;
  readonly calendar: BusinessCalendar;
  readonly reckoning: Reckoning;
  /** In whose words and formats (BCP 47). */
  readonly locale?: string | undefined;
}

/**
 * One sentence that says when something is due in the owner's zone, counted from what, and every day off that was passed over.
 * A year is told only where it differs from the anchor's.
 */
export function explainDue({ amount, anchor, anchorName, calendar, reckoning, locale }: ExplanationInput): string {
  const { due: words, time: moments } = textsOf(locale);
  const anchorWall = wallAt(anchor, calendar.zone);
  const year = yearOf(anchorWall);
  const time = (epoch: number): string => formatWall(wallAt(epoch, calendar.zone), year, locale);
  const skipped = reckoning.skipped === undefined ? '' : daysOff({ calendar, year, locale, ...reckoning.skipped });
  const sameDay = dayOf(wallAt(reckoning.due, calendar.zone)) === dayOf(anchorWall);
  const clauses = [
    words.dated(
      moments.moment(time(reckoning.due), placeIn(calendar.zone, locale), isPlace(calendar.zone)),
      words.from(distance(words, amount, sameDay), time(anchor), anchorName),
    ),
    reckoning.countedFrom === undefined ? '' : words.countedFrom(time(reckoning.countedFrom)),
    reckoning.endOfMonth === undefined ? '' : words.endOfMonth(formatDate(reckoning.endOfMonth, year, locale)),
    skipped === '' ? '' : words.skipped(skipped),
    reckoning.movedForward === true ? words.moved : '',
  ];
  return clauses.filter((clause) => clause !== '').join(', ');
}

/** The same explanation, of a promise in place of a due time. */
export const asPromise = (because: string): string => because.replace(/^due /, 'promised ');

/**
 * The same explanation, of a due time or a promise that was moved on to `to` (milliseconds since 1970, UTC) by waiting for
 * `hours`: 'due Thu, Dec 3, 3:12 PM Berlin time: 24 h after …, moved on by 9 hours of waiting for the customer'. What it said of
 * waiting before is replaced, so `hours` counts all of it. A year is told only where it is not that of `asOf`.
 */
export function explainMoved(
  because: string,
  {
    to,
    asOf,
    zone,
    waited,
    locale,
  }: {
    readonly to: number;
    readonly asOf: number;
    readonly zone: string;
    readonly waited: string;
    readonly locale?: string | undefined;
  },
): string {
  const { due: words, time: moments } = textsOf(locale);
  const counted = because.replace(timeTold, '').replace(movedText, '');
  const time = formatWall(wallAt(to, zone), yearOf(wallAt(asOf, zone)), locale);
  const moved = words.dated(
    moments.moment(time, placeIn(zone, locale), isPlace(zone)),
    `${counted}, ${words.waited(waited)}`,
  );
  return /^(promised|zugesagt) /.test(because) ? words.asPromise(moved) : moved;
}

/** The time with which an explanation begins. */
export const timeTold = /^(?:due|promised|fällig|zugesagt) .*?: /;

const movedText = /, (?:moved on by [^,]+ of waiting for the customer|um [^,]+ Warten auf den Kunden verschoben)$/;

/** The place that a zone is called after, as the language calls it. */
function placeIn(zone: string, locale: string | undefined): string {
  const place = placeOf(zone);
  return textsOf(locale).time.places[place] ?? place;
}

function distance(words: Texts['due'], amount: ExplanationInput['amount'], sameDay: boolean): string {
  switch (amount.unit) {
    case 'hours':
      return words.hours(amount.amount);
    case 'elapsed hours':
      return words.elapsedHours(amount.amount);
    case 'working hours':
      return words.workingHours(amount.amount);
    case 'business days':
      return words.businessDays(amount.amount);
    case 'same day':
      return sameDay ? words.onTheDay : words.nextDay;
    case 'days':
      return words.days(amount.amount);
    case 'months':
      return words.months(amount.amount);
  }
}

interface DaysOffInput {
  readonly calendar: BusinessCalendar;
  readonly year: number;
  readonly from: number;
  readonly to: number;
  readonly locale: string | undefined;
}

/** '2 weekends, Christmas Day and away Dec 28–30', in the order in which they were met; '' for none. */
function daysOff({ calendar, year, locale, from, to }: DaysOffInput): string {
  const { due: words, listed } = textsOf(locale);
  const met = new Map<string, { times: number; last: number; day: DayOff }>();
  for (let date = from; date < to; date++) {
    const day = calendar.day(date);
    if (!('off' in day)) continue;
    const key = [
      day.off,
      'name' in day && day.name,
      'weekday' in day && day.weekday,
      'away' in day && day.away.from,
    ].join();
    const before = met.get(key);
    // Saturday and Sunday are one weekend, and the days of a festival or an absence are one.
    const goesOn =
      before !== undefined && (before.last === date - 1 || (day.off !== 'weekend' && day.off !== 'weekday'));
    met.set(key, { times: (before?.times ?? 0) + (goesOn ? 0 : 1), last: date, day });
  }
  const nameOf = ({ day, times }: { day: DayOff; times: number }): string => {
    switch (day.off) {
      case 'away':
        return words.away(
          formatDays(day.away.from * dayLength, day.away.to * dayLength, { year, ...(locale && { locale }) }),
        );
      case 'weekend':
        return words.weekends(times);
      case 'weekday':
        return words.weekdays(day.weekday, times);
      case 'holiday':
        return words.holidays(day.name, times);
      case 'clock change':
        return words.clockChange;
    }
  };
  return listed([...new Set([...met.values()].map(nameOf))]);
}
