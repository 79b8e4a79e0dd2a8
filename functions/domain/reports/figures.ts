import type { Instant } from '../time/calendar.ts';
import { type Period, periodLike, type Span, spanOf } from '../time/periods.ts';
import { definitionOf, type MeasureId } from './definitions.ts';
import type { PersonId } from './fact.ts';
import type { MeasuredHandoff } from './measured-handoff.ts';
import type { Sample } from './samples.ts';

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
  readonly owner?: PersonId;
  readonly team?: PersonId;
}

/**
 * What is kept of the samples of a figure while they are counted: a population has hundreds of thousands, and a page asks for all
 * measures.
 */
interface Tally {
  readonly values: number[];
  readonly handoffs: string[];
  readonly yes: string[];
  readonly no: string[];
}

/** One figure of a measure over these handoffs. */
export function figureOf(measure: MeasureId, handoffs: readonly MeasuredHandoff[], of: Of = {}): Figure {
  const isWanted = isAsked(of);
  const tallies = tallied(measure, handoffs, (sample) => (isWanted(sample) ? '' : undefined));
  return summarized(measure, tallies.get(''));
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

/**
 * Which of some weeks, or other periods of one kind, a moment (UTC) is in; undefined where it is in none. Most of a population happened in others, and to tell that
 * by two comparisons is quick.
 */
export function weekAmong(weeks: readonly Period[], zone: string): (at: Instant | undefined) => Period | undefined {
  const known = new Set(weeks);
  const periodOf = periodLike(weeks[0] ?? '');
  const spans = weeks.map((week) => spanOf(week, zone));
  const from = Math.min(...spans.map((span) => Date.parse(span.from)));
  const until = Math.max(...spans.map((span) => Date.parse(span.until)));
  return (at) => {
    const epoch = at === undefined ? Number.NaN : Date.parse(at);
    if (at === undefined || !(epoch >= from && epoch < until)) return undefined;
    const week = periodOf(at, zone);
    return known.has(week) ? week : undefined;
  };
}

/** A figure for each step that has samples of a measure, by its id; empty for measures that are not about steps. */
export const figuresByStep = (measure: MeasureId, handoffs: readonly MeasuredHandoff[]): ReadonlyMap<string, Figure> =>
  figuresBy(measure, handoffs, ({ step }) => step);

/** A figure for each name that samples have; those without one are left out. */
export function figuresBy(
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
  const { samples } = definitionOf(measure);
  const tallies = new Map<string, Tally>();
  for (const handoff of handoffs)
    for (const sample of samples(handoff)) {
      const name = nameOf(sample);
      if (name === undefined) continue;
      const tally = tallies.get(name) ?? emptyTally();
      tallies.set(name, tally);
      tally.values.push(sample.value);
      addOnce(tally.handoffs, handoff.id);
      addOnce(sample.value === 1 ? tally.yes : tally.no, handoff.id);
    }
  return tallies;
}

const emptyTally = (): Tally => ({ values: [], handoffs: [], yes: [], no: [] });

/** The samples of one handoff follow each other. */
function addOnce(ids: string[], id: string): void {
  if (ids.at(-1) !== id) ids.push(id);
}

function isAsked({ within, dueIn, step, owner, team }: Of): (sample: Sample) => boolean {
  const [isWithin, isDueIn] = [isIn(within), isIn(dueIn)];
  return (sample) =>
    (step === undefined || sample.step === step) &&
    (owner === undefined || sample.owner === owner) &&
    (team === undefined || sample.team === team) &&
    isWithin(sample.at) &&
    isDueIn(sample.dueAt);
}

function isIn(span: Span | undefined): (at: Instant | undefined) => boolean {
  if (span === undefined) return () => true;
  const [from, until] = [Date.parse(span.from), Date.parse(span.until)];
  return (at) => {
    if (at === undefined) return false;
    const epoch = Date.parse(at);
    return from <= epoch && epoch < until;
  };
}

function summarized(measure: MeasureId, { values, handoffs, yes, no }: Tally = emptyTally()): Figure {
  const made = { measure, n: values.length, isSmall: values.length < smallSample, handoffs };
  switch (definitionOf(measure).summary) {
    case 'total':
      return { ...made, value: sumOf(values), isSmall: false };
    case 'mean':
      return { ...made, value: meanOf(values) };
    case 'share': {
      const hits = sumOf(values);
      return { ...made, value: meanOf(values), hits, yes, no };
    }
    case 'median': {
      const sorted = sortedNumbers(values);
      const percentile90 = rankIn(sorted, 90);
      return { ...made, value: middleOf(sorted), ...(percentile90 === undefined ? {} : { percentile90 }) };
    }
  }
}

/** Several times as fast as with a comparison of one's own. */
const sortedNumbers = (values: readonly number[]): readonly number[] => Array.from(Float64Array.from(values).sort());

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

export const meanOf = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : sumOf(values) / values.length;

/** The value in the middle; of an even number of values, halfway between the two in the middle. */
export const medianOf = (values: readonly number[]): number | undefined => middleOf(sortedNumbers(values));

/** By nearest rank: the smallest value that at least so many percent of the values do not exceed. */
export const percentileOf = (values: readonly number[], percent: number): number | undefined =>
  rankIn(sortedNumbers(values), percent);

const middleOf = (sorted: readonly number[]): number | undefined =>
  meanOf(sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1));

const rankIn = (sorted: readonly number[], percent: number): number | undefined =>
  sorted[Math.ceil((percent / 100) * sorted.length) - 1];
