import { describe, expect, test } from 'vitest';
import { TaskError } from '../../../../infra/account/step-functions/errors.ts';
import { createWorld, FUNCTION, happenings, START } from './world.ts';

const branch = (name: string, ...states: object[]) => ({
  StartAt: `${name} 1`,
  States: Object.fromEntries(
    states.map((state, index) => [
      `${name} ${index + 1}`,
      index === states.length - 1 ? { ...state, End: true } : { ...state, Next: `${name} ${index + 2}` },
    ]),
  ),
});

describe('Parallel', () => {
  test('branches read the outer variables, keep their own, and the outer ones stay as they were', async () => {
    const world = createWorld();
    const arn = await world.start({
      Begin: { Type: 'Pass', Assign: { shared: 1 }, Next: 'Both' },
      Both: {
        Type: 'Parallel',
        Branches: [
          branch(
            'Left',
            { Type: 'Pass', Assign: { own: '{% $shared + 1 %}' } },
            { Type: 'Pass', Output: '{% $own %}' },
          ),
          branch('Right', { Type: 'Wait', Seconds: 5 }, { Type: 'Pass', Output: '{% $exists($own) %}' }),
        ],
        Assign: { results: '{% $states.result %}' },
        Next: 'End',
      },
      End: {
        Type: 'Pass',
        Output: { shared: '{% $shared %}', results: '{% $results %}', own: '{% $exists($own) %}' },
        End: true,
      },
    });
    await world.clock.runToEnd();
    expect(await world.output(arn)).toEqual({ shared: 1, results: [2, false], own: false });
  });

  test('an inner scope may not assign a variable of the outer one', async () => {
    const world = createWorld();
    const inner = {
      Begin: { Type: 'Pass', Assign: { x: 1 }, Next: 'Both' },
      Both: { Type: 'Parallel', Branches: [branch('In', { Type: 'Pass', Assign: { x: 2 } })], End: true },
    };
    await expect(world.start(inner)).rejects.toMatchObject({
      name: 'InvalidDefinition',
      message: expect.stringContaining("'x'"),
    });
  });

  test('the first failure stops the other branches, and the history says so', async () => {
    const world = createWorld(() => {
      throw new TaskError('Broken', 'no luck');
    });
    const arn = await world.start({
      Both: {
        Type: 'Parallel',
        Branches: [
          branch('Slow', { Type: 'Wait', Seconds: 3600 }),
          branch('Bad', { Type: 'Task', Resource: FUNCTION }),
        ],
        Catch: [{ ErrorEquals: ['Broken'], Next: 'Caught' }],
        End: true,
      },
      Caught: { Type: 'Pass', End: true },
    });
    expect(await world.output(arn)).toEqual({ Error: 'Broken', Cause: 'no luck' });
    expect(world.clock.next()).toBeUndefined();
    const events = await world.history(arn);
    expect(happenings(events)).toEqual([
      'ExecutionStarted',
      'ParallelStateStarted',
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionFailed',
      'WaitStateAborted',
      'TaskStateAborted',
      'ParallelStateFailed',
      'ExecutionSucceeded',
    ]);
    const failed = events.find(({ type }) => type === 'LambdaFunctionFailed');
    expect(events.find(({ type }) => type === 'ParallelStateFailed')?.previousEventId).toBe(failed?.id);
  });

  test('what stood in a branch of a branch is noted before the branch itself', async () => {
    const world = createWorld(() => {
      throw new TaskError('Broken', 'no luck');
    });
    const inner = {
      Type: 'Parallel',
      Branches: [branch('Inner', { Type: 'Wait', Seconds: 3600 })],
    };
    const arn = await world.start({
      Both: {
        Type: 'Parallel',
        Branches: [branch('Outer', inner), branch('Bad', { Type: 'Task', Resource: FUNCTION })],
        Catch: [{ ErrorEquals: ['Broken'], Next: 'Caught' }],
        End: true,
      },
      Caught: { Type: 'Pass', End: true },
    });
    expect(world.clock.next()).toBeUndefined();
    expect(happenings(await world.history(arn)).filter((type) => type.endsWith('Aborted'))).toEqual([
      'WaitStateAborted',
      'ParallelStateAborted',
      'TaskStateAborted',
    ]);
  });

  test('a stopped branch does not go on when its call comes back', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const world = createWorld(({ stateName }) =>
      stateName === 'Slow 1' ? promise : Promise.reject(new TaskError('Broken')),
    );
    const started = world.start({
      Both: {
        Type: 'Parallel',
        Branches: [
          branch('Slow', { Type: 'Task', Resource: FUNCTION }, { Type: 'Pass' }),
          branch('Bad', { Type: 'Task', Resource: FUNCTION }),
        ],
        End: true,
      },
    });
    await new Promise((next) => setImmediate(next));
    resolve('late');
    const arn = await started;
    const events = await world.history(arn);
    expect(events.at(-1)?.type).toBe('ExecutionFailed');
    expect(events.filter(({ type }) => type === 'LambdaFunctionSucceeded')).toEqual([]);
  });
});

test('a branch that is stopped in the middle of an evaluation writes nothing more', async () => {
  const world = createWorld();
  const arn = await world.start({
    Both: {
      Type: 'Parallel',
      Branches: [
        branch('Busy', { Type: 'Pass', Output: '{% $sum($map([1..200], function($n) { $n * 2 })) %}' }),
        branch('Bad', { Type: 'Fail', Error: 'Stop' }),
      ],
      End: true,
    },
  });
  const events = await world.history(arn);
  expect(events.at(-1)?.type).toBe('ExecutionFailed');
  expect(events.filter(({ type }) => type === 'PassStateExited')).toEqual([]);
});

describe('Map', () => {
  const each = {
    StartAt: 'Item',
    States: { Item: { Type: 'Wait', Seconds: '{% $states.input.wait %}', Output: '{% $states.input %}', End: true } },
  };

  test('keeps the order of the items and runs no more than MaxConcurrency at once', async () => {
    const world = createWorld();
    const arn = await world.start(
      {
        Each: {
          Type: 'Map',
          Items: '{% $states.input.waits %}',
          ItemSelector: { wait: '{% $states.context.Map.Item.Value %}', at: '{% $states.context.Map.Item.Index %}' },
          MaxConcurrency: 2,
          ItemProcessor: each,
          End: true,
        },
      },
      { input: { waits: [30, 10, 10, 5] } },
    );
    await world.clock.runToEnd();
    expect(await world.output(arn)).toEqual([
      { wait: 30, at: 0 },
      { wait: 10, at: 1 },
      { wait: 10, at: 2 },
      { wait: 5, at: 3 },
    ]);
    expect(world.clock.now()).toBe(START + 30_000);
    const ended = (await world.history(arn)).filter(({ type }) => type === 'MapIterationSucceeded');
    expect(ended.map((event) => event['mapIterationSucceededEventDetails']?.['index'])).toEqual([1, 2, 3, 0]);
  });

  test('a failing iteration stops the others', async () => {
    const world = createWorld();
    const processor = {
      StartAt: 'Check',
      States: {
        Check: { Type: 'Choice', Choices: [{ Condition: '{% $states.input = 2 %}', Next: 'Bad' }], Default: 'Slow' },
        Bad: { Type: 'Fail', Error: 'Two', Cause: 'is not liked' },
        Slow: { Type: 'Wait', Seconds: 60, End: true },
      },
    };
    const arn = await world.start({ Each: { Type: 'Map', Items: [1, 2, 3], ItemProcessor: processor, End: true } });
    expect(await world.describe(arn)).toMatchObject({ status: 'FAILED', error: 'Two', cause: 'is not liked' });
    expect(happenings(await world.history(arn)).filter((type) => /Failed|Aborted/.test(type))).toEqual([
      'WaitStateAborted',
      'MapIterationAborted',
      'MapIterationFailed',
      'WaitStateAborted',
      'MapIterationAborted',
      'MapStateFailed',
      'ExecutionFailed',
    ]);
  });

  test('iterations keep their variables to themselves', async () => {
    const world = createWorld();
    const processor = {
      StartAt: 'Set',
      States: {
        Set: { Type: 'Pass', Assign: { mine: '{% $states.input %}' }, Output: '{% $exists($mine) %}', Next: 'Get' },
        Get: { Type: 'Pass', Output: { before: '{% $states.input %}', mine: '{% $mine %}' }, End: true },
      },
    };
    const arn = await world.start({
      Each: { Type: 'Map', Items: [1, 2], MaxConcurrency: 1, ItemProcessor: processor, Next: 'After' },
      After: { Type: 'Pass', Output: { results: '{% $states.input %}', leaked: '{% $exists($mine) %}' }, End: true },
    });
    expect(await world.output(arn)).toEqual({
      results: [
        { before: false, mine: 1 },
        { before: false, mine: 2 },
      ],
      leaked: false,
    });
  });

  test('is retried as a whole', async () => {
    let failures = 1;
    const world = createWorld(() => {
      failures -= 1;
      if (failures >= 0) throw new TaskError('Once');
      return 'ok';
    });
    const processor = { StartAt: 'Do', States: { Do: { Type: 'Task', Resource: FUNCTION, End: true } } };
    const arn = await world.start({
      Each: { Type: 'Map', Items: [1], ItemProcessor: processor, Retry: [{ ErrorEquals: ['Once'] }], End: true },
    });
    await world.clock.runToEnd();
    expect(await world.output(arn)).toEqual(['ok']);
    expect((await world.history(arn)).filter(({ type }) => type === 'MapStateStarted')).toHaveLength(2);
  });
});
