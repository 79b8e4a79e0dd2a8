import { expect, test } from 'vitest';
import { jsonProblem } from '../../../../infra/account/step-functions/json-problem.ts';

const VALUES = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/** What AWS's parser answers; the first two as it was recorded. */
test.each([
  ['not a definition', `Unrecognized token 'not': was expecting ${VALUES}`, 4],
  ["{'a': 1}", "Unexpected character (''' (code 39)): was expecting double-quote to start field name", 3],
  ['{"a":1,}', "Unexpected character ('}' (code 125)): was expecting double-quote to start field name", 9],
  ['{"a" 1}', "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value", 7],
  ['{"a":}', "Unexpected character ('}' (code 125)): expected a value", 7],
  ['{"a":1 "b":2}', `Unexpected character ('"' (code 34)): was expecting comma to separate Object entries`, 9],
  ['[1 2]', "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries", 5],
  ['[1,]', `Unexpected character (']' (code 93)): expected a valid value ${VALUES}`, 5],
  ['{"a":undefined}', `Unrecognized token 'undefined': was expecting ${VALUES}`, 15],
  ['"abc', 'Unexpected end-of-input: was expecting closing quote for a string value', 5],
  ['{"a', 'Unexpected end-of-input in field name', 4],
  ['{"a":', 'Unexpected end-of-input within/between Object entries', 6],
  ['[1,', 'Unexpected end-of-input within/between Array entries', 4],
  ['"\\x"', "Unrecognized character escape 'x' (code 120)", 4],
  ['"\\u12g4"', "Unexpected character ('g' (code 103)): expected a hex-digit for character escape sequence", 7],
  ['01', 'Invalid numeric value: Leading zeroes not allowed', 3],
  [
    '-x',
    "Unexpected character ('x' (code 120)) in numeric value: expected digit (0-9) to follow minus sign, for valid numeric value",
    3,
  ],
  ['1.', "Unexpected character ('.' (code 46)) in numeric value: Decimal point not followed by a digit", 3],
  ['[1.5,]', `Unexpected character (']' (code 93)): expected a valid value ${VALUES}`, 7],
  ['[1.5e-3,]', `Unexpected character (']' (code 93)): expected a valid value ${VALUES}`, 10],
  ['1x', "Unexpected character ('x' (code 120)): Expected space separating root-level values", 3],
  ['{} {}', 'Trailing token found after value: not allowed', 5],
  ['€', `Unrecognized token '€': was expecting ${VALUES}`, 2],
  ['→', `Unexpected character ('→' (code 8594 / 0x2192)): expected a valid value ${VALUES}`, 2],
])('%s', (text, message, column) => {
  const location = `[Source: (String)"${text}"; line: 1, column: ${column}]`;
  expect(jsonProblem(text)).toEqual({ message, location });
});

test('says in which line, and where what is open began', () => {
  const open = '{\n  "a": [1,\n  2';
  expect(jsonProblem(open)).toEqual({
    message: `Unexpected end-of-input: expected close marker for Array (start marker at [Source: (String)"${open}"; line: 2, column: 8])`,
    location: `[Source: (String)"${open}"; line: 3, column: 4]`,
  });
  expect(jsonProblem('{]')?.message).toBe(
    `Unexpected close marker ']': expected '}' (for Object starting at [Source: (String)"{]"; line: 1, column: 1])`,
  );
  expect(jsonProblem('"a\nb"')?.message).toBe(
    'Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be included in string value',
  );
});

test('quotes the first 500 characters of a long text, and is not exhausted by a deep one', () => {
  const deep = '['.repeat(100_000);
  expect(jsonProblem(deep)?.location).toBe(
    `[Source: (String)"${'['.repeat(500)}"[truncated 99500 chars]; line: 1, column: 100001]`,
  );
});

test.each(['', '  \n', '{}', '[1, -2.5e3, "ä\\u00e4", true, false, null, {"a": {}}]', '0'])(
  'finds nothing wrong with %j',
  (text) => {
    expect(jsonProblem(text)).toBeUndefined();
  },
);
