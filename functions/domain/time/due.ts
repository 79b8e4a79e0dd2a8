import {
  type BusinessCalendar,
  businessDateAfter,
  businessDayOn,
  currentBusinessDay,
  localDay,
  workingEpochFrom,
} from './calendar-days.ts';
import { dayLength, dayOf, epochAt, epochOf, type Instant, instantOf, type Wall, wallAt } from './calendar-instant.ts';
import { explainDue, type Reckoning } from './due-explanation.ts';
import { type Amount, parseWithin, type Within } from './due-within.ts';

export { asPromise, explainMoved } from './due-explanation.ts';
export { type Amount, hoursOf, parseWithin, type Within } from './due-within.ts';

const minute = 60_000;

export interface Due {
  /** A whole minute. */
  readonly at: Instant;
  /** One sentence, e.g. 'due Mon, Nov 23, 4 PM Berlin time: 24 h after Fri, Nov 20, 4 PM (closed won), weekend skipped'. */
  readonly because: string;
}

export interface DueRequest {
  readonly within: Within;
  readonly anchor: Instant;
  /** What happened at the anchor, in words for people: 'closed won'. */
  readonly anchorName: string;
  /** The owner's calendar. */
  readonly calendar: BusinessCalendar;
  /** In whose words and formats it is explained (BCP 47). */
  readonly locale?: string | undefined;
}

/**
 * When a step is due, and why, in its owner's calendar.
 * Hours and business days (S2, S3: "within 24 business hours", "5 business days") leave out every day off; calendar days and months
 * (S0–S4: "two weeks", "day 30") do not, but end in working time. Elapsed hours alone may end outside it.
 * To the minute, as people are told: what falls due by events a few seconds apart is one email.
 * Later anchors and larger amounts are never due earlier, but for anchors in the hour that a clock shows twice.
 * Throws a RangeError naming a malformed `within` or `anchor`, a NoWorkingTimeError when the owner is off for two years.
 */
export function dueAfter(request: DueRequest): Due {
  const amount = parseWithin(request.within);
  if (amount instanceof Error) throw amount;
  const anchor = epochOf(request.anchor);
  const { calendar, anchorName, locale } = request;
  const exact = reckon(amount, anchor, calendar);
  const reckoning = { ...exact, due: Math.floor(exact.due / minute) * minute };
  return {
    at: instantOf(reckoning.due),
    because: explainDue({ amount, anchor, anchorName, calendar, reckoning, locale }),
  };
}

/** Why something is due `hours` of working time after a moment, in the words of `dueAfter`; times are UTC. */
export function explainWorkingTime(span: {
  readonly from: Instant;
  readonly to: Instant;
  readonly hours: number;
  readonly fromName: string;
  readonly calendar: BusinessCalendar;
  readonly locale?: string | undefined;
}): string {
  const { calendar, locale } = span;
  const [anchor, due] = [epochOf(span.from), epochOf(span.to)];
  return explainDue({
    amount: { unit: 'working hours', amount: span.hours },
    anchor,
    anchorName: span.fromName,
    calendar,
    reckoning: { due, skipped: { from: localDay(anchor, calendar), to: localDay(due, calendar) } },
    locale,
  });
}

function reckon(amount: Amount, anchor: number, calendar: BusinessCalendar): Reckoning {
  switch (amount.unit) {
    case 'hours':
      return hoursAfter(anchor, amount.amount, calendar);
    case 'elapsed hours':
      return { due: anchor + Math.round(amount.amount * 3_600_000) };
    case 'business days':
      return businessDaysAfter(anchor, amount.amount, calendar);
    case 'same day':
      return sameDay(anchor, calendar);
    case 'days':
      return landingOn(wallAt(anchor, calendar.zone) + amount.amount * dayLength, anchor, calendar);
    case 'months':
      return monthsAfter(anchor, amount.amount, calendar);
  }
}

/**
 * "Hours run on business days only: 24 h from Friday 16:00 is Monday 16:00; an anchor outside working time counts from the next
 * working moment." A business day has 24 hours on the wall clock, whatever the clock change of that day.
 */
function hoursAfter(anchor: number, hours: number, calendar: BusinessCalendar): Reckoning {
  const start = workingEpochFrom(anchor, calendar);
  const wall = wallAt(start, calendar.zone);
  const total = wall - dayOf(wall) * dayLength + Math.round(hours * 3_600_000);
  const date = businessDateAfter(dayOf(wall), Math.floor(total / dayLength), calendar);
  const landing = epochAt(date * dayLength + (total % dayLength), calendar.zone, start);
  const due = workingEpochFrom(landing, calendar);
  return {
    due,
    ...(start === anchor ? {} : { countedFrom: start }),
    movedForward: due !== landing,
    skipped: { from: localDay(anchor, calendar), to: localDay(due, calendar) },
  };
}

/** "Close of business of the n-th business day after the anchor's day (the anchor's day is day 0)." */
function businessDaysAfter(anchor: number, days: number, calendar: BusinessCalendar): Reckoning {
  const anchorDay = localDay(anchor, calendar);
  const date = businessDateAfter(anchorDay, days, calendar);
  const due = businessDayOn(date, calendar)?.close ?? anchor;
  return { due, skipped: { from: anchorDay + 1, to: date } };
}

/** "Same day: close of business of the anchor's day, or of the next business day if that has passed." */
function sameDay(anchor: number, calendar: BusinessCalendar): Reckoning {
  const { close, date } = currentBusinessDay(anchor, calendar);
  return { due: close, skipped: { from: localDay(anchor, calendar), to: date } };
}

function monthsAfter(anchor: number, months: number, calendar: BusinessCalendar): Reckoning {
  const wall = wallAt(anchor, calendar.zone);
  const from = new Date(dayOf(wall) * dayLength);
  const month = from.getUTCMonth() + months;
  const monthEnd = new Date(Date.UTC(from.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const date = Date.UTC(from.getUTCFullYear(), month, Math.min(from.getUTCDate(), monthEnd));
  const reckoning = landingOn(date + wall - dayOf(wall) * dayLength, anchor, calendar);
  return monthEnd < from.getUTCDate() ? { ...reckoning, endOfMonth: date } : reckoning;
}

/** "Calendar days at the same local time, moved forward to the next working moment; months and DST by calendar arithmetic." */
function landingOn(wall: Wall, anchor: number, calendar: BusinessCalendar): Reckoning {
  const sameDate = dayOf(wall) === localDay(anchor, calendar);
  const landing = sameDate ? anchor : epochAt(wall, calendar.zone);
  const due = workingEpochFrom(landing, calendar);
  return {
    due,
    movedForward: due !== landing,
    skipped: { from: localDay(landing, calendar), to: localDay(due, calendar) },
  };
}
