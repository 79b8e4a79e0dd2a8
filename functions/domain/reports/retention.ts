import { type HandoffRecord, isClosed } from '../handoff/handoff.ts';
import { openItemsOf } from '../handoff/open-items.ts';
import type { Instant } from '../time/calendar.ts';
import { type Period, periodAfter, quarterOf } from '../time/periods.ts';
import { monthOf, weekOf } from '../time/weeks.ts';

/** The first month (`2025-10`, UTC as rows are kept) that is kept at an instant (UTC): so many whole ones before its own. */
export const firstKeptMonth = (at: Instant, retentionMonths: number): Period =>
  periodAfter(monthOf(at, 'UTC'), -retentionMonths);

/** The first week and the first quarter of which anything is in the months that are kept: those before are over by then. */
export function firstKeptPeriods(month: Period): { readonly week: Period; readonly quarter: Period } {
  const first = `${month}-01T00:00:00Z`;
  return { week: weekOf(first, 'UTC'), quarter: quarterOf(first, 'UTC') };
}

/** The quarters from that of one month until the one that is kept first, which is not among them. */
export function quartersBefore(month: Period, from: Period): readonly Period[] {
  const { quarter: until } = firstKeptPeriods(month);
  const quarters: Period[] = [];
  for (let each = firstKeptPeriods(from).quarter; each < until; each = periodAfter(each, 1)) quarters.push(each);
  return quarters;
}

/** Whether a handoff is one of those of which nothing is kept in reports, by its record. */
export const isPastKeeping = (record: HandoffRecord, firstKept: Period): boolean =>
  isClosed(record.state.status) &&
  openItemsOf(record).length === 0 &&
  monthOf(record.deal.closedWonAt, 'UTC') < firstKept;
