import type { OutcomeKind } from '../deal/outcome.ts';
import type { Anchor } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import { dayLength, epochOfOurs } from '../time/calendar-instant.ts';
import type { PersonId } from './fact.ts';
import type { MeasuredHandoff, MeasuredRound } from './measured-handoff.ts';

/** One observation of a measure: of a handoff, of a round of a step, or of an open item. */
export interface Sample {
  /** In the unit of the definition; of a share 1 where it is so, else 0. */
  readonly value: number;
  /** Nobody has said so: it counts beside others that are told of, and alone nothing is known. */
  readonly isUntold?: boolean;
  /** When it counts, UTC: when it came about, or was due (`CountsAt`); absent while it is still open. */
  readonly at?: Instant | undefined;
  /** Of measures by step: which, when it was due (UTC), whose it was, and in whose team; of a score of somebody whose it is. */
  readonly step?: string;
  readonly dueAt?: Instant;
  readonly owner?: PersonId;
  readonly team?: PersonId | undefined;
}

/** Calendar days from the signature to a moment, to two decimals as in every handoff's own measures. */
export const daysUntil = (anchor: Anchor) => (handoff: MeasuredHandoff) => {
  const at = handoff.reached[anchor];
  if (at === undefined) return [];
  const days = (epochOfOurs(at) - epochOfOurs(handoff.signedAt)) / dayLength;
  return [{ value: Math.round(days * 100) / 100, at }];
};

/** Of what a handoff comes to once, and is asked about only then: its samples, and when that was. */
export const onceThere = (samples: (handoff: MeasuredHandoff) => readonly Sample[]) => ({
  samples,
  cameAt: (handoff: MeasuredHandoff): Instant | undefined => samples(handoff)[0]?.at,
});

export const whether = (so: boolean): number => (so ? 1 : 0);

/** The moment by which a round is counted in a week: what is ignored was due in one, and never ends in any. */
export type CountsAt = 'dueAt' | 'endedAt';

/** One sample of each round about which `value` says something. */
export const eachRound = (value: (round: MeasuredRound) => number | undefined, countsAt: CountsAt = 'dueAt') => ({
  bySteps: true as const,
  ofRound: value,
  countsAt,
  samples: ({ rounds }: MeasuredHandoff): readonly Sample[] =>
    rounds.flatMap((round) => {
      const said = value(round);
      return said === undefined ? [] : [sampleOf(round, said, countsAt)];
    }),
});

export const sampleOf = (round: MeasuredRound, value: number, countsAt: CountsAt = 'dueAt'): Sample => {
  const { step, dueAt, owner, team } = round;
  return { value, step, dueAt, owner, team, at: round[countsAt] };
};

/** One sample of each round about which `so` says something. */
export const ofRounds = (so: (round: MeasuredRound) => boolean | undefined, countsAt?: CountsAt) =>
  eachRound((round) => {
    const value = so(round);
    return value === undefined ? undefined : whether(value);
  }, countsAt);

/**
 * What is skipped or not yet due says nothing of its owner, nor does a no in time: the round after it does; nor an answer before the
 * question.
 */
export function wasOnTime({ timeliness }: MeasuredRound): boolean | undefined {
  if (timeliness === 'on time' || timeliness === 'reported late') return true;
  return timeliness === 'late' || timeliness === 'unanswered' ? false : undefined;
}

/** Rounds that are over, or should be. */
export const isDue = ({ timeliness }: MeasuredRound): boolean => timeliness !== 'open';

export const isDone = ({ timeliness, endedAt, saidNo }: MeasuredRound): boolean =>
  endedAt !== undefined && !saidNo && ['on time', 'reported late', 'late', 'unasked'].includes(timeliness);

/**
 * One sample a handoff whose package was handed over or sent back: of others nobody can say yet. `told`: how often it was so, and
 * when first, where that is known.
 */
export const onceHandedOver = (
  told: (handoff: MeasuredHandoff) => { readonly count: number; readonly first: Instant | undefined },
) => ({
  cameAt: (handoff: MeasuredHandoff) => told(handoff).first,
  samples: (handoff: MeasuredHandoff): readonly Sample[] => {
    const { count, first } = told(handoff);
    const ready = handoff.reached.packageReady;
    if (count === 0) return ready === undefined ? [] : [{ value: whether(false), at: ready }];
    return [{ value: whether(true), at: first ?? ready ?? handoff.signedAt }];
  },
});

/** Whether it became of the customer, where anything of the kind was told: silence is no renewal. */
export const outcome =
  (kind: OutcomeKind) =>
  ({ outcomes }: MeasuredHandoff): readonly Sample[] => {
    let so: Instant | undefined;
    let last: Instant | undefined;
    for (const each of outcomes) {
      if (each.outcome === 'onboarding completed') continue;
      if (each.outcome === kind) so ??= each.at;
      last = each.at;
    }
    const at = so ?? last;
    return at === undefined ? [] : [{ value: whether(so !== undefined), at }];
  };

export const items = (value: number, count: number): readonly Sample[] =>
  Array.from({ length: count }, () => ({ value }));
