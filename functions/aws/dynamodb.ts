import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DeleteItemCommandInput,
  type DynamoDBClient,
  GetItemCommand,
  type GetItemCommandInput,
  PutItemCommand,
  type PutItemCommandInput,
  paginateQuery,
  type QueryCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { RecordsUnavailable, RecordTooLarge } from '../ports/errors.ts';
import { isThrottling, passesByItself } from './passing-errors.ts';

export type Item = Record<string, unknown>;

type Without<T, K extends string> = Omit<T, K | 'TableName'>;

/** The few ways in which this project talks to its table: one item at a time, on a condition, several by their keys, or one partition. */
export interface Table {
  get(key: Item, options?: Without<GetItemCommandInput, 'Key'>): Promise<Item | undefined>;
  /** Those of the items that exist, in no order, eventually consistent unless said; the keys must differ from each other. */
  getAll(keys: readonly Item[], options?: { readonly consistent: boolean }): Promise<Item[]>;
  /** False when the condition did not hold. */
  put(
    item: Item,
    options?: Without<PutItemCommandInput, 'Item' | 'ExpressionAttributeValues'> & { values?: Item },
  ): Promise<boolean>;
  /** The item as it stands afterwards; undefined when the condition did not hold. */
  update(
    key: Item,
    options: Without<UpdateItemCommandInput, 'Key' | 'ExpressionAttributeValues' | 'ReturnValues'> & { values: Item },
  ): Promise<Item | undefined>;
  /** Does nothing where the condition is not met. */
  delete(
    key: Item,
    options?: Without<DeleteItemCommandInput, 'Key' | 'ExpressionAttributeValues'> & { values?: Item },
  ): Promise<void>;
  /** `most`: no more than so many items are read; all when left out. */
  query(
    options: Without<QueryCommandInput, 'ExpressionAttributeValues' | 'Limit'> & { values: Item; most?: number },
  ): Promise<Item[]>;
  count(options: Without<QueryCommandInput, 'ExpressionAttributeValues'> & { values: Item }): Promise<number>;
}

const values = (item: Item | undefined) => (item ? { ExpressionAttributeValues: encode(item) } : {});

/** What BatchGetItem takes at once. */
const mostKeys = 100;

const encode = (item: Item) => marshall(item, { removeUndefinedValues: true });

/**
 * Throws RecordsUnavailable for what passes by itself (throttling, an internal error), RecordTooLarge for an item of more than
 * DynamoDB takes (400 KB, in bytes); other errors as they are.
 */
export function openTable(client: DynamoDBClient, TableName: string): Table {
  return {
    get: (key, options) =>
      available(async () => {
        const { Item } = await client.send(
          new GetItemCommand({ TableName, Key: encode(key), ConsistentRead: true, ...options }),
        );
        return Item && unmarshall(Item);
      }),
    getAll: (keys, { consistent } = { consistent: false }) =>
      available(async () => {
        const items: Item[] = [];
        let left = keys.map(encode);
        while (left.length > 0) {
          const { Responses, UnprocessedKeys } = await client.send(
            new BatchGetItemCommand({
              RequestItems: { [TableName]: { Keys: left.slice(0, mostKeys), ConsistentRead: consistent } },
            }),
          );
          const found = Responses?.[TableName] ?? [];
          const again = UnprocessedKeys?.[TableName]?.Keys ?? [];
          if (again.length >= Math.min(left.length, mostKeys))
            throw new RecordsUnavailable('DynamoDB read none of the items asked for: try again.');
          items.push(...found.map((item) => unmarshall(item)));
          left = [...again, ...left.slice(mostKeys)];
        }
        return items;
      }),
    put: (item, options = {}) => {
      const { values: bound, ...rest } = options;
      return available(() =>
        onCondition(async () => {
          await client.send(new PutItemCommand({ TableName, Item: encode(item), ...values(bound), ...rest }));
          return true;
        }, false),
      );
    },
    update: (key, { values: bound, ...rest }) =>
      available(() =>
        onCondition(async () => {
          const { Attributes } = await client.send(
            new UpdateItemCommand({
              TableName,
              Key: encode(key),
              ReturnValues: 'ALL_NEW',
              ...values(bound),
              ...rest,
            }),
          );
          return unmarshall(Attributes ?? {});
        }, undefined),
      ),
    delete: (key, { values: bound, ...rest } = {}) =>
      available(() =>
        onCondition(async () => {
          await client.send(new DeleteItemCommand({ TableName, Key: encode(key), ...values(bound), ...rest }));
        }, undefined),
      ),
    query: ({ values: bound, most, ...rest }) =>
      available(async () => {
        const items: Item[] = [];
        const asked = { TableName, ...values(bound), ...rest, ...(most !== undefined && { Limit: most }) };
        for await (const page of paginateQuery({ client }, asked)) {
          items.push(...(page.Items ?? []).map((item) => unmarshall(item)));
          if (most !== undefined && items.length >= most) break;
        }
        return items;
      }),
    count: ({ values: bound, ...rest }) =>
      available(async () => {
        let count = 0;
        for await (const page of paginateQuery({ client }, { TableName, Select: 'COUNT', ...values(bound), ...rest }))
          count += page.Count ?? 0;
        return count;
      }),
  };
}

async function onCondition<T, U>(write: () => Promise<T>, failed: U): Promise<T | U> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return failed;
    throw error;
  }
}

/** "Item size has exceeded the maximum allowed size", and the same of an "Item size to update". */
const tooLarge = /^Item size.* exceeded the maximum allowed size/;

async function available<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (passesByItself(error) || isThrottling(error))
      throw new RecordsUnavailable(`DynamoDB says ${error.name}: try again.`, { cause: error });
    if (error instanceof Error && tooLarge.test(error.message))
      throw new RecordTooLarge('The item is over 400 KB.', { cause: error });
    throw error;
  }
}
