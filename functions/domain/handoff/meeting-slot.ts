import { type BusinessCalendar, type Instant, nextWorkingMoment, workingTimeBetween } from '../time/calendar.ts';
import { dayOf, instantOf, wallAt } from '../time/calendar-instant.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Meetings are proposed on the half hour. */
const slotGrid = 30 * minute;
/** Nobody is invited to a meeting sooner than this. */
const notice = 2 * hour;
/** Further ahead there is no use in proposing one. */
const horizon = 21 * day;

export interface SlotRequest {
  readonly at: Instant;
  readonly minutes: number;
  /** Those who must be there; the first is the one who decides. */
  readonly calendars: readonly BusinessCalendar[];
  /** The meeting should have been held by then. */
  readonly before?: Instant;
  /** When somebody has another meeting, or a time was called off. */
  readonly taken?: readonly TakenTime[];
}

/** UTC. */
export interface TakenTime {
  readonly from: Instant;
  readonly until: Instant;
}

export interface Slot {
  readonly at: Instant;
  /** Whether it lies in the working hours of everybody. */
  readonly inHours: boolean;
}

/**
 * A time at which everybody works: from the next day on, so that all can prepare; sooner (two hours from now at the earliest)
 * when it must be held before that. A deadline that cannot be kept gives the first time there is. When there is no common
 * time within three weeks, an early start or a late end is asked of everybody, as little as helps (New York and Sydney share no
 * office hour); if that does not help either, the calendars at the end of the list are let go one by one. Undefined when nobody
 * works at all.
 */
export function meetingSlot({ at, minutes, calendars, before, taken = [] }: SlotRequest): Slot | undefined {
  const [first] = calendars;
  if (first === undefined) return undefined;
  const now = Date.parse(at);
  const limit = before === undefined ? Number.POSITIVE_INFINITY : Date.parse(before);
  const tomorrow = startOfTomorrow(at, first);
  const fewer = calendars.slice(1).map((_, i) => calendars.slice(0, calendars.length - 1 - i));
  const longer = [1, 2, 3].map((hours) => calendars.map((calendar) => stretched(calendar, hours * hour)));
  for (const together of [calendars, ...longer, ...fewer]) {
    const inHours = together === calendars;
    const search = (from: number) => firstCommon(from, { length: minutes * minute, calendars: together, taken });
    const prepared = search(Math.max(tomorrow, now + notice));
    if (prepared !== undefined && prepared + minutes * minute <= limit) return { at: instantOf(prepared), inHours };
    const soon = search(now + notice);
    if (soon !== undefined && soon + minutes * minute <= limit) return { at: instantOf(soon), inHours };
    // Too late in any case: then the soonest, because every hour counts.
    const late = limit < Number.POSITIVE_INFINITY ? soon : prepared;
    if (late !== undefined) return { at: instantOf(late), inHours };
  }
  return undefined;
}

/** A business day that is longer on both sides, by two hours in the morning at most: unusual, but not the middle of the night. */
const stretched = (calendar: BusinessCalendar, by: number): BusinessCalendar => ({
  ...calendar,
  day: (date) => {
    const found = calendar.day(date);
    return 'off' in found ? found : { open: found.open - Math.min(by, 2 * hour), close: found.close + by };
  },
});

function startOfTomorrow(at: Instant, { zone }: BusinessCalendar): number {
  const now = Date.parse(at);
  const date = dayOf(wallAt(now, zone));
  let hours = 0;
  while (dayOf(wallAt(now + hours * hour, zone)) === date) hours++;
  return Math.floor((now + hours * hour) / hour) * hour;
}

function firstCommon(
  from: number,
  { length, calendars, taken }: { readonly length: number } & Required<Pick<SlotRequest, 'calendars' | 'taken'>>,
): number | undefined {
  let start = aligned(from);
  while (start < from + horizon) {
    const opening = Math.max(...calendars.map((calendar) => Date.parse(nextWorkingMoment(instantOf(start), calendar))));
    if (opening > start) {
      start = aligned(opening);
      continue;
    }
    const [begin, end] = [instantOf(start), instantOf(start + length)];
    const isTaken = taken.some(({ from: a, until: b }) => Date.parse(a) < start + length && start < Date.parse(b));
    if (!isTaken && calendars.every((calendar) => workingTimeBetween(begin, end, calendar) === length)) return start;
    start += slotGrid;
  }
  return undefined;
}

const aligned = (epoch: number): number => Math.ceil(epoch / slotGrid) * slotGrid;
