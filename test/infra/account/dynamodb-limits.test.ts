import {
  type AttributeValue,
  BatchWriteItemCommand,
  CreateTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { failure, openAccount } from './open-account.ts';
import { callJson } from './raw-call.ts';

const TableName = 'handoffs';
const most = 400 * 1024;

async function open() {
  const { account, clients } = await openAccount();
  const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });
  await clients.dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
      AttributeDefinitions: ['pk', 'sk', 'kind'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S' as const,
      })),
      GlobalSecondaryIndexes: [
        { IndexName: 'byKind', KeySchema: [key('kind', 'HASH')], Projection: { ProjectionType: 'ALL' } },
      ],
    }),
  );
  return { account, dynamodb: clients.dynamodb };
}

/** An item of so many bytes: its keys, and text in one attribute. */
function itemOf(bytes: number, fill = 'x', sk = 'b'): Record<string, AttributeValue> {
  const rest = bytes - Buffer.byteLength(`pkask${sk}text`);
  return { pk: { S: 'a' }, sk: { S: sk }, text: { S: fill.repeat(rest / Buffer.byteLength(fill)) } };
}

const put = (dynamodb: DynamoDBClient, Item: Record<string, AttributeValue>) =>
  dynamodb.send(new PutItemCommand({ TableName, Item }));
const batch = (dynamodb: DynamoDBClient, Item: Record<string, AttributeValue>) =>
  dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item } }] } }));

describe('an item', () => {
  it.each([
    ['in ASCII', 'x'],
    ['in letters of two bytes', 'é'],
  ])('may have 400 KB, %s', async (_, fill) => {
    for (const write of [put, batch]) {
      const { dynamodb } = await open();
      const even = fill === 'é' ? 'bb' : 'b';
      await write(dynamodb, itemOf(most, fill, even));
      const refused = await failure(write(dynamodb, itemOf(most + 2, fill, even)));
      expect(refused).toMatchObject({
        name: 'ValidationException',
        message: 'Item size has exceeded the maximum allowed size',
      });
    }
  });

  it('counts the names of its attributes in bytes', async () => {
    const { dynamodb } = await open();
    const text = { S: 'x'.repeat(most - 1000) };
    await put(dynamodb, { pk: { S: 'a' }, sk: { S: 'b' }, text, ['n'.repeat(900)]: { S: '' } });
    const refused = put(dynamodb, { pk: { S: 'a' }, sk: { S: 'b' }, text, ['é'.repeat(900)]: { S: '' } });
    expect((await failure(refused)).message).toBe('Item size has exceeded the maximum allowed size');
  });

  it('does not grow beyond it by an update, and stays what it was, in its indexes too', async () => {
    const { dynamodb } = await open();
    const half = { S: 'é'.repeat(100_000) };
    await put(dynamodb, { pk: { S: 'a' }, sk: { S: 'b' }, half });
    const refused = await failure(
      dynamodb.send(
        new UpdateItemCommand({
          TableName,
          Key: { pk: { S: 'a' }, sk: { S: 'b' } },
          UpdateExpression: 'SET again = half, more = half, kind = :kind',
          ExpressionAttributeValues: { ':kind': { S: 'large' } },
        }),
      ),
    );
    expect(refused).toMatchObject({
      name: 'ValidationException',
      message: 'Item size to update has exceeded the maximum allowed size',
    });
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key: { pk: { S: 'a' }, sk: { S: 'b' } } }));
    expect(Object.keys(Item ?? {}).sort()).toEqual(['half', 'pk', 'sk']);
    const { Count } = await dynamodb.send(
      new QueryCommand({
        TableName,
        IndexName: 'byKind',
        KeyConditionExpression: 'kind = :kind',
        ExpressionAttributeValues: { ':kind': { S: 'large' } },
      }),
    );
    expect(Count).toBe(0);
  });

  it('may nest values 31 times', async () => {
    const nested = (times: number): AttributeValue =>
      Array.from({ length: times }).reduce<AttributeValue>((value) => ({ M: { a: value } }), { S: 'x' });
    const { dynamodb, account } = await open();
    const keys = { pk: { S: 'a' }, sk: { S: 'b' } };
    await put(dynamodb, { ...keys, value: nested(31) });
    for (const times of [32, 1000]) {
      const refused = await callJson(
        account,
        'dynamodb',
        'DynamoDB_20120810.PutItem',
      )({
        TableName,
        Item: { ...keys, value: nested(times) },
      });
      expect(refused).toMatchObject({
        error: 'ValidationException',
        message: expect.stringContaining('Nesting Levels have exceeded supported limits'),
      });
    }
    const deeper = new UpdateItemCommand({
      TableName,
      Key: keys,
      UpdateExpression: 'SET #value.a.b = :value',
      ExpressionAttributeNames: { '#value': 'value' },
      ExpressionAttributeValues: { ':value': nested(30) },
    });
    expect((await failure(dynamodb.send(deeper))).message).toContain('Nesting Levels');
  });

  it.each([
    ['partition', { pk: { S: 'é'.repeat(1025) }, sk: { S: 'b' } }, 'Size of hashkey'],
    ['sort', { pk: { S: 'a' }, sk: { S: 'é'.repeat(513) } }, 'size of all range keys'],
  ])('has a %s key of a limited size in bytes', async (_, keys, message) => {
    const { dynamodb } = await open();
    await put(dynamodb, { pk: { S: 'é'.repeat(1024) }, sk: { S: 'é'.repeat(512) } });
    const refused = await failure(put(dynamodb, keys));
    expect(refused).toMatchObject({ name: 'ValidationException', message: expect.stringContaining(message) });
  });

  it('is written by expressions of at most 4 KB', async () => {
    const { dynamodb } = await open();
    const update = (name: string) =>
      dynamodb.send(
        new UpdateItemCommand({
          TableName,
          Key: { pk: { S: 'a' }, sk: { S: 'b' } },
          UpdateExpression: `REMOVE ${name}`,
        }),
      );
    await update('x'.repeat(4096 - 'REMOVE '.length));
    expect(await failure(update('x'.repeat(4097 - 'REMOVE '.length)))).toMatchObject({
      message: 'Invalid UpdateExpression: Expression size has exceeded the maximum allowed size; expression size: 4097',
    });
  });
});

describe('a page of a search', () => {
  const size = 100_000;

  async function withItems(fill: string) {
    const opened = await open();
    for (let index = 10; index < 35; index += 1)
      await put(opened.dynamodb, { ...itemOf(size - 8, fill, String(index)), kind: { S: 'even' } });
    return opened;
  }

  const query = {
    TableName,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: 'a' } },
    ReturnConsumedCapacity: 'INDEXES',
  } as const;

  it.each([
    ['Query', new QueryCommand(query), 'x'],
    ['Query in letters of two bytes', new QueryCommand(query), 'é'],
    ['Query backwards', new QueryCommand({ ...query, ScanIndexForward: false }), 'é'],
    ['Scan', new ScanCommand({ TableName, ReturnConsumedCapacity: 'INDEXES' }), 'é'],
  ])('has 1 MB in bytes: %s', async (_, command, fill) => {
    const { account, dynamodb } = await withItems(fill);
    const before = account.usage().dynamodb.readUnits;
    const seen: (string | undefined)[] = [];
    const counts: (number | undefined)[] = [];
    let from: Record<string, AttributeValue> | undefined;
    do {
      const { input } = command;
      const page: QueryCommand = new QueryCommand({ ...input, ...(from && { ExclusiveStartKey: from }) });
      const answer = await dynamodb.send(command instanceof ScanCommand ? new ScanCommand(page.input) : page);
      seen.push(...(answer.Items ?? []).map((item) => item['sk']?.S));
      counts.push(answer.ScannedCount);
      from = answer.LastEvaluatedKey;
    } while (from);
    expect(counts).toEqual([11, 11, 3]);
    expect(new Set(seen).size).toBe(25);
    const units = Math.ceil((11 * size) / 4096) / 2;
    expect(account.usage().dynamodb.readUnits - before).toBe(2 * units + Math.ceil((3 * size) / 4096) / 2);
  });

  it('goes on from where it ended in an index', async () => {
    const { dynamodb } = await withItems('é');
    const asked = {
      TableName,
      IndexName: 'byKind',
      KeyConditionExpression: 'kind = :kind',
      ExpressionAttributeValues: { ':kind': { S: 'even' } },
      ReturnConsumedCapacity: 'INDEXES',
    } as const;
    const first = await dynamodb.send(new QueryCommand(asked));
    expect(Object.keys(first.LastEvaluatedKey ?? {}).sort()).toEqual(['kind', 'pk', 'sk']);
    const CapacityUnits = Math.ceil((11 * size) / 4096) / 2;
    expect(first.ConsumedCapacity).toMatchObject({
      CapacityUnits,
      Table: { CapacityUnits: 0 },
      GlobalSecondaryIndexes: { byKind: { CapacityUnits } },
    });
    const second = await dynamodb.send(
      new QueryCommand({ ...asked, ExclusiveStartKey: first.LastEvaluatedKey, Limit: 5 }),
    );
    expect([first.Count, second.Count]).toEqual([11, 5]);
    expect(second.ConsumedCapacity?.CapacityUnits).toBe(Math.ceil((5 * size) / 4096) / 2);
  });
});

describe('a batch of writes', () => {
  it('is counted with what it writes to indexes', async () => {
    const { account, dynamodb } = await open();
    const item = (sk: string) => ({ PutRequest: { Item: { pk: { S: 'a' }, sk: { S: sk }, kind: { S: 'step' } } } });
    const write = (asked: 'TOTAL' | 'INDEXES') =>
      dynamodb.send(
        new BatchWriteItemCommand({
          RequestItems: { [TableName]: [item('1'), item('2')] },
          ReturnConsumedCapacity: asked,
        }),
      );
    expect((await write('INDEXES')).ConsumedCapacity).toEqual([
      {
        TableName,
        CapacityUnits: 4,
        Table: { CapacityUnits: 2 },
        GlobalSecondaryIndexes: { byKind: { CapacityUnits: 2 } },
      },
    ]);
    expect(account.usage().dynamodb.writeUnits).toBe(4);
    expect((await write('TOTAL')).ConsumedCapacity).toEqual([{ TableName, CapacityUnits: 2 }]);
  });
});
