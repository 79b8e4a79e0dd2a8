import type { Instant } from '../time/calendar.ts';
import { type Band, type Banding, bands } from './bands.ts';
import { type Comparison, compare, type Split } from './comparison.ts';
import type { MeasureId } from './definitions.ts';
import { type Figure, figuresOf } from './figures.ts';
import type { MeasuredHandoff } from './measured-handoff.ts';

/** What became of customers (S2, S4). */
export const outcomeMeasures = [
  'onboardingComplete',
  'expanded',
  'renewed',
  'churned',
] as const satisfies readonly MeasureId[];

/** What became of the customers of handoffs that went alike. */
export interface OutcomesOfBand {
  readonly band: Pick<Band, 'id' | 'title'>;
  /** Handoffs in the band, and those of whose customer something was told. */
  readonly handoffs: number;
  readonly told: number;
  /** One a measure, in the order of `outcomeMeasures`. */
  readonly figures: readonly Figure[];
}

/** What became of customers by how their handoffs went: bands, and what the best and the worst one differ in. */
export interface OutcomesByBand {
  readonly banding: Banding;
  readonly bands: readonly OutcomesOfBand[];
  /** Of each measure the worst band (`before`) beside the best one (`after`). It is no proof of a cause. */
  readonly comparisons: readonly Comparison[];
}

/** What became of customers by bands of a kind. `asOf`: when everything was measured, UTC. */
export function outcomesBy(banding: Banding, handoffs: readonly MeasuredHandoff[], asOf: Instant): OutcomesByBand {
  const inBands = bands[banding].map(({ holds, ...band }) => ({ band, those: handoffs.filter(holds) }));
  const split: Split = { before: inBands.at(-1)?.those ?? [], after: inBands[0]?.those ?? [] };
  return {
    banding,
    bands: inBands.map(({ band, those }) => ({
      band,
      handoffs: those.length,
      told: those.filter(({ outcomes }) => outcomes.length > 0).length,
      figures: figuresOf(outcomeMeasures, those),
    })),
    comparisons: compare(outcomeMeasures, split, asOf),
  };
}

/** What became of customers before and after something changed. `asOf`: when everything was measured, UTC. */
export const outcomesBeforeAndAfter = (split: Split, asOf: Instant): readonly Comparison[] =>
  compare(outcomeMeasures, split, asOf);
