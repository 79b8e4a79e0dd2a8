import type { Packages } from '../ports/packages.ts';
import type { Table } from './dynamodb.ts';
import { packedText, textIn } from './packed-text.ts';
import { partition, sort } from './table.ts';

/**
 * The handoff packages as last saved, one item each. A save names the version it was made from: what it says of each field was
 * decided by the answers of that version, so the one condition holds for all of them.
 */
export function packageRecords(table: Table): Packages {
  return {
    async save({ id, package: pkg, answers, history, version, by, at }) {
      const key = { pk: partition.handoff(id), sk: sort.package };
      const texts = Object.entries({ package: pkg, answers, history }).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, JSON.stringify(value)] as const],
      );
      const saved = await table.update(key, {
        UpdateExpression: `SET #version = :next, savedBy = :by, savedAt = :at, ${texts.map(([name]) => `#${name} = :${name}`).join(', ')}`,
        ConditionExpression: version === 0 ? 'attribute_not_exists(pk)' : '#version = :version',
        ExpressionAttributeNames: {
          '#version': 'version',
          ...Object.fromEntries(texts.map(([name]) => [`#${name}`, name])),
        },
        values: {
          ':next': version + 1,
          ':by': by,
          ':at': at,
          ...Object.fromEntries(texts.map(([name, text]) => [`:${name}`, packedText(text)])),
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
        texts.every(([name, text]) => textIn(stands[name]) === text)
      );
    },
  };
}
