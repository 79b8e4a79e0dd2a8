import type { Remediation } from '../domain/reports/remediation.ts';
import type { Remediations } from '../ports/remediations.ts';
import type { Item, Table } from './dynamodb.ts';
import { instantKey } from './item-keys.ts';
import { partition, sort } from './table.ts';

/** The remediation notes of audits: a partition a quarter. */
export function remediationRecords(table: Table): Remediations {
  const noteOf = ({ pk: _pk, sk: _sk, doneAt, doneBy, ...note }: Item): Remediation => ({
    ...(note as unknown as Remediation),
    ...(typeof doneAt === 'string' && { done: { at: doneAt, by: String(doneBy) } }),
  });
  return {
    async of(quarter) {
      const items = await table.query({
        KeyConditionExpression: 'pk = :pk',
        values: { ':pk': partition.audit(quarter) },
      });
      return items.map(noteOf).sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
    },

    async add({ done: _done, ...note }) {
      await table.put(
        { pk: partition.audit(note.quarter), sk: sort.remediation(note.id), ...note, at: instantKey(note.at) },
        { ConditionExpression: 'attribute_not_exists(pk)' },
      );
    },

    async drop(quarter, most) {
      const items = await table.query({
        KeyConditionExpression: 'pk = :pk',
        values: { ':pk': partition.audit(quarter) },
        most,
      });
      for (const { pk, sk } of items.slice(0, most)) await table.delete({ pk, sk });
      return Math.min(items.length, most);
    },

    async markDone({ quarter, id, at, by }) {
      const marked = await table.update(
        { pk: partition.audit(quarter), sk: sort.remediation(id) },
        {
          UpdateExpression: 'SET doneAt = :at, doneBy = :by',
          ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(doneAt)',
          values: { ':at': at, ':by': by },
        },
      );
      return marked !== undefined;
    },
  };
}
