import type { BusinessCalendar, DayOff } from './calendar-days.ts';
import { dayLength, dayOf, type Wall, wallAt, yearOf } from './calendar-instant.ts';
import type { Amount } from './due-within.ts';
import { formatDate, formatDays, formatWall, zoneName } from './wall-format.ts';

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
}

const weekdayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/**
 * One sentence that says when something is due in the owner's zone, counted from what, and every day off that was passed over.
 * A year is told only where it differs from the anchor's.
 */
export function explainDue({ amount, anchor, anchorName, calendar, reckoning }: ExplanationInput): string {
  const anchorWall = wallAt(anchor, calendar.zone);
  const year = yearOf(anchorWall);
  const time = (epoch: number): string => formatWall(wallAt(epoch, calendar.zone), year);
  const skipped = reckoning.skipped === undefined ? '' : daysOff({ calendar, year, ...reckoning.skipped });
  const sameDay = dayOf(wallAt(reckoning.due, calendar.zone)) === dayOf(anchorWall);
  const clauses = [
    `due ${time(reckoning.due)} ${zoneName(calendar.zone)}: ${distance(amount, sameDay)} ${time(anchor)} (${anchorName})`,
    reckoning.countedFrom === undefined ? '' : `counted from ${time(reckoning.countedFrom)}, the next working moment`,
    reckoning.endOfMonth === undefined ? '' : `to ${formatDate(reckoning.endOfMonth, year)}, the end of that month`,
    skipped === '' ? '' : `${skipped} skipped`,
    reckoning.movedForward === true ? 'moved to the next working moment' : '',
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
  }: { readonly to: number; readonly asOf: number; readonly zone: string; readonly waited: string },
): string {
  const [verb = 'due'] = /^(?:due|promised)(?= )/.exec(because) ?? [];
  const counted = because.replace(timeTold, '').replace(movedText, '');
  const time = formatWall(wallAt(to, zone), yearOf(wallAt(asOf, zone)));
  return `${verb} ${time} ${zoneName(zone)}: ${counted}, moved on by ${waited} of waiting for the customer`;
}

/** The time with which an explanation begins. */
export const timeTold = /^(?:due|promised) .*?: /;

const movedText = /, moved on by [^,]+ of waiting for the customer$/;

function distance(amount: ExplanationInput['amount'], sameDay: boolean): string {
  switch (amount.unit) {
    case 'hours':
      return `${amount.amount} h after`;
    case 'elapsed hours':
      return `${amount.amount} elapsed h after`;
    case 'working hours':
      return `${counted(amount.amount, 'working hour')} after`;
    case 'business days':
      return `close of business, ${counted(amount.amount, 'business day')} after`;
    case 'same day':
      return sameDay ? 'close of business on the day of' : 'close of business, next business day after';
    case 'days':
      return `${counted(amount.amount, 'day')} ${amount.amount < 0 ? 'before' : 'after'}`;
    case 'months':
      return `${counted(amount.amount, 'month')} ${amount.amount < 0 ? 'before' : 'after'}`;
  }
}

function counted(amount: number, noun: string): string {
  return `${Math.abs(amount)} ${noun}${Math.abs(amount) === 1 ? '' : 's'}`;
}

interface DaysOffInput {
  readonly calendar: BusinessCalendar;
  readonly year: number;
  readonly from: number;
  readonly to: number;
}

/** '2 weekends, Christmas Day and away Dec 28–30', in the order in which they were met; '' for none. */
function daysOff({ calendar, year, from, to }: DaysOffInput): string {
  const met = new Map<string, { times: number; last: number }>();
  for (let date = from; date < to; date++) {
    const day = calendar.day(date);
    if (!('off' in day)) continue;
    const name = dayOffName(day, year);
    const before = met.get(name);
    // Saturday and Sunday are one weekend, and the days of a festival or an absence are one.
    const goesOn =
      before !== undefined && (before.last === date - 1 || (day.off !== 'weekend' && day.off !== 'weekday'));
    met.set(name, { times: (before?.times ?? 0) + (goesOn ? 0 : 1), last: date });
  }
  const names = [...met].map(([name, { times }]) => (times === 1 ? name : `${times} ${name}s`));
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function dayOffName(day: DayOff, year: number): string {
  switch (day.off) {
    case 'away':
      return `away ${formatDays(day.away.from * dayLength, day.away.to * dayLength, { year })}`;
    case 'weekend':
      return 'weekend';
    case 'weekday':
      return weekdayNames[day.weekday] ?? '';
    case 'holiday':
      return day.name;
    case 'clock change':
      return 'a day without working hours (clock change)';
  }
}
