import type { Instant } from '../time/calendar.ts';
import type { Decision, EarlierRound, HandoffRecord, StepRecord } from './handoff.ts';

/** The mails that tell of trouble: a step is late, has climbed the ladder, or stands still. */
const trouble: ReadonlySet<string> = new Set(['breach', 'escalate', 'stall', 'nag']);

/** What makes the mail of a rung that mail. The time of the ask tells rounds and owners apart. */
interface RungMail {
  readonly step: string;
  readonly askedAt: Instant;
  /** The rung's position in the step's life. */
  readonly index: number;
  readonly kind: string;
  readonly person: string;
}

/** Reads the key of a rung's mail; undefined for that of another mail. */
function rungMailOf(key: string): RungMail | undefined {
  const [, step, askedAt, index, kind, person] = /^([^/]+)\/([^/]+T[^/]+)\/(\d+)\/([a-z]+)\/(.+)$/.exec(key) ?? [];
  if (!step || !askedAt || !kind || !person) return undefined;
  return { step, askedAt, index: Number(index), kind, person };
}

/**
 * Who was told that a step is in trouble, after asks of a time (UTC): mail addresses. A mail that did not go out told nobody.
 */
export function toldOfTrouble(
  record: HandoffRecord,
  { step }: Pick<StepRecord, 'step'>,
  { since, before }: { readonly since: Instant | undefined; readonly before: Instant },
): readonly string[] {
  const told = Object.values(record.mails).flatMap((mail) => {
    const rung = mail.status === 'held' ? undefined : rungMailOf(mail.key);
    if (rung?.step !== step || !trouble.has(rung.kind)) return [];
    const at = Date.parse(rung.askedAt);
    const counts = (since === undefined || Date.parse(since) <= at) && at < Date.parse(before);
    return counts ? [rung.person] : [];
  });
  return [...new Set(told)];
}

/** Everybody who got a mail about the handoff that says in its key whom it is for: mail addresses. */
export const everybodyTold = (record: HandoffRecord): readonly string[] => [
  ...new Set(
    Object.values(record.mails).flatMap(({ key, status }) => {
      const to = key.slice(key.lastIndexOf('/') + 1);
      return status !== 'held' && /^[^\s,@]+@[^\s,@]+$/.test(to) ? [to] : [];
    }),
  ),
];

/** Somebody who was told of trouble that is over. */
export interface Relief {
  readonly person: string;
  /** The round that is over. */
  readonly round: EarlierRound;
  readonly decision: Decision;
}

/**
 * Who is to hear that trouble with a step is over, because it was decided, other than whoever decided it: they were told in
 * the same round, since it was last handed over. What ended without an answer is not over.
 */
export function reliefs(record: HandoffRecord, step: StepRecord): readonly Relief[] {
  const rounds: readonly EarlierRound[] = [...step.earlier, step];
  return rounds.flatMap((round, i) => {
    const { decision } = round;
    if (!decision || decision.choice === 'unanswered') return [];
    const since = (round === step ? step.handed?.at : undefined) ?? rounds[i - 1]?.decision?.at;
    return toldOfTrouble(record, step, { since, before: decision.at })
      .filter((person) => person !== decision.by)
      .map((person) => ({ person, round, decision }));
  });
}
