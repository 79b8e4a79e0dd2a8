import { checkPackage } from '../deal/completeness.ts';
import type { HandoffRecord } from '../handoff/handoff.ts';
import { gapNames } from '../handoff/handoff-package.ts';
import type { Rung } from '../handoff/ladder.ts';
import { type ExpectedRound, expectedRounds, promiseOutcome, timelinessOf } from '../handoff/timeliness.ts';
import type { CalendarOf, People } from '../people/people.ts';
import { askSteps } from '../playbook/capabilities.ts';
import { freezePlaybook, variantOf } from '../playbook/freeze.ts';
import type { FrozenPlaybook, Playbook } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import { isFaithful, type Replayed, replayed } from './replay.ts';

/** What really was, and what would have been. */
export interface Pair {
  readonly was: number;
  readonly would: number;
}

/** How a round came out both ways. Rounds that cannot be replayed stand as they were on both sides. */
interface RoundBothWays {
  readonly step: string;
  readonly late: Pair;
  readonly missed: Pair;
  /** Emails by kind, under the rules it had and under the others; absent where it cannot be replayed. */
  readonly mails?: { readonly was: Replayed['mails']; readonly would: Replayed['mails'] };
  /** Why it stands as it was. */
  readonly because?: string;
}

/** One handoff under other rules. */
export interface HandoffBothWays {
  readonly id: string;
  readonly rounds: readonly RoundBothWays[];
  /** Whether its package would have been complete when the deal was won; 1 or 0. */
  readonly packageComplete: Pair;
  /** Required answers that it lacked under the other rules only. */
  readonly newGaps: readonly string[];
  /** Titles of the steps that only one of the playbooks has for it. */
  readonly dropped: readonly string[];
  readonly added: readonly string[];
}

export interface WhatIfInput {
  readonly record: HandoffRecord;
  readonly playbook: Playbook;
  /** The people with the calendars they had, as far as the roster says, and those they would have. */
  readonly people: { readonly was: People; readonly would: People };
  readonly calendarOf: CalendarOf;
  /** UTC. */
  readonly at: Instant;
}

/**
 * What would have been of a handoff under another playbook, had everybody acted as they did. A round is replayed by the rules it
 * had first: where that does not give the times on record (it was handed over, an exception gave it back, calendars have changed
 * since), it stands as it was, and says so.
 */
export function handoffWhatIf({ record, playbook, people, calendarOf, at }: WhatIfInput): HandoffBothWays {
  const { segment, industry } = record.state;
  const { variant } = variantOf(playbook, { segments: [segment], industry });
  const frozen = freezePlaybook(playbook, variant);
  const own = { playbook: record.playbook, people: people.was };
  const other = { playbook: frozen, people: people.would };
  const rounds = expectedRounds(record).map((round): RoundBothWays => {
    const stands = asItWas(record, round, at);
    const was = replayed({ record, round, rules: own, calendarOf, at });
    const isTold = !('notReplayed' in was) && isFaithful(was, round);
    if (frozen.steps[round.step]?.kind !== 'ask') {
      const { step, late, missed } = stands;
      return { step, late: none(late), missed: none(missed), ...(isTold && { mails: { was: was.mails, would: {} } }) };
    }
    if (!isTold)
      return { ...stands, because: 'notReplayed' in was ? was.notReplayed : 'the times were changed on the way' };
    const change = changedAsking(record.playbook, frozen, round.step);
    if (change) return { ...stands, because: change };
    const would = replayed({ record, round, rules: other, calendarOf, at });
    if ('notReplayed' in would) return { ...stands, because: would.notReplayed };
    return {
      step: round.step,
      late: { was: stands.late.was, would: count(would.late) },
      missed: { was: stands.missed.was, would: count(would.missed) },
      mails: { was: was.mails, would: would.mails },
    };
  });
  const [had, lacks] = [gapsUnder(record, record.playbook), gapsUnder(record, frozen)];
  return {
    id: record.state.id,
    rounds,
    packageComplete: completeBothWays(record.state.packageComplete, had, lacks),
    newGaps: lacks.filter((gap) => !had.includes(gap)),
    dropped: onlyIn(record.playbook, frozen),
    added: onlyIn(frozen, record.playbook),
  };
}

const count = (so: boolean): number => (so ? 1 : 0);
/** Nobody is late with a step that is not asked. */
const none = ({ was }: Pair): Pair => ({ was, would: 0 });

function asItWas(
  record: HandoffRecord,
  round: ExpectedRound,
  at: Instant,
): Pick<RoundBothWays, 'step' | 'late' | 'missed'> {
  const judged = { playbook: record.playbook, rule: round.rule, round, asOf: record.state.endedAt ?? at };
  const late = count(timelinessOf(judged) === 'late');
  const missed = count(promiseOutcome(judged) === 'missed');
  return { step: round.step, late: { was: late, would: late }, missed: { was: missed, would: missed } };
}

/** A step that would have been asked of somebody else, or at another time, was not done as it would have been. */
function changedAsking(before: FrozenPlaybook, after: FrozenPlaybook, step: string): string | undefined {
  const [was, is] = [before.steps[step], after.steps[step]];
  if (was?.kind !== 'ask' || is?.kind !== 'ask') return undefined;
  if (was.owner !== is.owner) return 'somebody else would have been asked';
  const opening = ({ opens, repeat }: typeof was) =>
    JSON.stringify([opens, repeat?.every, repeat?.from, repeat?.times]);
  return opening(was) === opening(is) ? undefined : 'it would have been asked at another time';
}

/** The package is looked at as the deal brought it: where that is not what was found at the trigger, nothing else can be told. */
const completeBothWays = (complete: boolean, had: readonly string[], lacks: readonly string[]): Pair => ({
  was: count(complete),
  would: count((had.length === 0) === complete ? lacks.length === 0 : complete),
});

const gapsUnder = ({ deal }: HandoffRecord, rules: FrozenPlaybook): readonly string[] =>
  gapNames(checkPackage({ package: deal.package, deal, rules }).gaps);

const onlyIn = (one: FrozenPlaybook, other: FrozenPlaybook): readonly string[] =>
  askSteps(one)
    .filter(({ id, rule }) => !rule.optional && !rule.settles && other.steps[id]?.kind !== 'ask')
    .map(({ rule }) => rule.title);

/** The kinds of emails that a comparison tells apart, by what rungs say. */
export const mailKinds = {
  requests: ['ask'],
  reminders: ['warn', 'remind'],
  overdue: ['breach'],
  escalations: ['escalate'],
  stalled: ['stall', 'nag'],
} as const satisfies Readonly<Record<string, readonly Rung['kind'][]>>;

export type MailKind = keyof typeof mailKinds;

/** What would have been of many handoffs. */
export interface WhatIf {
  readonly handoffs: number;
  readonly rounds: { readonly all: number; readonly replayed: number };
  readonly late: Pair;
  readonly missed: Pair;
  /** Handoffs with at least one step late by its owner. */
  readonly lateHandoffs: Pair;
  readonly packageComplete: Pair;
  readonly mails: Readonly<Record<MailKind, Pair>>;
  /** Steps in which something differs, the largest difference first. */
  readonly steps: readonly {
    readonly step: string;
    readonly rounds: number;
    readonly late: Pair;
    readonly missed: Pair;
  }[];
  /** How many rounds stand as they were, by the reason. */
  readonly standing: readonly { readonly because: string; readonly rounds: number }[];
  /** In how many handoffs an answer would have been missing that was not asked for, and steps that would be new or gone. */
  readonly newGaps: readonly { readonly name: string; readonly handoffs: number }[];
  readonly dropped: readonly { readonly name: string; readonly handoffs: number }[];
  readonly added: readonly { readonly name: string; readonly handoffs: number }[];
}

/** Adds up what would have been of handoffs. */
export function whatIf(handoffs: readonly HandoffBothWays[]): WhatIf {
  const rounds = handoffs.flatMap((handoff) => handoff.rounds);
  const lateIn = (side: keyof Pair) =>
    handoffs.filter((handoff) => handoff.rounds.some(({ late }) => late[side] > 0)).length;
  return {
    handoffs: handoffs.length,
    rounds: { all: rounds.length, replayed: rounds.filter(({ mails }) => mails !== undefined).length },
    late: total(rounds.map(({ late }) => late)),
    missed: total(rounds.map(({ missed }) => missed)),
    lateHandoffs: { was: lateIn('was'), would: lateIn('would') },
    packageComplete: total(handoffs.map(({ packageComplete }) => packageComplete)),
    mails: mailsOf(rounds),
    steps: [...Map.groupBy(rounds, ({ step }) => step)]
      .map(([step, those]) => ({
        step,
        rounds: those.length,
        late: total(those.map(({ late }) => late)),
        missed: total(those.map(({ missed }) => missed)),
      }))
      .filter((each) => differs(each.late) || differs(each.missed))
      .toSorted((a, b) => Math.abs(b.late.would - b.late.was) - Math.abs(a.late.would - a.late.was)),
    standing: [...Map.groupBy(rounds, ({ because }) => because)]
      .flatMap(([because, those]) => (because === undefined ? [] : [{ because, rounds: those.length }]))
      .toSorted((a, b) => b.rounds - a.rounds),
    newGaps: named(handoffs.map(({ newGaps }) => newGaps)),
    dropped: named(handoffs.map(({ dropped }) => dropped)),
    added: named(handoffs.map(({ added }) => added)),
  };
}

const differs = ({ was, would }: Pair): boolean => was !== would;

const total = (pairs: readonly Pair[]): Pair =>
  pairs.reduce((sum, { was, would }) => ({ was: sum.was + was, would: sum.would + would }), { was: 0, would: 0 });

function mailsOf(rounds: readonly RoundBothWays[]): WhatIf['mails'] {
  const countOf = (kinds: readonly Rung['kind'][], mails: Replayed['mails']) =>
    kinds.reduce((sum, kind) => sum + (mails[kind] ?? 0), 0);
  const pairs = Object.entries(mailKinds).map(([name, kinds]) => [
    name,
    total(
      rounds.flatMap(({ mails }) =>
        mails ? [{ was: countOf(kinds, mails.was), would: countOf(kinds, mails.would) }] : [],
      ),
    ),
  ]);
  return Object.fromEntries(pairs) as Record<MailKind, Pair>;
}

const named = (
  lists: readonly (readonly string[])[],
): readonly { readonly name: string; readonly handoffs: number }[] =>
  [...Map.groupBy(lists.flat(), (name) => name)]
    .map(([name, { length }]) => ({ name, handoffs: length }))
    .toSorted((a, b) => b.handoffs - a.handoffs || (a.name < b.name ? -1 : 1));
