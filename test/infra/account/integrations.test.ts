import { CreateTableCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { fromWire, toWire } from '../../../infra/account/integrations/attribute-values.ts';
import { type Opened, openAccount } from './open-account.ts';

const functions = {
  notify: (event: { readonly step: string }) => ({ told: event.step }),
  refuse: () => {
    throw Object.assign(new Error('no'), { name: 'Handoff.Refused' });
  },
};

interface Task {
  readonly Resource: string;
  readonly Arguments?: unknown;
  readonly TimeoutSeconds?: number;
}

interface Ended {
  readonly status: string | undefined;
  readonly output: unknown;
  readonly error: string | undefined;
  readonly cause: string | undefined;
}

let machines = 0;

/** Starts a machine of one task. */
async function start({ clients }: Opened, task: Task): Promise<string> {
  machines += 1;
  const definition = JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: 'Task',
    States: { Task: { Type: 'Task', ...task, End: true } },
  });
  const machine = await clients.sfn.send(
    new CreateStateMachineCommand({
      name: `machine-${machines}`,
      definition,
      roleArn: 'arn:aws:iam::111111111111:role/states',
    }),
  );
  const { executionArn } = await clients.sfn.send(
    new StartExecutionCommand({ stateMachineArn: machine.stateMachineArn }),
  );
  return executionArn ?? '';
}

async function run(opened: Opened, task: Task): Promise<Ended> {
  const executionArn = await start(opened, task);
  await opened.clock.settled();
  const { status, output, error, cause } = await opened.clients.sfn.send(
    new DescribeExecutionCommand({ executionArn }),
  );
  return { status, output: output === undefined ? undefined : JSON.parse(output), error, cause };
}

async function open(): Promise<Opened> {
  const opened = await openAccount({ functions });
  await opened.clients.dynamodb.send(
    new CreateTableCommand({
      TableName: 'handoffs',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    }),
  );
  return opened;
}

const sdk = (action: string): string => `arn:aws:states:::aws-sdk:${action}`;
const key = { pk: { S: 'STEP#1' } };

describe('a state machine', () => {
  it('invokes a function and gets its payload, parsed', async () => {
    const { status, output } = await run(await open(), {
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: 'notify', Payload: { step: 'kickoff' } },
    });
    expect(status).toBe('SUCCEEDED');
    expect(output).toMatchObject({ Payload: { told: 'kickoff' }, StatusCode: 200, ExecutedVersion: '$LATEST' });
  });

  const notify = 'arn:aws:lambda:us-east-1:111111111111:function:notify';
  it.each([
    ["another account's", notify.replace('111111111111', '222222222222')],
    ["another region's", notify.replace('us-east-1', 'eu-west-1')],
    ['a version that is not there', `${notify}:7`],
  ])('takes no function for its own: %s', async (_, FunctionName) => {
    const opened = await open();
    const tasks = [
      { Resource: FunctionName },
      { Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName } },
      { Resource: sdk('lambda:invoke'), Arguments: { FunctionName } },
    ];
    for (const task of tasks) expect((await run(opened, task)).status).toBe('FAILED');
    expect(opened.account.usage().lambdaInvocations).toEqual({});
    for (const reference of [notify, `${notify}:$LATEST`])
      expect((await run(opened, { Resource: reference })).status).toBe('SUCCEEDED');
  });

  it("fails with a function's own error, or Lambda's", async () => {
    const opened = await open();
    const invoke = (FunctionName: string) =>
      run(opened, { Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName } });
    const refused = await invoke('refuse');
    expect(refused.error).toBe('Handoff.Refused');
    expect(JSON.parse(refused.cause ?? '')).toMatchObject({ errorType: 'Handoff.Refused', errorMessage: 'no' });
    const missing = await invoke('missing');
    expect(missing.error).toBe('Lambda.ResourceNotFoundException');
    expect(missing.cause).toContain(
      '(Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: ',
    );
    opened.account.lambda.throttleNext('notify', 1);
    expect((await invoke('notify')).error).toBe('Lambda.TooManyRequestsException');
  });

  it("updates an item in the Java SDK's spelling, and waits for its token", async () => {
    const opened = await open();
    const { clients, clock, account } = opened;
    const executionArn = await start(opened, {
      Resource: sdk('dynamodb:updateItem.waitForTaskToken'),
      TimeoutSeconds: 3600,
      Arguments: {
        TableName: 'handoffs',
        Key: key,
        UpdateExpression: 'SET #t = :t, isOpen = :open, tries = :n',
        ConditionExpression: 'attribute_not_exists(decision)',
        ExpressionAttributeNames: { '#t': 'token' },
        ExpressionAttributeValues: {
          ':t': { S: '{% $states.context.Task.Token %}' },
          ':open': { Bool: true },
          ':n': { N: '1' },
        },
      },
    });
    await clock.settled();
    const { Item } = await clients.dynamodb.send(new GetItemCommand({ TableName: 'handoffs', Key: key }));
    expect(Item).toMatchObject({ ...key, isOpen: { BOOL: true }, tries: { N: '1' } });
    await clients.sfn.send(new SendTaskSuccessCommand({ taskToken: Item?.['token']?.S, output: '{"decided":true}' }));
    await clock.settled();
    const { status, output } = await clients.sfn.send(new DescribeExecutionCommand({ executionArn }));
    expect([status, output]).toEqual(['SUCCEEDED', '{"decided":true}']);
    expect(account.usage().dynamodb).toMatchObject({ writeUnits: 1 });
  });

  it('gets an item back in the same spelling, and an empty answer for none', async () => {
    const opened = await open();
    const put = {
      TableName: 'handoffs',
      Item: {
        ...key,
        flag: { Bool: false },
        tags: { Ss: ['a', 'b'] },
        none: { Nul: true },
        map: { M: { x: { L: [{ N: '1' }] } } },
      },
    };
    await run(opened, { Resource: sdk('dynamodb:putItem'), Arguments: put });
    const found = await run(opened, {
      Resource: sdk('dynamodb:getItem'),
      Arguments: { TableName: 'handoffs', Key: key },
    });
    expect(found.output).toEqual({ Item: put.Item });
    const none = await run(opened, {
      Resource: sdk('dynamodb:getItem'),
      Arguments: { TableName: 'handoffs', Key: { pk: { S: 'none' } } },
    });
    expect(none.output).toEqual({});
  });

  it("uses the wire's spelling with the optimized integration", async () => {
    const opened = await open();
    const put = { TableName: 'handoffs', Item: { ...key, flag: { BOOL: true } } };
    await run(opened, { Resource: 'arn:aws:states:::dynamodb:putItem', Arguments: put });
    const found = await run(opened, {
      Resource: 'arn:aws:states:::dynamodb:getItem',
      Arguments: { TableName: 'handoffs', Key: key },
    });
    expect(found.output).toMatchObject({ Item: put.Item, SdkHttpMetadata: { HttpStatusCode: 200 } });
  });

  it.each([
    [
      'dynamodb:updateItem',
      { TableName: 'handoffs', Key: key, ConditionExpression: 'attribute_exists(pk)' },
      'DynamoDb.ConditionalCheckFailedException',
      /^The conditional request failed \(Service: DynamoDb, Status Code: 400, Request ID: .+\) \(SDK Attempt Count: 1\)$/,
    ],
    [
      'dynamodb:getItem',
      { TableName: 'none', Key: key },
      'DynamoDb.ResourceNotFoundException',
      /^Requested resource not found/,
    ],
    [
      'dynamodb:getItem',
      { TableName: 'handoffs', Key: { id: { S: '1' } } },
      'DynamoDb.DynamoDbException',
      /key element does not match/,
    ],
    [
      'lambda:invoke',
      { FunctionName: 'missing' },
      'Lambda.ResourceNotFoundException',
      /Service: Lambda, Status Code: 404/,
    ],
    ['scheduler:deleteSchedule', { Name: 'none' }, 'Scheduler.ResourceNotFoundException', /does not exist/],
    [
      'ses:sendEmail',
      { Source: 'a@example.com', Destination: {}, Message: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } } },
      'Ses.SesException',
      /Missing required header 'To'/,
    ],
    ['eventbridge:describeRule', { Name: 'none' }, 'EventBridge.ResourceNotFoundException', /Rule none does not exist/],
  ])('names the errors of %s as AWS does', async (action, Arguments, error, cause) => {
    const ended = await run(await open(), { Resource: sdk(action), Arguments });
    expect(ended).toMatchObject({ status: 'FAILED', error });
    expect(ended.cause).toMatch(cause);
  });

  it.each([
    ['dynamodb:transactWriteItems', { TransactItems: [] }, /NotEmulated: DynamoDB.TransactWriteItems/],
    ['dynamodb:getItem', { tableName: 'handoffs', Key: key }, /"tableName" is not supported/],
    ['dynamodb:getItem', { TableName: 'handoffs', Key: { pk: { s: '1' } } }, /"s" is not supported/],
    ['dynamodb:putItem', { TableName: 'handoffs', Item: { ...key, flag: { BOOL: true } } }, /"BOOL" is not supported/],
    ['dynamodb:putItem', { TableName: 'handoffs', Item: { ...key, n: { N: 1 } } }, /'N' must be a STRING/],
    ['ses:sendRawEmail', { RawMessage: { Data: 'x' } }, /ses:sendRawEmail/],
  ])('cannot use %s where AWS or this account has no such thing', async (action, Arguments, cause) => {
    const ended = await run(await open(), { Resource: sdk(action), Arguments });
    expect(ended).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(ended.cause).toMatch(cause);
  });

  it.each([
    'arn:aws:states:::aws-sdk:nonsense:doIt',
    'arn:aws:states:::aws-sdk:sqs:sendMessage',
    'arn:aws:states:::aws-sdk:dynamodb:GetItem',
    'arn:aws:states:::aws-sdk:dynamodb:getItem.sync',
    'arn:aws:states:::dynamodb:getItem.waitForTaskToken',
    'arn:aws:states:::dynamodb:query',
    'arn:aws:states:::lambda:invoke.sync',
    'arn:aws:states:::sqs:sendMessage',
  ])('is refused with its name when it is created with %s', async (Resource) => {
    await expect(run(await open(), { Resource, Arguments: {} })).rejects.toThrow(Resource);
  });

  it('sends mail, puts events and plans schedules', async () => {
    const opened = await open();
    const mail = {
      Source: 'a@example.com',
      Destination: { ToAddresses: ['b@example.com'] },
      Message: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } },
    };
    const sent = await run(opened, { Resource: sdk('ses:sendEmail'), Arguments: mail });
    expect(sent.output).toEqual({ MessageId: opened.account.inbox.mails[0]?.id });
    const put = await run(opened, {
      Resource: sdk('eventbridge:putEvents'),
      Arguments: { Entries: [{ Source: 's', DetailType: 'd', Detail: '{}' }] },
    });
    expect(put.output).toMatchObject({ FailedEntryCount: 0 });
    const optimized = {
      Resource: 'arn:aws:states:::events:putEvents',
      Arguments: { Entries: [{ Source: 's', DetailType: 'd', Detail: { a: 1 } }] },
    };
    expect((await run(opened, optimized)).output).toMatchObject({ FailedEntryCount: 0 });
    const plan = {
      Name: 'later',
      ScheduleExpression: 'at(2026-12-01T09:00:00)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: 'arn:aws:lambda:us-east-1:111111111111:function:notify',
        RoleArn: 'arn:aws:iam::111111111111:role/r',
      },
    };
    await run(opened, { Resource: sdk('scheduler:createSchedule'), Arguments: plan });
    const shown = await run(opened, { Resource: sdk('scheduler:getSchedule'), Arguments: { Name: 'later' } });
    expect(shown.output).toMatchObject({ Name: 'later', CreationDate: '2026-11-20T16:00:00.000Z' });
    await opened.clock.runToEnd({ until: Date.UTC(2026, 11, 2) });
    expect(opened.account.usage()).toMatchObject({ schedulerInvocations: 1, lambdaInvocations: { notify: 1 } });
  });
});

describe('attribute values', () => {
  it('are the same after going to the wire and back', () => {
    const batch = { RequestItems: { handoffs: [{ PutRequest: { Item: { ...key, a: { Bs: ['AQ=='] } } } }] } };
    expect(toWire(batch)).toEqual({
      RequestItems: { handoffs: [{ PutRequest: { Item: { ...key, a: { BS: ['AQ=='] } } } }] },
    });
    const responses = { Responses: { handoffs: [{ ...key, a: { NS: ['1'] } }] } };
    expect(fromWire(responses)).toEqual({ Responses: { handoffs: [{ ...key, a: { Ns: ['1'] } }] } });
  });
});
