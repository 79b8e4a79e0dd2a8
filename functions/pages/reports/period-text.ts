import { wallAt } from '../../domain/time/calendar-instant.ts';
import { daysIn, type Period } from '../../domain/time/periods.ts';
import { formatDayAndMonth, formatMonth, formatMonthAlone } from '../../domain/time/wall-format.ts';

/** 'November 2026', 'Nov 16–22, 2026', 'Q4 2026'. */
export function periodText(period: Period): string {
  const { first, last } = daysIn(period);
  if (period.includes('Q')) return `${period.slice(5)} ${period.slice(0, 4)}`;
  if (!period.includes('W')) return formatMonth(Date.parse(first));
  return daysText(first, last);
}

/** From the beginning of one period to the end of another: 'Sep 28 to Nov 22, 2026'; of one alone, that one. */
export function periodsText(first: Period, last: Period): string {
  if (first === last) return periodText(first);
  return daysText(daysIn(first).first, daysIn(last).last);
}

/** The year of the first day only where it is another one. */
function daysText(first: string, last: string): string {
  const [from, until] = [Date.parse(first), Date.parse(last)];
  return `${formatDayAndMonth(from, new Date(until).getUTCFullYear())} to ${formatDayAndMonth(until)}`;
}

/** 'Nov 16': the Monday of a week, as emails name it. */
export const mondayText = (week: Period): string => dayAndMonth(Date.parse(daysIn(week).first));

/** For an axis or the head of a column: 'W47', 'Nov', 'Q4'. */
export const shortPeriod = (period: Period): string =>
  period.includes('-W') || period.includes('-Q') ? period.slice(5) : formatMonthAlone(Date.parse(`${period}-01`));

/** 'Sep 7, 2026' in a zone. */
export const dayText = (at: string, zone: string): string => formatDayAndMonth(wallAt(Date.parse(at), zone));

/** 'Sep 7' in a zone, where there is no room for the year. */
export const shortDay = (at: string, zone: string): string => dayAndMonth(wallAt(Date.parse(at), zone));

const dayAndMonth = (day: number): string => formatDayAndMonth(day, new Date(day).getUTCFullYear());
