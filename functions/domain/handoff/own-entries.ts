import type { AuditEntry } from './audit-entry.ts';
import type { MailRecord } from './mail-record.ts';
import { type EarlierRound, roundsOf, type StepRecord } from './step-record.ts';

/**
 * What the audit trail says of a mail that went out, or of what a digest told: it stands in the mail's own record, where it is written
 * together with the news that it was sent. Undefined for mails of earlier versions, whose entries are items of their own.
 */
export function entryOfMail({ at, said, inDigest }: MailRecord): AuditEntry | undefined {
  if (!said) return undefined;
  const { step, detail } = said;
  return inDigest
    ? { at, who: 'system', what: 'told-in-digest', ...(step !== undefined && { step }), from: 'event', detail }
    : { at, who: 'system', ...(step !== undefined && { step }), from: 'execution', what: 'mail-sent', detail };
}

/** What the audit trail says of a step, round by round, where its record says it itself: that it was asked, and what was decided. */
export const entriesOfStep = (step: StepRecord): readonly AuditEntry[] =>
  roundsOf(step).flatMap((round) => [...askIn(step.step, round), ...decisionIn(step.step, round)]);

function askIn(step: string, { owner, because, askSaid }: EarlierRound): readonly AuditEntry[] {
  if (!askSaid) return [];
  const { at, from, inPlaceOf, later } = askSaid;
  const inPlace = inPlaceOf === undefined ? '' : ` in place of ${inPlaceOf}, who is not there`;
  const whom = `${askSaid.owner ?? owner}${inPlace}${later === undefined ? '' : `, from ${later}`}`;
  return [{ at, who: 'system', what: 'asked', step, detail: `${whom}, ${askSaid.because ?? because}`, from }];
}

function decisionIn(step: string, { decision }: EarlierRound): readonly AuditEntry[] {
  if (decision?.said === undefined) return [];
  const { at, by, said } = decision;
  return [{ at, who: by, step, what: 'decided', detail: said, from: 'page' }];
}
