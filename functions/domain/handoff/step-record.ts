import type { Evidence } from '../fields/values.ts';
import type { Capacity } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import type { ExceptionRequest } from './exception-request.ts';
import type { Handing } from './handing.ts';
import type { OpenItem } from './open-item.ts';

/** What was decided on a step, by whom. `by` is a mail address, or `system` where a ladder ran out. */
export interface Decision {
  readonly choice: string;
  readonly by: string;
  readonly as: Capacity | 'system';
  readonly at: Instant;
  readonly evidence: Evidence;
  /** The digest of the form by which it was made: the same form once more is the same decision. */
  readonly form?: string;
  /** How the audit trail says it, of what was decided on a page; absent where its entry is an item of its own. */
  readonly said?: string;
}

/** The clock of a step stood still: somebody waited for the customer. */
export interface Pause {
  readonly from: Instant;
  readonly until: Instant;
  readonly reason: string;
  readonly by: string;
  /** When it was said; absent: when it began. */
  readonly at?: Instant;
  /** The digest of the form by which it was done: the same form once more is the same. */
  readonly form?: string;
}

/** What the audit trail says of the ask of a round, beside what stands on the step itself. */
export interface AskSaid {
  /** When the round was opened, UTC. */
  readonly at: Instant;
  readonly from: 'page' | 'execution';
  /** Mail address of whose step it is, where somebody else is asked in their place. */
  readonly inPlaceOf?: string;
  /** From when, in the owner's zone, where it is asked later than it was opened. */
  readonly later?: string;
  /** Who was asked, and why it was due then, where either has changed since. */
  readonly owner?: string;
  readonly because?: string;
}

/** A round of a step that is over. */
export type EarlierRound = Pick<
  StepRecord,
  'round' | 'owner' | 'askedAt' | 'promisedAt' | 'promise' | 'dueAt' | 'because' | 'decision' | 'exceptions'
> &
  Partial<Pick<StepRecord, 'pauses' | 'openedAt' | 'askSaid'>>;

export interface StepRecord {
  readonly step: string;
  /** 1 for the first time it is asked; one more each time it comes back. */
  readonly round: number;
  readonly owner: string;
  /** Mail address of whose step it is, while its owner only stands in for them. */
  readonly standInFor?: string;
  readonly handed?: Handing;
  /** When it was first asked in this round, if it has had another owner since. UTC. */
  readonly openedAt?: Instant;
  /** When the ask reaches the owner: at once, or when their working hours begin. */
  readonly askedAt: Instant;
  /** Absent of what nobody is asked, and where the entry of the trail is an item of its own. */
  readonly askSaid?: AskSaid;
  /** What the SOP promises; the due time itself in records from before the two were told apart. */
  readonly promisedAt?: Instant;
  /** The promise's explanation, in the owner's zone. */
  readonly promise?: string;
  /** What the owner is held to: the promise, or the ask plus what they have at least, whichever is later. */
  readonly dueAt: Instant;
  /** The due time's explanation, in the owner's zone. */
  readonly because: string;
  readonly pauses: readonly Pause[];
  /** Its owner has it before them on a page: the request is mailed only if it is still open then. UTC. */
  readonly mailHeldUntil?: Instant;
  readonly decision?: Decision;
  /** The task token of the execution that waits right now; only the records know it. */
  readonly token?: string;
  /** What was asked and decided in earlier rounds. */
  readonly earlier: readonly EarlierRound[];
  /** The exceptions asked for in this round, oldest first; nobody has decided on the last one while it has no answer. */
  readonly exceptions?: readonly ExceptionRequest[];
  /** What is owed, where the step is an open item. */
  readonly item?: OpenItem;
}

/** Every round of a step, the one that stands last. */
export const roundsOf = <S extends Pick<StepRecord, 'earlier'>>(step: S): readonly (EarlierRound | S)[] => [
  ...step.earlier,
  step,
];

/** The pause that a step is in at a moment (UTC): its end belongs to it no more. */
export const pauseAt = ({ pauses }: Pick<StepRecord, 'pauses'>, at: Instant): Pause | undefined =>
  pauses.find((pause) => covers(pause, at));

/** Whether a pause lasts at a moment (UTC). */
export const covers = ({ from, until }: Pick<Pause, 'from' | 'until'>, at: Instant): boolean =>
  Date.parse(from) <= Date.parse(at) && Date.parse(at) < Date.parse(until);

/** Whether a decision came after the due time, or has not come though the due time was over by `asOf`. */
export function isLate(step: EarlierRound, asOf?: Instant): boolean {
  const at = step.decision?.at ?? asOf;
  return at !== undefined && Date.parse(at) > Date.parse(step.dueAt);
}

/** What was promised; in records from before promises were kept apart, the due time. */
export const promisedAtOf = ({ promisedAt, dueAt }: Pick<StepRecord, 'promisedAt' | 'dueAt'>): Instant =>
  promisedAt ?? dueAt;

/** Whether a promise was missed, by a decision that came after it, or by none though it was over by `asOf`. */
export function missesPromise(step: EarlierRound, asOf?: Instant): boolean {
  const at = step.decision?.at ?? asOf;
  return at !== undefined && Date.parse(at) > Date.parse(promisedAtOf(step));
}

/** Whether the promise had passed when a step reached its owner: then others, not the owner, missed it. */
export const reachedOwnerLate = (step: EarlierRound): boolean =>
  Date.parse(step.askedAt) >= Date.parse(promisedAtOf(step));
