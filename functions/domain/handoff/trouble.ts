import { choiceOf } from '../playbook/capabilities.ts';
import type { Instant } from '../time/calendar.ts';
import { mailSaid } from './audit-entry.ts';
import type { HandoffRecord } from './handoff.ts';
import { holderOf } from './roles-held.ts';
import { type Decision, type EarlierRound, roundsOf, type StepRecord } from './step-record.ts';
import { ruleIn } from './step-rule.ts';

/** The mails that tell of trouble: a step is late, has climbed the ladder, or stands still. */
const trouble: ReadonlySet<string> = new Set(['breach', 'escalate', 'stall', 'nag']);

/** What makes the mail of a rung that mail. The time of the ask tells rounds and owners apart. */
interface RungMail {
  readonly step: string;
  /** It chased whoever decides on an exception. */
  readonly ofException: boolean;
  readonly askedAt: Instant;
  /** The rung's position in the step's life. */
  readonly index: number;
  readonly kind: string;
  readonly person: string;
}

/** Reads the key of a rung's mail; undefined for that of another mail. */
function rungMailOf(key: string): RungMail | undefined {
  const [, step, exception, askedAt, index, kind, person] =
    /^([^/]+)(\/exception)?\/([^/]+T[^/]+)\/(\d+)\/([a-z]+)\/(.+)$/.exec(key) ?? [];
  if (!step || !askedAt || !kind || !person) return undefined;
  return { step, ofException: exception !== undefined, askedAt, index: Number(index), kind, person };
}

/**
 * Who was told that a step is in trouble, or an exception asked for on it, after asks of a time (UTC): mail addresses. A mail
 * that did not go out told nobody.
 */
export const toldOfTrouble = (record: HandoffRecord, step: Pick<StepRecord, 'step'>, span: Span): readonly string[] => [
  ...new Set(troubleMails(record, step, span).map(({ person }) => person)),
];

interface Span {
  readonly since: Instant | undefined;
  readonly before: Instant;
  readonly ofException?: boolean;
}

/** Whether all that somebody heard of it stood in their daily digest. */
function isToldInDigest(
  record: HandoffRecord,
  step: Pick<StepRecord, 'step'>,
  { person, ...span }: Span & { readonly person: string },
): boolean {
  const told = troubleMails(record, step, span).filter((mail) => mail.person === person);
  return told.length > 0 && told.every(({ inDigest }) => inDigest);
}

/** The mails that told of it: to whom, and when (UTC). */
function troubleMails(
  record: HandoffRecord,
  { step }: Pick<StepRecord, 'step'>,
  { since, before, ofException }: Span,
): readonly { readonly person: string; readonly at: Instant; readonly inDigest: boolean }[] {
  return Object.values(record.mails).flatMap((mail) => {
    const rung = mail.status === 'held' ? undefined : rungMailOf(mail.key);
    if (rung?.step !== step || !trouble.has(rung.kind)) return [];
    if (ofException !== undefined && rung.ofException !== ofException) return [];
    const at = Date.parse(rung.askedAt);
    const counts = (since === undefined || Date.parse(since) <= at) && at < Date.parse(before);
    return counts ? [{ person: rung.person, at: mail.at, inDigest: mail.inDigest === true }] : [];
  });
}

/**
 * Everybody who got a mail about the handoff, as its key or the trail says: mail addresses. Customers are left out where a mail was for
 * them, colleagues who had a copy of it are not.
 */
export const everybodyTold = (record: HandoffRecord): readonly string[] => [
  ...new Set(
    Object.values(record.mails).flatMap(({ key, status, said, sentTo = [] }) => {
      if (status === 'held') return [];
      const to = key.slice(key.lastIndexOf('/') + 1);
      const addresses = said ? mailSaid(said).to.filter((email) => !sentTo.includes(email)) : [];
      return /^[^\s,@]+@[^\s,@]+$/.test(to) ? [to, ...addresses] : addresses;
    }),
  ),
];

/** Steps of whose trouble somebody heard in their daily digest, in that of `messageId` if one is named, and which are open. */
export const heardInDigest = (record: HandoffRecord, email: string, messageId?: string): readonly string[] =>
  Object.values(record.mails).flatMap((mail) => {
    const rung = mail.inDigest ? rungMailOf(mail.key) : undefined;
    const isMeant = rung?.person === email && (messageId === undefined || mail.messageId === messageId);
    return isMeant && record.steps[rung.step]?.decision === undefined ? [rung.step] : [];
  });

/** Somebody who was told of trouble that is over. */
export interface Relief {
  readonly person: string;
  readonly step: string;
  /** The round that is over, or goes on without the exception. */
  readonly round: EarlierRound;
  /** What ended it. */
  readonly decision: Decision;
  /** They heard of the trouble in their daily digest, and nowhere else: there they hear that it is over. */
  readonly inDigest?: true;
  /** Of an exception that was declined: when it was asked for, UTC. */
  readonly askedFor?: Instant;
}

/** Under this somebody is told that trouble is over. */
export const reliefKey = ({ step, round, askedFor, person }: Relief): string =>
  ['trouble-over', step, round.round, ...(askedFor ? ['exception', askedFor] : []), person].join('/');

/**
 * Who is to hear that trouble with a step is over, because it was decided, other than whoever decided it: they were told in
 * the same round, since it was last handed over, or have not heard that it was. What ended without an answer is not over. Who
 * was to decide on an exception hears that nobody needs one any more.
 */
export function reliefs(record: HandoffRecord, step: StepRecord): readonly Relief[] {
  const rounds: readonly EarlierRound[] = roundsOf(step);
  return rounds.flatMap((round, i) => {
    const { decision } = round;
    const declined = declinedReliefs(record, step, round);
    if (!decision || decision.choice === 'unanswered') return declined;
    const begun = rounds[i - 1]?.decision?.at;
    const handed = round === step ? step.handed : undefined;
    const since = handed?.at ?? begun;
    const known = declined.map(({ person }) => person);
    const told = [
      ...(handed ? untoldOfHanding(record, step, { since: begun, before: handed.at }) : []),
      ...toldOfTrouble(record, step, { since, before: decision.at, ofException: false }),
      // Whoever decides on an exception is asked once, whoever the step is handed to meanwhile.
      ...toldOfTrouble(record, step, { since: begun, before: decision.at, ofException: true }).filter(
        (person) => !known.includes(person),
      ),
    ];
    const know = [decision.by, undecidedReviewer(round), ...settledReaders(record, step)];
    const over = [...new Set(told)]
      .filter((person) => !know.includes(person))
      .map((person): Relief => {
        const inDigest = isToldInDigest(record, step, { person, since: begun, before: decision.at });
        return { person, step: step.step, round, decision, ...(inDigest && { inDigest }) };
      });
    return [...declined, ...over];
  });
}

/**
 * Who was told of trouble before the step was handed over, and not of that: it was handed over in that moment, or to whom they
 * knew from before to stand in.
 */
function untoldOfHanding(record: HandoffRecord, step: StepRecord, span: Span): readonly string[] {
  const { handed, owner } = step;
  const news = Object.values(record.mails).filter(({ key }) => key.startsWith('handed-over/'));
  const knew = (person: string, since: Instant): boolean =>
    news.some(({ key, at }) => key.endsWith(`/${owner}/${person}`) && Date.parse(at) >= Date.parse(since));
  const told = troubleMails(record, step, { ...span, ofException: false });
  return told.flatMap(({ person, at }) =>
    person === handed?.by || person === owner || knew(person, at) ? [] : [person],
  );
}

/** Who was told that nobody decided on an exception, which was then declined: the step is open, and theirs no more. */
function declinedReliefs(record: HandoffRecord, step: StepRecord, round: EarlierRound): readonly Relief[] {
  const { exceptions = [] } = round;
  return exceptions.flatMap(({ at: askedFor, answer }) => {
    // What was granted ended the step with it.
    if (!answer || answer.fields.some(({ granted }) => granted)) return [];
    const { by, at, reason } = answer;
    const decision: Decision = { choice: 'decline-exception', by, as: 'reviewer', at, evidence: { reason } };
    const span = { since: askedFor, before: at, ofException: true };
    return toldOfTrouble(record, step, span)
      .filter((person) => person !== by)
      .map((person): Relief => {
        const inDigest = isToldInDigest(record, step, { ...span, person });
        return { person, step: step.step, round, decision, askedFor, ...(inDigest && { inDigest }) };
      });
  });
}

/**
 * Who hears what became of an open item, whether they were told of trouble or not: mail addresses. Of what a negative answer
 * left open, also whoever read in the confirmation that it was; and, when it is given up, whoever was told of trouble: that is no relief.
 */
export function settledReaders(record: HandoffRecord, step: StepRecord): readonly string[] {
  const { item, decision } = step;
  if (!item) return [];
  const usual = [item.by, holderOf(record, 'customerSuccessManager')];
  return [
    ...usual,
    ...(wasConfirmedOpen(record, step) ? [holderOf(record, 'accountExecutive')] : []),
    ...(isGivenUp(record, step) && decision
      ? toldOfTrouble(record, step, { since: undefined, before: decision.at, ofException: false })
      : []),
  ].filter((email) => email !== undefined);
}

/** Whether the confirmation said that a negative answer was still open. */
function wasConfirmedOpen({ mails }: HandoffRecord, { item, decision }: StepRecord): boolean {
  const { status, at = '' } = mails['handoff-confirmation'] ?? {};
  if (!item || item.paths !== undefined || !decision || status !== 'sent') return false;
  return Date.parse(item.openedAt) <= Date.parse(at) && Date.parse(at) < Date.parse(decision.at);
}

/** Whether the owner of an open item found that it is not possible. */
export const isGivenUp = (record: HandoffRecord, { step, decision }: StepRecord): boolean =>
  choiceOf(ruleIn(record, step), decision?.choice)?.does === 'give-up';

/** Who had not decided on an exception when its step was decided; undefined where there was no such exception. */
function undecidedReviewer({ exceptions = [] }: EarlierRound): string | undefined {
  const last = exceptions.at(-1);
  return last?.answer === undefined ? last?.reviewer : undefined;
}
