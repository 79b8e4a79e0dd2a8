import {
  BatchGetItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { expect, it, onTestFinished } from 'vitest';
import { createAccount } from '../../../../infra/account/account.ts';
import { inProcessClients } from '../../../../infra/account/clients.ts';
import { createClock } from '../../../../infra/account/clock.ts';

const day = Date.parse('2026-11-17T08:00:00Z');
const second = 1000;

const note = (sk: string, text: string, owner = 'anna') => ({
  pk: { S: 'NOTE' },
  sk: { S: sk },
  text: { S: text },
  owner: { S: owner },
});
const key = (sk: string) => ({ pk: { S: 'NOTE' }, sk: { S: sk } });

/** An account whose function reads in every way, and hears how the table stood a moment ago whenever it may be told so. */
async function notes() {
  const clock = createClock({ start: day });
  const ways: Record<string, (dynamodb: DynamoDBClient) => Promise<unknown>> = {
    get: async (dynamodb) =>
      (await dynamodb.send(new GetItemCommand({ TableName: 'notes', Key: key('1') }))).Item?.['text']?.S,
    batch: async (dynamodb) => {
      const { Responses } = await dynamodb.send(
        new BatchGetItemCommand({ RequestItems: { notes: { Keys: [key('1'), key('2')] } } }),
      );
      return Responses?.['notes']?.map(({ text }) => text?.S).sort();
    },
    query: async (dynamodb) => textsIn(dynamodb, { names: 'pk', value: 'NOTE' }),
    index: async (dynamodb) => textsIn(dynamodb, { names: 'owner', value: 'anna', IndexName: 'byOwner' }),
  };
  const account = await createAccount({
    clock,
    faults: { next: ({ service }) => (service === 'dynamodb' ? 'stale answer' : undefined) },
    functions: (made) => ({
      read: ({ way }: { readonly way: string }) => ways[way]?.(inProcessClients(made).dynamodb),
    }),
  });
  onTestFinished(() => account.close());
  const { dynamodb, lambda } = inProcessClients(account);
  await dynamodb.send(
    new CreateTableCommand({
      TableName: 'notes',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: ['pk', 'sk', 'owner'].map((name) => ({ AttributeName: name, AttributeType: 'S' as const })),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byOwner',
          KeySchema: [
            { AttributeName: 'owner', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  const put = (item: ReturnType<typeof note>) => dynamodb.send(new PutItemCommand({ TableName: 'notes', Item: item }));
  const read = async (way: string): Promise<unknown> => {
    const { Payload } = await lambda.send(
      new InvokeCommand({ FunctionName: 'read', Payload: Buffer.from(JSON.stringify({ way })) }),
    );
    return JSON.parse(Buffer.from(Payload ?? []).toString());
  };
  const later = async (milliseconds: number) => {
    clock.at(clock.now() + milliseconds, () => undefined);
    await clock.runToEnd();
  };
  return { dynamodb, put, read, later };
}

async function textsIn(
  dynamodb: DynamoDBClient,
  { names, value, IndexName }: { readonly names: string; readonly value: string; readonly IndexName?: string },
): Promise<readonly (string | undefined)[]> {
  const { Items = [] } = await dynamodb.send(
    new QueryCommand({
      TableName: 'notes',
      ...(IndexName && { IndexName }),
      KeyConditionExpression: '#name = :value',
      ExpressionAttributeNames: { '#name': names },
      ExpressionAttributeValues: { ':value': { S: value } },
    }),
  );
  return Items.map(({ text }) => text?.S);
}

it('stale answers miss what was written, changed and deleted within the last second, and no more', async () => {
  const { dynamodb, put, read, later } = await notes();
  await put(note('0', 'there from the start'));
  await later(10 * second);
  await put(note('1', 'first'));
  await put(note('2', 'second', 'lena'));
  expect(await read('query')).toEqual(['there from the start']);
  expect(await read('get')).toBeNull();
  await later(2 * second);
  expect(await read('query')).toEqual(['there from the start', 'first', 'second']);
  expect(await read('index')).toEqual(['there from the start', 'first']);
  await put(note('1', 'changed'));
  await put(note('2', 'second', 'anna'));
  await dynamodb.send(new DeleteItemCommand({ TableName: 'notes', Key: key('0') }));
  expect(await read('get')).toBe('first');
  expect(await read('batch')).toEqual(['first', 'second']);
  expect(await read('query')).toEqual(['there from the start', 'first', 'second']);
  expect(await read('index')).toEqual(['there from the start', 'first']);
  await later(second + 1);
  expect(await read('get')).toBe('changed');
  expect(await read('query')).toEqual(['changed', 'second']);
  expect(await read('index')).toEqual(['changed', 'second']);
});
