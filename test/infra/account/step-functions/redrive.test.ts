import { describe, expect, test } from 'vitest';
import { TaskError } from '../../../../infra/account/step-functions/errors.ts';
import type { JsonObject } from '../../../../infra/account/step-functions/json.ts';
import { createWorld, FUNCTION, happenings, START, type World } from './world.ts';

const DAY = 24 * 3600 * 1000;
const SUBMIT = 'arn:aws:states:::sqs:sendMessage.waitForTaskToken';

/** A task that asks for its own name, and fails as long as `broken` has it. */
const work = (what: string, more: JsonObject = {}) => ({
  Type: 'Task',
  Resource: FUNCTION,
  Arguments: { what },
  Output: '{% $states.result %}',
  ...more,
});
const graph = (states: JsonObject) => ({ StartAt: Object.keys(states)[0], States: states });

interface Broken extends World {
  /** What fails for now. */
  readonly broken: Set<string>;
  /** What the tasks asked for since the last look. */
  asked(): unknown[];
}

function world(...names: string[]): Broken {
  const broken = new Set(names);
  const made = createWorld(({ parameters }) => {
    const { what } = parameters as { what: string };
    if (broken.has(what)) throw new Error(`${what} is broken`);
    return `${what} done`;
  });
  return {
    ...made,
    broken,
    asked: () => made.calls.splice(0).map(({ parameters }) => (parameters as { what: unknown }).what),
  };
}

async function redrive({ stepFunctions, clock, broken }: Broken, executionArn: string): Promise<void> {
  broken.clear();
  await stepFunctions.call('RedriveExecution', { executionArn });
  await clock.settled();
}

describe('a redrive of a Parallel', () => {
  const branches = {
    Both: {
      Type: 'Parallel',
      Branches: [
        graph({ A: work('a', { End: true }) }),
        graph({
          B1: work('b1', { Assign: { kept: '{% $states.result %}' }, Next: 'B2' }),
          B2: work('b2', { Output: '{% [$kept, $states.result] %}', End: true }),
        }),
      ],
      End: true,
    },
  };

  test('repeats the branch that failed, where it failed, and keeps what the others have', async () => {
    const made = world('b2');
    const arn = await made.start(branches);
    expect(await made.describe(arn)).toMatchObject({ status: 'FAILED' });
    expect(made.asked()).toEqual(['a', 'b1', 'b2']);
    await redrive(made, arn);
    expect(made.asked()).toEqual(['b2']);
    expect(await made.output(arn)).toEqual(['a done', ['b1 done', 'b2 done']]);
    const after = (await made.history(arn)).slice(
      (await made.history(arn)).findIndex(({ type }) => type === 'ExecutionRedriven'),
    );
    expect(after[0]).toMatchObject({ executionRedrivenEventDetails: { redriveCount: 1 } });
    expect(happenings(after)).toEqual([
      'ExecutionRedriven',
      'ParallelStateStarted',
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
      'ParallelStateSucceeded',
      'ExecutionSucceeded',
    ]);
  });

  test('does so again and again, and inside another', async () => {
    const outer = {
      Out: { Type: 'Parallel', Branches: [graph({ Z: work('z', { End: true }) }), graph(branches)], End: true },
    };
    const made = world('b1');
    const arn = await made.start(outer);
    made.asked();
    made.broken.add('b2');
    made.broken.delete('b1');
    await made.stepFunctions.call('RedriveExecution', { executionArn: arn });
    await made.clock.settled();
    expect(made.asked()).toEqual(['b1', 'b2']);
    await redrive(made, arn);
    expect(made.asked()).toEqual(['b2']);
    expect(await made.output(arn)).toEqual(['z done', ['a done', ['b1 done', 'b2 done']]]);
    expect(await made.describe(arn)).toMatchObject({ redriveCount: 2 });
  });

  test('goes on with a branch that was aborted', async () => {
    const made = world();
    const arn = await made.start({
      Both: {
        Type: 'Parallel',
        Branches: [
          graph({ A: work('a', { End: true }) }),
          graph({
            Before: work('before', { Next: 'Rest' }),
            Rest: { Type: 'Wait', Seconds: 60, Next: 'B' },
            B: work('b', { End: true }),
          }),
        ],
        End: true,
      },
    });
    await made.stepFunctions.call('StopExecution', { executionArn: arn });
    made.asked();
    await redrive(made, arn);
    await made.clock.runToEnd();
    expect(made.asked()).toEqual(['b']);
    expect(await made.output(arn)).toEqual(['a done', 'b done']);
  });
});

test('a redrive of a Map repeats the iterations that had not finished', async () => {
  const made = world('2');
  const arn = await made.start({
    Each: {
      Type: 'Map',
      Items: ['1', '2', '3', '4'],
      MaxConcurrency: 1,
      ItemProcessor: graph({ Do: { ...work('x'), Arguments: { what: '{% $states.input %}' }, End: true } }),
      End: true,
    },
  });
  expect(made.asked()).toEqual(['1', '2']);
  await redrive(made, arn);
  expect(made.asked()).toEqual(['2', '3', '4']);
  expect(await made.output(arn)).toEqual(['1 done', '2 done', '3 done', '4 done']);
});

test('the context counts the redrives and tells when', async () => {
  const made = world('w');
  const context = '{% [$states.context.Execution.RedriveCount, $states.context.Execution.RedriveTime] %}';
  const arn = await made.start({
    First: { Type: 'Pass', Output: context, Next: 'W' },
    W: work('w', { Output: `{% [$states.input, ${context.slice(2, -2)}] %}`, End: true }),
  });
  await made.clock.advanceTo(START + 1000);
  await redrive(made, arn);
  expect(await made.output(arn)).toEqual([0, [1, new Date(START + 1000).toISOString()]]);
});

test.each([
  ['14 days', 14 * DAY, true],
  ['more', 14 * DAY + 1, false],
])('an execution can be redriven for %s', async (_what, after, possible) => {
  const made = world('w');
  const arn = await made.start({ W: work('w', { End: true }) });
  await made.clock.advanceTo(START + after);
  expect(await made.describe(arn)).toMatchObject({ redriveStatus: possible ? 'REDRIVABLE' : 'NOT_REDRIVABLE' });
  const asked = made.stepFunctions.call('RedriveExecution', { executionArn: arn });
  if (possible) await asked;
  else await expect(asked).rejects.toMatchObject({ name: 'ExecutionNotRedrivable' });
});

describe('an execution that is stopped leaves nothing behind:', () => {
  const token = {
    Type: 'Task',
    Resource: SUBMIT,
    Arguments: { T: '{% $states.context.Task.Token %}' },
    TimeoutSeconds: 50,
    End: true,
  };
  const states: Record<string, JsonObject> = {
    'a wait': { X: { Type: 'Wait', Seconds: 60, End: true } },
    'a task that waits for its token': { X: token },
    'a retry': { X: work('w', { Retry: [{ ErrorEquals: ['States.ALL'] }], End: true }) },
    branches: {
      X: {
        Type: 'Parallel',
        Branches: [graph({ A: token }), graph({ B: { Type: 'Wait', Seconds: 60, End: true } })],
        End: true,
      },
    },
    iterations: { X: { Type: 'Map', Items: [1, 2], ItemProcessor: graph({ A: token }), End: true } },
  };

  test.each(Object.entries(states))('%s', async (_what, definition) => {
    const made = createWorld(({ action }) => {
      if (action === 'invoke') throw new TaskError('Busy');
      return {};
    });
    const arn = await made.start(definition);
    const [waiting] = made.stepFunctions.waitingTasks();
    await made.stepFunctions.call('StopExecution', { executionArn: arn, error: 'E', cause: 'C' });
    expect(made.stepFunctions.waitingTasks()).toEqual([]);
    expect(made.clock.next()).toBeUndefined();
    const events = await made.history(arn);
    expect(events.at(-1)).toMatchObject({
      type: 'ExecutionAborted',
      executionAbortedEventDetails: { error: 'E', cause: 'C' },
    });
    if (waiting !== undefined)
      await expect(
        made.stepFunctions.call('SendTaskSuccess', { taskToken: waiting.taskToken, output: '1' }),
      ).rejects.toMatchObject({ name: 'TaskTimedOut' });
    await made.clock.runToEnd();
    expect(await made.history(arn)).toHaveLength(events.length);
  });

  test('a branch that fails stops the tasks beside it', async () => {
    const made = createWorld();
    const arn = await made.start({
      X: { Type: 'Parallel', Branches: [graph({ A: token }), graph({ B: { Type: 'Fail', Error: 'E' } })], End: true },
    });
    expect(await made.describe(arn)).toMatchObject({ status: 'FAILED', error: 'E' });
    expect(made.stepFunctions.waitingTasks()).toEqual([]);
    expect(made.clock.next()).toBeUndefined();
  });

  test('an execution that it waits for', async () => {
    const made = createWorld();
    const child = await made.start({ Long: { Type: 'Wait', Seconds: 600, End: true } });
    const StateMachineArn = child.replace(':execution:', ':stateMachine:').split(':').slice(0, 7).join(':');
    const Resource = 'arn:aws:states:::states:startExecution.sync:2';
    const parent = await made.start({
      X: { Type: 'Task', Resource, Arguments: { StateMachineArn, Name: 'child' }, End: true },
    });
    await made.stepFunctions.call('StopExecution', { executionArn: parent });
    await made.clock.settled();
    const executionArn = `${StateMachineArn.replace(':stateMachine:', ':execution:')}:child`;
    expect(await made.describe(executionArn)).toMatchObject({ status: 'ABORTED' });
  });
});

test.each([
  ['a Fail without a name', { X: { Type: 'Fail' } }, 'executionFailedEventDetails', {}],
  [
    'a Fail with an empty one',
    { X: { Type: 'Fail', Error: '', Cause: '' } },
    'executionFailedEventDetails',
    { error: '', cause: '' },
  ],
])('%s says just that', async (_what, states, key, details) => {
  const made = createWorld();
  const arn = await made.start(states);
  expect((await made.history(arn)).at(-1)?.[key as 'executionFailedEventDetails']).toEqual(details);
  const { error, cause } = await made.describe(arn);
  expect({ error, cause }).toEqual({ error: undefined, cause: undefined, ...details });
});
