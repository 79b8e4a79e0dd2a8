import type { Audit } from '../ports/audit.ts';
import type { Item, Table } from './dynamodb.ts';
import { instantKey } from './item-keys.ts';
import { mailOf } from './mail-records.ts';
import { stepOf } from './step-items.ts';
import { firstOfAudit, partition, sort } from './table.ts';
import { type Keyed, ownEntries, sortOf, trailIn } from './trail-items.ts';

/** The audit trails, one item an entry; what a mail or a decision says of itself is told from its own record. */
export function auditRecords(table: Table): Audit {
  return {
    async write(id, entry) {
      await table.put({ pk: partition.handoff(id), sk: sortOf(entry), ...entry });
    },

    async trail(id, since, { maybeStale = false, record } = {}) {
      const first = since === undefined ? firstOfAudit : sort.audit(instantKey(since), '');
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
      return trailIn(written, own).flatMap(([sk, entry]) => (sk >= first ? [entry] : []));
    },
  };
}

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
