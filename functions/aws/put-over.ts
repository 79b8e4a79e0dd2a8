import type { Item, Table } from './dynamodb.ts';

/**
 * Puts an item in place of the version that it was made from, 0 for none, with the next version's number. That number; undefined where
 * somebody wrote another one in the meantime.
 */
export async function putOver(table: Pick<Table, 'put'>, item: Item, over: number): Promise<number | undefined> {
  const saved = await table.put(
    { ...item, version: over + 1 },
    over === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: '#version = :over',
          ExpressionAttributeNames: { '#version': 'version' },
          values: { ':over': over },
        },
  );
  return saved ? over + 1 : undefined;
}
