import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
} from '@aws-sdk/client-scheduler';
import { describe, expect, it } from 'vitest';
import { failure, friday, openAccount } from './open-account.ts';
import { callRest } from './raw-call.ts';

const functionArn = 'arn:aws:lambda:us-east-1:111111111111:function:remind';
const roleArn = 'arn:aws:iam::111111111111:role/scheduler';
const Target = { Arn: functionArn, RoleArn: roleArn, Input: '{}' };
const schedule = {
  Name: 'reminder',
  ScheduleExpression: 'at(2027-03-01T09:00:00)',
  FlexibleTimeWindow: { Mode: 'OFF' as const },
  Target,
};

async function open() {
  let calls = 0;
  const opened = await openAccount({ functions: { remind: () => ++calls }, scheduleGroups: ['handoff', 'empty'] });
  const create = (more: object) => opened.clients.scheduler.send(new CreateScheduleCommand({ ...schedule, ...more }));
  return { ...opened, create, calls: () => calls };
}

describe('the list of schedules', () => {
  async function withThree() {
    const opened = await open();
    await opened.create({ Name: 'b-one' });
    await opened.create({ Name: 'a-two' });
    await opened.create({ Name: 'a-one', GroupName: 'handoff' });
    const names = async (asked: object) => {
      const { Schedules } = await opened.clients.scheduler.send(new ListSchedulesCommand(asked));
      return Schedules?.map(({ Name }) => Name);
    };
    return { ...opened, names };
  }

  it.each([
    ['all', {}, ['a-two', 'b-one', 'a-one']],
    ['those of a group', { GroupName: 'handoff' }, ['a-one']],
    ['those of a group that is empty', { GroupName: 'empty' }, []],
    ['those with a prefix', { NamePrefix: 'a-' }, ['a-two', 'a-one']],
    ['those with a prefix in a group', { NamePrefix: 'b-', GroupName: 'handoff' }, []],
    ['those that are enabled', { State: 'ENABLED' }, ['a-two', 'b-one', 'a-one']],
    ['those that are disabled', { State: 'DISABLED' }, []],
  ])('has %s', async (_, asked, expected) => {
    const { names } = await withThree();
    expect(await names(asked)).toEqual(expected);
  });

  it('comes in pages', async () => {
    const { clients } = await withThree();
    const first = await clients.scheduler.send(new ListSchedulesCommand({ MaxResults: 2 }));
    expect(first.Schedules).toHaveLength(2);
    const second = await clients.scheduler.send(
      new ListSchedulesCommand({ MaxResults: 2, NextToken: first.NextToken }),
    );
    expect(second.Schedules?.map(({ Name }) => Name)).toEqual(['a-one']);
    expect(second.NextToken).toBeUndefined();
  });

  it('is refused for a group that does not exist', async () => {
    const { names } = await withThree();
    expect((await failure(names({ GroupName: 'other' }))).name).toBe('ResourceNotFoundException');
  });
});

describe('a schedule', () => {
  it('is told of in its group', async () => {
    const { clients, create } = await open();
    await create({ GroupName: 'handoff' });
    const shown = await clients.scheduler.send(new GetScheduleCommand({ Name: 'reminder', GroupName: 'handoff' }));
    expect(shown.GroupName).toBe('handoff');
    const elsewhere = clients.scheduler.send(new GetScheduleCommand({ Name: 'reminder' }));
    expect((await failure(elsewhere)).name).toBe('ResourceNotFoundException');
  });

  it('is deleted once by a call that is sent twice', async () => {
    const { clients, create } = await open();
    await create({});
    const remove = (ClientToken: string) =>
      clients.scheduler.send(new DeleteScheduleCommand({ Name: 'reminder', ClientToken }));
    await remove('one');
    await remove('one');
    expect((await failure(remove('two'))).name).toBe('ResourceNotFoundException');
  });

  it.each([
    ['two retries', { MaximumRetryAttempts: 2 }, 3],
    ['no retry', { MaximumRetryAttempts: 0 }, 1],
    ['one minute', { MaximumEventAgeInSeconds: 60 }, 6],
  ])('is tried for as long as it says: %s', async (_, RetryPolicy, attempts) => {
    const { account, clock, create, calls } = await open();
    await create({ Target: { ...Target, RetryPolicy } });
    account.lambda.throttleNext('remind', Number.POSITIVE_INFINITY);
    await clock.runToEnd();
    expect(account.deadLetters).toMatchObject([{ origin: 'schedule reminder', attempts }]);
    expect(calls()).toBe(0);
  });

  it('acts in a role that is there', async () => {
    const statement = { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: functionArn } as const;
    const { clients } = await openAccount({ functions: { remind: () => 1 }, roles: { scheduler: [statement] } });
    const create = (Name: string) =>
      clients.scheduler.send(
        new CreateScheduleCommand({
          ...schedule,
          Name,
          Target: { ...Target, RoleArn: `arn:aws:iam::111111111111:role/${Name}` },
        }),
      );
    await create('scheduler');
    expect(await failure(create('nobody'))).toMatchObject({
      name: 'ValidationException',
      message: 'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.',
    });
  });
});

const other = (text: string) => text.replace('111111111111', '222222222222');

describe('the local Scheduler', () => {
  it.each([
    [
      'a name left out of the body and odd in the path',
      '/schedules/a%20b',
      schedule,
      'ValidationException',
      "Value 'a b' at 'name'",
    ],
    [
      'a name that is too long',
      `/schedules/${'x'.repeat(65)}`,
      schedule,
      'ValidationException',
      'length less than or equal to 64',
    ],
    [
      'an expression left out',
      '/schedules/new',
      { ...schedule, ScheduleExpression: undefined },
      'ValidationException',
      "Value null at 'scheduleExpression'",
    ],
    [
      'a window left out',
      '/schedules/new',
      { ...schedule, FlexibleTimeWindow: undefined },
      'ValidationException',
      "Value null at 'flexibleTimeWindow'",
    ],
    [
      'a window that there is not',
      '/schedules/new',
      { ...schedule, FlexibleTimeWindow: { Mode: 'WIDE' } },
      'ValidationException',
      'enum value set: [OFF, FLEXIBLE]',
    ],
    [
      'a state that there is not',
      '/schedules/new',
      { ...schedule, State: 'PAUSED' },
      'ValidationException',
      'enum value set: [ENABLED, DISABLED]',
    ],
    [
      'a disabled schedule',
      '/schedules/new',
      { ...schedule, State: 'DISABLED' },
      'UnknownOperationException',
      'Scheduler State DISABLED',
    ],
    [
      'an end that there is not',
      '/schedules/new',
      { ...schedule, ActionAfterCompletion: 'KEEP' },
      'ValidationException',
      'enum value set: [NONE, DELETE]',
    ],
    [
      'a description that is no text',
      '/schedules/new',
      { ...schedule, Description: 7 },
      'SerializationException',
      'description is no string',
    ],
    [
      'a start',
      '/schedules/new',
      { ...schedule, StartDate: 1 },
      'UnknownOperationException',
      'Scheduler.CreateSchedule parameter StartDate',
    ],
    ['a key', '/schedules/new', { ...schedule, KmsKeyArn: 'arn' }, 'UnknownOperationException', 'parameter KmsKeyArn'],
    [
      'a target without its role',
      '/schedules/new',
      { ...schedule, Target: { Arn: functionArn } },
      'ValidationException',
      "Value null at 'target.roleArn'",
    ],
    [
      'parameters of a queue',
      '/schedules/new',
      { ...schedule, Target: { ...Target, SqsParameters: { MessageGroupId: 'a' } } },
      'UnknownOperationException',
      'parameter target.SqsParameters',
    ],
    [
      '186 retries',
      '/schedules/new',
      { ...schedule, Target: { ...Target, RetryPolicy: { MaximumRetryAttempts: 186 } } },
      'ValidationException',
      "Value '186' at 'target.retryPolicy.maximumRetryAttempts'",
    ],
    [
      'dead letters for a function',
      '/schedules/new',
      { ...schedule, Target: { ...Target, DeadLetterConfig: { Arn: functionArn } } },
      'ValidationException',
      "at 'target.deadLetterConfig.arn'",
    ],
    [
      "another account's function",
      '/schedules/new',
      { ...schedule, Target: { ...Target, Arn: other(functionArn) } },
      'UnknownOperationException',
      'target of another account or region',
    ],
    [
      "another region's function",
      '/schedules/new',
      { ...schedule, Target: { ...Target, Arn: functionArn.replace('us-east-1', 'eu-west-1') } },
      'UnknownOperationException',
      'target of another account or region',
    ],
    [
      "another account's role",
      '/schedules/new',
      { ...schedule, Target: { ...Target, RoleArn: other(roleArn) } },
      'AccessDeniedException',
      'Cross-account pass role is not allowed.',
    ],
    [
      'a role that is none',
      '/schedules/new',
      { ...schedule, Target: { ...Target, RoleArn: 'scheduler' } },
      'ValidationException',
      "Value 'scheduler' at 'target.roleArn'",
    ],
  ])('refuses %s', async (_, path, body, error, message) => {
    const { account, clock, calls } = await open();
    const refused = await callRest(account, 'scheduler')('POST', path, { body: { ...body, Name: undefined } });
    expect(refused).toMatchObject({ error, message: expect.stringContaining(message) });
    await clock.runToEnd();
    expect([calls(), clock.now()]).toEqual([0, friday]);
  });

  it.each([
    ['a page of nothing', '?MaxResults=0', 'ValidationException', "Value '0' at 'maxResults'"],
    ['a page size that is no number', '?MaxResults=all', 'SerializationException', 'maxResults is no integer'],
    ['a token of its own making', '?NextToken=abc', 'ValidationException', 'Invalid pagination token.'],
    [
      'a filter that it does not know',
      '?Colour=red',
      'UnknownOperationException',
      'Scheduler.ListSchedules parameter Colour',
    ],
  ])('refuses a list with %s', async (_, query, error, message) => {
    const { account } = await open();
    const refused = await callRest(account, 'scheduler')('GET', `/schedules${query}`);
    expect(refused).toMatchObject({ error, message: expect.stringContaining(message) });
  });
});
