import { describe, expect, test } from 'vitest';
import type { HistoryEvent } from '../../../../infra/account/step-functions/history.ts';
import { createWorld, FUNCTION, ROLE, START } from './world.ts';

const definition = (states: object, more: object = {}) =>
  JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Only', States: states, ...more });
const waiting = definition({ Only: { Type: 'Wait', Seconds: 60, End: true } });
const create = { name: 'm', definition: waiting, roleArn: ROLE };
const MACHINE = 'arn:aws:states:us-east-1:111111111111:stateMachine:m';

describe('starting', () => {
  test('the same name and input while it runs is the same execution', async () => {
    const { stepFunctions, clock } = createWorld();
    await stepFunctions.call('CreateStateMachine', create);
    const start = { stateMachineArn: MACHINE, name: 'deal-1', input: '{"a":1}' };
    const first = await stepFunctions.call('StartExecution', start);
    await clock.advanceTo(START + 1000);
    expect(await stepFunctions.call('StartExecution', start)).toEqual(first);
    expect(stepFunctions.executions()).toHaveLength(1);
    const refused = {
      name: 'ExecutionAlreadyExists',
      message: `Execution Already Exists: 'arn:aws:states:us-east-1:111111111111:execution:m:deal-1'`,
    };
    await expect(stepFunctions.call('StartExecution', { ...start, input: '{"a":2}' })).rejects.toMatchObject(refused);
    await clock.runToEnd();
    await expect(stepFunctions.call('StartExecution', start)).rejects.toMatchObject(refused);
  });

  test('a running execution keeps the definition it was started with', async () => {
    const { stepFunctions, clock } = createWorld();
    await stepFunctions.call('CreateStateMachine', create);
    await stepFunctions.call('StartExecution', { stateMachineArn: MACHINE, name: 'old' });
    const newer = definition({ Only: { Type: 'Pass', Output: 'new', End: true } });
    await stepFunctions.call('UpdateStateMachine', { stateMachineArn: MACHINE, definition: newer });
    await stepFunctions.call('StartExecution', { stateMachineArn: MACHINE, name: 'new' });
    await clock.runToEnd();
    const output = async (name: string) =>
      (await stepFunctions.call('DescribeExecution', {
        executionArn: `arn:aws:states:us-east-1:111111111111:execution:m:${name}`,
      })) as object;
    expect(await output('old')).toMatchObject({ output: '{}' });
    expect(await output('new')).toMatchObject({ output: '"new"' });
  });

  test.each([
    [{ name: 'two words' }, 'InvalidName'],
    [{ name: 'x'.repeat(81) }, 'ValidationException'],
    [{ input: 'not json' }, 'InvalidExecutionInput'],
    [{ input: JSON.stringify('x'.repeat(262_144)) }, 'ValidationException'],
    [{ stateMachineArn: 'm' }, 'InvalidArn'],
    [{ stateMachineArn: MACHINE.replace(/m$/, 'other') }, 'StateMachineDoesNotExist'],
  ])('refuses %o', async (change, name) => {
    const { stepFunctions } = createWorld();
    await stepFunctions.call('CreateStateMachine', create);
    await expect(stepFunctions.call('StartExecution', { stateMachineArn: MACHINE, ...change })).rejects.toMatchObject({
      name,
    });
  });

  test('a JSONPath definition can be created but not run, and says which field is to blame', async () => {
    const { stepFunctions } = createWorld();
    const jsonPath = JSON.stringify({
      StartAt: 'Only',
      States: { Only: { Type: 'Pass', ResultPath: '$.x', End: true } },
    });
    await stepFunctions.call('CreateStateMachine', { ...create, definition: jsonPath });
    await expect(stepFunctions.call('StartExecution', { stateMachineArn: MACHINE })).rejects.toMatchObject({
      name: 'NotEmulated',
      message: expect.stringContaining("state 'Only': ResultPath"),
    });
  });

  test('an action that is not emulated is refused with its name', async () => {
    const { stepFunctions } = createWorld();
    await expect(stepFunctions.call('CreateActivity', {})).rejects.toMatchObject({
      name: 'NotEmulated',
      message: expect.stringContaining('CreateActivity'),
    });
  });
});

describe('listing', () => {
  test('newest first, by status, in pages', async () => {
    const { stepFunctions, clock } = createWorld();
    await stepFunctions.call('CreateStateMachine', create);
    for (let index = 1; index <= 5; index += 1) {
      await stepFunctions.call('StartExecution', { stateMachineArn: MACHINE, name: `e${index}` });
    }
    await stepFunctions.call('StopExecution', { executionArn: 'arn:aws:states:us-east-1:111111111111:execution:m:e2' });
    await clock.settled();
    const list = async (params: object) =>
      (await stepFunctions.call('ListExecutions', { stateMachineArn: MACHINE, ...params })) as {
        executions: { name: string }[];
        nextToken?: string;
      };
    const names = ({ executions }: { executions: { name: string }[] }) => executions.map(({ name }) => name);
    const first = await list({ maxResults: 3 });
    expect(names(first)).toEqual(['e5', 'e4', 'e3']);
    expect(names(await list({ maxResults: 3, nextToken: first.nextToken }))).toEqual(['e2', 'e1']);
    expect(names(await list({ statusFilter: 'ABORTED' }))).toEqual(['e2']);
  });

  test('a long history comes in pages, forwards and backwards, with every event once', async () => {
    const world = createWorld();
    const states = Object.fromEntries(
      Array.from({ length: 80 }, (_, index) => [
        `S${index}`,
        { Type: 'Pass', ...(index === 79 ? { End: true } : { Next: `S${index + 1}` }) },
      ]),
    );
    const executionArn = await world.start(states);
    for (const reverseOrder of [false, true]) {
      const ids: number[] = [];
      let nextToken: string | undefined;
      do {
        const page = (await world.stepFunctions.call('GetExecutionHistory', {
          executionArn,
          reverseOrder,
          nextToken,
        })) as { events: HistoryEvent[]; nextToken?: string };
        ids.push(...page.events.map(({ id }) => id));
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
      const inOrder = Array.from({ length: 162 }, (_, index) => index + 1);
      expect(ids).toEqual(reverseOrder ? inOrder.toReversed() : inOrder);
    }
  });
});

describe('limits', () => {
  test('a result above 256 KiB fails the task with States.DataLimitExceeded', async () => {
    const world = createWorld(() => 'ä'.repeat(131_072));
    const arn = await world.start({ Big: { Type: 'Task', Resource: FUNCTION, End: true } });
    expect(await world.describe(arn)).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
    const fits = createWorld(() => 'ä'.repeat(131_071));
    const small = await fits.start({ Big: { Type: 'Task', Resource: FUNCTION, End: true } });
    expect(await fits.describe(small)).toMatchObject({ status: 'SUCCEEDED' });
  });

  test('an output above 256 KiB fails the state', async () => {
    const world = createWorld();
    const arn = await world.start({ Big: { Type: 'Pass', Output: "{% $pad('', 262143, 'x') %}", End: true } });
    expect(await world.describe(arn)).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  test('a history ends with event 25,000', async () => {
    const world = createWorld();
    const arn = await world.start(
      {
        Loop: { Type: 'Choice', Choices: [{ Condition: '{% $states.input.stop %}', Next: 'End' }], Default: 'Again' },
        Again: { Type: 'Pass', Next: 'Loop' },
        End: { Type: 'Succeed' },
      },
      { input: { stop: false } },
    );
    expect(world.stepFunctions.execution(arn)).toMatchObject({ status: 'FAILED', eventCount: 25_000 });
    expect((await world.describe(arn))['cause']).toContain('maximum number of history events');
  });

  test('with keepClosed, the oldest closed executions are forgotten and open ones are not', async () => {
    const { stepFunctions, clock } = createWorld(undefined, { keepClosed: 2 });
    await stepFunctions.call('CreateStateMachine', create);
    for (let index = 1; index <= 4; index += 1)
      await stepFunctions.call('StartExecution', { stateMachineArn: MACHINE, name: `e${index}` });
    await clock.runToEnd();
    await stepFunctions.call('StartExecution', { stateMachineArn: MACHINE, name: 'open' });
    expect(stepFunctions.executions().map(({ name }) => name)).toEqual(['e3', 'e4', 'open']);
  });
});

describe('definitions', () => {
  test.each([
    [{ Only: { Type: 'Pass', Next: 'Nowhere' } }, 'MISSING_TRANSITION_TARGET'],
    [{ Only: { Type: 'Pass' } }, "['Next', 'End']"],
    [{ Only: { Type: 'Sleep', End: true } }, "'Type'"],
    [{ Only: { Type: 'Pass', Output: '{% $states. %}', End: true } }, 'INVALID_JSONATA_EXPRESSION'],
    [{ Only: { Type: 'Pass', Parameters: {}, End: true } }, "'Parameters'"],
    [{ Only: { Type: 'Pass', End: true }, Lost: { Type: 'Pass', End: true } }, 'not reachable'],
    [{ Only: { Type: 'Task', End: true } }, '[Resource]'],
    [
      { Only: { Type: 'Task', Resource: FUNCTION, TimeoutSeconds: 5, HeartbeatSeconds: 5, End: true } },
      'HeartbeatSeconds',
    ],
    [{ ['x'.repeat(81)]: { Type: 'Pass', End: true } }, '80'],
  ])('%o is refused', async (states, message) => {
    const { stepFunctions } = createWorld();
    const [StartAt] = Object.keys(states);
    await expect(
      stepFunctions.call('CreateStateMachine', { ...create, definition: definition(states, { StartAt }) }),
    ).rejects.toMatchObject({ name: 'InvalidDefinition', message: expect.stringContaining(message) });
  });
});

test('a failed execution is redriven from the state that failed', async () => {
  let broken = true;
  const world = createWorld(() => {
    if (broken) throw new Error('a bug in the emulator');
    return 'repaired';
  });
  const executionArn = await world.start({
    First: { Type: 'Pass', Output: 'once', Next: 'Work' },
    Work: {
      Type: 'Task',
      Resource: FUNCTION,
      Output: '{% [$states.input, $states.result] %}',
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'First' }],
      End: true,
    },
  });
  expect(await world.describe(executionArn)).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: 'Error: a bug in the emulator',
    redriveStatus: 'REDRIVABLE',
  });
  broken = false;
  await world.stepFunctions.call('RedriveExecution', { executionArn });
  await world.clock.settled();
  expect(await world.output(executionArn)).toEqual(['once', 'repaired']);
  expect(await world.describe(executionArn)).toMatchObject({ redriveCount: 1 });
});
