import { describe, expect, test } from 'vitest';
import { runCase } from './conformance-case.ts';

const FUNCTION = 'arn:aws:lambda:us-east-1:111111111111:function:echo';

const recorded = {
  definition: {
    QueryLanguage: 'JSONata',
    StartAt: 'Ask',
    States: {
      Ask: { Type: 'Task', Resource: FUNCTION, Arguments: { n: '{% $states.input.n %}' }, End: true },
    },
  },
  input: { n: 1 },
  functions: { echo: { behaviour: 'echo' } },
  callbacks: [],
  expect: {
    status: 'SUCCEEDED',
    output: { n: 1 },
    eventsOrder: 'exact',
    events: [
      { type: 'ExecutionStarted', details: { input: { n: 1 } }, previousEventId: 0 },
      { type: 'TaskStateEntered', name: 'Ask', details: { input: { n: 1 } }, previousEventId: 0 },
      { type: 'LambdaFunctionScheduled', resource: FUNCTION, details: { input: { n: 1 } }, previousEventId: 2 },
      { type: 'LambdaFunctionStarted', previousEventId: 3 },
      { type: 'LambdaFunctionSucceeded', details: { output: { n: '<any>' } }, previousEventId: 4 },
      { type: 'TaskStateExited', name: 'Ask', details: { output: { n: 1 } }, previousEventId: 5 },
      { type: 'ExecutionSucceeded', details: { output: { n: 1 } }, previousEventId: 6 },
    ],
  },
};

/** The recording with one event changed. */
function withEvent(index: number, change: object) {
  const events = recorded.expect.events.map((event, position) =>
    position === index ? { ...event, ...change } : event,
  );
  return { ...recorded, expect: { ...recorded.expect, events } };
}

describe('a recorded case', () => {
  test('passes when everything is as recorded', async () => {
    expect(await runCase(recorded)).toEqual({ result: 'passed' });
  });

  test.each([
    ['the status', { ...recorded, expect: { ...recorded.expect, status: 'FAILED' } }],
    ['the output', { ...recorded, expect: { ...recorded.expect, output: { n: 2 } } }],
    ['an event', withEvent(3, { type: 'LambdaFunctionStartFailed' })],
    ['what an event follows', withEvent(4, { previousEventId: 3 })],
    ['a detail', withEvent(2, { details: { input: { n: 1, m: 2 } } })],
    ['a missing detail', withEvent(2, { details: {} })],
    ['the name of a state', withEvent(5, { name: 'Tell' })],
    ['the number of events', { ...recorded, expect: { ...recorded.expect, events: recorded.expect.events.slice(1) } }],
  ])('fails when %s differs', async (_what, changed) => {
    expect(await runCase(changed)).toMatchObject({ result: 'failed' });
  });

  test('is skipped with the reason when it needs what is not emulated', async () => {
    const states = { Ask: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', End: true } };
    const changed = { ...recorded, definition: { ...recorded.definition, States: states } };
    expect(await runCase(changed)).toMatchObject({
      result: 'skipped',
      reason: expect.stringContaining('sqs:sendMessage'),
    });
  });

  test('recorded under JSONPath runs as its JSONata equivalent', async () => {
    const states = { Ask: { Type: 'Task', Resource: FUNCTION, Parameters: { 'n.$': '$.n' }, End: true } };
    expect(await runCase({ ...recorded, definition: { StartAt: 'Ask', States: states } })).toEqual({
      result: 'passed',
    });
  });
});

test('a conversation is compared answer by answer', async () => {
  const params = {
    name: 'm',
    definition: '{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Wait","Seconds":60,"End":true}}}',
    roleArn: 'arn:aws:iam::111111111111:role/r',
  };
  const calls = (status: string) => ({
    calls: [
      { id: 'c0', action: 'CreateStateMachine', params, expect: '<any>' },
      { id: 'c1', action: 'StartExecution', params: { stateMachineArn: '${c0.stateMachineArn}' }, expect: '<any>' },
      { id: 'c2', action: '_await', params: { executionArn: '${c1.executionArn}', until: 'terminated' } },
      { id: 'c3', action: 'DescribeExecution', params: { executionArn: '${c1.executionArn}' }, expect: { status } },
      {
        id: 'c4',
        action: 'DescribeExecution',
        params: { executionArn: 'nothing' },
        error: { name: 'InvalidArn', message: "Invalid Arn: 'Invalid ARN prefix: nothing'" },
      },
    ],
  });
  expect(await runCase(calls('SUCCEEDED'))).toEqual({ result: 'passed' });
  expect(await runCase(calls('FAILED'))).toMatchObject({ result: 'failed', reason: expect.stringContaining('c3') });
});
