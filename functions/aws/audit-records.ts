import type { AuditEntry, AuditKind } from '../domain/handoff/audit-entry.ts';
import { entryOfMail } from '../domain/handoff/mail-trail.ts';
import type { Audit } from '../ports/audit.ts';
import type { Table } from './dynamodb.ts';
import { entryId, instantKey } from './item-keys.ts';
import { mailOf } from './mail-records.ts';
import { partition, sort } from './table.ts';

/** The audit trails, one item an entry; what a mail's own record says of it is told from there. */
export function auditRecords(table: Table): Audit {
  return {
    async write(id, entry) {
      await table.put({ pk: partition.handoff(id), sk: sortOf(entry), ...entry });
    },

    async trail(id, since, { maybeStale = false, mails } = {}) {
      const first = since === undefined ? 'AUDIT#' : sort.audit(instantKey(since), '');
      const read = (from: string, to: string) =>
        table.query({
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
          values: { ':pk': partition.handoff(id), ':first': from, ':last': to },
          ConsistentRead: !maybeStale,
        });
      // What comes after # in the alphabet.
      const [written, sent] = await Promise.all([
        read(first, 'AUDIT$'),
        mails
          ? Object.values(mails)
          : read(sort.mail(''), 'MAIL$').then((items) => items.map((item) => mailOf('', item))),
      ]);
      const entries = [
        ...written.map(({ pk: _pk, sk, ...entry }) => ({ sk: String(sk), entry: entry as unknown as AuditEntry })),
        ...sent.flatMap((mail) => {
          const entry = entryOfMail(mail);
          return entry ? [{ sk: sortOf(entry, mail.said?.id), entry }] : [];
        }),
      ];
      return entries
        .filter(({ sk }) => sk >= first)
        .sort((one, other) => (one.sk < other.sk ? -1 : Number(one.sk > other.sk)))
        .map(({ entry }) => entry);
    },
  };
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
