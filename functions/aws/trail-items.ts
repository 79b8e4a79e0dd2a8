import type { AuditEntry, AuditKind } from '../domain/handoff/audit-entry.ts';
import type { MailRecord } from '../domain/handoff/mail-record.ts';
import { entriesOfStep, entryOfMail } from '../domain/handoff/own-entries.ts';
import type { StepRecord } from '../domain/handoff/step-record.ts';
import type { Item } from './dynamodb.ts';
import { entryId, instantKey } from './item-keys.ts';
import { sort } from './table.ts';

/** The entries of a trail that are items of their own, and those that records tell themselves, as one trail. */
export function trailIn(written: readonly Item[], own: readonly Keyed[]): readonly Keyed[] {
  const apart = written.map(({ pk: _pk, sk, ...entry }): Keyed => [String(sk), entry as unknown as AuditEntry]);
  // Code that was rolled back to may have written one apart as well.
  return [...new Map([...own, ...apart])].sort(([one], [other]) => (one < other ? -1 : Number(one > other)));
}

export type Keyed = readonly [sk: string, entry: AuditEntry];

/** What records say of themselves, and where it would stand if it had been written apart. */
export const ownEntries = (mails: readonly MailRecord[], steps: readonly StepRecord[]): readonly Keyed[] => [
  ...mails.flatMap((mail): Keyed[] => {
    const entry = entryOfMail(mail);
    return entry ? [[sortOf(entry, mail.said?.id), entry]] : [];
  }),
  ...steps.flatMap((step) =>
    entriesOfStep(step).map(
      (entry, i): Keyed => [sortOf(entry, entry.what === 'asked' ? before(i) : undefined), entry],
    ),
  ),
];

/** Before what was mailed in the same instant, also after an address was forgotten. */
const before = (i: number): string => `-${String(i).padStart(6, '0')}`;

/** Where an entry stands among those of its handoff: by the time, then as below; the same entry is the same item. */
export const sortOf = (entry: AuditEntry, id = entryId(entry)): string =>
  sort.audit(instantKey(entry.at), [orderOf(entry.what), entry.step ?? '', id].join('#'));

/** What happens in the same instant is told in this order: causes before effects. */
const causesFirst: readonly AuditKind[] = [
  'deal-won',
  'handoff-started',
  'decided',
  'unanswered',
  'reassigned',
  'cancelled',
  'abandoned',
  'stalled',
];

const orderOf = (what: AuditKind): string => {
  const order = causesFirst.indexOf(what);
  return `${order < 0 ? causesFirst.length : order}`;
};
