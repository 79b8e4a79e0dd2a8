import type { Instant } from '../time/calendar.ts';
import { type Band, type Banding, bands } from './bands.ts';
import { type Comparison, compare, enoughToSay, type Split } from './comparison.ts';
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

/** A measure in two bands. It is no proof of a cause. */
export interface ComparedBands {
  readonly best: OutcomesOfBand['band'];
  readonly lowest: OutcomesOfBand['band'];
  /** The lowest band (`before`) beside the best one (`after`). */
  readonly comparison: Comparison;
}

/** What became of customers by how their handoffs went: bands, and what the best and the lowest one differ in. */
export interface OutcomesByBand {
  readonly banding: Banding;
  readonly bands: readonly OutcomesOfBand[];
  /** Of each measure the two bands furthest apart that have enough to say something; where none have, the first and the last. */
  readonly comparisons: readonly ComparedBands[];
}

/** What became of customers by bands of a kind. `asOf`: when everything was measured, UTC. */
export function outcomesBy(banding: Banding, handoffs: readonly MeasuredHandoff[], asOf: Instant): OutcomesByBand {
  const inBands = bands[banding].map(({ holds, ...band }) => ({ band, those: handoffs.filter(holds) }));
  return {
    banding,
    bands: inBands.map(({ band, those }) => ({
      band,
      handoffs: those.length,
      told: those.filter(({ outcomes }) => outcomes.length > 0).length,
      figures: figuresOf(outcomeMeasures, those),
    })),
    comparisons: outcomeMeasures.flatMap((measure) => furthestApart(measure, inBands, asOf) ?? []),
  };
}

/** How many handoffs there are decides, not what became of them: else some pair would always differ. */
function furthestApart(
  measure: MeasureId,
  inBands: readonly { readonly band: OutcomesOfBand['band']; readonly those: readonly MeasuredHandoff[] }[],
  asOf: Instant,
): ComparedBands | undefined {
  const pairs = inBands
    .flatMap((best, i) => inBands.slice(i + 1).map((lowest, between) => ({ best, lowest, between })))
    .toSorted((a, b) => b.between - a.between);
  const isEnough = ({ comparison: { handoffs } }: ComparedBands) =>
    Math.min(handoffs.before, handoffs.after) >= enoughToSay;
  let first: ComparedBands | undefined;
  for (const { best, lowest } of pairs) {
    const [comparison] = compare([measure], { before: lowest.those, after: best.those }, asOf);
    if (!comparison) continue;
    const found = { best: best.band, lowest: lowest.band, comparison };
    if (comparison.chance !== undefined) return found;
    if (!first || (isEnough(found) && !isEnough(first))) first = found;
  }
  return first;
}

/** What became of customers before and after something changed. `asOf`: when everything was measured, UTC. */
export const outcomesBeforeAndAfter = (split: Split, asOf: Instant): readonly Comparison[] =>
  compare(outcomeMeasures, split, asOf);
