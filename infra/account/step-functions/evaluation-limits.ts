import jsonata from 'jsonata';
import { isObject } from './json.ts';

/** The most items a sequence may have, as measured on AWS: its limit is on memory, and one more number than these exceeds it. */
export const MOST_ITEMS = 873_782;

/** How deep an expression may nest, as measured on AWS: one level for each operator, parenthesis, member and call. */
const DEEPEST = 100;

/**
 * How many nodes may be under evaluation at once. AWS counts a call within a call like any nesting, and ends at 100; the
 * reference implementation counts the members of a list or object as nested, too, so that its limit has to be higher.
 */
const MOST_AT_ONCE = 1_000;

/** When an evaluation is taken for endless, in milliseconds of the wall clock; AWS tells nobody how long it waits. */
const LONGEST = 5_000;

/** Compiles an expression that stops at AWS's limits. Throws as JSONata does for what is no JSONata. */
export function limited(source: string): jsonata.Expression {
  return jsonata(source, { stack: MOST_AT_ONCE, sequence: MOST_ITEMS, timeout: LONGEST });
}

/** What AWS says of an expression that needs more memory than it gives one. */
export function memoryExceeded(): Error {
  return new Error('Expression evaluation memory limit exceeded: Check for excessive memory usage');
}

const SAID: Readonly<Record<string, string>> = {
  D1011: 'Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive',
  D1012: 'Expression evaluation timeout: Check for infinite loop',
  D2014: memoryExceeded().message,
  D2015: memoryExceeded().message,
};

/** What AWS says where JSONata reports that a limit was reached; undefined for any other code. */
export function limitReached(code: unknown): string | undefined {
  return typeof code === 'string' && Object.hasOwn(SAID, code) ? SAID[code] : undefined;
}

/** What stands around an expression in a syntax tree, and is not evaluated itself. */
const AROUND: ReadonlySet<unknown> = new Set(['filter', 'index', 'sort']);

/** Whether a syntax tree nests deeper than AWS evaluates. */
export function nestsTooDeep(tree: unknown, above = 0): boolean {
  if (Array.isArray(tree)) return tree.some((part) => nestsTooDeep(part, above));
  if (!isObject(tree)) return false;
  const depth = typeof tree['type'] === 'string' && !AROUND.has(tree['type']) ? above + 1 : above;
  return depth > DEEPEST || Object.values(tree).some((part) => nestsTooDeep(part, depth));
}

/** What JSONata throws where an expression nests too deep. */
export const tooDeep: Readonly<{ code: string }> = { code: 'D1011' };
