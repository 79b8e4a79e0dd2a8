import type { Packages } from '../ports/packages.ts';
import type { Table } from './dynamodb.ts';
import { partition, sort } from './table.ts';

/** The handoff packages as last saved, one item each. */
export function packageRecords(table: Table): Packages {
  return {
    async save({ id, package: pkg, answers, version, by, at }) {
      const saved = await table.update(
        { pk: partition.handoff(id), sk: sort.package },
        {
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
        },
      );
      return saved !== undefined;
    },
  };
}
