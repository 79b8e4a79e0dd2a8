import { describe, expect, test } from 'vitest';
import { createWorld, FUNCTION, ROLE } from './world.ts';

interface Diagnostic {
  readonly code: string;
  readonly message: string;
  readonly location?: string;
}

const machine = (states: object, more: object = {}) =>
  JSON.stringify({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states, ...more });
const only = (state: object) => machine({ X: { End: true, ...state } });
const pass = (expression: string) => only({ Type: 'Pass', Output: { v: `{% ${expression} %}` } });
const failed = (message: string, location = '/States/X') => ({ code: 'SCHEMA_VALIDATION_FAILED', message, location });
const unsupported = (message: string, location: string) => ({
  code: 'UNSUPPORTED_JSONATA_EXPRESSION',
  message,
  location,
});
const work = { Type: 'Task', Resource: FUNCTION };

async function diagnosticsOf(definition: string): Promise<Diagnostic[]> {
  const { stepFunctions } = createWorld();
  const answer = (await stepFunctions.call('ValidateStateMachineDefinition', { definition })) as {
    result: string;
    diagnostics: ({ severity: string } & Diagnostic)[];
  };
  expect(answer.result).toBe(answer.diagnostics.length === 0 ? 'OK' : 'FAIL');
  return answer.diagnostics.map(({ severity, ...diagnostic }) => {
    expect(severity).toBe('ERROR');
    return diagnostic;
  });
}

describe('a text that is no definition', () => {
  test('of broken JSON says where it breaks', async () => {
    const location = '[Source: (String)"not a definition"; line: 1, column: 4]';
    const message = `Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at ${location}`;
    expect(await diagnosticsOf('not a definition')).toEqual([{ code: 'INVALID_JSON_DESCRIPTION', message, location }]);
  });

  test.each(['', ' ', '[]', '"x"', '1', 'null'])('%j is no JSON object', async (text) => {
    const message = 'Definition must be a valid JSON object';
    expect(await diagnosticsOf(text)).toEqual([{ code: 'SCHEMA_VALIDATION_FAILED', message }]);
  });
});

describe('AWS warns, where it is asked to,', () => {
  const doubtful = {
    StartAt: 'Fixed',
    States: {
      Fixed: { Type: 'Pass', Result: { list: ['$.a'] }, Next: 'Filled' },
      Filled: {
        Type: 'Pass',
        Parameters: { 'one.$': '$.a', two: '$.b', in: [{ three: 'States.UUID()' }] },
        Next: 'Wait',
      },
      Wait: { Type: 'Wait', Timestamp: '$.when', Comment: '$.a is when', Next: 'Which' },
      Which: {
        Type: 'Choice',
        Choices: [{ And: [{ Variable: '$.a', StringEquals: '$.b' }], Next: 'Both' }],
        Default: 'Both',
      },
      Both: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'Money', States: { Money: { Type: 'Pass', Result: '$5.00', End: true } } }],
        Next: 'Each',
      },
      Each: {
        Type: 'Map',
        ItemProcessor: {
          StartAt: 'Inner',
          States: { Inner: { Type: 'Pass', ResultSelector: { a: '$$.Execution.Id' }, End: true } },
        },
        End: true,
      },
    },
  };
  const warned = async (definition: object, more: object) => {
    const { stepFunctions } = createWorld();
    const text = JSON.stringify(definition);
    const answer = (await stepFunctions.call('ValidateStateMachineDefinition', { definition: text, ...more })) as {
      readonly diagnostics: readonly { readonly severity: string; readonly code: string; readonly location?: string }[];
      readonly result: string;
      readonly truncated: boolean;
    };
    const of = ({ severity, code, location }: (typeof answer.diagnostics)[number]) => `${severity} ${code} ${location}`;
    return { ...answer, diagnostics: answer.diagnostics.map(of) };
  };

  test('of what looks like a path where none is read', async () => {
    expect(
      (await warned(doubtful, { severity: 'WARNING' })).diagnostics.filter((each) => each.startsWith('W')),
    ).toEqual([
      'WARNING PASS_RESULT_IS_STATIC /States/Fixed/Result',
      'WARNING NO_DOLLAR /States/Filled/Parameters/two',
      'WARNING NO_DOLLAR /States/Filled/Parameters/in[0]/three',
      'WARNING NO_PATH /States/Wait/Timestamp',
      'WARNING NO_PATH /States/Which/Choices[0]/And[0]/StringEquals',
      'WARNING NO_DOLLAR /States/Each/ItemProcessor/States/Inner/ResultSelector/a',
    ]);
    expect((await warned(doubtful, {})).diagnostics.filter((each) => each.startsWith('W'))).toEqual([]);
    expect(
      (await warned({ QueryLanguage: 'JSONata', ...doubtful }, { severity: 'WARNING' })).diagnostics,
    ).not.toContain('WARNING PASS_RESULT_IS_STATIC /States/Fixed/Result');
  });

  test('of what can be created, after what cannot', async () => {
    const fixed = { Type: 'Pass', Result: '$.a', End: true };
    const fine = await warned({ StartAt: 'A', States: { A: fixed } }, { severity: 'WARNING' });
    expect(fine).toEqual({
      result: 'OK',
      diagnostics: ['WARNING PASS_RESULT_IS_STATIC /States/A/Result'],
      truncated: false,
    });
    const wrong = { StartAt: 'B', States: { A: fixed } };
    const both = await warned(wrong, { severity: 'WARNING' });
    expect(both.result).toBe('FAIL');
    expect(both.diagnostics.map((each) => each.split(' ')[0])).toEqual(['ERROR', 'ERROR', 'WARNING']);
    expect(await warned(wrong, { severity: 'WARNING', maxResults: 1 })).toMatchObject({
      result: 'FAIL',
      truncated: true,
    });
  });
});

describe('AWS refuses', () => {
  const loop = { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } };
  const noEnd = { code: 'MISSING_END_STATE', message: 'Workflow has no terminal state' };
  const notReachable = (name: string, location = `/States/${name}`) => ({
    code: 'MISSING_TRANSITION_TARGET',
    message: `State "${name}" is not reachable.`,
    location,
  });
  const missing = (target: string, location: string) => ({
    code: 'MISSING_TRANSITION_TARGET',
    message: `Missing 'Next' target: ${target}`,
    location,
  });
  const branch = { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } };

  test.each<[string, string, Diagnostic[]]>([
    ['a workflow that cannot end', machine(loop), [noEnd]],
    [
      'one that goes nowhere, too',
      machine({ A: { Type: 'Pass', Next: 'NOPE' } }),
      [missing('NOPE', '/States/A/Next'), noEnd],
    ],
    ['a state that nobody reaches', machine({ ...loop, C: { Type: 'Pass', End: true } }), [notReachable('C')]],
    [
      'a start that is no state',
      machine({ A: { Type: 'Pass', End: true } }, { StartAt: 'Nope' }),
      [missing('Nope', '/StartAt'), notReachable('A')],
    ],
    [
      'Next together with End',
      machine({ X: { Type: 'Pass', Next: 'Y', End: true }, Y: { Type: 'Succeed' } }),
      [failed("These fields are mutually exclusive: ['Next', 'End']")],
    ],
    ...['TimeoutSeconds', 'HeartbeatSeconds'].map((field): [string, string, Diagnostic[]] => [
      `${field} of a Parallel`,
      only({ Type: 'Parallel', Branches: [branch], [field]: 5 }),
      [failed(`Field '${field}' is not supported`)],
    ]),
    [
      'Catch and Retry of a Pass',
      machine({
        X: {
          Type: 'Pass',
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'X' }],
          Retry: [{ ErrorEquals: ['States.ALL'] }],
          End: true,
        },
      }),
      [failed("Field 'Catch' is not supported"), failed("Field 'Retry' is not supported")],
    ],
    ['a field nobody knows', only({ Type: 'Pass', Outptu: 1 }), [failed("Field 'Outptu' is not supported")]],
    [
      'a field of the other language',
      only({ Type: 'Pass', InputPath: '$.a' }),
      [
        failed(
          "The QueryLanguage is set to 'JSONata', but field 'InputPath' is only supported for the 'JSONPath' QueryLanguage",
        ),
      ],
    ],
    [
      'the same the other way round',
      machine({ X: { ...work, Arguments: {}, End: true } }, { QueryLanguage: 'JSONPath' }),
      [
        failed(
          "The QueryLanguage is set to 'JSONPath', but field 'Arguments' is only supported for the 'JSONata' QueryLanguage",
        ),
      ],
    ],
    [
      'JSONPath in a JSONata machine, and says no more of that state',
      only({ Type: 'Pass', QueryLanguage: 'JSONPath', Output: 1 }),
      [failed("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine")],
    ],
    [
      'a misspelled language, which counts as JSONata',
      only({ Type: 'Pass', QueryLanguage: 'jsonpath', Output: 1 }),
      [failed('Value should be one of the following: [JSONPath, JSONata]', '/States/X/QueryLanguage')],
    ],
    [
      'a language that is no text',
      machine({ X: { Type: 'Pass', End: true } }, { QueryLanguage: 5 }),
      [failed('Expected value of type [STRING]', '/QueryLanguage')],
    ],
    [
      'a language of a branch',
      only({ Type: 'Parallel', Branches: [{ ...branch, QueryLanguage: 'JSONata' }] }),
      [failed("Field 'QueryLanguage' is not supported", '/States/X/Branches[0]')],
    ],
    [
      'a language of an item processor',
      only({ Type: 'Map', ItemProcessor: { ...branch, QueryLanguage: 'JSONata' } }),
      [failed("Field 'QueryLanguage' is not supported", '/States/X/ItemProcessor')],
    ],
  ])('%s', async (_what, definition, expected) => {
    expect(await diagnosticsOf(definition)).toEqual(expected);
  });

  test.each([
    ['a[1,2)', 'Expected "]", got ","'],
    ['"unterminated', 'String literal must be terminated by a matching quote'],
    ['1 +', 'Unexpected end of expression'],
    ['$match("a", /abc', 'No terminating / in regular expression'],
    ['', 'Unexpected end of expression'],
  ])('the broken expression %j', async (expression, message) => {
    expect(await diagnosticsOf(pass(expression))).toEqual([
      { code: 'INVALID_JSONATA_EXPRESSION', message, location: '/States/X/Output/v' },
    ]);
  });

  test.each([
    ['phone', "Reference to 'phone' at the top level is not supported."],
    ['$sum(orders.price)', "Reference to 'orders' at the top level is not supported."],
    ['$$', "Reference to '$$' is not supported."],
    ['$states.errorOutput', "Field '$states.errorOutput' does not exist."],
    ['$states.result', "Field '$states.result' does not exist."],
    ['$states.inptu', "Field '$states.inptu' does not exist."],
  ])('the reference %s in a Pass', async (expression, message) => {
    expect(await diagnosticsOf(pass(expression))).toEqual([unsupported(message, '/States/X/Output/v')]);
  });
});

test.each<[string, string]>([
  [
    'names inside a path',
    pass('$states.input.orders[price > 3 and $exists(tax)].{"id": id, "sum": $sum(lines.price)}'),
  ],
  ['$ in a step', pass('$states.input.items.($ * 2)')],
  ['functions and variables', pass('($f := function($x) { $x.name }; $map($states.input.people, $f))')],
  ['sorting by a name', pass('$states.input.people^(>age, name)')],
  ['the result of a task', only({ ...work, Output: '{% $states.result.id %}', Assign: { a: '{% $states.result %}' } })],
  [
    'what a catcher caught',
    machine({
      X: {
        ...work,
        Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput.Error %}', Next: 'Y' }],
        Next: 'Y',
      },
      Y: { Type: 'Succeed' },
    }),
  ],
])('AWS takes %s', async (_what, definition) => {
  expect(await diagnosticsOf(definition)).toEqual([]);
});

test('the same findings refuse the creating and the changing of a machine, in one sentence', async () => {
  const { stepFunctions } = createWorld();
  const broken = machine({ A: { Type: 'Pass', Next: 'NOPE' } });
  const refusal = {
    name: 'InvalidDefinition',
    message:
      "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: NOPE at /States/A/Next, MISSING_END_STATE: Workflow has no terminal state at null'",
  };
  const create = { name: 'm', roleArn: ROLE };
  await expect(stepFunctions.call('CreateStateMachine', { ...create, definition: broken })).rejects.toMatchObject(
    refusal,
  );
  const good = machine({ A: { Type: 'Succeed' } });
  const created = (await stepFunctions.call('CreateStateMachine', { ...create, definition: good })) as object;
  const { stateMachineArn } = created as { stateMachineArn: string };
  await expect(stepFunctions.call('UpdateStateMachine', { stateMachineArn, definition: broken })).rejects.toMatchObject(
    refusal,
  );
  expect(await stepFunctions.call('DescribeStateMachine', { stateMachineArn })).toMatchObject({ definition: good });
});

test('a machine is described with the variables that each of its states reads, where any does', async () => {
  const { stepFunctions } = createWorld();
  const described = async (name: string, definition: string) => {
    const created = await stepFunctions.call('CreateStateMachine', { name, roleArn: ROLE, definition });
    return stepFunctions.call('DescribeStateMachine', { stateMachineArn: Object(created).stateMachineArn });
  };
  const inner = { StartAt: 'In', States: { In: { Type: 'Pass', Output: '{% $a + $b %}', End: true } } };
  const states = {
    A: { Type: 'Pass', Assign: { a: 1, b: 2 }, Next: 'B' },
    B: { Type: 'Parallel', Branches: [inner], Next: 'C' },
    C: { Type: 'Pass', Output: '{% $b %}', End: true },
  };
  expect(await described('reads', machine(states))).toMatchObject({
    variableReferences: { In: ['a', 'b'], C: ['b'] },
  });
  expect(await described('reads-none', machine({ A: { Type: 'Succeed' } }))).not.toHaveProperty('variableReferences');
});

test('a task is on record by its service, its action and how it waits', async () => {
  const world = createWorld();
  const task = (action: string) => ({ Type: 'Task', Resource: `arn:aws:states:::aws-sdk:dynamodb:${action}` });
  const arn = await world.start({
    Put: { ...task('putItem'), Arguments: {}, Next: 'Wait' },
    Wait: { ...task('updateItem.waitForTaskToken'), Arguments: { t: '{% $states.context.Task.Token %}' }, End: true },
  });
  const scheduled = (await world.history(arn)).filter(({ type }) => type === 'TaskScheduled');
  expect(scheduled.map(({ taskScheduledEventDetails: details }) => details)).toMatchObject([
    { resourceType: 'aws-sdk:dynamodb', resource: 'putItem' },
    { resourceType: 'aws-sdk:dynamodb', resource: 'updateItem.waitForTaskToken' },
  ]);
});
