import { capitalized } from '../fields/words.ts';
import type { Instant } from '../time/calendar.ts';
import { dayLength, epochOfOurs } from '../time/calendar-instant.ts';
import { definitionOf, type MeasureDefinition, type MeasureId } from './definitions.ts';
import { type Figure, figureFrom, figuresOf, percentileOf } from './figures.ts';
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

/** By what handoffs are parted: a date (UTC), or versions of a playbook by their hashes. */
export type Change = { readonly at: Instant } | { readonly from: readonly string[]; readonly to: readonly string[] };

/** Handoffs signed before a date and since; or those that followed versions of a playbook and the ones after them. */
export function splitBy(handoffs: readonly MeasuredHandoff[], change: Change): Split {
  const following = (hashes: readonly string[]) => handoffs.filter(({ playbook }) => hashes.includes(playbook.hash));
  if ('from' in change) return { before: following(change.from), after: following(change.to) };
  const at = Date.parse(change.at);
  const since = ({ signedAt }: MeasuredHandoff) => epochOfOurs(signedAt) >= at;
  return { before: handoffs.filter((each) => !since(each)), after: handoffs.filter(since) };
}

/** Whose rules a version of a playbook is: those of a segment, or of several alike; of an industry in them, where that has its own. */
interface Rules {
  readonly playbook: MeasuredPlaybook;
  /** In the order of the alphabet. */
  readonly segments: readonly string[];
  readonly industry?: string;
}

/** A version of a playbook that followed another, and whose rules both are. */
export interface VersionChange extends Omit<Rules, 'playbook'> {
  readonly from: MeasuredPlaybook;
  readonly to: MeasuredPlaybook;
}

/**
 * The changes that there are to compare: versions of one playbook that handoffs of the same segment (and industry, where it has
 * rules of its own) followed one after the other, newest first. A hash is that of a segment's rules, so that segments change apart.
 */
export function versionChanges(
  handoffs: readonly MeasuredHandoff[],
  playbooks: readonly MeasuredPlaybook[],
): readonly VersionChange[] {
  const known = rulesOf(handoffs, playbooks).toSorted(
    (a, b) => Date.parse(b.playbook.since) - Date.parse(a.playbook.since),
  );
  const isBefore = (to: Rules, from: Rules): boolean =>
    from.playbook.name === to.playbook.name &&
    from.industry === to.industry &&
    Date.parse(from.playbook.since) < Date.parse(to.playbook.since);
  return known.flatMap((to) => {
    const { playbook, segments, ...industry } = to;
    const before = segments.map((segment) => ({
      segment,
      from: known.find((each) => isBefore(to, each) && each.segments.includes(segment))?.playbook,
    }));
    return [...Map.groupBy(before, ({ from }) => from)].flatMap(([from, those]): readonly VersionChange[] =>
      from ? [{ from, to: playbook, segments: those.map(({ segment }) => segment), ...industry }] : [],
    );
  });
}

/**
 * Whose rules each version is, by the handoffs that followed it. An industry has rules of its own where no other shares a version
 * with it, and other versions of the segment do without it.
 */
export function rulesOf(
  handoffs: readonly MeasuredHandoff[],
  playbooks: readonly MeasuredPlaybook[],
): readonly Rules[] {
  const followed = Map.groupBy(handoffs, ({ playbook }) => playbook.hash);
  const versions = playbooks.flatMap((playbook) => {
    const those = followed.get(playbook.hash) ?? [];
    const segments = [...new Set(those.map(({ segment }) => segment))].toSorted();
    return those.length > 0 ? [{ playbook, segments, industries: new Set(those.map(({ industry }) => industry)) }] : [];
  });
  return versions.map(({ playbook, segments, industries }) => {
    const [industry] = industries;
    const beside = versions.filter(
      (each) => each.playbook.name === playbook.name && each.segments.some((segment) => segments.includes(segment)),
    );
    const hasOwn =
      industry !== undefined &&
      beside.every((each) => !each.industries.has(industry) || each.industries.size === 1) &&
      beside.some(({ industries: theirs }) => !theirs.has(industry) && (theirs.size > 1 || theirs.has(undefined)));
    return { playbook, segments, ...(hasOwn && { industry }) };
  });
}

/** Whose rules they are, in words: 'standard'; 'enterprise and standard, healthcare'. */
export const whoseText = ({ segments, industry }: Omit<Rules, 'playbook'>): string =>
  [segments.join(' and '), ...(industry === undefined ? [] : [industry])].join(', ');

/** How far apart the first handoffs of segments may be that follow new versions of one day. */
const deployedWithin = 31 * dayLength;

/**
 * Changes of the same playbook that came together, newest first: a deployment makes a version for each segment, which is known of
 * once its first handoff begins. One for each segment, all within a month.
 */
export function changesTogether(changes: readonly VersionChange[]): readonly (readonly VersionChange[])[] {
  const groups: VersionChange[][] = [];
  for (const change of changes.toReversed()) {
    const { to } = change;
    const at = Date.parse(to.since);
    const group = groups.findLast(
      ([first]) => first?.to.name === to.name && at - Date.parse(first.to.since) <= deployedWithin,
    );
    const isIn = group?.some((each) => whoseText(each) === whoseText(change));
    if (group && !isIn) group.push(change);
    else groups.push([change]);
  }
  return groups.toReversed();
}

/**
 * Measures before and after, in the order given, and whether the data carries a conclusion: the rank test over handoffs, each one
 * value, because the steps of one handoff hang together. Of a time, only handoffs are compared that have had as long as nine in ten
 * needed: else those signed lately would look fast, as only their fast ones are through. Handoffs whose rules nobody ever came to it
 * by are left out: those rules may not know it, and another mix of segments would look like a change. `asOf`: when everything was
 * measured, UTC.
 */
export function compare(measures: readonly MeasureId[], split: Split, asOf: Instant): readonly Comparison[] {
  const [before, after] = [valuedIn(measures, split.before), valuedIn(measures, split.after)];
  // Of times fewer handoffs are counted.
  const whole = measures.filter((measure) => !isTime(measure));
  const [figuresBefore, figuresAfter] = [figuresOf(whole, split.before), figuresOf(whole, split.after)];
  return measures.map((measure, i) => {
    const values = { before: before[i] ?? [], after: after[i] ?? [] };
    if (isTime(measure)) return comparedTimes(measure, values, asOf);
    const at = whole.indexOf(measure);
    const [one, other] = [figuresBefore[at], figuresAfter[at]];
    if (!one || !other) throw new Error(`Nobody counted ${measure}, which is to be compared.`);
    return compared(toldOf(one, values.before), toldOf(other, values.after));
  });
}

/** Where nobody told anything of a side, its handoffs are no zeros. */
const toldOf = (figure: Figure, values: readonly Valued[]): Side => ({ figure, values: figure.n === 0 ? [] : values });

const isTime = (measure: MeasureId): boolean => measure.startsWith('timeTo');

/** A handoff with its one value: the mean of its samples, undefined where it has none. */
interface Valued {
  readonly handoff: MeasuredHandoff;
  readonly value: number | undefined;
}

/** Of each measure, in the order of the handoffs. */
function valuedIn(
  measures: readonly MeasureId[],
  handoffs: readonly MeasuredHandoff[],
): readonly (readonly Valued[])[] {
  const wanted = measures.map((measure) => ({ of: definitionOf(measure), those: [] as Valued[] }));
  // Handoff by handoff: what takes the time is to fetch their rounds from memory.
  for (const handoff of handoffs)
    for (const { of, those } of wanted) those.push({ handoff, value: meanIn(handoff, of) });
  return wanted.map(({ those }) => those);
}

function meanIn(
  handoff: MeasuredHandoff,
  { samples, ofRound }: Pick<MeasureDefinition, 'samples' | 'ofRound'>,
): number | undefined {
  let [sum, n] = [0, 0];
  const add = (value: number | undefined): void => {
    if (value === undefined) return;
    sum += value;
    n += 1;
  };
  if (ofRound) for (const round of handoff.rounds) add(ofRound(round));
  else for (const { value } of samples(handoff)) add(value);
  return n === 0 ? undefined : sum / n;
}

const never = Number.POSITIVE_INFINITY;

interface Values {
  readonly before: readonly Valued[];
  readonly after: readonly Valued[];
}

/** What was not come to counts as slower than all, unless the handoff was canceled. */
function comparedTimes(measure: MeasureId, { before, after }: Values, asOf: Instant): Comparison {
  const all = [...before, ...after];
  const signedUntil = hadTimeUntil(all, asOf);
  const rules = new Set(all.flatMap(({ handoff, value }) => (value === undefined ? [] : handoff.playbook.hash)));
  const until = Date.parse(signedUntil);
  const isComparable = ({ handoff: { signedAt, playbook } }: Valued) =>
    epochOfOurs(signedAt) <= until && rules.has(playbook.hash);
  const sideOf = (valued: readonly Valued[]): Side => {
    const those = valued.filter(isComparable);
    return {
      figure: figureFrom(measure, those),
      values: those.map(({ handoff, value }) => ({
        handoff,
        value: value ?? (handoff.status === 'cancelled' ? undefined : never),
      })),
    };
  };
  return { ...compared(sideOf(before), sideOf(after)), signedUntil };
}

/** Until when handoffs must be signed to have had as long as nine in ten needed. */
function hadTimeUntil(all: readonly Valued[], asOf: Instant): Instant {
  const days = all.flatMap(({ value }) => value ?? []);
  const needed = (percentileOf(days, 90) ?? 0) * dayLength;
  return new Date(Math.floor(Date.parse(asOf) - needed)).toISOString();
}

interface Side {
  readonly figure: Figure;
  readonly values: readonly Valued[];
}

function compared(before: Side, after: Side): Comparison {
  const { measure } = before.figure;
  const { better, summary } = definitionOf(measure);
  const known = ({ values }: Side) => values.flatMap(({ value }) => value ?? []);
  const [one, other] = [known(before), known(after)];
  const made = {
    measure,
    before: before.figure,
    after: after.figure,
    handoffs: { before: one.length, after: other.length },
    notYet: { before: one.filter(isNever).length, after: other.filter(isNever).length },
  };
  if (summary === 'total' || Math.min(one.length, other.length) < enoughToSay) return { ...made, verdict: 'too few' };
  const { chance, difference } = rankTest(one, other);
  const verdict = (): Verdict => {
    if (chance >= byChance || difference === 0) return 'unclear';
    if (better === 'neither') return 'different';
    return difference > 0 === (better === 'more') ? 'better' : 'worse';
  };
  return { ...made, chance, verdict: verdict() };
}

const isNever = (value: number): boolean => value === never;

/** How many handoffs there are on each side, as a sentence says it. */
export type SidesTold = (handoffs: Comparison['handoffs']) => string;

const beforeAndAfter: SidesTold = ({ before, after }) =>
  `${before} ${before === 1 ? 'handoff' : 'handoffs'} before, ${after} after`;

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
