import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Item, Table } from '../../../functions/aws/dynamodb.ts';
import type { AccountOptions } from '../../account/account.ts';

type ItemChange = Parameters<NonNullable<AccountOptions['onItemChange']>>[0];

/** What was written to a table so far, kept in this process: a thousand handoffs are read from it in the time of ten. */
export interface Mirror {
  hear(change: ItemChange): void;
  /** Reads one item, or a partition from a sort key on; anything else is refused. */
  readonly table: Table;
}

export function createMirror(name: string): Mirror {
  const partitions = new Map<string, Map<string, ItemChange['item']>>();
  const keyOf = (item: ItemChange['item'], key: 'pk' | 'sk'): string => String(item[key]?.['S']);
  // The account spells attributes as the wire does, without the SDK's types: bytes are text there.
  const typed = (value: Readonly<Record<string, unknown>>) =>
    typeof value['B'] === 'string' ? { B: Buffer.from(value['B'], 'base64') } : value;
  const read = (item: ItemChange['item']): Item => {
    const values = Object.entries(item).map(([name, value]) => [name, typed(value)] as const);
    return unmarshall(Object.fromEntries(values) as unknown as Record<string, AttributeValue>);
  };
  const refuse = async (): Promise<never> => {
    throw new Error('The mirror of the table is only read, by key or from a sort key on.');
  };
  return {
    hear: ({ table, item, removed }) => {
      if (table !== name) return;
      const partition = partitions.get(keyOf(item, 'pk')) ?? new Map<string, ItemChange['item']>();
      partitions.set(keyOf(item, 'pk'), partition);
      if (removed) partition.delete(keyOf(item, 'sk'));
      else partition.set(keyOf(item, 'sk'), item);
    },
    table: {
      get: async ({ pk, sk }) => {
        const item = partitions.get(String(pk))?.get(String(sk));
        return item && read(item);
      },
      query: async ({ KeyConditionExpression: asked, values }) => {
        if (asked !== 'pk = :pk AND sk >= :first') return refuse();
        const first = String(values[':first']);
        return [...(partitions.get(String(values[':pk'])) ?? [])]
          .filter(([key]) => key >= first)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([, item]) => read(item));
      },
      getAll: refuse,
      put: refuse,
      update: refuse,
      delete: refuse,
      count: refuse,
    },
  };
}
