import { isIn, type Period, spanOf } from '../time/periods.ts';
import type { MeasuredHandoff } from './measured-handoff.ts';

/** Which handoffs of a quarter are audited. */
export interface AuditSample {
  readonly quarter: Period;
  /** By which anybody can draw it again. */
  readonly seed: string;
  /** In the order in which they were drawn. */
  readonly handoffs: readonly MeasuredHandoff[];
  /** Of how many. */
  readonly of: number;
}

/** How many are drawn unless said otherwise (S2 audits ten). */
export const auditSize = 10;

/**
 * Draws the handoffs of a quarter's audit (S4: "randomly sampled handoff records") among all that ended in it, in the stage's zone,
 * whichever way, or stalled in it: what nobody acts on never ends, and would never be looked at. Drawn are those whose hash of
 * `seed/id` comes first. Who has the seed and the ids draws the same again with any tool that knows SHA-256, in whatever order the
 * handoffs come. `hashOf`: SHA-256 in hexadecimal digits. Throws a RangeError naming a text that is no quarter.
 */
export function drawSample(
  handoffs: readonly MeasuredHandoff[],
  {
    quarter,
    zone,
    seed,
    size = auditSize,
    hashOf,
  }: {
    readonly quarter: Period;
    readonly zone: string;
    readonly seed: string;
    readonly size?: number;
    readonly hashOf: (text: string) => string;
  },
): AuditSample {
  const isOfQuarter = isIn(spanOf(quarter, zone));
  // When it stalled stays on record when it goes on: whoever draws again later finds it.
  const among = handoffs.filter(({ endedAt, stalledAt }) => [endedAt, ...stalledAt].some(isOfQuarter));
  const drawn = among
    .map((handoff) => ({ handoff, rank: hashOf(`${seed}/${handoff.id}`) }))
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, size);
  return { quarter, seed, handoffs: drawn.map(({ handoff }) => handoff), of: among.length };
}
