import type { AuditEntry } from './audit-entry.ts';
import type { MailRecord } from './handoff.ts';

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
