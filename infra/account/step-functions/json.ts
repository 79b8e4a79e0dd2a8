/** JSON values as the engine passes them on: the parsed value beside its text, so that neither is made twice. */

export type JsonObject = Record<string, unknown>;

/** A state's input or output; values are never changed in place. */
export interface Data {
  readonly value: unknown;
  readonly text: string;
}

/** The most bytes (UTF-8) a state's input, output, or task result may have. */
export const DATA_LIMIT = 262_144;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects in a value that should be a list of objects. */
export function objectsIn(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Pairs a JSON value with its text. */
export function dataOf(value: unknown): Data {
  return { value, text: JSON.stringify(value) ?? 'null' };
}

/** Parses JSON text into a pair that keeps the text as written; throws SyntaxError. */
export function dataFrom(text: string): Data {
  return { value: JSON.parse(text), text };
}

/** Whether the text has more bytes than Step Functions passes on. */
export function exceedsLimit(text: string): boolean {
  return text.length * 3 > DATA_LIMIT && Buffer.byteLength(text) > DATA_LIMIT;
}

/** The type's name as Step Functions words it. */
export function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
