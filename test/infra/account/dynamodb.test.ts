import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ExecuteStatementCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Account, createAccount } from '../../../infra/account/account.ts';
import { inProcessClients } from '../../../infra/account/clients.ts';
import { createClock } from '../../../infra/account/clock.ts';
import { failure, friday, openAccount } from './open-account.ts';

async function createTable(dynamodb: DynamoDBClient): Promise<void> {
  await dynamodb.send(
    new CreateTableCommand({
      TableName: 'handoffs',
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'status', AttributeType: 'S' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byStatus',
          KeySchema: [{ AttributeName: 'status', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
}

async function withTable(): Promise<{ account: Account; dynamodb: DynamoDBClient }> {
  const { account, clients } = await openAccount();
  await createTable(clients.dynamodb);
  return { account, dynamodb: clients.dynamodb };
}

const step = { pk: { S: 'STEP#1' }, by: { S: 'ann@example.com' } };
const undecided = { TableName: 'handoffs', Item: step, ConditionExpression: 'attribute_not_exists(pk)' };

describe('the local DynamoDB', () => {
  it('creates a table that can be used at once', async () => {
    const { dynamodb } = await withTable();
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: 'handoffs' }));
    expect(Table?.TableStatus).toBe('ACTIVE');
    expect(Table?.TableArn).toBe('arn:aws:dynamodb:us-east-1:111111111111:table/handoffs');
  });

  it('refuses a second conditional write, and shows the first when asked', async () => {
    const { dynamodb } = await withTable();
    await dynamodb.send(new PutItemCommand(undecided));
    const plain = await failure(dynamodb.send(new PutItemCommand(undecided)));
    expect(plain).toMatchObject({ name: 'ConditionalCheckFailedException', message: 'The conditional request failed' });
    expect(plain['Item']).toBeUndefined();
    const shown = await failure(
      dynamodb.send(new PutItemCommand({ ...undecided, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' })),
    );
    expect(shown['Item']).toEqual(step);
  });

  it('lets exactly one of many simultaneous writers win', async () => {
    const { dynamodb } = await withTable();
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, () => dynamodb.send(new PutItemCommand(undecided))),
    );
    expect(tries.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
  });

  it('updates and queries an index', async () => {
    const { dynamodb } = await withTable();
    await dynamodb.send(new PutItemCommand({ TableName: 'handoffs', Item: { ...step, status: { S: 'open' } } }));
    const { Attributes } = await dynamodb.send(
      new UpdateItemCommand({
        TableName: 'handoffs',
        Key: { pk: step.pk },
        UpdateExpression: 'SET version = if_not_exists(version, :zero) + :one',
        ExpressionAttributeValues: { ':zero': { N: '0' }, ':one': { N: '1' } },
        ReturnValues: 'UPDATED_NEW',
      }),
    );
    expect(Attributes).toEqual({ version: { N: '1' } });
    const { Items } = await dynamodb.send(
      new QueryCommand({
        TableName: 'handoffs',
        IndexName: 'byStatus',
        KeyConditionExpression: '#s = :open',
        ExpressionAttributeNames: { '#s': 'status' },
        ExpressionAttributeValues: { ':open': { S: 'open' } },
      }),
    );
    expect(Items).toEqual([{ ...step, status: { S: 'open' }, version: { N: '1' } }]);
  });

  it('remembers the time to live of a table', async () => {
    const { dynamodb } = await withTable();
    const enable = new UpdateTimeToLiveCommand({
      TableName: 'handoffs',
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    });
    await dynamodb.send(enable);
    const { TimeToLiveDescription } = await dynamodb.send(new DescribeTimeToLiveCommand({ TableName: 'handoffs' }));
    expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' });
    expect((await failure(dynamodb.send(enable))).message).toBe('TimeToLive is already enabled');
    const missing = await failure(dynamodb.send(new DescribeTimeToLiveCommand({ TableName: 'nothing' })));
    expect(missing.name).toBe('ResourceNotFoundException');
  });

  it('refuses what it does not emulate by name', async () => {
    const { dynamodb } = await withTable();
    const statement = await failure(
      dynamodb.send(new ExecuteStatementCommand({ Statement: 'SELECT * FROM handoffs' })),
    );
    expect(statement.message).toBe('NotEmulated: DynamoDB.ExecuteStatement is not emulated by the local account');
    const transaction = await failure(dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [] })));
    expect(transaction.message).toContain('DynamoDB.TransactWriteItems');
    const streams = new CreateTableCommand({
      TableName: 'streamed',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      StreamSpecification: { StreamEnabled: true },
    });
    expect((await failure(dynamodb.send(streams))).message).toContain('parameter StreamSpecification');
  });

  it('answers AWS errors with their names and messages', async () => {
    const { dynamodb } = await withTable();
    const table = await failure(dynamodb.send(new GetItemCommand({ TableName: 'nothing', Key: { pk: { S: '1' } } })));
    expect(table).toMatchObject({ name: 'ResourceNotFoundException', message: 'Requested resource not found' });
    const key = await failure(dynamodb.send(new GetItemCommand({ TableName: 'handoffs', Key: { id: { S: '1' } } })));
    expect(key).toMatchObject({
      name: 'ValidationException',
      message: 'The provided key element does not match the schema',
    });
  });

  it('keeps its tables in a folder', async () => {
    const path = await mkdtemp(join(tmpdir(), 'handoff-'));
    onTestFinished(() => rm(path, { recursive: true }));
    const open = () => createAccount({ clock: createClock({ start: friday }), functions: {}, path });
    const first = await open();
    await createTable(inProcessClients(first).dynamodb);
    await inProcessClients(first).dynamodb.send(new PutItemCommand(undecided));
    await first.close();
    const second = await open();
    const { Item } = await inProcessClients(second).dynamodb.send(
      new GetItemCommand({ TableName: 'handoffs', Key: { pk: step.pk } }),
    );
    await second.close();
    expect(Item).toEqual(step);
  });
});

describe('the units DynamoDB bills', () => {
  const used = (account: Account) => account.usage().dynamodb;

  it('are counted without the caller asking', async () => {
    const { account, dynamodb } = await withTable();
    const answer = await dynamodb.send(
      new PutItemCommand({ TableName: 'handoffs', Item: { ...step, status: { S: 'open' } } }),
    );
    expect(answer.ConsumedCapacity).toBeUndefined();
    expect(used(account)).toEqual({ readUnits: 0, writeUnits: 2 });
    await dynamodb.send(new GetItemCommand({ TableName: 'handoffs', Key: { pk: step.pk } }));
    await dynamodb.send(new GetItemCommand({ TableName: 'handoffs', Key: { pk: step.pk }, ConsistentRead: true }));
    expect(used(account)).toEqual({ readUnits: 1.5, writeUnits: 2 });
  });

  it('are the same that the caller is told', async () => {
    const { dynamodb } = await withTable();
    const put = new PutItemCommand({
      TableName: 'handoffs',
      Item: { ...step, status: { S: 'open' } },
      ReturnConsumedCapacity: 'INDEXES',
    });
    const { ConsumedCapacity } = await dynamodb.send(put);
    expect(ConsumedCapacity).toMatchObject({
      TableName: 'handoffs',
      CapacityUnits: 2,
      Table: { CapacityUnits: 1 },
      GlobalSecondaryIndexes: { byStatus: { CapacityUnits: 1 } },
    });
  });

  it('of a consistent scan are twice those of another', async () => {
    const { account, dynamodb } = await withTable();
    await dynamodb.send(new PutItemCommand({ TableName: 'handoffs', Item: step }));
    await dynamodb.send(new ScanCommand({ TableName: 'handoffs' }));
    expect(used(account).readUnits).toBe(0.5);
    const consistent = { TableName: 'handoffs', ConsistentRead: true };
    expect((await dynamodb.send(new ScanCommand(consistent))).Items).toEqual([step]);
    expect(used(account).readUnits).toBe(1.5);
    const ofIndex = new ScanCommand({ ...consistent, IndexName: 'byStatus' });
    expect((await failure(dynamodb.send(ofIndex))).message).toContain('not supported on global secondary indexes');
  });

  it('include refused writes, empty queries and batches', async () => {
    const { account, dynamodb } = await withTable();
    await dynamodb.send(
      new BatchWriteItemCommand({
        RequestItems: { handoffs: [{ PutRequest: { Item: step } }, { PutRequest: { Item: { pk: { S: 'STEP#2' } } } }] },
      }),
    );
    expect(used(account).writeUnits).toBe(2);
    await failure(dynamodb.send(new PutItemCommand(undecided)));
    expect(used(account).writeUnits).toBe(3);
    await dynamodb.send(
      new BatchGetItemCommand({
        RequestItems: { handoffs: { Keys: [{ pk: step.pk }, { pk: { S: 'STEP#2' } }], ConsistentRead: true } },
      }),
    );
    expect(used(account).readUnits).toBe(2);
    await dynamodb.send(
      new QueryCommand({
        TableName: 'handoffs',
        KeyConditionExpression: 'pk = :p',
        ExpressionAttributeValues: { ':p': { S: 'none' } },
      }),
    );
    expect(used(account).readUnits).toBe(2.5);
  });
});
