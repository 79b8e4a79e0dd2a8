import type { Packages } from '../ports/packages.ts';
import type { Table } from './dynamodb.ts';
import { partition, sort } from './table.ts';

/** The handoff packages as last saved, one item each. */
export function packageRecords(table: Table): Packages {
  return {
    save({ id, package: pkg, version, by, at }) {
      return table.put(
        {
          pk: partition.handoff(id),
          sk: sort.package,
          package: JSON.stringify(pkg),
          version: version + 1,
          savedBy: by,
          savedAt: at,
        },
        version === 0
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: '#version = :version',
              ExpressionAttributeNames: { '#version': 'version' },
              values: { ':version': version },
            },
      );
    },
  };
}
