import { describe, expect, test } from 'vitest';
import { TaskError } from '../../../../infra/account/step-functions/errors.ts';
import { createWorld, happenings, START } from './world.ts';

const SECOND = 1000;
const wait = (more: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken',
  Arguments: { TableName: 'handoffs', Token: '{% $states.context.Task.Token %}' },
  Next: 'Done',
  ...more,
});
const done = { Type: 'Succeed' };

describe('a task that waits for a callback', () => {
  test('hands its token out through the context object and ends with the answer', async () => {
    const world = createWorld();
    const arn = await world.start({ Wait: wait(), Done: done });
    const [call] = world.calls;
    expect(call).toMatchObject({ service: 'dynamodb', action: 'updateItem', kind: 'sdk', stateName: 'Wait' });
    expect(call?.parameters).toEqual({ TableName: 'handoffs', Token: call?.taskToken });
    await world.stepFunctions.call('SendTaskSuccess', { taskToken: call?.taskToken, output: '{"choice":"accept"}' });
    await world.clock.settled();
    expect(await world.output(arn)).toEqual({ choice: 'accept' });
    expect(happenings(await world.history(arn))).toEqual([
      'ExecutionStarted',
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
      'ExecutionSucceeded',
    ]);
  });

  test('times out to the second, gets a new token on the next visit, and refuses the late answer', async () => {
    const world = createWorld();
    const arn = await world.start({
      Wait: wait({ TimeoutSeconds: '{% 40 + 2 %}', Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Again' }] }),
      Again: { Type: 'Pass', Next: 'Wait' },
      Done: done,
    });
    const scheduled = (await world.history(arn)).find(({ type }) => type === 'TaskScheduled');
    expect(scheduled?.['taskScheduledEventDetails']).toMatchObject({ timeoutInSeconds: 42 });
    await world.clock.advanceTo(START + 42 * SECOND - 1);
    expect(world.calls).toHaveLength(1);
    await world.clock.advanceTo(START + 42 * SECOND);
    expect(world.calls).toHaveLength(2);
    const [first, second] = world.calls.map(({ taskToken }) => taskToken);
    expect(second).not.toBe(first);
    await expect(world.stepFunctions.call('SendTaskSuccess', { taskToken: first, output: '1' })).rejects.toMatchObject({
      name: 'TaskTimedOut',
      httpStatus: 400,
    });
    await world.stepFunctions.call('SendTaskSuccess', { taskToken: second, output: '"in time"' });
    await world.clock.settled();
    expect(await world.output(arn)).toBe('in time');
    const timedOut = (await world.history(arn)).find(({ type }) => type === 'TaskTimedOut');
    expect(timedOut?.['taskTimedOutEventDetails']).toEqual({
      resourceType: 'aws-sdk:dynamodb',
      resource: 'updateItem.waitForTaskToken',
      error: 'States.Timeout',
    });
  });

  test('refuses a second answer, and a token that was never issued', async () => {
    const world = createWorld();
    await world.start({ Wait: wait(), Done: done });
    const taskToken = world.calls[0]?.taskToken;
    await world.stepFunctions.call('SendTaskSuccess', { taskToken, output: '{}' });
    await expect(world.stepFunctions.call('SendTaskFailure', { taskToken })).rejects.toMatchObject({
      name: 'TaskTimedOut',
    });
    await expect(
      world.stepFunctions.call('SendTaskSuccess', { taskToken: 'made up', output: '{}' }),
    ).rejects.toMatchObject({
      name: 'InvalidToken',
      message: "Invalid Token: 'Invalid token'",
    });
  });

  test('is caught by the name of the failure that was sent', async () => {
    const world = createWorld();
    const arn = await world.start({
      Wait: wait({
        Catch: [
          { ErrorEquals: ['Other'], Next: 'Wrong' },
          { ErrorEquals: ['Handoff.AskAgain'], Output: '{% $states.errorOutput %}', Next: 'Done' },
        ],
      }),
      Wrong: { Type: 'Fail' },
      Done: done,
    });
    await world.stepFunctions.call('SendTaskFailure', {
      taskToken: world.calls[0]?.taskToken,
      error: 'Handoff.AskAgain',
      cause: 'reassigned',
    });
    await world.clock.settled();
    expect(await world.output(arn)).toEqual({ Error: 'Handoff.AskAgain', Cause: 'reassigned' });
  });

  test('a failure without fields reaches the Catch as nulls', async () => {
    const world = createWorld();
    const arn = await world.start({
      Wait: wait({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Done' }] }),
      Done: done,
    });
    await world.stepFunctions.call('SendTaskFailure', { taskToken: world.calls[0]?.taskToken });
    await world.clock.settled();
    expect(await world.output(arn)).toEqual({ Error: null, Cause: null });
  });

  test('heartbeats keep it alive; a missed one is a timeout', async () => {
    const world = createWorld();
    const arn = await world.start({
      Wait: wait({ HeartbeatSeconds: 10, Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Done' }] }),
      Done: done,
    });
    const taskToken = world.calls[0]?.taskToken;
    await world.clock.advanceTo(START + 9 * SECOND);
    await world.stepFunctions.call('SendTaskHeartbeat', { taskToken });
    await world.clock.advanceTo(START + 19 * SECOND - 1);
    expect((await world.describe(arn))['status']).toBe('RUNNING');
    await world.clock.advanceTo(START + 19 * SECOND);
    expect(await world.output(arn)).toEqual({ Error: 'States.Timeout', Cause: null });
  });

  test('an answer that comes before the call has returned is not lost', async () => {
    const world = createWorld(async ({ taskToken }) => {
      await world.stepFunctions.call('SendTaskSuccess', { taskToken, output: '"early"' });
      return {};
    });
    const arn = await world.start({ Wait: wait(), Done: done });
    expect(await world.output(arn)).toBe('early');
    expect(happenings(await world.history(arn)).slice(3, 5)).toEqual(['TaskSubmitted', 'TaskSucceeded']);
  });

  test('a call that is refused is caught by the service’s error name, and its token is spent', async () => {
    const world = createWorld(() => {
      throw new TaskError('DynamoDb.ConditionalCheckFailedException', 'The conditional request failed');
    });
    const arn = await world.start({
      Wait: wait({ Catch: [{ ErrorEquals: ['DynamoDb.ConditionalCheckFailedException'], Next: 'Done' }] }),
      Done: done,
    });
    expect((await world.describe(arn))['status']).toBe('SUCCEEDED');
    expect(world.stepFunctions.waitingTasks()).toEqual([]);
    const taskToken = world.calls[0]?.taskToken;
    await expect(world.stepFunctions.call('SendTaskHeartbeat', { taskToken })).rejects.toMatchObject({
      name: 'TaskTimedOut',
    });
  });

  test('is stopped with its execution: no timer is left and its token is spent', async () => {
    const world = createWorld();
    const executionArn = await world.start({ Wait: wait({ TimeoutSeconds: 60 }), Done: done });
    expect(world.stepFunctions.waitingTasks()).toMatchObject([{ state: 'Wait', deadline: START + 60 * SECOND }]);
    await world.stepFunctions.call('StopExecution', {
      executionArn,
      error: 'Cancelled',
      cause: 'the deal fell through',
    });
    await world.clock.settled();
    expect(await world.describe(executionArn)).toMatchObject({
      status: 'ABORTED',
      error: 'Cancelled',
      cause: 'the deal fell through',
    });
    expect(world.clock.next()).toBeUndefined();
    const taskToken = world.calls[0]?.taskToken;
    await expect(world.stepFunctions.call('SendTaskSuccess', { taskToken, output: '{}' })).rejects.toMatchObject({
      name: 'TaskTimedOut',
    });
    expect((await world.history(executionArn)).at(-1)).toMatchObject({ type: 'ExecutionAborted', previousEventId: 0 });
  });
});
