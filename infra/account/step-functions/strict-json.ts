import { isObject } from './json.ts';

/**
 * Reads JSON as AWS's `$parse` does: text that repeats a key within an object, or holds a number that no double can hold, is no
 * JSON either. Throws SyntaxError.
 */
export function parseStrictly(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const colons = text.replace(/"(?:[^"\\]|\\.)*"/g, '').split(':').length - 1;
  if (keysIn(value) < colons) throw new SyntaxError('A key is repeated.');
  return value;
}

/** How many members the objects in a value have. Throws SyntaxError for a number that is not finite. */
function keysIn(value: unknown): number {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new SyntaxError('A number is out of range.');
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + keysIn(item), 0);
  if (!isObject(value)) return 0;
  return Object.values(value).reduce((sum: number, item) => sum + 1 + keysIn(item), 0);
}
