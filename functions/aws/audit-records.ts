import type { AuditEntry, AuditKind } from '../domain/handoff/audit-entry.ts';
import type { Audit } from '../ports/audit.ts';
import type { Table } from './dynamodb.ts';
import { digest, instantKey } from './item-keys.ts';
import { partition, sort } from './table.ts';

/** The audit trails, one item an entry. */
export function auditRecords(table: Table): Audit {
  return {
    async write(id, entry) {
      const key = [orderOf(entry.what), entry.step ?? '', digest(JSON.stringify(entry))].join('#');
      await table.put({ pk: partition.handoff(id), sk: sort.audit(instantKey(entry.at), key), ...entry });
    },

    async trail(id, since, { maybeStale = false } = {}) {
      const items = await table.query({
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
        values: {
          ':pk': partition.handoff(id),
          ':first': since === undefined ? 'AUDIT#' : sort.audit(instantKey(since), ''),
          // What comes after # in the alphabet.
          ':last': 'AUDIT$',
        },
        ConsistentRead: !maybeStale,
      });
      return items.map(({ pk: _pk, sk: _sk, ...entry }) => entry as unknown as AuditEntry);
    },
  };
}

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
