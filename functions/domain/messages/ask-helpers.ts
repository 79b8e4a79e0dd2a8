import { abandonedAt } from '../handoff/asking.ts';
import { type Climbing, climbingOf } from '../handoff/climbing.ts';
import { asksForHelp, helpAfter, type Rung, rungAt } from '../handoff/ladder.ts';
import { rungHearings } from '../handoff/rung-hearings.ts';
import { rungReaders, saidAt } from '../handoff/rung-readers.ts';
import { sayingKey } from '../handoff/saying-key.ts';
import { wasSaid } from '../handoff/sayings.ts';
import { calledOf } from '../people/people.ts';
import type { Capacity, RungRule } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import { soonIn } from '../time/wording.ts';
import type { Situation } from './ask-situation.ts';
import { textsFor, timesFor } from './wording.ts';

/** Somebody whom a rung tells. */
interface Told {
  readonly email: string;
  readonly as: Capacity;
  /** When, UTC, where that is still to come: in the daily digest, or by an email in their morning. */
  readonly toCome?: { readonly at: Instant; readonly inDigest: boolean };
}

function climbingIn(situation: Situation): Climbing | undefined {
  const { record, people, rule, asked } = situation;
  return record.playbook.ladders[rule.ladder] && people.has(asked.owner) ? climbingOf(situation, situation) : undefined;
}

/**
 * Whom a rung that comes tells, or the one that has come, and how: in the digest only who was not told yet. `next`: when another rung
 * follows on the one that has come; an email waits for the morning of whoever is not at work.
 */
function toldBy(situation: Situation, climbing: Climbing, rung: Rung, next?: Instant): readonly Told[] {
  const { record, people, at, calendarOf } = situation;
  const { owner } = climbing;
  return rungHearings(rung, situation, { record, people, owner, at, calendarOf }).map(({ person, as, digest }) => {
    const email = next === undefined ? at : saidAt(rung, person, { at, next, calendarOf });
    const toCome = { at: digest?.at ?? email, inDigest: digest !== undefined };
    const isToCome = Date.parse(at) < Date.parse(toCome.at);
    const isSaid = wasSaid(record, { key: sayingKey(situation, rung, person) });
    return { email: person.email, as, ...(isToCome && !isSaid && { toCome }) };
  });
}

/**
 * 'Still open Thu 9 AM? We'll ask Klaus to help.' Only of whoever does not know yet: a rung that tells nobody else is passed over.
 * '' where nobody is told later.
 */
export function helpText(situation: Situation): string {
  const { at, to, site } = situation;
  const climbing = climbingIn(situation);
  if (!climbing) return '';
  const { late, listed, sentences } = textsFor(site);
  const known = new Set([to.person.email, ...knowing(situation)]);
  for (const next of helpAfter(climbing, at)) {
    const when = soonIn(timesFor({ to, site }), next.at, at);
    if (next.kind === 'stall') return late.helpStall(when);
    const helpers = toldBy(situation, climbing, next).filter(({ as, email }) => as !== 'owner' && !known.has(email));
    const { mailed, later } = apart(situation, helpers);
    if (helpers.length > 0)
      return sentences(
        mailed.length === 0 ? '' : late.help(when, listed(mailed)),
        ...later.map(({ names, morning }) => late.helpInDigest(when, listed(names), morning)),
      );
  }
  return '';
}

/** The first names of those whom an email tells now, and of those who are told later, by when and how. */
function apart({ people, to, site, at }: Situation, told: readonly Told[]) {
  const named = (some: readonly Told[]) => some.map(({ email }) => calledOf(people, email));
  const waiting = told.flatMap((each) => (each.toCome ? [{ ...each, ...each.toCome }] : []));
  const later = [true, false].flatMap((inDigest) => {
    const some = waiting.filter((each) => each.inDigest === inDigest);
    const byTime = Map.groupBy(some, (each) => soonIn(timesFor({ to, site }), each.at, at));
    return [...byTime].map(([morning, those]) => ({ names: named(those), morning, inDigest }));
  });
  return { mailed: named(told.filter(({ toCome }) => toCome === undefined)), later };
}

/** Whom this rung tells beside the owner who did not know yet, by first name: now, or later. */
export function toldInThisRung(situation: Situation): ReturnType<typeof apart> {
  const known = toldBefore(situation);
  return apart(
    situation,
    toldNow(situation).filter(({ email }) => !known.includes(email)),
  );
}

/** Whom this very rung tells beside the owner. */
function toldNow(situation: Situation): readonly Told[] {
  const climbing = climbingIn(situation);
  const { rung, nextAt } = climbing ? rungAt(climbing, situation.at) : {};
  if (climbing && rung?.index === situation.rungNumber) {
    const next = nextAt ?? abandonedAt(situation.record, situation.asked, situation);
    return toldBy(situation, climbing, rung, next).filter(({ as }) => as !== 'owner');
  }
  return toldBeside(situation, situation.rungNumber).map((email) => ({ email, as: 'reader' }));
}

/** Whether this rung is the first that asks anybody beside the owner to help. */
export const isFirstHelp = (situation: Situation): boolean => toldBefore(situation).length === 0;

/** Whom this rung or an earlier one asks to help beside the owner. After a pause the ladder is climbed anew. */
function knowing(situation: Situation): readonly string[] {
  if (situation.rungNumber > rungsIn(situation).length) return [];
  const now = asksForHelp(situation) ? toldNow(situation) : [];
  return [...toldBefore(situation), ...now.map(({ email }) => email)];
}

/** Whom the rungs before this one asked to help beside the owner; who was only reminded of what is not due yet is none of them. */
function toldBefore(situation: Situation): readonly string[] {
  return rungsIn(situation)
    .slice(0, Math.max(0, situation.rungNumber - 1))
    .flatMap((rung, i) => (asksForHelp(rung) ? toldBeside(situation, i + 1) : []));
}

const rungsIn = ({ record, rule }: Situation): readonly RungRule[] => record.playbook.ladders[rule.ladder]?.rungs ?? [];

/** Everybody beside the owner who was told so far: mail addresses, each once. */
export function helpersSoFar(situation: Situation): string[] {
  const { rungNumber } = situation;
  const isRung = rungNumber >= 1 && rungNumber <= rungsIn(situation).length;
  const now = isRung ? toldNow(situation).filter(({ toCome }) => toCome === undefined) : [];
  return [...new Set([...toldBefore(situation), ...now.map(({ email }) => email)])];
}

export const everybodyAsked = (situation: Situation, reader: string): string[] =>
  [situation.asked.owner, ...helpersSoFar(situation)]
    .filter((email) => email !== reader)
    .map((email) => calledOf(situation.people, email));

function toldBeside({ record, people, rule, asked, at, calendarOf }: Situation, rungNumber: number): string[] {
  const rung = record.playbook.ladders[rule.ladder]?.rungs[rungNumber - 1];
  const owner = people.get(asked.owner);
  if (!rung || !owner) return [];
  return rungReaders(rung, { record, people, owner, at, calendarOf })
    .filter(({ as }) => as !== 'owner')
    .map(({ person }) => person.email);
}
