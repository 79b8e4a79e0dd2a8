import type { Person } from '../people/person.ts';
import type { BusinessCalendar, Instant } from '../time/calendar.ts';
import { businessDayOn, localDay } from '../time/calendar-days.ts';
import { epochOf } from '../time/calendar-instant.ts';
import { dayIn } from '../time/formats.ts';
import { type Period, periodAfter, quarterOf, spanOf } from '../time/periods.ts';
import { weekOf } from '../time/weeks.ts';
import { type ReportKind, reportRules, reportsFor } from './report-rules.ts';

/** A report that is to be with its reader by now. */
export interface DueReport {
  readonly kind: ReportKind;
  /** What it tells of: a local day of the reader (`2026-11-23`), an ISO week, a quarter. */
  readonly period: Period;
  /** Sent once to them under it. */
  readonly key: string;
  /** Everything until then has to be measured first, UTC. */
  readonly measuredUntil?: Instant;
}

/** What the keys of a kind of report begin with; those of one reader sort by time. */
export const keysOf = (kind: ReportKind): string => `${kind}/`;

/**
 * Whether a morning has begun for somebody: they work today, and their working hours have begun. It lasts until their day ends, so
 * that what could not be sent at the hour comes later on the day.
 */
function isMorningOf(at: Instant, calendar: BusinessCalendar): boolean {
  const worked = businessDayOn(localDay(epochOf(at), calendar), calendar);
  return worked !== undefined && worked.open <= epochOf(at);
}

/**
 * The reports that somebody is to have by now: nothing before their morning, nor on a day off. Whoever is away gets the ones of the
 * week and the quarter on the first morning that they are back in it. `zone`: the stage's, in which weeks are counted that all
 * readers see alike.
 */
export function dueReports({
  person,
  roster,
  at,
  calendar,
  zone,
}: {
  readonly person: Person;
  readonly roster: readonly Person[];
  readonly at: Instant;
  readonly calendar: BusinessCalendar;
  readonly zone: string;
}): readonly DueReport[] {
  const kinds = reportsFor(person, roster);
  if (kinds.length === 0 || !isMorningOf(at, calendar)) return [];
  return kinds.map((kind) => reportAt(kind, { person, at, zone }));
}

/** A report as somebody would get it at a moment, were that their morning. `zone`: the stage's. */
export function reportAt(
  kind: ReportKind,
  { person, at, zone }: { readonly person: Person; readonly at: Instant; readonly zone: string },
): DueReport {
  const { every, tellsOf } = reportRules[kind];
  const now = { day: dayIn, week: weekOf, quarter: quarterOf }[every](at, person.availability.zone);
  if (tellsOf === 'now') return { kind, period: now, key: `${keysOf(kind)}${now}` };
  const period = periodAfter(now, -1);
  return { kind, period, key: `${keysOf(kind)}${period}`, measuredUntil: spanOf(period, zone).until };
}
