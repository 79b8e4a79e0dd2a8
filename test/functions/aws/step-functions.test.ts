import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { CreateStateMachineCommand, DescribeExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { schedules } from '../../../functions/aws/scheduler.ts';
import { executions, taskTokens } from '../../../functions/aws/step-functions.ts';
import { ServiceUnavailable } from '../../../functions/ports/errors.ts';
import { inProcessSettings } from '../../../infra/account/clients.ts';
import { createRequestHandler } from '../../../infra/account/wire/in-process.ts';
import { openAccount } from '../../infra/account/open-account.ts';

/** A state machine that waits for a token for an hour, and ends as `again` when it is asked to, as `read` when it is to read. */
const waiting = {
  QueryLanguage: 'JSONata',
  StartAt: 'Wait for an answer',
  States: {
    'Wait for an answer': {
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken',
      Arguments: {
        TableName: 'answers',
        Key: { pk: { S: '{% $states.context.Execution.Input.handoffId %}' } },
        UpdateExpression: 'SET taskToken = :token',
        ExpressionAttributeValues: { ':token': { S: '{% $states.context.Task.Token %}' } },
      },
      TimeoutSeconds: 3600,
      Catch: [
        { ErrorEquals: ['Handoff.AskAgain'], Next: 'Again' },
        { ErrorEquals: ['Handoff.ReadAnswer'], Next: 'Read' },
      ],
      Output: 'on',
      End: true,
    },
    Again: { Type: 'Succeed', Output: 'again' },
    Read: { Type: 'Succeed', Output: 'read' },
  },
};

async function openMachine() {
  const { account, clients, clock } = await openAccount();
  await clients.dynamodb.send(
    new CreateTableCommand({
      TableName: 'answers',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    }),
  );
  const { stateMachineArn = '' } = await clients.sfn.send(
    new CreateStateMachineCommand({
      name: 'waiting',
      roleArn: 'arn:aws:iam::111111111111:role/waiting',
      definition: JSON.stringify(waiting),
    }),
  );
  const arnOf = (id: string) => `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${id}`;
  return {
    clock,
    tokens: taskTokens(clients.sfn),
    executions: executions(clients.sfn, stateMachineArn),
    token: () => account.stepFunctions.waitingTasks()[0]?.taskToken ?? 'none',
    describe: (id: string) => clients.sfn.send(new DescribeExecutionCommand({ executionArn: arnOf(id) })),
    count: () => account.stepFunctions.executions().length,
  };
}

describe('executions', () => {
  it('start once for a handoff, with its id as the only input', async () => {
    const { executions, clock, describe, count } = await openMachine();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => executions.start('D-1-1')));
    await clock.settled();
    expect(count()).toBe(1);
    expect(outcomes).toContain('started');
    expect(JSON.parse((await describe('D-1-1')).input ?? '')).toEqual({ handoffId: 'D-1-1' });
  });

  it('are not started again once they have ended', async () => {
    const { executions, clock, tokens, token, describe, count } = await openMachine();
    await executions.start('D-1-1');
    await clock.settled();
    await tokens.wake(token(), { goesOn: true });
    await clock.settled();
    expect((await describe('D-1-1')).status).toBe('SUCCEEDED');
    expect(await executions.start('D-1-1')).toBe('exists');
    expect(count()).toBe(1);
  });

  it('stop with the reason, however long it is', async () => {
    const { executions, clock, describe } = await openMachine();
    await executions.start('D-1-1');
    await clock.settled();
    await executions.stop('D-1-1', `Deal lost: ${'x'.repeat(40_000)}`);
    expect(await describe('D-1-1')).toMatchObject({
      status: 'ABORTED',
      error: 'Handoff.Cancelled',
      cause: expect.stringMatching(/^Deal lost: x+$/),
    });
  });

  it('have no alias in their name, whatever the machine was started through', async () => {
    const client = new SFNClient({ region: 'eu-central-1' });
    const stopped: unknown[] = [];
    client.middlewareStack.add(
      () =>
        async ({ input }) => {
          stopped.push(input);
          return { output: {}, response: {} } as never;
        },
      { step: 'initialize' },
    );
    const machine = 'arn:aws:states:eu-central-1:111111111111:stateMachine:handoff-production';
    for (const arn of [machine, `${machine}:live`, `${machine}:7`]) await executions(client, arn).stop('D-1-1', 'lost');
    expect(stopped).toMatchObject(
      Array(3).fill({ executionArn: 'arn:aws:states:eu-central-1:111111111111:execution:handoff-production:D-1-1' }),
    );
  });

  it('can be stopped again, and when there are none', async () => {
    const { executions, clock, describe } = await openMachine();
    await executions.start('D-1-1');
    await clock.settled();
    await executions.stop('D-1-1', 'first');
    await executions.stop('D-1-1', 'second');
    await executions.stop('D-2-1', 'never started');
    expect((await describe('D-1-1')).cause).toBe('first');
  });
});

describe('what keeps executions and reminders', () => {
  const answering = (status: number, name: string) => ({
    identity: { accountId: '111111111111', region: 'us-east-1' },
    requestHandler: () =>
      createRequestHandler(async () => ({
        status,
        headers: { 'x-amzn-errortype': name },
        body: Buffer.from(JSON.stringify({ __type: name, message: name })),
      })),
  });
  const machine = 'arn:aws:states:us-east-1:111111111111:stateMachine:handoff';
  const reminders = { group: 'g', target: 'arn:t', role: 'arn:r', deadLetters: 'arn:d' };
  const reminder = { name: 'n', at: '2027-01-04T09:00:00Z', input: {} } as never;
  const calls = (status: number, name: string): Promise<unknown>[] => {
    const account = answering(status, name);
    const sfn = new SFNClient(inProcessSettings(account, 'states'));
    const scheduler = new SchedulerClient(inProcessSettings(account, 'scheduler'));
    const kept = schedules(scheduler, reminders);
    return [
      executions(sfn, machine).start('D-1-1'),
      executions(sfn, machine).stop('D-1-1', 'lost'),
      taskTokens(sfn).wake('token', { goesOn: true }),
      taskTokens(sfn).askAgain('token'),
      kept.put(reminder),
      kept.remove('n'),
    ];
  };

  it.each([
    [400, 'ThrottlingException'],
    [500, 'InternalServerException'],
    [503, 'ServiceUnavailable'],
  ])('is unavailable for the moment: %i %s', async (status, name) => {
    for (const call of calls(status, name)) await expect(call).rejects.toThrow(ServiceUnavailable);
  });

  it('is unavailable for the moment to one of two who change a reminder at once', async () => {
    const scheduler = new SchedulerClient(inProcessSettings(answering(409, 'ConflictException'), 'scheduler'));
    const kept = schedules(scheduler, reminders);
    await expect(kept.put(reminder)).rejects.toThrow(ServiceUnavailable);
    await expect(kept.remove('n')).rejects.toThrow(ServiceUnavailable);
  });

  it('is not unavailable to whoever lacks a permission', async () => {
    for (const call of calls(400, 'AccessDeniedException'))
      await expect(call).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

describe('task tokens', () => {
  it('let the execution go on, once', async () => {
    const { executions, clock, tokens, token, describe } = await openMachine();
    await executions.start('D-1-1');
    await clock.settled();
    const given = token();
    expect(await tokens.wake(given, { goesOn: true })).toBe('woken');
    await clock.settled();
    expect((await describe('D-1-1')).status).toBe('SUCCEEDED');
    expect(await tokens.wake(given, { goesOn: true })).toBe('gone');
    expect(await tokens.askAgain(given)).toBe('gone');
  });

  // What stands before a token in the records says how the state behind it wants to be told.
  it.each([
    ['', true, 'on'],
    ['', false, 'on'],
    ['goes-on:', true, 'on'],
    ['goes-on:', false, 'read'],
    ['is-read:', true, 'read'],
    ['is-read:', false, 'read'],
  ])('are told an answer as the state wants it: "%s", goes on %s', async (before, goesOn, output) => {
    const { executions, clock, tokens, token, describe } = await openMachine();
    await executions.start('D-1-1');
    await clock.settled();
    expect(await tokens.wake(`${before}${token()}`, { goesOn })).toBe('woken');
    await clock.settled();
    expect(await describe('D-1-1')).toMatchObject({ status: 'SUCCEEDED', output: JSON.stringify(output) });
  });

  it.each(['', 'goes-on:', 'is-read:'])('let the execution ask again: "%s"', async (before) => {
    const { executions, clock, tokens, token, describe } = await openMachine();
    await executions.start('D-1-1');
    await clock.settled();
    expect(await tokens.askAgain(`${before}${token()}`)).toBe('woken');
    await clock.settled();
    expect(await describe('D-1-1')).toMatchObject({ status: 'SUCCEEDED', output: '"again"' });
  });

  it('do no harm when they have timed out, belong to a stopped execution or to nobody', async () => {
    const { executions, clock, tokens, token } = await openMachine();
    await executions.start('D-1-1');
    await executions.start('D-2-1');
    await clock.settled();
    const given = token();
    await executions.stop('D-1-1', 'cancelled');
    expect(await tokens.wake(given, { goesOn: true })).toBe('gone');
    const other = token();
    await clock.advanceTo(clock.now() + 3_600_000);
    expect(await tokens.wake(other, { goesOn: true })).toBe('gone');
    expect(await tokens.wake('no token at all', { goesOn: true })).toBe('gone');
    expect(await tokens.askAgain('no token at all')).toBe('gone');
  });
});
