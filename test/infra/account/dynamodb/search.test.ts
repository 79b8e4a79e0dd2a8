import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AttributeValue,
  CreateTableCommand,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { openAccount } from '../open-account.ts';

const TableName = 'orders';
const size = 7;
const all = Array.from({ length: size }, (_, i) => `order-${i}`);

/** Orders of Ana, some of them open, beside one of somebody else. */
async function open(path?: string): Promise<DynamoDBClient> {
  const { clients } = await openAccount(path === undefined ? {} : { path });
  const { dynamodb } = clients;
  const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
      AttributeDefinitions: ['pk', 'sk', 'open'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S' as const,
      })),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'open',
          KeySchema: [key('open', 'HASH'), key('sk', 'RANGE')],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  for (const [i, sk] of all.entries())
    await dynamodb.send(new PutItemCommand({ TableName, Item: itemOf('Ana', sk, i % 2 === 0) }));
  await dynamodb.send(new PutItemCommand({ TableName, Item: itemOf('Bo', 'order-1', true) }));
  return dynamodb;
}

const itemOf = (pk: string, sk: string, isOpen: boolean): Record<string, AttributeValue> => ({
  pk: { S: pk },
  sk: { S: sk },
  note: { S: `Señor “${sk}” \u{1F600} \\u00e9` },
  count: { N: '12' },
  packed: { B: Uint8Array.of(1, 2, 250) },
  ...(isOpen && { open: { S: 'yes' } }),
});

const ofAna = {
  TableName,
  KeyConditionExpression: 'pk = :pk',
  ExpressionAttributeValues: { ':pk': { S: 'Ana' } },
} satisfies QueryCommandInput;

/** What every page finds, until there is none any more. */
async function pagesOf(dynamodb: DynamoDBClient, asked: QueryCommandInput) {
  const items: Record<string, AttributeValue>[] = [];
  const counts: (number | undefined)[] = [];
  let from: Record<string, AttributeValue> | undefined;
  do {
    const page = await dynamodb.send(new QueryCommand({ ...asked, ...(from && { ExclusiveStartKey: from }) }));
    expect(page.Count).toBe(page.ScannedCount);
    items.push(...(page.Items ?? []));
    counts.push(page.Count);
    from = page.LastEvaluatedKey;
  } while (from);
  return { items, counts };
}

describe.each(['in memory', 'on disk'])('a search %s', (where) => {
  const opened = async (work: (dynamodb: DynamoDBClient) => Promise<void>): Promise<void> => {
    if (where === 'in memory') return work(await open());
    const path = mkdtempSync(join(tmpdir(), 'search-'));
    try {
      await work(await open(path));
    } finally {
      rmSync(path, { recursive: true, force: true });
    }
  };

  it('finds all of a partition, page by page, from either end', () =>
    opened(async (dynamodb) => {
      for (const Limit of [1, 2, size, size + 1])
        for (const ScanIndexForward of [true, false]) {
          const { items, counts } = await pagesOf(dynamodb, { ...ofAna, Limit, ScanIndexForward });
          expect(items.map(({ sk }) => sk?.S)).toEqual(ScanIndexForward ? all : all.toReversed());
          // A page that is full may be the last one.
          expect(counts.length).toBe(Math.floor(size / Limit) + 1);
        }
    }));

  it('finds what an index holds of it', () =>
    opened(async (dynamodb) => {
      const asked = { ...ofAna, IndexName: 'open', KeyConditionExpression: '#open = :pk' };
      const named = {
        ExpressionAttributeNames: { '#open': 'open' },
        ExpressionAttributeValues: { ':pk': { S: 'yes' } },
      };
      for (const Limit of [2, 10]) {
        const { items } = await pagesOf(dynamodb, { ...asked, ...named, Limit });
        expect(items.map(({ sk }) => sk?.S)).toEqual(['order-0', 'order-1', 'order-2', 'order-4', 'order-6']);
      }
    }));

  it('counts, and leaves out what nobody asked for', () =>
    opened(async (dynamodb) => {
      expect(await pagesOf(dynamodb, { ...ofAna, Select: 'COUNT' })).toEqual({ items: [], counts: [size] });
      const { items } = await pagesOf(dynamodb, { ...ofAna, ProjectionExpression: 'sk', Limit: 3 });
      expect(items).toEqual(all.map((sk) => ({ sk: { S: sk } })));
      const none = { ...ofAna, ExpressionAttributeValues: { ':pk': { S: 'Cy' } } };
      expect(await pagesOf(dynamodb, none)).toEqual({ items: [], counts: [0] });
    }));

  it('finds items as they were written last, in whatever letters', () =>
    opened(async (dynamodb) => {
      const first = async () => (await pagesOf(dynamodb, { ...ofAna, Limit: size + 1 })).items[0];
      expect(await first()).toEqual(itemOf('Ana', 'order-0', true));
      expect(await first()).toEqual(itemOf('Ana', 'order-0', true));
      await dynamodb.send(
        new UpdateItemCommand({
          TableName,
          Key: { pk: { S: 'Ana' }, sk: { S: 'order-0' } },
          UpdateExpression: 'SET note = :note',
          ExpressionAttributeValues: { ':note': { S: 'ö' } },
        }),
      );
      expect(await first()).toEqual({ ...itemOf('Ana', 'order-0', true), note: { S: 'ö' } });
    }));
});
