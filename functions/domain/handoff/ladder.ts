import type { Anchor, LadderRule, RungKind, RungReader, RungRule } from '../playbook/playbook.ts';
import {
  addBusinessDays,
  type BusinessCalendar,
  type Instant,
  nextWorkingMoment,
  subtractWorkingTime,
  workingTimeBetween,
} from '../time/calendar.ts';
import { dueAfter, parseWithin, type Within } from '../time/due.ts';
import { dueByRule } from './due-rule.ts';
import { covers, type Pause, pauseAt, type StepRecord } from './step-record.ts';

/** One thing that is said about a step, at one time. Times are UTC. */
export interface Rung {
  /** The position in the step's life: 0 is the ask; stable, so that each is said once. */
  readonly index: number;
  readonly kind: 'ask' | RungKind | 'nag' | 'unanswered';
  readonly at: Instant;
  readonly tell: readonly RungReader[];
  /** When the next one would come if everybody heard of this one at once; only of those that ask somebody to help. */
  readonly nextAt?: Instant;
}

export interface LadderInput {
  readonly ladder: LadderRule;
  readonly step: Pick<StepRecord, 'askedAt' | 'dueAt' | 'pauses' | 'mailHeldUntil' | 'handed'>;
  readonly anchors: Partial<Record<Anchor, Instant>>;
  /** The owner's. */
  readonly calendar: BusinessCalendar;
  /** When whoever a rung asks to help hears of it, where that is in their daily digest; undefined where it is at once. UTC. */
  readonly heardAt?: (rung: Rung) => Instant | undefined;
  /** When a nag that is reached then suits its readers, UTC: less than a day later; at once without it. */
  readonly suits?: (at: Instant) => Instant;
  /** Only the ask is said: nothing is due from the owner for now. */
  readonly rests?: boolean;
}

/**
 * What is to be said at `at`: the newest rung reached (an older one that was missed is not said any more), and when the
 * next comes. `rung` is undefined before the ask (which waits for the owner's working hours) and during a pause: in one, only
 * whoever the step is handed to hears of it, at once.
 * S4: owner, owner's manager, revenue operations, a business day apart; P: afterwards never silent.
 */
export function rungAt(input: LadderInput, at: Instant): { rung?: Rung; nextAt?: Instant } {
  if (input.rests) return askIn(input, at) ?? {};
  const pause = pauseAt(input.step, at);
  if (pause) return handedIn(input, pause, at) ?? { nextAt: pause.until };
  let rung: Rung | undefined;
  for (const next of rungsOf(input, at)) {
    if (before(at, next.at)) return { ...(rung && { rung }), nextAt: next.at };
    rung = next;
    if (rung.kind === 'unanswered') break;
  }
  return rung ? { rung } : {};
}

/** The rungs after `at` that ask somebody beside the owner to help, in the order they come; not what is repeated for ever. */
export function* helpAfter(input: LadderInput, at: Instant): Generator<Rung> {
  for (const rung of rungsOf(input, at)) {
    if (rung.kind === 'unanswered' || rung.kind === 'nag') return;
    if (asksForHelp(rung) && before(at, rung.at) && rung.tell.some((who) => who !== 'owner')) yield rung;
  }
}

/** Whether whom a rung tells beside the owner is asked to help; before the due time they are only told what was asked. */
export const asksForHelp = ({ kind }: { readonly kind: Rung['kind'] }): boolean =>
  kind !== 'ask' && kind !== 'warn' && kind !== 'remind';

/** How often somebody was asked every week, the rung of that index included; from 1. */
export const nagNumber = (index: number): number => index - firstNag;

/** The ask of a new owner while the clock stands still; undefined where nobody new is to be asked. */
function handedIn(input: LadderInput, pause: Pause, at: Instant): { rung?: Rung; nextAt?: Instant } | undefined {
  const asked = isHandedIn(input.step, pause) ? askIn(input, at) : undefined;
  return asked && { ...asked, nextAt: earlier(asked.nextAt ?? pause.until, pause.until) };
}

function askIn(input: LadderInput, at: Instant): { rung?: Rung; nextAt?: Instant } | undefined {
  const [ask] = rungsOf(input, at);
  if (!ask) return undefined;
  return before(at, ask.at) ? { nextAt: ask.at } : { rung: ask };
}

const isHandedIn = ({ handed }: LadderInput['step'], pause: Pause): boolean =>
  handed !== undefined && covers(pause, handed.at);

/** The rungs in the order they come; ends with `unanswered`, or nags for ever, beginning with the newest before `asOf`. */
function* rungsOf(input: LadderInput, asOf: Instant): Generator<Rung> {
  const { ladder, step, anchors, calendar } = input;
  const waiting = step.pauses.find(
    (pause) => before(pause.from, step.askedAt) && before(step.askedAt, pause.until) && !isHandedIn(step, pause),
  );
  const asked = step.mailHeldUntil && before(step.askedAt, step.mailHeldUntil) ? step.mailHeldUntil : step.askedAt;
  const askAt = nextWorkingMoment(waiting?.until ?? asked, calendar);
  yield { index: 0, kind: 'ask', at: askAt, tell: ['owner'] };
  // A step that reaches its owner too late is theirs from the ask on: the ladder must leave them time to act.
  const base = before(step.dueAt, askAt) ? askAt : step.dueAt;
  const climbed = ladder.rungs
    .map((rung, i) => ({ rung, index: i + 1, at: timeOf(rung, { base, dueAt: step.dueAt, anchors, calendar }) }))
    .filter((timed): timed is typeof timed & { at: Instant } => timed.at !== undefined)
    .filter(({ rung, at }) =>
      isAfterDue(rung)
        ? before(askAt, at)
        : before(at, step.dueAt) && workingTimeBetween(askAt, at, calendar) >= leastTimeBefore(rung),
    )
    .filter(({ at }) => !step.pauses.some((pause) => covers(pause, at)))
    .map(({ rung, index, at }): Rung => ({ index, kind: rung.kind, at, tell: rung.tell }));
  // Whoever was asked after a pause, because the step was handed over, need not hear that it is over.
  const resumed = step.pauses
    .map((pause, i): Rung => ({ index: firstResume + i, kind: 'remind', at: pause.until, tell: ['owner'] }))
    .filter(({ at }) => before(askAt, at));
  const inOrder = (some: readonly Rung[]) =>
    some.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.index - b.index);
  if ('unansweredAfterDue' in ladder.afterwards) {
    // Even a question that came too late is asked, and can be answered for a day.
    const planned = later(base, ladder.afterwards.unansweredAfterDue, calendar);
    const until = before(askAt, planned) ? planned : addBusinessDays(askAt, 1, calendar);
    const inTime = inOrder(climbed).filter((rung) => before(rung.at, until));
    const { spaced, end = until } = spacedOut(inTime, input, until);
    yield* inOrder([...spaced, ...resumed]).filter((rung) => before(rung.at, end));
    yield { index: ladder.rungs.length + 1, kind: 'unanswered', at: end, tell: [] };
    return;
  }
  const rungs = inOrder([...spacedOut(inOrder(climbed), input).spaced, ...resumed]);
  yield* rungs;
  const { amount } = amountOf(ladder.afterwards.nagEvery);
  const anchor = rungs.at(-1)?.at ?? base;
  const { suits = (at) => at } = input;
  const known = new Map<number, Instant>();
  const nagAt = (n: number): Instant => {
    const at =
      known.get(n) ?? suits(dueAfter({ within: `${n * amount} days`, anchor, anchorName: 'stalled', calendar }).at);
    known.set(n, at);
    return at;
  };
  // After days off two would come within days of each other: four of every seven lie between two that are said.
  const isTooSoon = (n: number): boolean =>
    n > 1 && Date.parse(nagAt(n)) - Date.parse(nagAt(n - 1)) < (amount * 86_400_000 * 4) / 7;
  // Days off move a nag on, never back: the one that is reached by now is no later than if there were none.
  let first = Math.max(1, Math.ceil((Date.parse(asOf) - Date.parse(anchor)) / (amount * 86_400_000)));
  while (first > 1 && (before(asOf, nagAt(first)) || isTooSoon(first))) first--;
  for (let n = first; ; n++)
    if (!isTooSoon(n)) yield { index: firstNag + n, kind: 'nag', at: nagAt(n), tell: everybody };
}

/**
 * "Climbs one rung per further business day" (S4): where somebody hears of a rung in their daily digest, what comes after it comes a
 * business day after that, and not when it would have come, had they heard at once. `end`: when the step ends, UTC, moved alike.
 */
function spacedOut(
  rungs: readonly Rung[],
  { heardAt, calendar }: Pick<LadderInput, 'heardAt' | 'calendar'>,
  end?: Instant,
): { readonly spaced: readonly Rung[]; readonly end?: Instant } {
  if (!heardAt) return { spaced: rungs };
  let from: Instant | undefined;
  const moved = (at: Instant): Instant => (from !== undefined && before(at, from) ? from : at);
  const spaced = rungs.map((rung, i) => {
    if (rung.kind !== 'escalate' && rung.kind !== 'stall') return rung;
    const at = moved(rung.at);
    const planned = rungs[i + 1]?.at ?? end;
    const dayOn = addBusinessDays(at, 1, calendar);
    const placed: Rung = { ...rung, at, nextAt: planned && before(dayOn, planned) ? planned : dayOn };
    const heard = heardAt(placed);
    if (heard !== undefined) from = moved(addBusinessDays(heard, 1, calendar));
    return placed;
  });
  return { spaced, ...(end !== undefined && { end: moved(end) }) };
}

/**
 * A reminder right behind the ask would only annoy: working time between the two, in milliseconds. Whoever is asked half a day
 * before the due time was warned by the ask; a moment that the playbook names is kept. Of both, half an hour is left for the way from
 * the CRM to the ask: where a promise of 24 h is one working day of 8, the warning comes 4 h after the deal was won.
 */
const leastTimeBefore = ({ when }: RungRule): number => ('beforeDue' in when ? 4 : 1) * anHour - anHour / 2;

const anHour = 3_600_000;

/** Where the numbers of rungs that are not in the playbook begin. */
const firstResume = 100;
const firstNag = 1000;

/** Whoever was told that a step has stalled hears of it every week. */
export const everybody: readonly RungReader[] = ['owner', 'manager', 'revenueOperations'];

const isAfterDue = (rung: RungRule): boolean => 'afterDue' in rung.when;

/** The moment of a rung; undefined while its anchor is unknown. */
function timeOf(
  rung: RungRule,
  known: { base: Instant; dueAt: Instant; anchors: Partial<Record<Anchor, Instant>>; calendar: BusinessCalendar },
): Instant | undefined {
  const { when } = rung;
  if ('afterDue' in when) return later(known.base, when.afterDue, known.calendar);
  if ('beforeDue' in when)
    return subtractWorkingTime(known.dueAt, amountOf(when.beforeDue).amount * 3_600_000, known.calendar);
  return dueByRule(when, known.anchors, known.calendar)?.at;
}

/** Some business days on, at the same local time. */
const later = (from: Instant, within: Within, calendar: BusinessCalendar): Instant => {
  const { amount } = amountOf(within);
  return amount === 0 ? from : addBusinessDays(from, amount, calendar);
};

function amountOf(within: Within): { amount: number } {
  const parsed = parseWithin(within);
  if (parsed instanceof Error) throw parsed;
  return { amount: 'amount' in parsed ? parsed.amount : 0 };
}

const earlier = (a: Instant, b: Instant): Instant => (before(a, b) ? a : b);

const before = (a: Instant, b: Instant): boolean => Date.parse(a) < Date.parse(b);
