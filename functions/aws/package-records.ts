import type { Packages } from '../ports/packages.ts';
import type { Table } from './dynamodb.ts';
import { partition, sort } from './table.ts';

/** The handoff packages as last saved, one item each. */
export function packageRecords(table: Table): Packages {
  return {
    async save({ id, package: pkg, answers, version, by, at }) {
      const key = { pk: partition.handoff(id), sk: sort.package };
      const saved = await table.update(key, {
        UpdateExpression: `SET #package = :package, #version = :next, savedBy = :by, savedAt = :at${answers ? ', answers = :answers' : ''}`,
        ConditionExpression: version === 0 ? 'attribute_not_exists(pk)' : '#version = :version',
        ExpressionAttributeNames: { '#package': 'package', '#version': 'version' },
        values: {
          ':package': JSON.stringify(pkg),
          ':next': version + 1,
          ':by': by,
          ':at': at,
          ...(answers && { ':answers': JSON.stringify(answers) }),
          ...(version === 0 ? {} : { ':version': version }),
        },
      });
      if (saved) return true;
      const stands = await table.get(key);
      // One's own, though the answer to the write was lost.
      return (
        stands?.['version'] === version + 1 &&
        stands['savedBy'] === by &&
        stands['savedAt'] === at &&
        stands['package'] === JSON.stringify(pkg) &&
        (!answers || stands['answers'] === JSON.stringify(answers))
      );
    },
  };
}
