import type { PublishedKpis } from '../domain/reports/published.ts';
import type { Period } from '../domain/time/periods.ts';

/** The numbers of weeks as they went out, kept for good. */
export interface PublishedWeeks {
  /** The first of a week stand, whoever publishes them again. */
  keep(kpis: PublishedKpis): Promise<void>;
  /** Those of the weeks of which any went out. */
  of(weeks: readonly Period[]): Promise<readonly PublishedKpis[]>;
}
