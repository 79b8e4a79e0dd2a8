import { describe, expect, test } from 'vitest';
import { createWorld, FUNCTION, ROLE } from './world.ts';

const INPUT = { n: 1 };
const input = JSON.stringify(INPUT);
const json = JSON.stringify;

const jsonata = (state: object) => json({ QueryLanguage: 'JSONata', End: true, ...state });
const invoke = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName: 'f' } };
const retry = {
  Retry: [
    { ErrorEquals: ['Other'], MaxAttempts: 1 },
    { ErrorEquals: ['Broken'], IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 5 },
  ],
};
const caught = {
  Catch: [
    { ErrorEquals: ['Other'], Next: 'A' },
    { ErrorEquals: ['States.ALL'], Next: 'B' },
  ],
};
const broken = { errorOutput: { error: 'Broken', cause: 'why' } };
const processor = { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } };

function ask(params: object, perform?: () => unknown): Promise<unknown> {
  return createWorld(perform).stepFunctions.call('TestState', { roleArn: ROLE, input, ...params });
}

describe('what a state saw', () => {
  test.each([
    [
      'a Pass',
      json({ Type: 'Pass', End: true }),
      ['afterInputPath', 'afterParameters', 'afterResultSelector', 'afterResultPath'],
    ],
    ['a Succeed', json({ Type: 'Succeed' }), ['afterInputPath']],
    ['a Pass of JSONata', jsonata({ Type: 'Pass' }), []],
    ['a Wait, at once', jsonata({ Type: 'Wait', Seconds: 299 }), []],
  ])('%s has its input at every stage of its language', async (_what, definition, stages) => {
    expect(await ask({ definition, inspectionLevel: 'DEBUG' })).toEqual({
      status: 'SUCCEEDED',
      output: input,
      inspectionData: { input, ...Object.fromEntries(stages.map((stage) => [stage, input])) },
    });
  });

  test('a Pass with a Result has that', async () => {
    const result = '{"r":1}';
    expect(
      await ask({ definition: json({ Type: 'Pass', Result: { r: 1 }, Next: 'N' }), inspectionLevel: 'TRACE' }),
    ).toEqual({
      status: 'SUCCEEDED',
      output: result,
      nextState: 'N',
      inspectionData: { input, result, afterResultSelector: result, afterResultPath: result },
    });
  });

  test('a Task has its arguments and its result', async () => {
    const definition = jsonata({ ...invoke, Output: '{% $states.result.ok %}' });
    expect(await ask({ definition, mock: { result: '{"ok":true}' }, inspectionLevel: 'DEBUG' })).toEqual({
      status: 'SUCCEEDED',
      output: 'true',
      inspectionData: { input, afterArguments: '{"FunctionName":"f"}', result: '{"ok":true}' },
    });
  });

  test('variables are there before and after', async () => {
    const definition = jsonata({ Type: 'Pass', Assign: { b: '{% $a + 1 %}' } });
    expect(await ask({ definition, variables: '{"a":1}', inspectionLevel: 'DEBUG' })).toMatchObject({
      inspectionData: { variables: '{"a":1,"b":2}' },
    });
  });

  test('INFO tells only the outcome', async () => {
    expect(await ask({ definition: json({ Type: 'Fail', Error: 'E', Cause: 'C' }) })).toEqual({
      status: 'FAILED',
      error: 'E',
      cause: 'C',
    });
  });
});

describe('a failure', () => {
  const data = { input, afterArguments: '{"FunctionName":"f"}' };
  const failure = { error: 'Broken', cause: 'why' };

  test.each([
    ['is due for another try', retry, 0, { status: 'RETRIABLE' }, { retryIndex: 1, retryBackoffIntervalSeconds: 1 }],
    ['waits longer each time', retry, 4, { status: 'RETRIABLE' }, { retryIndex: 1, retryBackoffIntervalSeconds: 16 }],
    ['has had its tries', retry, 5, { status: 'FAILED' }, { retryIndex: 1 }],
    [
      'is caught',
      caught,
      0,
      { status: 'CAUGHT_ERROR', nextState: 'B', output: '{"Error":"Broken","Cause":"why"}' },
      { catchIndex: 1 },
    ],
    [
      'is caught after its tries',
      { ...retry, ...caught },
      5,
      { status: 'CAUGHT_ERROR', nextState: 'B' },
      { retryIndex: 1, catchIndex: 1 },
    ],
  ])('%s', async (_what, handling, retrierRetryCount, outcome, errorDetails) => {
    const definition = jsonata({ ...invoke, ...handling });
    const answer = await ask({
      definition,
      mock: broken,
      stateConfiguration: { retrierRetryCount },
      inspectionLevel: 'DEBUG',
    });
    expect(answer).toMatchObject({ ...failure, ...outcome, inspectionData: { ...data, errorDetails } });
    expect((answer as { inspectionData: object }).inspectionData).toEqual({ ...data, errorDetails });
  });

  test('that nothing handles has no details', async () => {
    expect(await ask({ definition: jsonata(invoke), mock: broken, inspectionLevel: 'DEBUG' })).toEqual({
      status: 'FAILED',
      ...failure,
      inspectionData: data,
    });
  });

  test('of an expression is told without the sentence of an execution', async () => {
    expect(await ask({ definition: jsonata({ Type: 'Pass', Output: '{% $nothing %}' }) })).toEqual({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
      cause: "The JSONata expression '$nothing' specified for the field 'Output' returned nothing (undefined).",
    });
  });

  test('of an expression can be caught, too', async () => {
    const definition = jsonata({ ...invoke, ...caught, Output: '{% $nothing %}' });
    expect(await ask({ definition, mock: { result: '{}' }, inspectionLevel: 'DEBUG' })).toMatchObject({
      status: 'CAUGHT_ERROR',
      error: 'States.QueryEvaluationError',
      nextState: 'B',
      inspectionData: { errorDetails: { catchIndex: 1 } },
    });
  });
});

describe('a Map', () => {
  const definition = (more: object) => jsonata({ Type: 'Map', Items: [1, 2, 3], ItemProcessor: processor, ...more });
  const threshold = {
    error: 'States.ExceedToleratedFailureThreshold',
    cause: 'The specified tolerated failure threshold was exceeded',
  };

  test.each([
    [
      'within what it tolerates',
      { ToleratedFailureCount: 1 },
      1,
      { status: 'SUCCEEDED', output: '[0,0,1]' },
      { toleratedFailureCount: 1 },
    ],
    ['beyond it', { ToleratedFailureCount: 1 }, 2, { status: 'FAILED', ...threshold }, { toleratedFailureCount: 1 }],
    [
      'beyond its share',
      { ToleratedFailurePercentage: 50 },
      2,
      { status: 'FAILED', ...threshold },
      { toleratedFailurePercentage: 50 },
    ],
    ['that tolerates what it does not name', {}, 2, { status: 'SUCCEEDED', output: '[0,0,1]' }, {}],
    ['of few at once', { MaxConcurrency: 2 }, 0, { status: 'SUCCEEDED', output: '[0,0,1]' }, { maxConcurrency: 2 }],
  ])('%s', async (_what, more, mapIterationFailureCount, outcome, limits) => {
    const mock = { result: '[0,0,1]' };
    const params = { definition: definition(more), mock, stateConfiguration: { mapIterationFailureCount } };
    expect(await ask({ ...params, inspectionLevel: 'DEBUG' })).toEqual({
      ...outcome,
      inspectionData: { input, maxConcurrency: 0, ...limits },
    });
  });

  test('selects its items, each in its own context', async () => {
    const ItemSelector = { at: '{% $states.context.Map.Item.Index %}', of: '{% $states.context.Map.Item.Value %}' };
    expect(
      await ask({ definition: definition({ ItemSelector }), mock: { result: '[]' }, inspectionLevel: 'DEBUG' }),
    ).toMatchObject({ inspectionData: { afterItemSelector: '[{"at":0,"of":1},{"at":1,"of":2},{"at":2,"of":3}]' } });
  });
});

test('the context is an express execution’s, unless one is given', async () => {
  const definition = jsonata({ ...invoke, Output: '{% $states.context %}' });
  const mock = { result: '{}' };
  const own = JSON.parse(String(((await ask({ definition, mock, roleArn: undefined })) as { output: string }).output));
  expect(own).toEqual({
    Execution: {
      Id: expect.stringMatching(/^arn:aws:states:us-east-1:111111111111:express:id-\d+:id-\d+$/),
      Input: INPUT,
      Name: expect.any(String),
      RoleArn: null,
      StartTime: expect.any(String),
    },
    StateMachine: { Id: expect.stringContaining(':stateMachine:'), Name: expect.any(String) },
    State: { Name: 'StateName', EnteredTime: expect.any(String), RetryCount: 0 },
  });
  const context = '{"Execution":{"Name":"mine"},"State":{}}';
  expect(await ask({ definition, mock, context })).toMatchObject({ output: context });
});

test('a state is found by its name, wherever in a machine it is', async () => {
  const inner = { StartAt: 'In', States: { In: { Type: 'Pass', Result: 'inner', End: true } } };
  const definition = json({ StartAt: 'Out', States: { Out: { Type: 'Parallel', Branches: [inner], End: true } } });
  expect(await ask({ definition, stateName: 'In' })).toEqual({ status: 'SUCCEEDED', output: '"inner"' });
});

test('without a mock, a task does what it does under the role given', async () => {
  const definition = jsonata({ Type: 'Task', Resource: FUNCTION });
  expect(await ask({ definition, inspectionLevel: 'DEBUG' }, () => 'done')).toMatchObject({
    output: '"done"',
    inspectionData: { afterArguments: input, result: '"done"' },
  });
});

describe('AWS refuses', () => {
  const task = jsonata(invoke);
  const waiting = jsonata({ ...invoke, Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken' });
  const parallel = jsonata({
    Type: 'Parallel',
    Branches: [processor, { ...processor, StartAt: 'Q', States: { Q: processor.States.P } }],
  });
  const map = jsonata({ Type: 'Map', ItemProcessor: processor });
  const ok = { result: '{}' };
  const context = (what: string) => `Invalid Context object provided: ${what}`;
  const waits = "when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern";

  test.each<[string, object, string]>([
    [
      'a mocked Pass',
      { definition: jsonata({ Type: 'Pass' }), mock: ok },
      "State type 'Pass' is not supported when a mock is specified",
    ],
    [
      'two mocks in one',
      { definition: task, mock: { ...ok, ...broken } },
      'A test mock should have only one of the following fields: [result, errorOutput].',
    ],
    [
      'secrets of a mock',
      { definition: task, mock: ok, revealSecrets: true },
      'TestState does not support RevealSecrets when a mock is specified.',
    ],
    ['a Map’s result that is no list', { definition: map, mock: ok }, 'Mocked result must be an array.'],
    [
      'a Parallel’s result of too few',
      { definition: parallel, mock: { result: '[1]' } },
      'Mocked result must contain the same number of items as number of Parallel branches.',
    ],
    [
      'a Task without a role',
      { definition: task, roleArn: undefined },
      'RoleArn must be specified when testing a Task state',
    ],
    [
      'a name that no state has',
      { definition: json({ StartAt: 'A', States: { A: { Type: 'Succeed' } } }), stateName: 'B' },
      'State not found in definition',
    ],
    [
      'a Map in the context',
      { definition: task, mock: ok, context: '{"Map":{}}' },
      context("'Map' field is not supported when mocking a Context object"),
    ],
    [
      'an unknown member of it',
      { definition: task, mock: ok, context: '{"Execution":{"x":1}}' },
      context("Field 'x' is not allowed"),
    ],
    ['an unknown part of it', { definition: task, mock: ok, context: '{"X":{}}' }, context("Field 'X' is not allowed")],
    [
      'an id that is no text',
      { definition: task, mock: ok, context: '{"Execution":{"Id":1}}' },
      context('Execution.Id must be a string'),
    ],
    [
      'a token where none is',
      { definition: task, mock: ok, context: '{"Task":{"Token":"t"}}' },
      context(`Context object contains 'Task' ${waits}`),
    ],
  ])('%s', async (_what, params, message) => {
    await expect(ask(params)).rejects.toMatchObject({ name: 'ValidationException', message });
  });

  test.each([
    ['a Map without a mock', map],
    ['a Parallel without a mock', parallel],
  ])('%s', async (_what, definition) => {
    await expect(ask({ definition })).rejects.toMatchObject({
      name: 'InvalidDefinition',
      message: expect.stringContaining('Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]'),
    });
  });

  test('to wait for a token, but not to mock it', async () => {
    await expect(ask({ definition: waiting })).rejects.toMatchObject({ name: 'InvalidDefinition' });
    const token = '{"Task":{"Token":"t"}}';
    expect(await ask({ definition: waiting, mock: { result: '"answered"' }, context: token })).toMatchObject({
      status: 'SUCCEEDED',
      output: '"answered"',
    });
  });
});
