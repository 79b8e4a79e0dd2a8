import { ApiError, NotEmulated } from './errors.ts';
import { DATA_LIMIT, isObject, type JsonObject } from './json.ts';
import { jsonProblem } from './json-problem.ts';

/** The types a call's parameters may have. */
export type ParameterTypes = Readonly<Record<string, 'text' | 'flag' | 'number' | 'object' | 'list'>>;

/** The parameters of a call, of known names and types, read one by one in AWS's manner of refusing them. */
export interface Parameters {
  /** A text that must be there. */
  required(name: string): string;
  text(name: string): string | undefined;
  flag(name: string): boolean;
  /** A whole number between bounds. */
  number(name: string, bounds: { readonly least: number; readonly most: number }): number | undefined;
  object(name: string): JsonObject | undefined;
  /** The members of an object, read like parameters. */
  within(name: string, types: ParameterTypes): Parameters | undefined;
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

const MATCHES: Readonly<Record<string, (value: unknown) => boolean>> = {
  'a string': (value) => typeof value === 'string',
  'a boolean': (value) => typeof value === 'boolean',
  'a number': (value) => typeof value === 'number',
  'an object': isObject,
  'a list': Array.isArray,
};
const NAMES: Readonly<Record<ParameterTypes[string], string>> = {
  text: 'a string',
  flag: 'a boolean',
  number: 'a number',
  object: 'an object',
  list: 'a list',
};

/**
 * Reads a call's parameters. Throws SerializationException for a wrong type and NotEmulated for an
 * unknown name; its methods throw ValidationException.
 */
export function readParameters(params: unknown, types: ParameterTypes, owner: string): Parameters {
  const source = isObject(params) ? params : {};
  for (const [name, value] of Object.entries(source)) {
    if (value === undefined || value === null) continue;
    const type = Object.hasOwn(types, name) ? types[name] : undefined;
    if (type === undefined) throw new NotEmulated(`the parameter '${name}' of ${owner}`);
    if (MATCHES[NAMES[type]]?.(value) !== true)
      throw new ApiError('SerializationException', `'${name}' must be ${NAMES[type]}`);
  }
  const given = (name: string): unknown => source[name] ?? undefined;
  const text = (name: string): string | undefined => given(name) as string | undefined;
  return {
    text,
    required: (name) => {
      const value = text(name);
      if (value === undefined) throw constraint(name, undefined, 'Member must not be null');
      return value;
    },
    flag: (name) => source[name] === true,
    number: (name, { least, most }) => {
      const value = given(name) as number | undefined;
      if (value === undefined) return undefined;
      if (!Number.isInteger(value)) throw new ApiError('SerializationException', `'${name}' must be a whole number`);
      if (value > most) throw constraint(name, value, `Member must have value less than or equal to ${most}`);
      if (value < least) throw constraint(name, value, `Member must have value greater than or equal to ${least}`);
      return value;
    },
    object: (name) => given(name) as JsonObject | undefined,
    within: (name, inner) => (given(name) === undefined ? undefined : readParameters(source[name], inner, name)),
    list: (name) => (given(name) as unknown[] | undefined) ?? [],
    has: (name) => given(name) !== undefined,
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

/** A text that has at least one character. Throws ValidationException. */
export function notEmpty(name: string, value: string | undefined): void {
  if (value === '') throw constraint(name, value, 'Member must have length greater than or equal to 1');
}

/** A payload of at most 256 KiB that is JSON. Throws ValidationException, or the named error for text that is no JSON. */
export function checkPayload(
  name: string,
  value: string,
  notJson: { readonly error: string; readonly message: string; readonly empty: string },
): void {
  if (Buffer.byteLength(value) > DATA_LIMIT)
    throw invalid(
      `Value at '${name}' failed to satisfy constraint: Member must have length less than or equal to ${DATA_LIMIT}`,
    );
  try {
    JSON.parse(value);
  } catch {
    throw new ApiError(notJson.error, `${notJson.message}: '${jsonProblem(value)?.message ?? notJson.empty}'`);
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what AWS forbids in a name
const FORBIDDEN_IN_NAME = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]/;

/** The name of a machine or execution. Throws ValidationException or InvalidName. */
export function checkName(value: string): string {
  notEmpty('name', value);
  atMost('name', value, 80);
  if (FORBIDDEN_IN_NAME.test(value)) throw new ApiError('InvalidName', `Invalid Name: '${value}'`);
  return value;
}

interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

/**
 * Cuts one page out of a list; `of` names the list, so that its tokens open no other. `maxResults` 0 or
 * none means 100. Throws ValidationException or InvalidToken.
 */
export function page<T>(
  all: readonly T[],
  parameters: Parameters,
  { of, longestToken = 1024 }: { readonly of: string; readonly longestToken?: number },
): Page<T> {
  const size = parameters.number('maxResults', { least: 0, most: 1000 }) || 100;
  const token = parameters.text('nextToken');
  atMost('nextToken', token, longestToken);
  notEmpty('nextToken', token);
  const start = token === undefined ? 0 : offsetIn(token, of);
  const end = start + size;
  return {
    items: all.slice(start, end),
    nextToken: end < all.length ? Buffer.from(`offset ${end} of ${of}`).toString('base64') : undefined,
  };
}

function offsetIn(token: string, list: string): number {
  const [, offset, of] = /^offset (\d+) of (.*)$/s.exec(Buffer.from(token, 'base64').toString()) ?? [];
  if (offset === undefined || of !== list) throw new ApiError('InvalidToken', "Invalid Token: 'Invalid token'");
  return Number(offset);
}
