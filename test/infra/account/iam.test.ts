import {
  BatchGetItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { ListRulesCommand, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { CreateScheduleCommand } from '@aws-sdk/client-scheduler';
import { GetSendQuotaCommand, SendEmailCommand, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { CreateStateMachineCommand, SendTaskSuccessCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAccount } from '../../../infra/account/account.ts';
import { inProcessClients } from '../../../infra/account/clients.ts';
import { createClock } from '../../../infra/account/clock.ts';
import type { Roles, RoleUse } from '../../../infra/account/iam/access.ts';
import { exercised, grantsIn, type Statement } from '../../../infra/account/iam/policy.ts';
import { arn, localIdentity } from '../../../infra/account/identity.ts';

const here = (service: string, resource: string) => arn(localIdentity, service, resource);
const roleArn = (name: string) => `arn:aws:iam::${localIdentity.accountId}:role/${name}`;

const allow = (Action: string | string[], Resource: string, Condition?: Statement['Condition']): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition && { Condition }),
});

const orders = here('dynamodb', 'table/orders');
const inOrders = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['ORDER#*'] } };
const machine = here('states', 'stateMachine:ship');

const definition = (state: object) =>
  JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Do', States: { Do: { Type: 'Task', End: true, ...state } } });

/** An account with a table of orders, a function and a state machine; one role, `clerk`, may do what the statements say. */
async function open(clerk: readonly Statement[], others: Roles = {}) {
  const uses: RoleUse[] = [];
  const calls: unknown[] = [];
  const clock = createClock({ start: Date.parse('2026-11-20T09:00:00Z') });
  const account = await createAccount({
    clock,
    roles: { clerk, ...others },
    onRoleUse: (use) => uses.push(use),
    senders: ['example.com'],
    functions: { pack: async (event: unknown) => calls.push(event) },
  });
  onTestFinished(() => account.close());
  const owner = inProcessClients(account);
  await owner.dynamodb.send(
    new CreateTableCommand({
      TableName: 'orders',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'order', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'order', AttributeType: 'S' }],
    }),
  );
  return { account, clock, owner, calls, uses, clients: inProcessClients(account, { role: 'clerk' }) };
}

const put = (order: string) =>
  new PutItemCommand({ TableName: 'orders', Item: { note: { S: 'ORDER#' }, order: { S: order } } });

describe('A role', () => {
  it('does what its policy allows, and hears in IAM’s words what it does not', async () => {
    const { clients } = await open([allow('dynamodb:PutItem', orders, inOrders)]);
    await clients.dynamodb.send(put('ORDER#1'));
    await expect(clients.dynamodb.send(put('INVOICE#1'))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:sts::${localIdentity.accountId}:assumed-role/clerk/clerk is not authorized to perform: dynamodb:PutItem on resource: ${orders} because no identity-based policy allows the dynamodb:PutItem action`,
    });
    const get = new GetItemCommand({ TableName: 'orders', Key: { order: { S: 'ORDER#1' } } });
    await expect(clients.dynamodb.send(get)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('is held to the partitions of reads of every kind', async () => {
    const actions = ['GetItem', 'DeleteItem', 'Query', 'BatchGetItem'].map((action) => `dynamodb:${action}`);
    const { clients } = await open([allow(actions, orders, inOrders)]);
    const reads = (order: string) => [
      new GetItemCommand({ TableName: 'orders', Key: { order: { S: order } } }),
      new DeleteItemCommand({ TableName: 'orders', Key: { order: { S: order } } }),
      new BatchGetItemCommand({
        RequestItems: { orders: { Keys: [{ order: { S: 'ORDER#9' } }, { order: { S: order } }] } },
      }),
      new QueryCommand({
        TableName: 'orders',
        KeyConditionExpression: '#o = :o',
        ExpressionAttributeNames: { '#o': 'order' },
        ExpressionAttributeValues: { ':o': { S: order } },
      }),
    ];
    for (const read of reads('ORDER#1')) await clients.dynamodb.send(read as GetItemCommand);
    for (const read of reads('INVOICE#1'))
      await expect(clients.dynamodb.send(read as GetItemCommand)).rejects.toMatchObject({
        name: 'AccessDeniedException',
      });
  });

  it('may do nothing of which the account does not know how it is granted', async () => {
    const { clients } = await open([allow('dynamodb:*', '*')]);
    await expect(clients.dynamodb.send(new ScanCommand({ TableName: 'orders' }))).rejects.toThrow('NotEmulated');
    await expect(clients.events.send(new ListRulesCommand({}))).rejects.toThrow('NotEmulated');
  });

  it('puts events on the buses that it may, by name or ARN, and on no other', async () => {
    const bus = 'arn:aws:events:us-east-1:111111111111:event-bus/default';
    const { clients } = await open([allow('events:PutEvents', bus)]);
    const put = (EventBusName?: string) =>
      clients.events.send(
        new PutEventsCommand({
          Entries: [{ Source: 'shop', DetailType: 'Sold', Detail: '{}', ...(EventBusName && { EventBusName }) }],
        }),
      );
    for (const name of [undefined, 'default', bus]) expect((await put(name)).FailedEntryCount).toBe(0);
    await expect(put('other')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('reads the parameters that it may, and no other', async () => {
    const parameter = 'arn:aws:ssm:us-east-1:111111111111:parameter/shop/token';
    const { clients } = await open([allow('ssm:GetParameter', parameter)]);
    const read = (Name: string) => clients.ssm.send(new GetParameterCommand({ Name, WithDecryption: true }));
    await expect(read('/shop/token')).rejects.toMatchObject({ name: 'ParameterNotFound' });
    await expect(read('/shop/other')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('sends mail as who it may, and in SES’s words not as anybody else', async () => {
    const from = { StringEquals: { 'ses:FromAddress': 'shop@example.com' } };
    const { account, clients } = await open([allow('ses:SendRawEmail', here('ses', 'identity/example.com'), from)]);
    const mail = (Source: string) =>
      new SendRawEmailCommand({
        Source,
        Destinations: ['you@example.com'],
        RawMessage: { Data: Buffer.from(`From: ${Source}\r\nTo: you@example.com\r\nSubject: Hello\r\n\r\nHello`) },
      });
    await clients.ses.send(mail('shop@example.com'));
    await expect(clients.ses.send(mail('boss@example.com'))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining("is not authorized to perform `ses:SendRawEmail'"),
    });
    expect(account.inbox.mails).toHaveLength(1);
  });

  it('may do of SES what it is allowed to, and not all of it', async () => {
    const { clients } = await open([allow('ses:SendRawEmail', here('ses', 'identity/example.com'))]);
    const composed = new SendEmailCommand({
      Source: 'The shop <shop@example.com>',
      Destination: { ToAddresses: ['you@example.com'] },
      Message: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } },
    });
    await expect(clients.ses.send(composed)).rejects.toMatchObject({
      message: expect.stringContaining(
        `perform \`ses:SendEmail' on resource \`${here('ses', 'identity/example.com')}'`,
      ),
    });
    await expect(clients.ses.send(new GetSendQuotaCommand({}))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining("perform `ses:GetSendQuota' on resource `*'"),
    });
  });

  it('of another account is none of this one', async () => {
    const { owner, clock, account, calls } = await open([
      allow('lambda:InvokeFunction', here('lambda', 'function:pack')),
    ]);
    const roles = [roleArn('clerk'), roleArn('clerk').replace(localIdentity.accountId, '222222222222')];
    for (const [index, role] of roles.entries()) {
      const { stateMachineArn } = await owner.sfn
        .send(
          new CreateStateMachineCommand({
            name: `pack-${index}`,
            roleArn: role,
            definition: definition({ Resource: here('lambda', 'function:pack') }),
          }),
        )
        .catch(() => ({ stateMachineArn: undefined }));
      if (stateMachineArn) await owner.sfn.send(new StartExecutionCommand({ stateMachineArn }));
    }
    await clock.runToEnd();
    expect(calls).toHaveLength(1);
    expect(account.stepFunctions.executions().filter(({ status }) => status === 'SUCCEEDED')).toHaveLength(1);
  });

  it('hands on only a role that it may pass', async () => {
    const schedules = here('scheduler', 'schedule/default/*');
    const schedule = new CreateScheduleCommand({
      Name: 'tomorrow',
      ScheduleExpression: 'at(2026-11-21T09:00:00)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: here('lambda', 'function:pack'), RoleArn: roleArn('timer') },
    });
    const without = await open([allow('scheduler:CreateSchedule', schedules)]);
    await expect(without.clients.scheduler.send(schedule)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('iam:PassRole'),
    });
    const passes = allow('iam:PassRole', roleArn('timer'), {
      StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' },
    });
    const timer = [allow('lambda:InvokeFunction', here('lambda', 'function:pack'))];
    const may = [allow('scheduler:CreateSchedule', schedules), passes];
    const { clients, clock, calls, account } = await open(may, { timer });
    await clients.scheduler.send(schedule);
    await clock.runToEnd();
    expect([calls.length, account.deadLetters.length]).toEqual([1, 0]);
    // A schedule whose role may not call: its event ends among the dead letters.
    const barred = await open(may, { timer: [] });
    await barred.clients.scheduler.send(schedule);
    await barred.clock.runToEnd();
    expect(barred.calls).toEqual([]);
    expect(barred.account.deadLetters).toMatchObject([{ errorType: 'AccessDeniedException' }]);
  });

  it('calls functions and executions it may', async () => {
    const { clients, owner, calls } = await open([
      allow('lambda:InvokeFunction', here('lambda', 'function:pack')),
      allow(['states:StartExecution', 'states:SendTaskSuccess'], machine),
    ]);
    await clients.lambda.send(new InvokeCommand({ FunctionName: 'pack', Payload: Buffer.from('{}') }));
    expect(calls).toHaveLength(1);
    const create = (name: string) =>
      owner.sfn.send(
        new CreateStateMachineCommand({
          name,
          roleArn: roleArn('clerk'),
          definition: definition({
            Resource: 'arn:aws:states:::lambda:invoke',
            Arguments: { FunctionName: here('lambda', 'function:pack') },
          }),
        }),
      );
    await create('ship');
    await create('bill');
    await clients.sfn.send(new StartExecutionCommand({ stateMachineArn: machine }));
    await expect(
      clients.sfn.send(new StartExecutionCommand({ stateMachineArn: here('states', 'stateMachine:bill') })),
    ).rejects.toMatchObject({ name: 'AccessDeniedException' });
    // Nothing waits on the token: the service says so.
    await expect(
      clients.sfn.send(new SendTaskSuccessCommand({ taskToken: 'none', output: '{}' })),
    ).rejects.toMatchObject({
      name: 'InvalidToken',
    });
  });

  it('is that of the state machine in its tasks, which fail by the names that AWS gives', async () => {
    const { owner, account, clock, calls } = await open([]);
    const tasks = [
      { Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName: here('lambda', 'function:pack') } },
      {
        Resource: 'arn:aws:states:::aws-sdk:dynamodb:getItem',
        Arguments: { TableName: 'orders', Key: { order: { S: 'ORDER#1' } } },
      },
    ];
    for (const [i, task] of tasks.entries()) {
      const { stateMachineArn } = await owner.sfn.send(
        new CreateStateMachineCommand({ name: `m${i}`, roleArn: roleArn('clerk'), definition: definition(task) }),
      );
      await owner.sfn.send(new StartExecutionCommand({ stateMachineArn }));
    }
    await clock.runToEnd();
    expect(account.stepFunctions.executions()).toMatchObject([
      { status: 'FAILED', error: 'Lambda.AWSLambdaException', cause: expect.stringContaining('lambda:InvokeFunction') },
      { status: 'FAILED', error: 'DynamoDb.DynamoDbException', cause: expect.stringContaining('dynamodb:GetItem') },
    ]);
    expect(calls).toEqual([]);
  });

  it('is heard of with each call, and with what allowed it', async () => {
    const statement = allow(['dynamodb:PutItem', 'dynamodb:GetItem'], orders, {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['ORDER#*', 'ITEM#*'] },
    });
    const { clients, uses } = await open([statement]);
    await clients.dynamodb.send(put('ITEM#1'));
    await clients.dynamodb.send(put('OTHER#1')).catch(() => undefined);
    expect(uses.map(({ role, statement: by }) => [role, by === statement])).toEqual([
      ['clerk', true],
      ['clerk', false],
    ]);
    const [use] = uses;
    expect(use && exercised(statement, use.call)).toEqual(['dynamodb:PutItem ITEM#*']);
    expect(grantsIn([statement])).toHaveLength(4);
  });

  it('is not asked of the account’s owner, nor where there are no roles', async () => {
    const { owner } = await open([]);
    await owner.dynamodb.send(put('ANY#1'));
    const account = await createAccount({ clock: createClock({ start: 0 }), functions: {} });
    onTestFinished(() => account.close());
    const { sfn } = inProcessClients(account, { role: 'nobody' });
    await expect(sfn.send(new StartExecutionCommand({ stateMachineArn: machine }))).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
    });
  });
});
