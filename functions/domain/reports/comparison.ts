import { defined } from '../fields/record.ts';
import { capitalized } from '../fields/words.ts';
import type { Instant } from '../time/calendar.ts';
import { definitionOf, type MeasureId } from './definitions.ts';
import { type Figure, figureOf, meanOf, percentileOf } from './figures.ts';
import type { MeasuredHandoff, MeasuredPlaybook } from './measured-handoff.ts';
import { rankTest } from './rank-test.ts';

/**
 * Fewer handoffs than this on a side carry no conclusion: with 19 on each, even 40% against 70% comes about by chance more often
 * than once in twenty.
 */
export const enoughToSay = 20;

/** A difference is called one when chance alone brings about as large a one less often than once in twenty. */
const byChance = 0.05;

/** `unclear`: there may be a difference, and this data does not show it. */
export type Verdict = 'better' | 'worse' | 'different' | 'unclear' | 'too few';

/** A measure of two groups of handoffs side by side. */
export interface Comparison {
  readonly measure: MeasureId;
  readonly before: Figure;
  readonly after: Figure;
  /** Handoffs on each side of which there is something to compare. */
  readonly handoffs: { readonly before: number; readonly after: number };
  /** Of a time: those that had as long as the others and have not come to it; they count as slower than all. */
  readonly notYet: { readonly before: number; readonly after: number };
  readonly verdict: Verdict;
  /** How likely so large a difference is by chance alone, 0–1; absent where there are too few. */
  readonly chance?: number;
  /** Of a time: handoffs signed later had too little time and are in none of its numbers. UTC. */
  readonly signedUntil?: Instant;
}

/** Handoffs before and after something changed. */
export interface Split {
  readonly before: readonly MeasuredHandoff[];
  readonly after: readonly MeasuredHandoff[];
}

/** By what handoffs are parted: a date (UTC), or two versions of a playbook by their hashes. */
export type Change = { readonly at: Instant } | { readonly from: string; readonly to: string };

/** Handoffs signed before a date and since; or those that followed one version of a playbook and the other. */
export function splitBy(handoffs: readonly MeasuredHandoff[], change: Change): Split {
  const following = (hash: string) => handoffs.filter(({ playbook }) => playbook.hash === hash);
  if ('from' in change) return { before: following(change.from), after: following(change.to) };
  const since = ({ signedAt }: MeasuredHandoff) => Date.parse(signedAt) >= Date.parse(change.at);
  return { before: handoffs.filter((each) => !since(each)), after: handoffs.filter(since) };
}

/**
 * The changes that there are to compare: versions of one playbook that handoffs of the same segment and industry followed one
 * after the other, newest first. A hash is that of a segment's rules, so that segments change apart.
 */
export function versionChanges(
  handoffs: readonly MeasuredHandoff[],
  playbooks: readonly MeasuredPlaybook[],
): readonly { readonly from: MeasuredPlaybook; readonly to: MeasuredPlaybook; readonly segment: string }[] {
  const followed = new Map(handoffs.map((each) => [each.playbook.hash, each]));
  const known = playbooks.flatMap((playbook) => {
    const by = followed.get(playbook.hash);
    return by ? [{ playbook, segment: by.segment, rules: `${playbook.name} ${by.segment} ${by.industry ?? ''}` }] : [];
  });
  return [...Map.groupBy(known, ({ rules }) => rules).values()]
    .flatMap((versions) => {
      const inOrder = versions.toSorted((a, b) => Date.parse(a.playbook.since) - Date.parse(b.playbook.since));
      return inOrder.flatMap(({ playbook: to, segment }, i) => {
        const from = inOrder[i - 1]?.playbook;
        return from ? [{ from, to, segment }] : [];
      });
    })
    .toSorted((a, b) => Date.parse(b.to.since) - Date.parse(a.to.since));
}

/**
 * A measure before and after, and whether the data carries a conclusion: the rank test over handoffs, each one value, because the
 * steps of one handoff hang together. Of a time, only handoffs are compared that have had as long as nine in ten needed: else those
 * signed lately would look fast, as only their fast ones are through. Handoffs whose rules nobody ever came to it by are left out:
 * those rules may not know it, and another mix of segments would look like a change. `asOf`: when everything was measured, UTC.
 */
export function compare(measure: MeasureId, split: Split, asOf: Instant): Comparison {
  const { better, summary } = definitionOf(measure);
  const isTime = measure.startsWith('timeTo');
  const signedUntil = isTime ? hadTimeUntil(measure, split, asOf) : undefined;
  const { before, after } = signedUntil === undefined ? split : comparableIn(measure, split, signedUntil);
  const [a, b] = [valuesOf(measure, before, isTime), valuesOf(measure, after, isTime)];
  const figures = { before: figureOf(measure, before), after: figureOf(measure, after) };
  const compared = {
    measure,
    ...figures,
    handoffs: { before: a.length, after: b.length },
    notYet: { before: a.filter(isNever).length, after: b.filter(isNever).length },
    ...defined({ signedUntil }),
  };
  if (summary === 'total' || Math.min(a.length, b.length) < enoughToSay) return { ...compared, verdict: 'too few' };
  const chance = rankTest(a, b);
  const difference = rankDifference(a, b);
  const verdict = (): Verdict => {
    if (chance >= byChance || difference === 0) return 'unclear';
    if (better === 'neither') return 'different';
    return difference > 0 === (better === 'more') ? 'better' : 'worse';
  };
  return { ...compared, chance, verdict: verdict() };
}

const never = Number.POSITIVE_INFINITY;
const isNever = (value: number): boolean => value === never;

/** One value a handoff: the mean of its samples. */
const valuesOf = (measure: MeasureId, handoffs: readonly MeasuredHandoff[], isTime: boolean): readonly number[] =>
  handoffs.flatMap((handoff) => {
    const mean = meanOf(
      definitionOf(measure)
        .samples(handoff)
        .map(({ value }) => value),
    );
    if (mean !== undefined) return [mean];
    return isTime && handoff.status !== 'cancelled' ? [never] : [];
  });

/** Until when handoffs must be signed to have had as long as nine in ten needed. */
function hadTimeUntil(measure: MeasureId, { before, after }: Split, asOf: Instant): Instant {
  const { samples } = definitionOf(measure);
  const days = [...before, ...after].flatMap((handoff) => samples(handoff).map(({ value }) => value));
  const needed = (percentileOf(days, 90) ?? 0) * 86_400_000;
  return new Date(Math.floor(Date.parse(asOf) - needed)).toISOString();
}

function comparableIn(measure: MeasureId, { before, after }: Split, signedUntil: Instant): Split {
  const { samples } = definitionOf(measure);
  const cameToIt = [...before, ...after].filter((handoff) => samples(handoff).length > 0);
  const rules = new Set(cameToIt.map(({ playbook }) => playbook.hash));
  const until = Date.parse(signedUntil);
  const isComparable = ({ signedAt, playbook }: MeasuredHandoff) =>
    Date.parse(signedAt) <= until && rules.has(playbook.hash);
  return { before: before.filter(isComparable), after: after.filter(isComparable) };
}

/** Above zero when values of `b` tend to be larger than those of `a`. */
function rankDifference(a: readonly number[], b: readonly number[]): number {
  const sorted = a.toSorted((x, y) => (x === y ? 0 : x - y));
  // How many of `a` are below a value, those equal to it by half.
  const below = (value: number) => {
    const first = lowerBound(sorted, (each) => each >= value);
    const next = lowerBound(sorted, (each) => each > value);
    return (first + next) / 2;
  };
  return b.reduce((sum, value) => sum + below(value), 0) - (a.length * b.length) / 2;
}

/** How many of the sorted values come before the first one that is so. */
function lowerBound(sorted: readonly number[], isSo: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const value = sorted[middle];
    if (value !== undefined && !isSo(value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many handoffs there are on each side, as a sentence says it. */
export type SidesTold = (handoffs: Comparison['handoffs']) => string;

const beforeAndAfter: SidesTold = ({ before, after }) => `${before} handoffs before, ${after} after`;

/** What to make of a comparison, in a sentence; of two bands, `told` says which side is which. */
export function verdictText({ verdict, chance = 1, handoffs }: Comparison, told: SidesTold = beforeAndAfter): string {
  const of = told(handoffs);
  switch (verdict) {
    case 'too few':
      return `Too few to say: ${of}; it takes ${enoughToSay} on each side.`;
    case 'unclear':
      return `No difference to be seen: ${of}; one as large comes about by chance ${Math.round(100 * chance)} times in 100.`;
    default:
      return `${capitalized(verdict)}: ${of}; chance alone rarely brings about as much (${chanceText(chance)}). What caused it, numbers cannot say.`;
  }
}

const chanceText = (chance: number): string =>
  chance < 0.01 ? 'less than once in 100' : `${Math.round(100 * chance)} times in 100`;
