import { describe, expect, test } from 'vitest';
import type { StepFunctions } from '../../infra/account/step-functions/api.ts';
import { ApiError, NotEmulated } from '../../infra/account/step-functions/errors.ts';
import type { HistoryEvent } from '../../infra/account/step-functions/history.ts';
import { runConversation } from './conformance-api.ts';
import { answerDifference, difference, type FlatEvent, historyDifference } from './conformance-match.ts';
import { createWorld, flatten } from './conformance-world.ts';

/** Makes one call to an engine that answers, or throws, what it is told. */
function judge(call: object, answer: unknown): Promise<string | undefined> {
  const world = createWorld({});
  const stepFunctions: StepFunctions = {
    ...world.stepFunctions,
    call: () => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)),
  };
  return runConversation({ ...world, stepFunctions }, [{ id: 'c0', action: 'Do', params: {}, ...call }]);
}

describe('an answer is judged', () => {
  const refused = { error: { name: 'InvalidArn', message: 'no <any>', httpStatus: 400 } };

  test.each<[string, object, unknown]>([
    ['a member that differs', { expect: { a: 1 } }, { a: 2 }],
    ['a member that is missing', { expect: { a: 1 } }, {}],
    ['a member of another type', { expect: { a: 1 } }, { a: '1' }],
    ['a further member deep inside', { expect: { a: { b: 1 } } }, { a: { b: 1, c: 2 } }],
    ['a list that is longer', { expect: { a: [1] } }, { a: [1, 1] }],
    ['a list in another order', { expect: { a: [1, 2] } }, { a: [2, 1] }],
    ['an answer where an empty one was recorded', { expect: {} }, { a: 1 }],
    ['nothing where something was recorded', { expect: { a: 1 } }, undefined],
    ['JSON that says something else', { expect: { a: { $json: { b: 1 } } } }, { a: '{"b":2}' }],
    ['JSON that is none', { expect: { a: { $json: { b: 1 } } } }, { a: '{b:1}' }],
    ['JSON that is parsed already', { expect: { a: { $json: { b: 1 } } } }, { a: { b: 1 } }],
    ['text around a wildcard', { expect: { a: 'x<any>z' } }, { a: 'xyzz ' }],
    ['an answer where AWS refuses', refused, {}],
    ['a refusal where AWS answers', { expect: '<any>' }, new ApiError('InvalidArn', 'no')],
    ['another error', refused, new ApiError('InvalidName', 'no way')],
    ['another message', refused, new ApiError('InvalidArn', 'never')],
    ['another status', refused, new ApiError('InvalidArn', 'no way', { httpStatus: 500 })],
    ['a reason that is missing', { error: { ...refused.error, reason: 'WHY' } }, new ApiError('InvalidArn', 'no way')],
  ])('as wrong for %s', async (_what, call, answer) => {
    expect(await judge(call, answer)).toMatch(/^c0 Do: /);
  });

  test.each<[string, object, unknown]>([
    [
      'that is as recorded',
      { expect: { a: [{ b: 1 }], c: { $json: [1] }, d: 'x<any>' } },
      { a: [{ b: 1 }], c: '[1]', d: 'xyz' },
    ],
    ['with a further member at the top', { expect: { a: 1 } }, { a: 1, b: 2 }],
    ['that is not recorded', { expect: '<any>' }, { a: 1 }],
    ['that may lack a member', { expect: { a: '<any>', b: 1 } }, { b: 1 }],
    ['that is the error AWS gives', refused, new ApiError('InvalidArn', 'no way')],
  ])('as right: one %s', async (_what, call, answer) => {
    expect(await judge(call, answer)).toBeUndefined();
  });

  test('not at all when it says that it is not emulated', async () => {
    await expect(judge({ expect: {} }, new NotEmulated('this'))).rejects.toThrow('does not emulate this');
  });

  test.each(['terminated', 'succeeded', 'aborted', 'status:RUNNING', 'state-entered:A', 'started', 'whenever'])(
    'never right while it waits for an execution to be %s that is not there',
    async (until) => {
      const wait = { id: 'c1', action: '_await', params: { executionArn: 'arn:aws:states:none', until } };
      const world = createWorld({});
      await expect(
        runConversation(world, [wait]).then((problem) => {
          if (problem !== undefined) throw new Error(problem);
        }),
      ).rejects.toThrow();
    },
  );
});

describe('an event shows', () => {
  const entered: HistoryEvent = {
    id: 2,
    previousEventId: 1,
    timestamp: 1,
    type: 'PassStateEntered',
    stateEnteredEventDetails: { name: 'A', input: '{"a":1}', inputDetails: { truncated: false } },
  };
  const { stateEnteredEventDetails, ...bare } = entered;
  const details = stateEnteredEventDetails as Record<string, unknown>;

  test('its details, parsed', () => {
    expect(flatten(entered)).toEqual({
      id: 2,
      previousEventId: 1,
      type: 'PassStateEntered',
      name: 'A',
      details: { input: { a: 1 } },
    });
  });

  test.each<[string, object, string]>([
    [
      'details under another member',
      { ...bare, passStateEnteredEventDetails: details },
      'passStateEnteredEventDetails',
    ],
    ['details of another event beside its own', { ...entered, taskFailedEventDetails: {} }, 'taskFailedEventDetails'],
    ['an input that may be cut off', { ...bare, stateEnteredEventDetails: { name: 'A', input: '1' } }, 'inputDetails'],
    ['a time that is no number', { ...entered, timestamp: '2026-01-01' }, 'timestamp'],
  ])('%s', (_what, event, member) => {
    const flat = flatten(event as HistoryEvent);
    expect(flat.misplaced).toEqual([member]);
    const recorded: FlatEvent = { type: flat.type, name: 'A', details: { input: { a: 1 } } };
    expect(historyDifference([recorded], [{ ...flat, id: 1 }], 'exact')).toBeDefined();
  });
});

describe('a history is judged', () => {
  const chain = (...types: string[]): FlatEvent[] =>
    types.map((type, index) => ({ id: index + 1, type, previousEventId: index }));
  const recorded = chain('A', 'B', 'C').map(({ id: _id, ...event }) => event);
  /** Two branches, B1 B2 and C1 C2, that begin with A. */
  const branches = [
    { type: 'A', previousEventId: 0 },
    { type: 'B1', previousEventId: 1 },
    { type: 'C1', previousEventId: 1 },
    { type: 'B2', previousEventId: 2 },
    { type: 'C2', previousEventId: 3 },
  ];
  const numbered = (events: readonly object[]) =>
    events.map((event, index) => ({ ...event, id: index + 1 })) as FlatEvent[];

  test.each<[string, readonly FlatEvent[], readonly FlatEvent[], string]>([
    ['an event too many', recorded, chain('A', 'B', 'C', 'C'), 'exact'],
    ['an event that is missing', recorded, chain('A', 'B'), 'exact'],
    ['another order', recorded, chain('A', 'C', 'B'), 'exact'],
    ['ids that do not count up', recorded, chain('A', 'B', 'C').map((event) => ({ ...event, id: 1 })), 'exact'],
    [
      'an event that follows another one',
      recorded,
      chain('A', 'B', 'C').map((event) => ({ ...event, previousEventId: 0 })),
      'exact',
    ],
    [
      'another branch’s event in a branch',
      branches,
      numbered([
        branches[0] ?? {},
        branches[1] ?? {},
        branches[2] ?? {},
        { type: 'B2', previousEventId: 3 },
        { type: 'C2', previousEventId: 2 },
      ]),
      'concurrent',
    ],
    [
      'an event twice and one never',
      branches,
      numbered([...branches.slice(0, 4), { type: 'B2', previousEventId: 2 }]),
      'concurrent',
    ],
    [
      'a group with something else',
      [
        { type: 'A', unorderedGroup: 1 },
        { type: 'B', unorderedGroup: 1 },
      ],
      chain('A', 'A'),
      'exact',
    ],
  ])('as wrong for %s', (_what, wanted, actual, order) => {
    expect(historyDifference(wanted, actual, order)).toBeDefined();
  });

  test.each<[string, readonly FlatEvent[], readonly FlatEvent[], string]>([
    ['as recorded', recorded, chain('A', 'B', 'C'), 'exact'],
    [
      'with its branches interleaved otherwise',
      branches,
      numbered([
        { type: 'A', previousEventId: 0 },
        { type: 'C1', previousEventId: 1 },
        { type: 'C2', previousEventId: 2 },
        { type: 'B1', previousEventId: 1 },
        { type: 'B2', previousEventId: 4 },
      ]),
      'concurrent',
    ],
    [
      'with a group in another order',
      [
        { type: 'A', unorderedGroup: 1 },
        { type: 'B', unorderedGroup: 1 },
      ],
      chain('B', 'A'),
      'exact',
    ],
    ['with any event where one was lost', [{ type: '<any>' }, { type: 'B' }], chain('X', 'B'), 'exact'],
  ])('as right %s', (_what, wanted, actual, order) => {
    expect(historyDifference(wanted, actual, order)).toBeUndefined();
  });
});

test.each<[string, unknown, unknown]>([
  ['zero and minus zero', 0, -0],
  [
    'the cause of a failed function, with what its runtime adds',
    { $json: { errorType: 'E', errorMessage: 'm' } },
    '{"errorType":"E","errorMessage":"m","trace":[]}',
  ],
])('%s are alike', (_what, expected, actual) => {
  expect(difference(expected, actual)).toBeUndefined();
  expect(answerDifference({ a: expected }, { a: actual })).toBeUndefined();
});
