import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeTableCommand,
  ListTagsOfResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { failure, openAccount } from './open-account.ts';
import { callJson } from './raw-call.ts';

const TableName = 'handoffs';
const ResourceArn = `arn:aws:dynamodb:us-east-1:111111111111:table/${TableName}`;
const plain: CreateTableCommandInput = {
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
};

async function withTable(more: Partial<CreateTableCommandInput> = {}) {
  const { account, clients } = await openAccount();
  const { dynamodb } = clients;
  await dynamodb.send(new CreateTableCommand({ ...plain, ...more }));
  const described = async () => (await dynamodb.send(new DescribeTableCommand({ TableName }))).Table;
  const tags = async () => (await dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn }))).Tags;
  return { account, dynamodb, described, tags };
}

describe('a table', () => {
  it('keeps its deletion protection, its class and its tags', async () => {
    const { described, tags } = await withTable({
      DeletionProtectionEnabled: true,
      TableClass: 'STANDARD_INFREQUENT_ACCESS',
      Tags: [{ Key: 'stage', Value: 'sample' }],
    });
    expect(await described()).toMatchObject({
      TableStatus: 'ACTIVE',
      DeletionProtectionEnabled: true,
      TableClassSummary: { TableClass: 'STANDARD_INFREQUENT_ACCESS' },
    });
    expect(await described()).not.toHaveProperty('Tags');
    expect(await tags()).toEqual([{ Key: 'stage', Value: 'sample' }]);
  });

  it('is unprotected and has no tags unless somebody asks', async () => {
    const { described, tags } = await withTable();
    expect(await described()).toMatchObject({ DeletionProtectionEnabled: false });
    expect(await described()).not.toHaveProperty('TableClassSummary');
    expect(await tags()).toEqual([]);
  });

  it('is not deleted while it is protected', async () => {
    const { dynamodb, described } = await withTable({ DeletionProtectionEnabled: true });
    const refused = await failure(dynamodb.send(new DeleteTableCommand({ TableName })));
    expect(refused).toMatchObject({
      name: 'ValidationException',
      message:
        'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
    });
    expect((await described())?.TableStatus).toBe('ACTIVE');
    const { TableDescription } = await dynamodb.send(
      new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false, TableClass: 'STANDARD' }),
    );
    expect(TableDescription).toMatchObject({
      DeletionProtectionEnabled: false,
      TableClassSummary: { TableClass: 'STANDARD' },
    });
    await dynamodb.send(new DeleteTableCommand({ TableName }));
    expect((await failure(described())).name).toBe('ResourceNotFoundException');
  });

  it('changes its billing and its protection in one call', async () => {
    const { dynamodb, described } = await withTable();
    const ProvisionedThroughput = { ReadCapacityUnits: 5, WriteCapacityUnits: 5 };
    await dynamodb.send(
      new UpdateTableCommand({
        TableName,
        BillingMode: 'PROVISIONED',
        ProvisionedThroughput,
        DeletionProtectionEnabled: true,
      }),
    );
    expect(await described()).toMatchObject({
      DeletionProtectionEnabled: true,
      BillingModeSummary: { BillingMode: 'PROVISIONED' },
      ProvisionedThroughput,
    });
  });

  it('takes tags and gives them back', async () => {
    const { dynamodb, tags } = await withTable({ Tags: [{ Key: 'stage', Value: 'sample' }] });
    const Tags = [
      { Key: 'stage', Value: 'production' },
      { Key: 'team', Value: '' },
    ];
    await dynamodb.send(new TagResourceCommand({ ResourceArn, Tags }));
    expect(await tags()).toEqual(Tags);
    await dynamodb.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['stage'] }));
    expect(await tags()).toEqual([{ Key: 'team', Value: '' }]);
  });

  it('has at most 50 tags', async () => {
    const { dynamodb } = await withTable();
    const named = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => ({ Key: `key-${from + index}`, Value: 'x' }));
    await dynamodb.send(new TagResourceCommand({ ResourceArn, Tags: named(0, 50) }));
    await dynamodb.send(new TagResourceCommand({ ResourceArn, Tags: named(0, 2) }));
    const refused = await failure(dynamodb.send(new TagResourceCommand({ ResourceArn, Tags: named(50, 1) })));
    expect(refused).toMatchObject({ name: 'ValidationException', message: expect.stringContaining('Too many tags') });
  });
});

const refusals: readonly [what: string, action: string, parameters: object, error: string, message: string][] = [
  [
    'an unknown table class',
    'CreateTable',
    { ...plain, TableName: 'other', TableClass: 'COLD' },
    'ValidationException',
    'enum value set: [STANDARD, STANDARD_INFREQUENT_ACCESS]',
  ],
  [
    'a protection that is no boolean',
    'UpdateTable',
    { TableName, DeletionProtectionEnabled: 'perhaps' },
    'SerializationException',
    'Unexpected token',
  ],
  [
    'a tag without a key',
    'CreateTable',
    { ...plain, TableName: 'other', Tags: [{ Value: 'x' }] },
    'ValidationException',
    "'tags.1.member.key'",
  ],
  [
    "AWS's own tag",
    'TagResource',
    { ResourceArn, Tags: [{ Key: 'aws:x', Value: 'x' }] },
    'ValidationException',
    "'aws:' are reserved",
  ],
  [
    'a tag of odd characters',
    'TagResource',
    { ResourceArn, Tags: [{ Key: 'a', Value: '<b>' }] },
    'ValidationException',
    'not allowed: <b>',
  ],
  [
    "another account's table",
    'TagResource',
    { ResourceArn: ResourceArn.replace('111111111111', '222222222222'), Tags: [{ Key: 'a', Value: 'b' }] },
    'AccessDeniedException',
    'dynamodb:TagResource',
  ],
  [
    "another region's table",
    'ListTagsOfResource',
    { ResourceArn: ResourceArn.replace('us-east-1', 'eu-west-1') },
    'ValidationException',
    'Invalid ResourceArn',
  ],
  [
    'another partition',
    'UntagResource',
    { ResourceArn: ResourceArn.replace('arn:aws:', 'arn:aws-cn:'), TagKeys: ['a'] },
    'ValidationException',
    'Invalid ResourceArn',
  ],
  [
    'a key of the customer',
    'CreateTable',
    { ...plain, TableName: 'other', SSESpecification: { Enabled: true } },
    'UnknownOperationException',
    'parameter SSESpecification Enabled',
  ],
  [
    'a stream',
    'UpdateTable',
    { TableName, StreamSpecification: { StreamEnabled: true } },
    'UnknownOperationException',
    'parameter StreamSpecification',
  ],
  [
    'a new index',
    'UpdateTable',
    { TableName, GlobalSecondaryIndexUpdates: [{ Create: { IndexName: 'byStatus' } }] },
    'UnknownOperationException',
    'GlobalSecondaryIndexUpdates Create',
  ],
  [
    'a limit on demand',
    'CreateTable',
    { ...plain, TableName: 'other', OnDemandThroughput: { MaxReadRequestUnits: 1 } },
    'UnknownOperationException',
    'parameter OnDemandThroughput',
  ],
  [
    'a nested parameter that is unknown',
    'CreateTable',
    { ...plain, TableName: 'other', KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH', Order: 1 }] },
    'UnknownOperationException',
    'parameter KeySchema Order',
  ],
  [
    'metrics of item collections',
    'PutItem',
    { TableName, Item: { pk: { S: 'a' } }, ReturnItemCollectionMetrics: 'SIZE' },
    'UnknownOperationException',
    'ReturnItemCollectionMetrics SIZE',
  ],
  [
    'a wrong name in a condition check',
    'GetItem',
    { TableName, Key: { pk: { S: 'a' } }, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' },
    'UnknownOperationException',
    'ReturnValuesOnConditionCheckFailure',
  ],
  [
    'a time to live without an attribute',
    'UpdateTimeToLive',
    { TableName, TimeToLiveSpecification: { Enabled: true } },
    'ValidationException',
    "Value null at 'timeToLiveSpecification.attributeName'",
  ],
  [
    'a time to live that is no boolean',
    'UpdateTimeToLive',
    { TableName, TimeToLiveSpecification: { AttributeName: 'a', Enabled: 'yes' } },
    'SerializationException',
    'Unexpected token',
  ],
];

describe('the local DynamoDB', () => {
  it.each(refusals)('refuses %s', async (_, action, parameters, error, message) => {
    const { account, described, tags } = await withTable();
    const before = [await described(), await tags()];
    const refused = await callJson(account, 'dynamodb', `DynamoDB_20120810.${action}`)(parameters);
    expect(refused).toMatchObject({ error, message: expect.stringContaining(message) });
    expect([await described(), await tags()]).toEqual(before);
  });
});
