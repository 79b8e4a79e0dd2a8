import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TaskError } from '../../../../infra/account/step-functions/errors.ts';
import { retrierDelay } from '../../../../infra/account/step-functions/retry.ts';
import { parseTimestamp } from '../../../../infra/account/step-functions/states/simple.ts';
import { createWorld, FUNCTION, happenings, START } from './world.ts';

const DAY = 24 * 3600 * 1000;

describe('Wait', () => {
  test('waits 30 days to the millisecond', async () => {
    const world = createWorld();
    const arn = await world.start({ Month: { Type: 'Wait', Seconds: 30 * 24 * 3600, End: true } });
    await world.clock.advanceTo(START + 30 * DAY - 1);
    expect((await world.describe(arn))['status']).toBe('RUNNING');
    await world.clock.advanceTo(START + 30 * DAY);
    expect(await world.describe(arn)).toMatchObject({ status: 'SUCCEEDED', stopDate: (START + 30 * DAY) / 1000 });
  });

  test('waits until a timestamp that an expression gives, with its offset', async () => {
    const world = createWorld();
    const arn = await world.start(
      { Until: { Type: 'Wait', Timestamp: '{% $states.input.at %}', End: true } },
      { input: { at: '2026-03-09T10:00:00.250+01:00' } },
    );
    await world.clock.runToEnd();
    expect((await world.describe(arn))['stopDate']).toBe(Date.UTC(2026, 2, 9, 9, 0, 0, 250) / 1000);
  });

  test('does not wait for a time that has passed', async () => {
    const world = createWorld();
    const arn = await world.start({ Past: { Type: 'Wait', Timestamp: '2016-03-14T01:59:00Z', End: true } });
    expect((await world.describe(arn))['status']).toBe('SUCCEEDED');
  });

  test.each([
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-01',
    '2026-01-01T10:00:00',
    '2026-01-01T24:00:00Z',
    'soon',
  ])('refuses the timestamp %s', (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });

  test('reads every ISO time that JavaScript writes', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1970-01-01'), max: new Date('2999-12-31'), noInvalidDate: true }),
        (date) => {
          expect(parseTimestamp(date.toISOString())).toBe(date.getTime());
        },
      ),
    );
  });
});

describe('Retry', () => {
  const retrier = {
    errors: ['Busy'],
    intervalSeconds: 2,
    maxAttempts: 5,
    backoffRate: 3,
    maxDelaySeconds: 20,
    jitter: false,
  };

  test('grows the delay and caps it', () => {
    expect([0, 1, 2, 3].map((used) => retrierDelay(retrier, used, () => 0.5))).toEqual([2000, 6000, 18_000, 20_000]);
  });

  test('full jitter lies anywhere between zero and the delay', () => {
    const delays = [0, 0.25, 0.999].map((chance) => retrierDelay({ ...retrier, jitter: true }, 1, () => chance));
    expect(delays).toEqual([0, 1500, 5994]);
  });

  test('attempts are made at the exact times, then the failure goes on', async () => {
    const world = createWorld(() => {
      throw new TaskError('Busy', 'later');
    });
    const arn = await world.start({
      Try: {
        Type: 'Task',
        Resource: FUNCTION,
        Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 3 }],
        End: true,
      },
    });
    await world.clock.runToEnd();
    expect(world.calls.map(({ at, retryCount }) => [(at - START) / 1000, retryCount])).toEqual([
      [0, 0],
      [2, 1],
      [8, 2],
      [26, 3],
    ]);
    expect(await world.describe(arn)).toMatchObject({ status: 'FAILED', error: 'Busy', cause: 'later' });
    expect(world.stepFunctions.execution(arn)?.transitions).toBe(4);
  });

  test('the first retrier that matches decides, and each counts for itself', async () => {
    const errors = ['A', 'B', 'A', 'B'];
    const world = createWorld(({ retryCount }) => {
      const error = errors[retryCount];
      if (error !== undefined) throw new TaskError(error);
      return 'done';
    });
    const arn = await world.start({
      Try: {
        Type: 'Task',
        Resource: FUNCTION,
        Retry: [
          { ErrorEquals: ['A'], IntervalSeconds: 1, BackoffRate: 1, MaxAttempts: 2 },
          { ErrorEquals: ['States.ALL'], IntervalSeconds: 10, BackoffRate: 1, MaxAttempts: 2 },
        ],
        End: true,
      },
    });
    await world.clock.runToEnd();
    expect(await world.output(arn)).toBe('done');
    expect(world.clock.now()).toBe(START + 22_000);
  });

  test('States.TaskFailed does not match a timeout', async () => {
    const world = createWorld(() => world.clock.sleep(START + 60_000));
    const arn = await world.start({
      Slow: {
        Type: 'Task',
        Resource: FUNCTION,
        TimeoutSeconds: 5,
        Retry: [{ ErrorEquals: ['States.TaskFailed'] }],
        Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'Wrong' }],
        End: true,
      },
      Wrong: { Type: 'Succeed' },
    });
    await world.clock.runToEnd();
    expect(await world.describe(arn)).toMatchObject({
      status: 'FAILED',
      error: 'States.Timeout',
      stopDate: (START + 5000) / 1000,
    });
    expect(happenings(await world.history(arn))).toContain('LambdaFunctionTimedOut');
  });
});

describe('the whole execution', () => {
  test('is TIMED_OUT by the machine’s own timeout, which cannot be caught', async () => {
    const world = createWorld();
    const arn = await world.start(
      { Long: { Type: 'Wait', Seconds: 60, End: true } },
      { machine: { TimeoutSeconds: 5 } },
    );
    await world.clock.runToEnd();
    expect(await world.describe(arn)).toMatchObject({ status: 'TIMED_OUT', stopDate: (START + 5000) / 1000 });
    expect(world.clock.now()).toBe(START + 5000);
  });

  test('is ended after a year', async () => {
    const world = createWorld();
    const arn = await world.start({ Long: { Type: 'Wait', Seconds: 400 * 24 * 3600, End: true } });
    await world.clock.runToEnd();
    expect(await world.describe(arn)).toMatchObject({ status: 'TIMED_OUT', stopDate: (START + 365 * DAY) / 1000 });
  });
});
