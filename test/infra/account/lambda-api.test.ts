import {
  GetFunctionConfigurationCommand,
  InvocationType,
  InvokeCommand,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { failure, openAccount } from './open-account.ts';
import { callRest } from './raw-call.ts';

const functionArn = 'arn:aws:lambda:us-east-1:111111111111:function:start';

async function open() {
  let calls = 0;
  const opened = await openAccount({
    functions: { start: () => ++calls, stop: () => undefined, notify: () => undefined },
  });
  return { ...opened, calls: () => calls };
}

const elsewhere = [
  [
    "another account's",
    functionArn.replace('111111111111', '222222222222'),
    'AccessDeniedException',
    'no resource-based policy allows the lambda:InvokeFunction action',
  ],
  ["another account's in short", '222222222222:function:start', 'AccessDeniedException', 'function:start'],
  [
    "another region's",
    functionArn.replace('us-east-1', 'eu-west-1'),
    'ResourceNotFoundException',
    "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')",
  ],
  ["another partition's", functionArn.replace('arn:aws:', 'arn:aws-cn:'), 'ResourceNotFoundException', 'not reachable'],
  [
    'a version that is not there',
    `${functionArn}:7`,
    'ResourceNotFoundException',
    `Function not found: ${functionArn}:7`,
  ],
  ['an alias that is not there', 'start:live', 'ResourceNotFoundException', `Function not found: ${functionArn}:live`],
  [
    'a queue',
    'arn:aws:sqs:us-east-1:111111111111:start',
    'ValidationException',
    "at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern",
  ],
  ['a name with odd characters', 'st art', 'ValidationException', "Value 'st art' at 'functionName'"],
] as const;

describe('a function', () => {
  it.each([
    'start',
    'start:$LATEST',
    'function:start',
    '111111111111:function:start',
    'us-east-1:111111111111:function:start',
    functionArn,
    `${functionArn}:$LATEST`,
  ])('is called as %s', async (FunctionName) => {
    const { clients, calls } = await open();
    await clients.lambda.send(new InvokeCommand({ FunctionName }));
    expect(calls()).toBe(1);
  });

  it.each(elsewhere)('is not %s', async (_, FunctionName, name, message) => {
    const { clients, clock, calls } = await open();
    for (const type of [InvocationType.RequestResponse, InvocationType.Event, InvocationType.DryRun]) {
      const refused = await failure(clients.lambda.send(new InvokeCommand({ FunctionName, InvocationType: type })));
      expect(refused).toMatchObject({ name, message: expect.stringContaining(message) });
    }
    const shown = await failure(clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName })));
    expect(shown.name).toBe(name);
    await clock.runToEnd();
    expect(calls()).toBe(0);
  });

  it('has one version', async () => {
    const { clients, calls } = await open();
    const invoke = (FunctionName: string, Qualifier: string) =>
      clients.lambda.send(new InvokeCommand({ FunctionName, Qualifier }));
    await invoke('start', '$LATEST');
    expect(calls()).toBe(1);
    expect(await failure(invoke('start', 'live'))).toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Function not found: ${functionArn}:live`,
    });
    expect((await failure(invoke('start:1', '2'))).message).toBe(
      'The derived qualifier from the function name does not match the specified qualifier.',
    );
    const shown = await clients.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: 'start', Qualifier: '$LATEST' }),
    );
    expect(shown.FunctionArn).toBe(`${functionArn}:$LATEST`);
    expect(calls()).toBe(1);
  });
});

describe('the list of functions', () => {
  it('comes in pages', async () => {
    const { clients } = await open();
    const first = await clients.lambda.send(new ListFunctionsCommand({ MaxItems: 2 }));
    expect(first.Functions?.map(({ FunctionName }) => FunctionName)).toEqual(['start', 'stop']);
    const second = await clients.lambda.send(new ListFunctionsCommand({ MaxItems: 2, Marker: first.NextMarker }));
    expect(second.Functions?.map(({ FunctionName }) => FunctionName)).toEqual(['notify']);
    expect(second.NextMarker).toBeUndefined();
  });

  it('has all versions of each when asked', async () => {
    const { clients } = await open();
    const { Functions } = await clients.lambda.send(new ListFunctionsCommand({ FunctionVersion: 'ALL' }));
    expect(Functions?.[0]).toMatchObject({ FunctionArn: `${functionArn}:$LATEST`, Version: '$LATEST' });
  });
});

const path = '/2015-03-31/functions';

describe('the local Lambda', () => {
  it.each([
    ['a page of nothing', `${path}?MaxItems=0`, {}, 'ValidationException', "Value '0' at 'maxItems'"],
    ['a page size that is no number', `${path}?MaxItems=many`, {}, 'SerializationException', 'maxItems is no integer'],
    ['a marker of its own making', `${path}?Marker=abc`, {}, 'InvalidParameterValueException', 'Marker'],
    ['an unknown set of versions', `${path}?FunctionVersion=SOME`, {}, 'ValidationException', 'enum value set: [ALL]'],
    [
      'functions replicated elsewhere',
      `${path}?MasterRegion=ALL`,
      {},
      'UnknownOperationException',
      'Lambda.ListFunctions parameter MasterRegion',
    ],
    [
      'a kind of call that there is not',
      `${path}/start/invocations`,
      { 'x-amz-invocation-type': 'Sometimes' },
      'ValidationException',
      'enum value set: [Event, RequestResponse, DryRun]',
    ],
    [
      'the tail of a log',
      `${path}/start/invocations`,
      { 'x-amz-log-type': 'Tail' },
      'UnknownOperationException',
      'Lambda.Invoke LogType Tail',
    ],
    [
      'a kind of log that there is not',
      `${path}/start/invocations`,
      { 'x-amz-log-type': 'Head' },
      'ValidationException',
      'enum value set: [None, Tail]',
    ],
    [
      "a client's context",
      `${path}/start/invocations`,
      { 'x-amz-client-context': 'e30=' },
      'UnknownOperationException',
      'parameter ClientContext',
    ],
    [
      'a qualifier with odd characters',
      `${path}/start/invocations?Qualifier=a%20b`,
      {},
      'ValidationException',
      "Value 'a b' at 'qualifier'",
    ],
    ['a query it does not know', `${path}/start?Colour=red`, {}, 'UnknownOperationException', 'parameter Colour'],
  ])('refuses %s', async (_, where, headers, error, message) => {
    const { account, calls } = await open();
    const method = where.includes('/invocations') ? 'POST' : 'GET';
    const refused = await callRest(account, 'lambda')(method, where, { headers });
    expect(refused).toMatchObject({ error, message: expect.stringContaining(message) });
    expect(calls()).toBe(0);
  });
});
