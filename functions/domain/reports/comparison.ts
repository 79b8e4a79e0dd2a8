import { capitalized } from '../fields/words.ts';
import type { Instant } from '../time/calendar.ts';
import { epochOfOurs } from '../time/calendar-instant.ts';
import { definitionOf, type MeasureDefinition, type MeasureId } from './definitions.ts';
import { type Figure, figureFrom, figureOf, figuresOf, percentileOf, smallSample } from './figures.ts';
import type { MeasuredHandoff } from './measured-handoff.ts';
import { rankTest } from './rank-test.ts';

/**
 * Fewer handoffs than this on a side carry no conclusion: with 19 on each, even 40% against 70% comes about by chance more often
 * than once in twenty.
 */
export const enoughToSay = 20;

/** A difference is called one when chance alone brings about as large a one less often than once in twenty. */
const byChance = 0.05;

/**
 * `unclear`: there may be a difference, and this data does not show it. `too early`: with those signed lately, which have not had the
 * time yet, there may be enough. `no no`: of a share that needs one.
 */
export type Verdict = 'better' | 'worse' | 'different' | 'unclear' | 'too few' | 'too early' | 'no no';

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
  /** Of what takes its time: handoffs signed later had too little of it and are in none of its numbers. UTC. */
  readonly signedUntil?: Instant;
  /** Of a measure of steps: those that are left out, by id. */
  readonly without?: readonly string[];
}

/** Handoffs before and after something changed. */
export interface Split {
  readonly before: readonly MeasuredHandoff[];
  readonly after: readonly MeasuredHandoff[];
  /** Steps that the two sides are not held to alike, by id: no measure of steps counts them. */
  readonly without?: readonly string[];
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

/**
 * Measures before and after, in the order given, and whether the data carries a conclusion: the rank test over handoffs, each one
 * value, because the steps of one handoff hang together. Of what takes its time (moments, outcomes, scores) only handoffs are compared
 * that have had as long as nine in ten needed: else those signed lately would look fast, as only their fast ones are through, and
 * would have expanded less. Of a time, handoffs whose rules nobody ever came to it by are left out: those rules may not know it, and
 * another mix of segments would look like a change. Steps that the sides are not held to alike are left out: a looser promise is kept
 * more often, by people who are no faster. `asOf`: when everything was measured, UTC.
 */
export function compare(measures: readonly MeasureId[], split: Split, asOf: Instant): readonly Comparison[] {
  const { without = [] } = split;
  const [before, after] = [valuedIn(measures, split.before, without), valuedIn(measures, split.after, without)];
  // Of what takes its time fewer handoffs are counted.
  const whole = measures.filter((measure) => definitionOf(measure).cameAt === undefined);
  const [figuresBefore, figuresAfter] = [figuresOf(whole, split.before), figuresOf(whole, split.after)];
  return measures.map((measure, i) => {
    const values = { before: before[i] ?? [], after: after[i] ?? [] };
    if (isTime(measure)) return comparedTimes(measure, values, asOf);
    if (definitionOf(measure).cameAt) return comparedInTime(measure, values, asOf);
    if (definitionOf(measure).bySteps && without.length > 0) {
      const sideOf = (handoffs: readonly MeasuredHandoff[], valued: readonly Valued[]): Side => ({
        figure: figureOf(measure, handoffs, { without }),
        values: valued,
      });
      return { ...compared(sideOf(split.before, values.before), sideOf(split.after, values.after)), without };
    }
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
  /** When it was signed, in milliseconds since 1970: asked for by every measure. */
  readonly signed: number;
  readonly value: number | undefined;
}

/** Of each measure, in the order of the handoffs. */
function valuedIn(
  measures: readonly MeasureId[],
  handoffs: readonly MeasuredHandoff[],
  without: readonly string[],
): readonly (readonly Valued[])[] {
  const wanted = measures.map((measure) => ({ of: definitionOf(measure), those: [] as Valued[] }));
  // Handoff by handoff: what takes the time is to fetch their rounds from memory.
  for (const handoff of handoffs) {
    const signed = epochOfOurs(handoff.signedAt);
    for (const { of, those } of wanted) those.push({ handoff, signed, value: meanIn(handoff, of, without) });
  }
  return wanted.map(({ those }) => those);
}

function meanIn(
  handoff: MeasuredHandoff,
  { samples, ofRound }: Pick<MeasureDefinition, 'samples' | 'ofRound'>,
  without: readonly string[],
): number | undefined {
  let [sum, n] = [0, 0];
  const add = (value: number | undefined): void => {
    if (value === undefined) return;
    sum += value;
    n += 1;
  };
  if (ofRound) for (const round of handoff.rounds) add(without.includes(round.step) ? undefined : ofRound(round));
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
  const rules = new Set<string>();
  for (const side of [before, after])
    for (const { handoff, value } of side) if (value !== undefined) rules.add(handoff.playbook.hash);
  const [known, knownAfter] = [before, after].map((side) =>
    side.filter(({ handoff: { playbook } }) => rules.has(playbook.hash)),
  );
  return comparedOfAge(
    { before: known ?? [], after: knownAfter ?? [] },
    hadTimeUntil(measure, { before, after }, asOf),
    (those) => ({
      figure: figureFrom(measure, those),
      values: those.map(({ handoff, signed, value }) => ({
        ...{ handoff, signed },
        value: value ?? (handoff.status === 'cancelled' ? undefined : never),
      })),
    }),
  );
}

/** What was not come to says nothing, or no, as the measure's samples have it. */
const comparedInTime = (measure: MeasureId, values: Values, asOf: Instant): Comparison =>
  comparedOfAge(values, hadTimeUntil(measure, values, asOf), (those) =>
    toldOf(
      figureOf(
        measure,
        those.map(({ handoff }) => handoff),
      ),
      those,
    ),
  );

/** Compares handoffs signed until then alone. */
function comparedOfAge(
  { before, after }: Values,
  signedUntil: Instant,
  sideOf: (those: readonly Valued[]) => Side,
): Comparison {
  const until = Date.parse(signedUntil);
  const [one, other] = [before, after].map((side) => {
    const those = side.filter(({ signed }) => signed <= until);
    return { ...sideOf(those), young: side.length - those.length };
  });
  if (!one || !other) throw new Error('A comparison has two sides.');
  return { ...compared(one, other), signedUntil };
}

/**
 * Until when handoffs must be signed to have had as long as nine in ten needed: of all, and of each side alone where it has enough to
 * say so, because a side that is young itself knows only of its fast ones.
 */
function hadTimeUntil(measure: MeasureId, { before, after }: Values, asOf: Instant): Instant {
  const { cameAt } = definitionOf(measure);
  const took = (side: readonly Valued[]): readonly number[] => {
    const times: number[] = [];
    for (const { handoff, signed } of side) {
      const at = cameAt?.(handoff);
      if (at !== undefined) times.push(epochOfOurs(at) - signed);
    }
    return times;
  };
  const [early, late] = [took(before), took(after)];
  const sides = [early.concat(late), ...[early, late].filter(({ length }) => length >= smallSample)];
  const needed = Math.max(...sides.map((times) => percentileOf(times, 90) ?? 0));
  return new Date(Math.floor(Date.parse(asOf) - needed)).toISOString();
}

interface Side {
  readonly figure: Figure;
  readonly values: readonly Valued[];
  /** Handoffs that have not had the time yet. */
  readonly young?: number;
}

function compared(before: Side, after: Side): Comparison {
  const { measure } = before.figure;
  const { better, summary, needsNo } = definitionOf(measure);
  const known = ({ values }: Side): readonly number[] => {
    const told: number[] = [];
    for (const { value } of values) if (value !== undefined) told.push(value);
    return told;
  };
  const [one, other] = [known(before), known(after)];
  const made = {
    measure,
    before: before.figure,
    after: after.figure,
    handoffs: { before: one.length, after: other.length },
    notYet: { before: one.filter(isNever).length, after: other.filter(isNever).length },
  };
  if (summary === 'total') return { ...made, verdict: 'too few' };
  const said = [...one, ...other];
  if (needsNo && said.length > 0 && said.every((value) => value === 1)) return { ...made, verdict: 'no no' };
  if (Math.min(one.length, other.length) < enoughToSay) {
    const inTime = Math.min(one.length + (before.young ?? 0), other.length + (after.young ?? 0));
    return { ...made, verdict: inTime < enoughToSay ? 'too few' : 'too early' };
  }
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
    case 'too early':
      return `Too early to say: ${of}; it takes ${enoughToSay} on each side that were signed long enough ago.`;
    case 'no no':
      return `Nothing to compare: ${of} said yes, and none said no.`;
    case 'unclear':
      return chance > almostAlways
        ? `No difference seen: ${of}; both sides are alike.`
        : `No difference seen: ${of}; one as large comes about by chance ${Math.round(100 * chance)} times in 100.`;
    default:
      return `${capitalized(verdict)}: ${of}; chance alone rarely brings about as much (${chanceText(chance)}). What caused it, numbers cannot say.`;
  }
}

/** So often nothing less comes about: there is no difference. */
const almostAlways = 0.995;

const chanceText = (chance: number): string =>
  chance < 0.01 ? 'less than once in 100' : `${Math.round(100 * chance)} times in 100`;
