import { describe, expect, test } from 'vitest';
import { createWorld, ROLE, START, type World } from './world.ts';

const DAY = 24 * 3600 * 1000;
const pass = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', End: true } } });
const wait = JSON.stringify({
  StartAt: 'A',
  States: { A: { Type: 'Wait', Seconds: 60, Next: 'B' }, B: { Type: 'Succeed' } },
});
const fail = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Fail' } } });
const ARN = 'arn:aws:states:us-east-1:111111111111';
const MACHINE = `${ARN}:stateMachine:m`;
const EXECUTION = `${ARN}:execution:m:e`;
const create = { name: 'm', definition: pass, roleArn: ROLE };
const group = { cloudWatchLogsLogGroup: { logGroupArn: 'arn:aws:logs:us-east-1:111111111111:log-group:g:*' } };

/** A world with one machine and its one execution, which has ended. */
async function prepared(definition = pass): Promise<World> {
  const world = createWorld();
  await world.stepFunctions.call('CreateStateMachine', { ...create, definition, publish: true });
  await world.stepFunctions.call('StartExecution', { stateMachineArn: MACHINE, name: 'e', input: '{"a":1}' });
  await world.clock.runToEnd();
  return world;
}

const atMost = (length: number) => `Member must have length less than or equal to ${length}`;
const enumeration = (...words: string[]) => `Member must satisfy enum value set: [${words.join(', ')}]`;
const MACHINE_GONE = 'StateMachineDoesNotExist';

describe('refused as AWS does:', () => {
  test.each<[string, object, string, string]>([
    [
      'CreateStateMachine',
      { ...create, name: 'n', roleArn: 'me' },
      'InvalidArn',
      "Invalid Arn: 'Invalid ARN prefix: me'",
    ],
    [
      'CreateStateMachine',
      { ...create, name: 'n', roleArn: ROLE.replace(':role/', ':user/') },
      'InvalidArn',
      'Invalid Arn',
    ],
    [
      'CreateStateMachine',
      { ...create, name: 'n', roleArn: ROLE.replace('1111', '2222') },
      'AccessDeniedException',
      'Cross-account pass role is not allowed.',
    ],
    [
      'UpdateStateMachine',
      { stateMachineArn: MACHINE, roleArn: 'me' },
      'InvalidArn',
      "Invalid Arn: 'Invalid ARN prefix: me'",
    ],
    [
      'UpdateStateMachine',
      { stateMachineArn: `${MACHINE}:1`, definition: pass },
      MACHINE_GONE,
      `State Machine Does Not Exist: '${MACHINE}:1'`,
    ],
    ['CreateStateMachine', { ...create, type: 'standard' }, 'ValidationException', enumeration('STANDARD', 'EXPRESS')],
    [
      'CreateStateMachine',
      { ...create, versionDescription: 'd' },
      'ValidationException',
      'Version description can only be set when publish is true',
    ],
    [
      'CreateStateMachine',
      { ...create, tracingConfiguration: { enabled: true } },
      'StateMachineAlreadyExists',
      MACHINE,
    ],
    [
      'CreateStateMachine',
      { ...create, loggingConfiguration: { level: 'LOUD' } },
      'ValidationException',
      enumeration('ALL', 'ERROR', 'FATAL', 'OFF'),
    ],
    [
      'CreateStateMachine',
      { ...create, loggingConfiguration: { level: 'ALL' } },
      'InvalidLoggingConfiguration',
      'Invalid Logging Configuration: Must specify exactly one Log Destination.',
    ],
    [
      'CreateStateMachine',
      { ...create, loggingConfiguration: { destinations: [group, group] } },
      'InvalidLoggingConfiguration',
      'exactly one',
    ],
    [
      'CreateStateMachine',
      { ...create, loggingConfiguration: { destinations: [{}] } },
      'InvalidLoggingConfiguration',
      'Log Destination',
    ],
    [
      'TagResource',
      { resourceArn: `${MACHINE}:1`, tags: [] },
      'ResourceNotFound',
      `Resource not found: '${MACHINE}:1'`,
    ],
    ['TagResource', { resourceArn: MACHINE, tags: [{ key: '' }] }, 'ValidationException', 'greater than or equal to 1'],
    [
      'TagResource',
      { resourceArn: MACHINE, tags: [{ key: 'k', value: 'v'.repeat(257) }] },
      'ValidationException',
      atMost(256),
    ],
    [
      'TagResource',
      { resourceArn: MACHINE, tags: Array.from({ length: 51 }, (_, key) => ({ key: `k${key}` })) },
      'TooManyTags',
      '50',
    ],
    ['PublishStateMachineVersion', { stateMachineArn: `${MACHINE}:1` }, MACHINE_GONE, ':1'],
    [
      'PublishStateMachineVersion',
      { stateMachineArn: MACHINE, revisionId: 'r' },
      'ConflictException',
      'The current State Machine revision is INITIAL.',
    ],
    ['DeleteStateMachine', { stateMachineArn: `${MACHINE}:1` }, 'ValidationException', 'DeleteStateMachineVersion'],
    ['DeleteStateMachineVersion', { stateMachineVersionArn: MACHINE }, 'ValidationException', 'version'],
    [
      'StartExecution',
      { stateMachineArn: `${MACHINE}:2` },
      MACHINE_GONE,
      `State Machine Does Not Exist: '${MACHINE}:2'`,
    ],
    [
      'StartExecution',
      { stateMachineArn: `${MACHINE}:PROD` },
      MACHINE_GONE,
      `State Machine Does Not Exist: '${MACHINE}:PROD'`,
    ],
    ['StartExecution', { stateMachineArn: `${MACHINE}:1:2` }, 'InvalidArn', 'Invalid ARN suffix'],
    ['StartExecution', { stateMachineArn: MACHINE.replace('1111', '2222') }, MACHINE_GONE, '2222'],
    ['StartExecution', { stateMachineArn: MACHINE.replace('us-east-1', 'eu-west-1') }, MACHINE_GONE, 'eu-west-1'],
    [
      'StartExecution',
      { stateMachineArn: MACHINE.replace(':states:', ':lambda:') },
      'InvalidArn',
      'Invalid ARN prefix',
    ],
    [
      'StartExecution',
      { stateMachineArn: EXECUTION },
      'InvalidArn',
      "Invalid Arn: 'Resource type not valid in this context: execution'",
    ],
    ['StartExecution', { stateMachineArn: MACHINE, traceHeader: 'x'.repeat(257) }, 'ValidationException', atMost(256)],
    [
      'StartExecution',
      { stateMachineArn: MACHINE, input: '' },
      'InvalidExecutionInput',
      "Invalid State Machine Execution Input: 'Invalid execution input.'",
    ],
    [
      'StartExecution',
      { stateMachineArn: MACHINE, input: 'not json' },
      'InvalidExecutionInput',
      "Invalid State Machine Execution Input: 'Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')'",
    ],
    [
      'DescribeExecution',
      { executionArn: MACHINE },
      'InvalidArn',
      "Invalid Arn: 'Resource type not valid in this context: stateMachine'",
    ],
    [
      'DescribeExecution',
      { executionArn: EXECUTION, includedData: 'SOME' },
      'ValidationException',
      enumeration('ALL_DATA', 'METADATA_ONLY'),
    ],
    ['StopExecution', { executionArn: EXECUTION, error: 'e'.repeat(257) }, 'ValidationException', atMost(256)],
    ['SendTaskFailure', { taskToken: 't', cause: 'c'.repeat(32_769) }, 'ValidationException', atMost(32_768)],
    ['SendTaskHeartbeat', { taskToken: '' }, 'ValidationException', 'greater than or equal to 1'],
    ['ListExecutions', {}, 'ValidationException', 'Must provide a StateMachine ARN or MapRun ARN'],
    [
      'ListExecutions',
      { stateMachineArn: MACHINE, redriveFilter: 'ALL' },
      'ValidationException',
      enumeration('NOT_REDRIVEN', 'REDRIVEN'),
    ],
    [
      'ListExecutions',
      { stateMachineArn: MACHINE, maxResults: 1001 },
      'ValidationException',
      'less than or equal to 1000',
    ],
    [
      'ListExecutions',
      { stateMachineArn: MACHINE, maxResults: -1 },
      'ValidationException',
      'greater than or equal to 0',
    ],
    ['ListExecutions', { stateMachineArn: MACHINE, nextToken: 'x' }, 'InvalidToken', "Invalid Token: 'Invalid token'"],
    ['ListStateMachines', { nextToken: '' }, 'ValidationException', 'greater than or equal to 1'],
    [
      'ValidateStateMachineDefinition',
      { definition: pass, severity: 'INFO' },
      'ValidationException',
      enumeration('ERROR', 'WARNING'),
    ],
    [
      'RedriveExecution',
      { executionArn: EXECUTION },
      'ExecutionNotRedrivable',
      'Execution is SUCCEEDED and cannot be redriven',
    ],
  ])('%s %o', async (action, params, name, message) => {
    const { stepFunctions } = await prepared();
    await expect(stepFunctions.call(action, params)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
  });
});

test.each<[string, object, string]>([
  ['StartExecution', { stateMachineArn: 5 }, "'stateMachineArn' must be a string"],
  ['ListExecutions', { stateMachineArn: MACHINE, maxResults: '5' }, "'maxResults' must be a number"],
  ['ListExecutions', { stateMachineArn: MACHINE, maxResults: 1.5 }, "'maxResults' must be a whole number"],
  ['GetExecutionHistory', { executionArn: EXECUTION, reverseOrder: 'yes' }, "'reverseOrder' must be a boolean"],
  ['CreateStateMachine', { ...create, tags: {} }, "'tags' must be a list"],
  ['CreateStateMachine', { ...create, loggingConfiguration: [] }, "'loggingConfiguration' must be an object"],
  ['CreateStateMachine', { ...create, tracingConfiguration: { enabled: 1 } }, "'enabled' must be a boolean"],
])('%s refuses %o for its type', async (action, params, message) => {
  const { stepFunctions } = await prepared();
  await expect(stepFunctions.call(action, params)).rejects.toMatchObject({ name: 'SerializationException', message });
});

test.each<[string, object, string]>([
  ['StartExecution', { stateMachineArn: MACHINE, Input: '{}' }, "the parameter 'Input' of StartExecution"],
  ['CreateStateMachine', { ...create, kmsKey: 'k' }, "the parameter 'kmsKey' of CreateStateMachine"],
  [
    'CreateStateMachine',
    { ...create, tracingConfiguration: { on: true } },
    "the parameter 'on' of tracingConfiguration",
  ],
  ['CreateStateMachine', { ...create, encryptionConfiguration: { type: 'OTHER' } }, "the encryption type 'OTHER'"],
  ['ListExecutions', { mapRunArn: 'arn' }, 'map runs'],
])('%s refuses by name what is not emulated: %o', async (action, params, what) => {
  const { stepFunctions } = await prepared();
  await expect(stepFunctions.call(action, params)).rejects.toMatchObject({
    name: 'NotEmulated',
    httpStatus: 501,
    message: expect.stringContaining(what),
  });
});

describe('honored:', () => {
  test('a machine keeps its settings, and an update changes what it names', async () => {
    const { stepFunctions } = createWorld();
    const loggingConfiguration = { level: 'ERROR', includeExecutionData: true, destinations: [group] };
    await stepFunctions.call('CreateStateMachine', {
      ...create,
      loggingConfiguration,
      tags: [{ key: 'a', value: '1' }],
    });
    const describe = () => stepFunctions.call('DescribeStateMachine', { stateMachineArn: MACHINE });
    expect(await describe()).toMatchObject({ loggingConfiguration, tracingConfiguration: { enabled: false } });
    await stepFunctions.call('UpdateStateMachine', {
      stateMachineArn: MACHINE,
      tracingConfiguration: { enabled: true },
    });
    expect(await describe()).toMatchObject({ loggingConfiguration, tracingConfiguration: { enabled: true } });
    expect(await stepFunctions.call('ListTagsForResource', { resourceArn: MACHINE })).toEqual({
      tags: [{ key: 'a', value: '1' }],
    });
  });

  test('an update that changes nothing keeps the revision', async () => {
    const { stepFunctions } = await prepared();
    const update = async (definition: string) =>
      (
        (await stepFunctions.call('UpdateStateMachine', { stateMachineArn: MACHINE, definition })) as {
          revisionId: string;
        }
      ).revisionId;
    const first = await update(wait);
    expect(await update(wait)).toBe(first);
    expect(await update(fail)).not.toBe(first);
  });

  test('a version tells its description and runs what it was published with', async () => {
    const { stepFunctions, clock } = createWorld();
    await stepFunctions.call('CreateStateMachine', { ...create, publish: true, versionDescription: 'first' });
    await stepFunctions.call('UpdateStateMachine', { stateMachineArn: MACHINE, definition: fail });
    const stateMachineArn = `${MACHINE}:1`;
    expect(await stepFunctions.call('DescribeStateMachine', { stateMachineArn })).toMatchObject({
      stateMachineArn,
      description: 'first',
      definition: pass,
    });
    await stepFunctions.call('StartExecution', { stateMachineArn, name: 'e' });
    await clock.settled();
    expect(await stepFunctions.call('DescribeExecution', { executionArn: EXECUTION })).toMatchObject({
      status: 'SUCCEEDED',
      stateMachineVersionArn: stateMachineArn,
    });
  });

  test('metadata only, and a history without its data', async () => {
    const { stepFunctions } = await prepared();
    const included = { executionArn: EXECUTION, includedData: 'METADATA_ONLY' };
    const described = await stepFunctions.call('DescribeExecution', included);
    expect(described).toMatchObject({ inputDetails: { included: false }, outputDetails: { included: false } });
    expect(described).not.toHaveProperty('input');
    expect(described).not.toHaveProperty('output');
    expect(await stepFunctions.call('DescribeStateMachineForExecution', included)).toMatchObject({ definition: '{}' });
    const history = await stepFunctions.call('GetExecutionHistory', {
      executionArn: EXECUTION,
      includeExecutionData: false,
    });
    expect(JSON.stringify(history)).not.toMatch(/"(in|out)put":/);
    expect(history).toMatchObject({ events: [{ executionStartedEventDetails: { roleArn: ROLE } }, {}, {}, {}] });
  });

  test('the trace header', async () => {
    const { stepFunctions } = await prepared();
    const start = { stateMachineArn: MACHINE, name: 'f', traceHeader: 'Root=1' };
    await stepFunctions.call('StartExecution', start);
    const executionArn = EXECUTION.replace(/e$/, 'f');
    expect(await stepFunctions.call('DescribeExecution', { executionArn })).toMatchObject({ traceHeader: 'Root=1' });
  });

  test('a page’s token opens that list only', async () => {
    const { stepFunctions } = await prepared();
    await stepFunctions.call('StartExecution', { stateMachineArn: MACHINE, name: 'f' });
    const list = (params: object) => stepFunctions.call('ListExecutions', { stateMachineArn: MACHINE, ...params });
    const { nextToken } = (await list({ maxResults: 1 })) as { nextToken: string };
    expect(await list({ maxResults: 1, nextToken })).toMatchObject({ executions: [{ name: 'e' }] });
    await expect(list({ statusFilter: 'FAILED', nextToken })).rejects.toMatchObject({ name: 'InvalidToken' });
  });

  test('the redrive filter and the token of a redrive', async () => {
    const { stepFunctions, clock } = await prepared(fail);
    const names = async (redriveFilter: string) =>
      (
        (await stepFunctions.call('ListExecutions', { stateMachineArn: MACHINE, redriveFilter })) as {
          executions: object[];
        }
      ).executions.length;
    expect([await names('REDRIVEN'), await names('NOT_REDRIVEN')]).toEqual([0, 1]);
    const redrive = () => stepFunctions.call('RedriveExecution', { executionArn: EXECUTION, clientToken: 'once' });
    const first = await redrive();
    await clock.settled();
    expect(await redrive()).toEqual(first);
    expect(await stepFunctions.call('DescribeExecution', { executionArn: EXECUTION })).toMatchObject({
      redriveCount: 1,
    });
    expect([await names('REDRIVEN'), await names('NOT_REDRIVEN')]).toEqual([1, 0]);
  });
});

test('90 days after its end an execution is forgotten, and its name is free', async () => {
  const { stepFunctions, clock } = await prepared();
  const start = { stateMachineArn: MACHINE, name: 'e' };
  await clock.advanceTo(START + 90 * DAY - 1);
  await expect(stepFunctions.call('StartExecution', start)).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
  await clock.advanceTo(START + 90 * DAY);
  await expect(stepFunctions.call('DescribeExecution', { executionArn: EXECUTION })).rejects.toMatchObject({
    name: 'ExecutionDoesNotExist',
  });
  expect(await stepFunctions.call('ListExecutions', { stateMachineArn: MACHINE })).toEqual({ executions: [] });
  expect(await stepFunctions.call('StartExecution', start)).toMatchObject({ executionArn: EXECUTION });
});

test('a machine is deleted when its executions have ended, each at its next transition', async () => {
  const { stepFunctions, clock } = createWorld();
  await stepFunctions.call('CreateStateMachine', { ...create, definition: wait });
  await stepFunctions.call('StartExecution', { stateMachineArn: MACHINE, name: 'e' });
  await clock.settled();
  await stepFunctions.call('DeleteStateMachine', { stateMachineArn: MACHINE });
  const described = () => stepFunctions.call('DescribeStateMachine', { stateMachineArn: MACHINE });
  expect(await described()).toMatchObject({ status: 'DELETING' });
  for (const [action, params] of [
    ['StartExecution', { stateMachineArn: MACHINE }],
    ['CreateStateMachine', create],
    ['UpdateStateMachine', { stateMachineArn: MACHINE, definition: pass }],
  ] as const)
    await expect(stepFunctions.call(action, params)).rejects.toMatchObject({ name: 'StateMachineDeleting' });
  await clock.runToEnd();
  expect(await stepFunctions.call('DescribeExecution', { executionArn: EXECUTION })).toMatchObject({
    status: 'ABORTED',
  });
  await expect(described()).rejects.toMatchObject({ name: MACHINE_GONE });
  expect(await stepFunctions.call('CreateStateMachine', create)).toMatchObject({ stateMachineArn: MACHINE });
});
