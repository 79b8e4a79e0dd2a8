import { parseArgs } from 'node:util';
import { expect, it } from 'vitest';
import { isUsageError, joinNumbers, UnusableOption, usageProblem } from '../../../infra/local/command-line.ts';

/** What a command says to words it was given that are off. */
function said(args: string[]): string {
  try {
    parseArgs({ args, options: { seeds: { type: 'string', short: 's' }, json: { type: 'boolean' } } });
  } catch (error) {
    if (isUsageError(error)) return usageProblem(error);
  }
  throw new Error('Nothing is wrong with them.');
}

it.each([
  ['--sedes', 'There is no option --sedes.'],
  ['-x', 'There is no option -x.'],
  ['--seeds', '--seeds needs a value.'],
  ['--json=yes', '--json takes no value.'],
  ['more', '"more" is one word too many.'],
])('%s: %s', (word, problem) => {
  expect(said([word])).toBe(problem);
});

it('what we say of an option ourselves is said as it is', () => {
  expect(usageProblem(new UnusableOption('--seeds: a whole number.'))).toBe('--seeds: a whole number.');
});

it.each([['--json'], ['-3']])('an option that %s follows has no value yet', (next) => {
  expect(said(['--seeds', next])).toBe('--seeds needs a value, and what follows it is an option.');
});

it('a negative number is the value of the option before it', () => {
  expect(joinNumbers(['a.csv', '--last', '-3', '--out', '-x', '-4', '--n=1', '-5'])).toEqual([
    ...['a.csv', '--last=-3', '--out', '-x', '-4', '--n=1', '-5'],
  ]);
});
