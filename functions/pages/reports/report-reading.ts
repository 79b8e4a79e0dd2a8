import type { Refusal } from '../../domain/fields/refusal.ts';
import type { SiteFacts } from '../../domain/handoff/site.ts';
import type { Person } from '../../domain/people/person.ts';
import { queryOf } from '../../domain/reports/filter-query.ts';
import type { Filter } from '../../domain/reports/filters.ts';
import { filtered } from '../../domain/reports/filters.ts';
import type { Measured } from '../../domain/reports/measured-handoff.ts';
import type { PublishedKpis } from '../../domain/reports/published.ts';
import { seenBy } from '../../domain/reports/seen.ts';
import type { ReportId, Scope } from '../../domain/reports/who-sees.ts';
import type { Instant } from '../../domain/time/calendar.ts';
import type { Period } from '../../domain/time/periods.ts';
import { madeOnce, sightOf } from './looked-at.ts';

/** All that a report page is made of. */
export interface ReportReading {
  readonly site: SiteFacts;
  /** The id in the link, which opens the reader's desk as well. */
  readonly linkId: string;
  /** For the forms that lead on to a step, by the reader's desk. */
  readonly nonce: string;
  readonly person: Person;
  readonly scope: Scope;
  /** Of everybody: what the reader may see of it is taken by `seenFor`. */
  readonly measured: Measured;
  readonly filter: Filter;
  /** What the address asks for and cannot be used. */
  readonly refused: readonly Refusal[];
  /** The month of the first signatures looked at, where there are too many before. */
  readonly since?: Period;
  /** The numbers that went out by mail, by week: of all handoffs, and so only for who sees all. */
  readonly published?: readonly PublishedKpis[];
  /** What the address asks for beside the filter. */
  readonly query: URLSearchParams;
  readonly at: Instant;
}

/** What the reader may see for a report, whatever the filter. */
export const seenFor = ({ scope, measured }: Pick<ReportReading, 'scope' | 'measured'>, report: ReportId): Measured =>
  madeOnce(measured, sightOf(scope, scope.sees[report].whose), () => seenBy(scope, report, measured));

/** What the reader may see for a report and has asked for. */
export function askedFor(reading: ReportReading, report: ReportId): Measured {
  const { filter, site } = reading;
  const seen = seenFor(reading, report);
  return madeOnce(seen, `asked ${queryOf(filter)}`, () => filtered(seen, filter, site.defaultZone));
}

/** Whether the reader may see anything for a report. */
export const isSeen = ({ scope }: ReportReading, report: ReportId): boolean => scope.sees[report].whose !== 'nobody';
