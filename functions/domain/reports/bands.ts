import { dayLength, epochOfOurs } from '../time/calendar-instant.ts';
import type { MeasuredHandoff } from './measured-handoff.ts';

/** By what handoffs are put into bands, to see what became of customers. */
export const bandings = ['score', 'package', 'value'] as const;
export type Banding = (typeof bandings)[number];

/** Handoffs that went alike. */
export interface Band {
  /** `score-80`: stands in addresses. */
  readonly id: string;
  readonly title: string;
  readonly holds: (handoff: MeasuredHandoff) => boolean;
}

const daysToValue = ({ signedAt, reached: { firstValueReached: at } }: MeasuredHandoff): number | undefined =>
  at === undefined ? undefined : (epochOfOurs(at) - epochOfOurs(signedAt)) / dayLength;

const between = (
  numberOf: (handoff: MeasuredHandoff) => number | undefined,
  least: number,
  below = Number.POSITIVE_INFINITY,
): Band['holds'] => {
  return (handoff) => {
    const value = numberOf(handoff);
    return value !== undefined && value >= least && value < below;
  };
};

/** Only of what has ended, as of the measure: a score that still changes puts a handoff into no band. */
const score = ({ handoffScore, endedAt }: MeasuredHandoff) => (endedAt === undefined ? undefined : handoffScore);
const percent = ({ packagePercent }: MeasuredHandoff) => packagePercent;

/**
 * The bands, best first. Scores in the thirds that schools would call good, fair and poor; packages by S2's target of 70% at
 * signature; first value by the asking: first after 30 days from the kickoff, then in further rounds.
 */
export const bands: Readonly<Record<Banding, readonly Band[]>> = {
  score: [
    { id: 'score-80', title: 'Score 80 to 100', holds: between(score, 80) },
    { id: 'score-60', title: 'Score 60 to 79', holds: between(score, 60, 80) },
    { id: 'score-0', title: 'Score below 60', holds: between(score, 0, 60) },
  ],
  package: [
    { id: 'package-100', title: 'Package complete at signing', holds: between(percent, 100) },
    { id: 'package-70', title: 'Package 70% to 99% at signing', holds: between(percent, 70, 100) },
    { id: 'package-0', title: 'Package below 70% at signing', holds: between(percent, 0, 70) },
  ],
  value: [
    { id: 'value-45', title: 'First value within 45 days', holds: between(daysToValue, Number.NEGATIVE_INFINITY, 45) },
    { id: 'value-later', title: 'First value later', holds: between(daysToValue, 45) },
    {
      id: 'value-none',
      title: 'No first value recorded',
      holds: (handoff) => daysToValue(handoff) === undefined,
    },
  ],
};

export const bandingTitles: Readonly<Record<Banding, string>> = {
  score: 'Handoff score',
  package: 'Package at signing',
  value: 'Time to first value',
};

/** The band of that id, undefined where there is none. */
export const bandOf = (id: string): Band | undefined =>
  bandings.flatMap((banding) => bands[banding]).find((band) => band.id === id);
