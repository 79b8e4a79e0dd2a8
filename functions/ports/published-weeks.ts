import type { PublishedKpis } from '../domain/reports/published.ts';
import type { Period } from '../domain/time/periods.ts';

/** The numbers of weeks as they went out, kept for good, or as long as the stage keeps them. */
export interface PublishedWeeks {
  /** The first of a week stand, whoever publishes them again. */
  keep(kpis: PublishedKpis): Promise<void>;
  /** Those of the weeks of which any went out. */
  of(weeks: readonly Period[]): Promise<readonly PublishedKpis[]>;
  /** Deletes weeks before one, no more than so many; how many. */
  dropBefore(week: Period, most: number): Promise<number>;
}
