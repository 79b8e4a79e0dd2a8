import fc from 'fast-check';
import jsonata from 'jsonata';
import { describe, expect, test } from 'vitest';
import { ASK, shortcutFor } from '../../../../infra/account/step-functions/shortcut.ts';
import { course } from '../../../support/course.ts';
import { createWorld, FUNCTION, START } from './world.ts';

const pass = (output: unknown, more: object = {}) => ({ Only: { Type: 'Pass', Output: output, End: true, ...more } });

async function result(expression: string, input: unknown = {}): Promise<unknown> {
  const world = createWorld(undefined, { random: () => 0.5 });
  const arn = await world.start(pass(`{% ${expression} %}`), { input });
  const described = await world.describe(arn);
  return described['status'] === 'SUCCEEDED' ? JSON.parse(String(described['output'])) : described['error'];
}

describe('what Step Functions adds to JSONata', () => {
  test.each([
    ['$partition([1,2,3,4,5], 2)', [[1, 2], [3, 4], [5]]],
    ['$partition([0], 1)', [[0]]],
    ['$range(0, 10, 3)', [0, 3, 6, 9]],
    ['$range(3, 1, -1)', [3, 2, 1]],
    ['$range(1, 9, 9)', 1],
    ["$hash('input data', 'SHA-1')", 'aaff4a450a104cd177d28d18d74485e8cae074b7'],
    ['$parse(\'{"a": [1]}\')', { a: [1] }],
    ['$random(42) = $random(42)', true],
    ['$random()', 0.5],
    ["$now() & '|' & $millis()", `${new Date(START).toISOString()}|${START}`],
    ["$now('[Y]-[M01]', '+0200')", '2026-03'],
    [
      '$partition([1,2,3,4], 2.9)',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['$partition([1,2,3])', [[1, 2, 3]]],
    ['$range(-1.7, 2, 1)', [-1, 0, 1, 2]],
    ['$range(0, 6, 3)', [0, 3, 6]],
    ['$count($range(1, 200000, 1))', 200_000],
    ['$random(42)', 0.7275636800328681],
    ['$random(42.9) = $random(42)', true],
    ['$map(\'["1","2"]\' ~> $parse, $parse)', [1, 2]],
    ['$parse(\'{"a":": ","b":{"a":1}}\')', { a: ': ', b: { a: 1 } }],
    ['$exists($partition([], 2)) or $exists($partition([1], 0)) or $exists($partition($none, 1))', false],
    ['$exists($range(0, 1, 0)) or $exists($range(0, 1)) or $exists($range(0, 1, -1))', false],
    ["$exists($hash('a')) or $exists($parse($none))", false],
    // JSON has no such numbers: AWS writes their names.
    ['1/0', 'Infinity'],
    ["{'least': [-1/0], 'none': $parseInteger('abc', '0')}", { least: ['-Infinity'], none: 'NaN' }],
  ])('%s', async (expression, expected) => {
    expect(await result(expression)).toEqual(expected);
  });

  test('$uuid is a fresh id each time', async () => {
    const world = createWorld();
    const arn = await world.start(pass({ a: '{% $uuid() %}', b: '{% $uuid() %}' }));
    const { a, b } = (await world.output(arn)) as Record<string, string>;
    expect(a).not.toBe(b);
  });
});

describe('an expression that fails', () => {
  const chain = (terms: number) => `$sum([1])${' + 1'.repeat(terms - 1)}`;

  test.each([
    ['$parse(\'{"a":\')', '. D3137: Invalid JSON'],
    ['$parse(\'{"a":1,"a":2}\')', '. D3137: Invalid JSON'],
    ["$parse('[1] [2]')", '. D3137: Invalid JSON'],
    ["$parse('')", '. D3137: Invalid JSON'],
    ["$parse('[1e999]')", '. D3137: Invalid JSON'],
    ['$parse(1)', '. T0410: Argument 1 of function "parse" does not match function signature'],
    ["$parse('1', 2)", '. T0410: Argument 2 of function "parse" does not match function signature'],
    ['$partition(1, 2)', '. T0412: Argument 1 of function "partition" must be an array of undefined'],
    ["$partition([1], 'two')", '. T0410: Argument 2 of function "partition" does not match function signature'],
    ['$partition([1], -2)', '. D3137: Second argument must be zero or greater'],
    ["$range('a', 2, 1)", '. T0410: Argument 1 of function "range" does not match function signature'],
    ['$range(1, $none, 1)', '. T0410: Argument 2 of function "range" does not match function signature'],
    ["$hash(1, 'MD5')", '. T0410: Argument 1 of function "hash" does not match function signature'],
    ["$hash('a', 'MD6')", ". D3137: Hash algorithm 'MD6' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5"],
    ["$random('a')", '. T0410: Argument 1 of function "random" does not match function signature'],
    ['$uuid(1)', '. T0410: Argument 1 of function "uuid" does not match function signature'],
    ["$eval('1 + 1')", '. T1006: Attempted to invoke a non-function'],
    ['1/0 + 1', '. D1001: Number out of range: null'],
    [
      chain(200),
      ': Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive',
    ],
    [
      '($f := function($x) { 1 + $f($x + 1) }; $f(1))',
      ': Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive',
    ],
    ['$count([1..873783])', ': Expression evaluation memory limit exceeded: Check for excessive memory usage'],
    ['$range(1, 873783, 1)', ': Expression evaluation memory limit exceeded: Check for excessive memory usage'],
  ])('%s says why, with the code it has', async (expression, why) => {
    const world = createWorld();
    const described = await world.describe(await world.start(pass(`{% ${expression} %}`)));
    expect(described['error']).toBe('States.QueryEvaluationError');
    expect(described['cause']).toBe(
      `An error occurred while executing the state 'Only' (entered at the event id #2). The JSONata expression '${expression}' specified for the field 'Output' threw an error during evaluation${why}`,
    );
  });

  test('only past what AWS evaluates: long lists, wide objects and long texts are not deep', async () => {
    expect(await result(chain(90))).toBe(90);
    const many = Array.from({ length: 300 }, (_, index) => index);
    expect(await result(`[${many.map((item) => `$sum([${item}])`).join(', ')}]`)).toEqual(many);
    expect(await result('$count([1..873782])')).toBe(873_782);
  });

  test('because it never ends, ends', course, async () => {
    expect(await result('($f := function($x) { $f($x + 1) }; $f(1))')).toBe('States.QueryEvaluationError');
  });

  test.each([
    [
      '{% $nothing %}',
      "The JSONata expression '$nothing' specified for the field 'Output' returned nothing (undefined).",
    ],
    ['{% function($x){ $x } %}', "specified for the field 'Output' returned an unsupported result type."],
    ["{% 1 + 'one' %}", "specified for the field 'Output' threw an error during evaluation. T2002:"],
  ])('%s is States.QueryEvaluationError and says why', async (output, cause) => {
    const world = createWorld();
    const arn = await world.start(pass(output));
    const described = await world.describe(arn);
    expect(described).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
    expect(described['cause']).toContain(
      "An error occurred while executing the state 'Only' (entered at the event id #2). ",
    );
    expect(described['cause']).toContain(cause);
    expect((await world.history(arn)).at(-2)).toMatchObject({
      type: 'EvaluationFailed',
      evaluationFailedEventDetails: { location: 'Output', state: 'Only' },
    });
  });

  test('at once is not begun: EvaluationFailed follows what came before the state; a Wait was begun', async () => {
    const world = createWorld();
    const previous = async (state: object): Promise<number | undefined> => {
      const arn = await world.start({ Before: { Type: 'Pass', Next: 'Fails' }, Fails: { ...state, End: true } });
      return (await world.history(arn)).find(({ type }) => type === 'EvaluationFailed')?.previousEventId;
    };
    expect(await previous({ Type: 'Pass', Output: '{% $nothing %}' })).toBe(3);
    expect(await previous({ Type: 'Wait', Timestamp: "{% 'soon' %}" })).toBe(4);
  });

  test('names the place inside a structure', async () => {
    const world = createWorld();
    const arn = await world.start(pass({ list: [1, { deep: '{% $nothing %}' }] }));
    const failed = (await world.history(arn)).find(({ type }) => type === 'EvaluationFailed');
    expect(failed?.['evaluationFailedEventDetails']?.['location']).toBe('Output/list[1]/deep');
  });

  test('after a task can be caught, and follows the task’s own events', async () => {
    const world = createWorld(() => 'result');
    const arn = await world.start({
      Work: {
        Type: 'Task',
        Resource: FUNCTION,
        Output: '{% $states.result.missing %}',
        Catch: [{ ErrorEquals: ['States.QueryEvaluationError'], Output: 'caught', Next: 'End' }],
        End: true,
      },
      End: { Type: 'Succeed' },
    });
    expect(await world.output(arn)).toBe('caught');
    const events = await world.history(arn);
    const succeeded = events.find(({ type }) => type === 'LambdaFunctionSucceeded');
    expect(events.find(({ type }) => type === 'EvaluationFailed')?.previousEventId).toBe(succeeded?.id);
  });

  test('a condition must be a boolean, and some condition must hold', async () => {
    const world = createWorld();
    const choice = (condition: string) => ({
      Decide: { Type: 'Choice', Choices: [{ Condition: condition, Next: 'End' }] },
      End: { Type: 'Succeed' },
    });
    const typed = await world.describe(await world.start(choice("{% 'yes' %}")));
    expect(typed['cause']).toContain(
      `'Choices[0]/Condition' returned an unexpected result type. Expected 'boolean', but was 'string' for value: "yes"`,
    );
    const unmatched = await world.describe(await world.start(choice('{% false %}')));
    expect(unmatched).toMatchObject({ status: 'FAILED', error: 'States.NoChoiceMatched' });
  });
});

test('Assign takes effect after the state: Output and Assign see the old values', async () => {
  const world = createWorld();
  const arn = await world.start({
    One: { Type: 'Pass', Assign: { n: 1 }, Next: 'Two' },
    Two: { Type: 'Pass', Assign: { n: '{% $n + 1 %}', old: '{% $n %}' }, Output: '{% $n %}', Next: 'Three' },
    Three: { Type: 'Pass', Output: { n: '{% $n %}', old: '{% $old %}', input: '{% $states.input %}' }, End: true },
  });
  expect(await world.output(arn)).toEqual({ n: 2, old: 1, input: 1 });
});

test('a string is an expression only from its first to its last character', async () => {
  const world = createWorld();
  const arn = await world.start(pass({ text: ' {% 1 %}', path: '$states.input', '$.x': 'kept' }));
  expect(await world.output(arn)).toEqual({ text: ' {% 1 %}', path: '$states.input', '$.x': 'kept' });
});

describe('shortcuts', () => {
  const sources = [
    '$states.input',
    '$states.input.a',
    '$states.input.a.b',
    '$x',
    '$x.a',
    '$states.input.a + $x',
    '$states.input.a - 1',
    '$states.input.a * $states.input.b',
    '$states.input.a = $x',
    '$states.input.a != null',
    '$states.input.a < $x',
    "$states.input.a >= 'm'",
    "$states.input.a & '-' & $x",
    '$states.input.a and $x',
    '$states.input.a or $x',
    '$not($states.input.a)',
    '$exists($states.input.a.b)',
    '$string($x)',
    "$states.input.a ? 'yes' : $x",
    '$states.input.a ? 1',
    '{"one": $states.input.a, "two": {"b": $x.a}}',
    '[$states.input.a, $x, {"c": 1}, [$x]]',
    '$merge([$states.input, {"b": $x}])',
    '($states.input.a)',
    '($x = 1) or ($x = 2)',
    '$states.input.a in $x',
    '$states.input.a[0]',
    '$states.input.(a)',
  ];
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom<unknown>(null, true, false, '', 'm', 0, 1, 2, -1, 0.1, 1e21, 2 ** 60, [], {}),
      fc.string({ maxLength: 3 }),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('any'), { maxKeys: 3 }),
    ),
  })).any;

  test('answer as the reference implementation does, or do not answer', async () => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...sources), value, value, async (source, input, x) => {
        const expression = jsonata(source);
        const bindings = { states: { input }, x };
        const quick = shortcutFor(expression.ast())?.(structuredClone(bindings)) ?? undefined;
        if (quick === ASK || quick === undefined) return;
        answered += 1;
        const reference = await expression.evaluate(undefined, structuredClone(bindings));
        expect(JSON.stringify(quick)).toBe(JSON.stringify(reference));
      }),
      { numRuns: 3000 },
    );
    expect(answered).toBeGreaterThan(500);
  });

  test('a missing value is left to the reference implementation or is nothing', async () => {
    for (const source of sources) {
      const quick = shortcutFor(jsonata(source).ast())?.({ states: { input: {} } });
      const reference = await jsonata(source).evaluate(undefined, { states: { input: {} } });
      if (quick !== ASK && quick !== undefined) expect(JSON.stringify(quick)).toBe(JSON.stringify(reference));
      if (quick === undefined && shortcutFor(jsonata(source).ast()) !== undefined) expect(reference).toBeUndefined();
    }
  });
});
