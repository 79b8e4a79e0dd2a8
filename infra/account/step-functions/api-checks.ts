import { ApiError } from './errors.ts';
import { DATA_LIMIT, isObject, type JsonObject } from './json.ts';

/** The parameters of a call, read one by one in AWS's manner of refusing them. */
export interface Parameters {
  /** A text that must be there. */
  required(name: string): string;
  text(name: string): string | undefined;
  flag(name: string): boolean;
  /** A number between bounds. */
  number(name: string, bounds: { readonly least: number; readonly most: number }): number | undefined;
  object(name: string): JsonObject | undefined;
  list(name: string): unknown[];
  has(name: string): boolean;
}

function invalid(what: string): ApiError {
  return new ApiError('ValidationException', `1 validation error detected: ${what}`);
}

function constraint(name: string, value: unknown, rule: string): ApiError {
  return invalid(
    `Value ${value === undefined ? 'null' : `'${String(value)}'`} at '${name}' failed to satisfy constraint: ${rule}`,
  );
}

/** Reads a call's parameters. Its methods throw ValidationException. */
export function readParameters(params: unknown): Parameters {
  const source = isObject(params) ? params : {};
  const text = (name: string): string | undefined => {
    const value = source[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string') throw new ApiError('SerializationException', `'${name}' must be a string`);
    return value;
  };
  return {
    text,
    required: (name) => {
      const value = text(name);
      if (value === undefined) throw constraint(name, undefined, 'Member must not be null');
      return value;
    },
    flag: (name) => source[name] === true,
    number: (name, { least, most }) => {
      const value = source[name];
      if (typeof value !== 'number') return undefined;
      if (value > most) throw constraint(name, value, `Member must have value less than or equal to ${most}`);
      if (value < least) throw constraint(name, value, `Member must have value greater than or equal to ${least}`);
      return value;
    },
    object: (name) => {
      const value = source[name];
      return isObject(value) ? value : undefined;
    },
    list: (name) => {
      const value = source[name];
      return Array.isArray(value) ? value : [];
    },
    has: (name) => source[name] !== undefined && source[name] !== null,
  };
}

/** One of a set of words. Throws ValidationException. */
export function oneOf<T extends string>(name: string, value: string | undefined, allowed: readonly T[]): T | undefined {
  if (value === undefined) return undefined;
  const found = allowed.find((word) => word === value);
  if (found === undefined) throw constraint(name, value, `Member must satisfy enum value set: [${allowed.join(', ')}]`);
  return found;
}

export function atMost(name: string, value: string | undefined, length: number): void {
  if (value !== undefined && value.length > length)
    throw constraint(name, value, `Member must have length less than or equal to ${length}`);
}

/** A payload of at most 256 KiB that is JSON. Throws ValidationException, or the named error for text that is no JSON. */
export function checkPayload(
  name: string,
  value: string,
  notJson: { readonly error: string; readonly message: string },
): void {
  if (Buffer.byteLength(value) > DATA_LIMIT)
    throw invalid(
      `Value at '${name}' failed to satisfy constraint: Member must have length less than or equal to ${DATA_LIMIT}`,
    );
  try {
    JSON.parse(value);
  } catch (error) {
    throw new ApiError(
      notJson.error,
      `${notJson.message}: '${error instanceof Error ? error.message : String(error)}'`,
    );
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what AWS forbids in a name
const FORBIDDEN_IN_NAME = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]/;

/** The name of a machine or execution. Throws ValidationException or InvalidName. */
export function checkName(value: string): string {
  if (value === '') throw constraint('name', '', 'Member must have length greater than or equal to 1');
  atMost('name', value, 80);
  if (FORBIDDEN_IN_NAME.test(value)) throw new ApiError('InvalidName', `Invalid Name: '${value}'`);
  return value;
}

interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

/** Cuts one page out of a list. `maxResults` 0 or none means the default. Throws ValidationException or InvalidToken. */
export function page<T>(all: readonly T[], parameters: Parameters, longestToken = 1024): Page<T> {
  const size = parameters.number('maxResults', { least: 0, most: 1000 }) || 100;
  const token = parameters.text('nextToken');
  atMost('nextToken', token, longestToken);
  const start = token === undefined ? 0 : offsetIn(token);
  const end = start + size;
  return {
    items: all.slice(start, end),
    nextToken: end < all.length ? Buffer.from(`offset ${end}`).toString('base64') : undefined,
  };
}

function offsetIn(token: string): number {
  const [, offset] = /^offset (\d+)$/.exec(Buffer.from(token, 'base64').toString()) ?? [];
  if (offset === undefined) throw new ApiError('InvalidToken', "Invalid Token: 'Invalid token'");
  return Number(offset);
}
