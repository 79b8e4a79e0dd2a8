import type { Instant } from '../time/calendar.ts';
import { epochOfOurs } from '../time/calendar-instant.ts';
import { isIn, type Period, type Span, spanOf } from '../time/periods.ts';
import { definitionOf, type MeasureId } from './definitions.ts';
import type { PersonId } from './fact.ts';
import type { MeasuredHandoff, MeasuredRound } from './measured-handoff.ts';
import { type Sample, sampleOf } from './samples.ts';

/**
 * Figures made of fewer samples are marked as small: below ten, a single handoff moves a share by more than ten points, and the
 * 90th percentile is nothing but the worst one.
 */
export const smallSample = 10;

/** A number of a report with all that is needed to judge it and to follow it down. */
export interface Figure {
  readonly measure: MeasureId;
  /** In the unit of its definition; a share is 0–1. Undefined where there is nothing to count; a number of things is then 0. */
  readonly value: number | undefined;
  /** Of medians: by nearest rank, a value that really occurred. */
  readonly percentile90?: number;
  /** How many samples it is made of: handoffs, or rounds of steps. */
  readonly n: number;
  readonly isSmall: boolean;
  /** Of a share: of how many samples it is so. */
  readonly hits?: number;
  /** Of a share that needs a no: of how many handoffs nobody said either; absent of a part of what happened, such as a week. */
  readonly notKnown?: number;
  /** Ids of the handoffs behind it, each once, in the order given. */
  readonly handoffs: readonly string[];
  /** Of a share: the handoffs in which it is so at least once, and those in which it is not so at least once. */
  readonly yes?: readonly string[];
  readonly no?: readonly string[];
}

/** What a figure is to be made of, where that is not everything. */
export interface Of {
  /** Only what happened in this span; what has no time of its own (it is still open) is not in it. */
  readonly within?: Span;
  /** Only what was due in this span. */
  readonly dueIn?: Span;
  readonly step?: string;
  /** Of any step but these. */
  readonly without?: readonly string[];
  readonly owner?: PersonId;
  /** Or `noTeam`. */
  readonly team?: PersonId;
}

/** In place of a team: of work that is in none, or in none that the reader may see. */
export const noTeam = 'none';

/**
 * What is kept of the samples of a figure while they are counted: a population has hundreds of thousands, and a page asks for all
 * measures.
 */
interface Tally {
  n: number;
  /** How many of them somebody has told. */
  told: number;
  /** Of how many handoffs there is none. */
  silent: number;
  sum: number;
  /** For medians alone. */
  readonly values: number[] | undefined;
  readonly handoffs: string[];
  readonly yes: string[];
  readonly no: string[];
}

/** One figure of a measure over these handoffs. */
export function figureOf(measure: MeasureId, handoffs: readonly MeasuredHandoff[], of: Of = {}): Figure {
  const isWanted = isAsked(of);
  if (Object.keys(of).length === 0) return whole(measure, talliedAll([measure], handoffs).get(measure));
  const tallies = tallied(measure, handoffs, (sample) => (isWanted(sample) ? measure : undefined));
  return summarized(measure, tallies.get(measure));
}

/** A figure of each measure over these handoffs, in the order given: all at once takes little longer than one. */
export function figuresOf(measures: readonly MeasureId[], handoffs: readonly MeasuredHandoff[]): readonly Figure[] {
  const tallies = talliedAll(measures, handoffs);
  return measures.map((measure) => whole(measure, tallies.get(measure)));
}

/** Of all there is, which says of how many nothing is known. */
const whole = (measure: MeasureId, tally?: Tally): Figure => ({
  ...summarized(measure, tally),
  ...(tally && definitionOf(measure).needsNo && { notKnown: tally.silent }),
});

/** The figure of a measure that has one sample a handoff at most, where these are known already. */
export function figureFrom(
  measure: MeasureId,
  sampled: readonly { readonly handoff: MeasuredHandoff; readonly value: number | undefined }[],
): Figure {
  const tally = emptyTally(measure);
  for (const { handoff, value } of sampled) if (value !== undefined) count(tally, handoff.id, value);
  return summarized(measure, tally);
}

/** A figure for each week (or each month, or each quarter), in the order given; one without anything has an empty one. */
export function figuresByWeek(
  measure: MeasureId,
  handoffs: readonly MeasuredHandoff[],
  { weeks, zone }: { readonly weeks: readonly Period[]; readonly zone: string },
): readonly { readonly week: Period; readonly figure: Figure }[] {
  const weekOfSample = weekAmong(weeks, zone);
  const by = figuresBy(measure, handoffs, ({ at }) => weekOfSample(at));
  return weeks.map((week) => ({ week, figure: by.get(week) ?? summarized(measure) }));
}

/** Which of some weeks, or other periods, a moment (UTC) is in; undefined where it is in none. */
export function weekAmong(weeks: readonly Period[], zone: string): (at: Instant | undefined) => Period | undefined {
  const spans = weeks.map((week) => {
    const { from, until } = spanOf(week, zone);
    return { week, from: Date.parse(from), until: Date.parse(until) };
  });
  // Most of a population happened in other weeks: to tell that by two comparisons is quick.
  const first = Math.min(...spans.map(({ from }) => from));
  const last = Math.max(...spans.map(({ until }) => until));
  return (at) => {
    const epoch = at === undefined ? Number.NaN : epochOfOurs(at);
    if (!(epoch >= first && epoch < last)) return undefined;
    return spans.find(({ from, until }) => from <= epoch && epoch < until)?.week;
  };
}

/** A figure for each step that has samples of a measure, by its id; empty for measures that are not about steps. */
export const figuresByStep = (measure: MeasureId, handoffs: readonly MeasuredHandoff[]): ReadonlyMap<string, Figure> =>
  figuresBy(measure, handoffs, ({ step }) => step);

/** Figures of a step: by the names that its rounds have, and of all that are counted. */
export interface FiguresOfStep {
  readonly by: ReadonlyMap<string, Figure>;
  readonly all: Figure;
}

/**
 * Figures of a measure of steps by step, and by what `nameOf` calls a round; a round without a name is in all of the step alone,
 * and with `namedOnly` in nothing. Empty for a measure that is not about steps.
 */
export function figuresByStepAnd(
  measure: MeasureId,
  handoffs: readonly MeasuredHandoff[],
  { nameOf, namedOnly }: { readonly nameOf: (round: MeasuredRound) => string | undefined; readonly namedOnly: boolean },
): ReadonlyMap<string, FiguresOfStep> {
  const { ofRound } = definitionOf(measure);
  const tallies = new Map<string, { readonly all: Tally; readonly by: Map<string, Tally> }>();
  for (const { id, rounds } of ofRound ? handoffs : [])
    for (const round of rounds) {
      const [value, name] = [ofRound?.(round), nameOf(round)];
      if (value === undefined || (namedOnly && name === undefined)) continue;
      const { all, by } = tallies.get(round.step) ?? { all: emptyTally(measure), by: new Map<string, Tally>() };
      if (all.n === 0) tallies.set(round.step, { all, by });
      count(all, id, value);
      if (name === undefined) continue;
      const tally = by.get(name) ?? emptyTally(measure);
      by.set(name, tally);
      count(tally, id, value);
    }
  return new Map(
    [...tallies].map(([step, { all, by }]) => {
      const figures = new Map([...by].map(([name, tally]) => [name, summarized(measure, tally)]));
      return [step, { all: summarized(measure, all), by: figures }];
    }),
  );
}

/** A figure for each name that samples have; those without one are left out. */
function figuresBy(
  measure: MeasureId,
  handoffs: readonly MeasuredHandoff[],
  nameOf: (sample: Sample) => string | undefined,
): ReadonlyMap<string, Figure> {
  const tallies = tallied(measure, handoffs, nameOf);
  return new Map([...tallies].map(([name, tally]) => [name, summarized(measure, tally)]));
}

function tallied(
  measure: MeasureId,
  handoffs: readonly MeasuredHandoff[],
  nameOf: (sample: Sample) => string | undefined,
): ReadonlyMap<string, Tally> {
  const { samples, ofRound, countsAt } = definitionOf(measure);
  const tallies = new Map<string, Tally>();
  const add = (id: string, sample: Sample): void => {
    const name = nameOf(sample);
    if (name === undefined) return;
    const tally = tallies.get(name) ?? emptyTally(measure);
    tallies.set(name, tally);
    count(tally, id, sample.value, sample.isUntold);
  };
  for (const handoff of handoffs) {
    if (ofRound === undefined) for (const sample of samples(handoff)) add(handoff.id, sample);
    else
      for (const round of handoff.rounds) {
        const value = ofRound(round);
        if (value !== undefined) add(handoff.id, sampleOf(round, value, countsAt));
      }
  }
  return tallies;
}

/** All samples of each measure. Handoff by handoff: what takes the time is to fetch their rounds from memory. */
function talliedAll(measures: readonly MeasureId[], handoffs: readonly MeasuredHandoff[]): ReadonlyMap<string, Tally> {
  const counted = measures.map((measure) => ({ ...definitionOf(measure), measure, tally: emptyTally(measure) }));
  for (const handoff of handoffs)
    for (const { samples, ofRound, tally } of counted) {
      if (ofRound === undefined) {
        const found = samples(handoff);
        if (found.length === 0) tally.silent += 1;
        for (const { value, isUntold } of found) count(tally, handoff.id, value, isUntold);
      } else
        for (const round of handoff.rounds) {
          const value = ofRound(round);
          if (value !== undefined) count(tally, handoff.id, value);
        }
    }
  return new Map(counted.map(({ measure, tally }) => [measure, tally]));
}

/** The samples of one handoff follow each other. */
function count(tally: Tally, id: string, value: number, isUntold = false): void {
  tally.n += 1;
  if (!isUntold) tally.told += 1;
  tally.sum += value;
  tally.values?.push(value);
  addOnce(tally.handoffs, id);
  addOnce(value === 1 ? tally.yes : tally.no, id);
}

const emptyTally = (measure: MeasureId): Tally => ({
  n: 0,
  told: 0,
  silent: 0,
  sum: 0,
  values: definitionOf(measure).summary === 'median' ? [] : undefined,
  handoffs: [],
  yes: [],
  no: [],
});

function addOnce(ids: string[], id: string): void {
  if (ids[ids.length - 1] !== id) ids.push(id);
}

function isAsked({ within, dueIn, step, without = [], owner, team }: Of): (sample: Sample) => boolean {
  const isInAny = () => true;
  const [isWithin, isDueIn] = [within ? isIn(within) : isInAny, dueIn ? isIn(dueIn) : isInAny];
  return (sample) =>
    (step === undefined || sample.step === step) &&
    (sample.step === undefined || !without.includes(sample.step)) &&
    (owner === undefined || sample.owner === owner) &&
    (team === undefined || sample.team === (team === noTeam ? undefined : team)) &&
    isWithin(sample.at) &&
    isDueIn(sample.dueAt);
}

function summarized(measure: MeasureId, found?: Tally): Figure {
  const { n, sum, values = [], handoffs, yes, no } = found && found.told > 0 ? found : emptyTally(measure);
  const made = { measure, n, isSmall: n < smallSample, handoffs };
  const mean = n === 0 ? undefined : sum / n;
  const { summary, needsNo } = definitionOf(measure);
  // A share of those who said yes, of those who said yes, says nothing.
  if (needsNo && no.length === 0) return { ...made, value: undefined, isSmall: false, hits: sum, yes, no };
  switch (summary) {
    case 'total':
      return { ...made, value: sum, isSmall: false };
    case 'mean':
      return { ...made, value: mean };
    case 'share':
      return { ...made, value: mean, hits: sum, yes, no };
    case 'median': {
      const sorted = sortedNumbers(values);
      const percentile90 = rankIn(sorted, 90);
      return { ...made, value: middleOf(sorted), ...(percentile90 === undefined ? {} : { percentile90 }) };
    }
  }
}

/** Several times as fast as with a comparison of one's own. */
const sortedNumbers = (values: readonly number[]): Float64Array => new Float64Array(values).sort();

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const meanOf = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : sumOf(values) / values.length;

/** The value in the middle; of an even number of values, halfway between the two in the middle. */
export const medianOf = (values: readonly number[]): number | undefined => middleOf(sortedNumbers(values));

/** By nearest rank: the smallest value that at least so many percent of the values do not exceed. */
export const percentileOf = (values: readonly number[], percent: number): number | undefined =>
  rankIn(sortedNumbers(values), percent);

const middleOf = (sorted: Float64Array): number | undefined =>
  meanOf([...sorted.subarray(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1)]);

const rankIn = (sorted: Float64Array, percent: number): number | undefined =>
  sorted[Math.ceil((percent / 100) * sorted.length) - 1];
