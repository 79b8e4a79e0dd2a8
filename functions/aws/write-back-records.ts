import type { WriteBacks, WrittenBack } from '../ports/write-backs.ts';
import type { Table } from './dynamodb.ts';
import { putOver } from './put-over.ts';
import { partition, sort } from './table.ts';

/** What was written back of each handoff. */
export const writeBackRecords = (table: Table): WriteBacks => ({
  async load(handoffId) {
    const item = await table.get({ pk: partition.writtenBack(handoffId), sk: sort.writtenBack });
    return item && { written: JSON.parse(String(item['written'])) as WrittenBack, version: Number(item['version']) };
  },

  save: (handoffId, written, over) =>
    putOver(
      table,
      { pk: partition.writtenBack(handoffId), sk: sort.writtenBack, written: JSON.stringify(written) },
      over,
    ),
});
