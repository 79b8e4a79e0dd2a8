import type { AuditEntry, AuditKind } from '../domain/handoff/audit-entry.ts';
import type { MailRecord, StepRecord } from '../domain/handoff/handoff.ts';
import { entriesOfStep, entryOfMail } from '../domain/handoff/own-entries.ts';
import type { Audit } from '../ports/audit.ts';
import type { Item, Table } from './dynamodb.ts';
import { entryId, instantKey } from './item-keys.ts';
import { mailOf } from './mail-records.ts';
import { stepOf } from './step-items.ts';
import { partition, sort } from './table.ts';

/** The audit trails, one item an entry; what a mail or a decision says of itself is told from its own record. */
export function auditRecords(table: Table): Audit {
  return {
    async write(id, entry) {
      await table.put({ pk: partition.handoff(id), sk: sortOf(entry), ...entry });
    },

    async trail(id, since, { maybeStale = false, record } = {}) {
      const first = since === undefined ? 'AUDIT#' : sort.audit(instantKey(since), '');
      const read = (from: string, to: string) =>
        table.query({
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
          values: { ':pk': partition.handoff(id), ':first': from, ':last': to },
          ConsistentRead: !maybeStale,
        });
      // $ is what comes after # in the alphabet.
      const [written, own] = await Promise.all([
        read(first, 'AUDIT$'),
        record
          ? ownEntries(Object.values(record.mails), Object.values(record.steps))
          : read(sort.mail(''), 'STEP$').then(ownIn),
      ]);
      const apart = written.map(({ pk: _pk, sk, ...entry }): Keyed => [String(sk), entry as unknown as AuditEntry]);
      // Code that was rolled back to may have written one apart as well.
      return [...new Map([...own, ...apart])]
        .filter(([sk]) => sk >= first)
        .sort(([one], [other]) => (one < other ? -1 : Number(one > other)))
        .map(([, entry]) => entry);
    },
  };
}

type Keyed = readonly [sk: string, entry: AuditEntry];

/** What records say of themselves, and where it would stand if it had been written apart. */
const ownEntries = (mails: readonly MailRecord[], steps: readonly StepRecord[]): readonly Keyed[] => [
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

/** The same of the items that the records are made of. */
function ownIn(items: readonly Item[]): readonly Keyed[] {
  const under = (prefix: string) => items.filter(({ sk }) => String(sk).startsWith(prefix));
  const steps = under(sort.step('')).flatMap((item) => {
    const step = String(item['sk']).slice(sort.step('').length);
    return stepOf(step, item, under(sort.rounds(step))) ?? [];
  });
  return ownEntries(
    under(sort.mail('')).map((item) => mailOf('', item)),
    steps,
  );
}

/** Where an entry stands among those of its handoff: by the time, then as below; the same entry is the same item. */
const sortOf = (entry: AuditEntry, id = entryId(entry)): string =>
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
