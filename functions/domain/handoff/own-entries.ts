import type { AuditEntry } from './audit-entry.ts';
import { type MailRecord, roundsOf, type StepRecord } from './handoff.ts';

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

/** What the audit trail says of the decisions on a step, round by round, where they say it themselves. */
export const entriesOfStep = (step: Pick<StepRecord, 'step' | 'earlier' | 'decision'>): readonly AuditEntry[] =>
  roundsOf(step).flatMap(({ decision }) => {
    if (decision?.said === undefined) return [];
    const { at, by, said } = decision;
    return [{ at, who: by, step: step.step, what: 'decided', detail: said, from: 'page' }];
  });
