import { AwsError, notEmulated, validationError } from './errors.ts';
import { isObject } from './message.ts';

/** Bounds of a number, or of the length of a text or a list. */
interface Bounds {
  readonly least?: number;
  readonly most?: number;
}

/** What a parameter may be, in the terms of AWS's API references. */
export type Shape =
  | (Bounds & { readonly type: 'string'; readonly pattern?: string; readonly values?: readonly string[] })
  | (Bounds & { readonly type: 'integer' })
  | (Bounds & { readonly type: 'list'; readonly of: Shape })
  | { readonly type: 'map'; readonly of: Shape }
  | { readonly type: 'structure'; readonly members: Members }
  | { readonly type: 'boolean' | 'timestamp' | 'any' };

/** The members of a structure, or an action's parameters, by name. What is not among them is not emulated. */
export type Members = Readonly<Record<string, Shape & { readonly required?: boolean }>>;

/** A text that is not empty, of at most so many characters. */
export const boundedText = (most: number, pattern?: string): Shape => ({
  type: 'string',
  least: 1,
  most,
  ...(pattern === undefined ? {} : { pattern }),
});

/** How a service complains. */
export interface Complaints {
  /** Of a value of another type; `where` is e.g. `entries.1.member.source`. */
  readonly ofType: (where: string, wanted: string) => AwsError;
  /** Of values that break constraints, each with its sentence. */
  readonly ofConstraints: (sentences: readonly string[]) => AwsError;
  /** Whether numbers and booleans come as texts, as in forms and query strings. */
  readonly asText?: boolean;
}

const validationErrors = (sentences: readonly string[]): string =>
  `${sentences.length} validation error${sentences.length > 1 ? 's' : ''} detected: ${sentences.join('; ')}`;

/** How services complain that speak JSON. */
export const jsonComplaints: Complaints = {
  ofType: (where, wanted) => new AwsError('SerializationException', `The value of ${where} is no ${wanted}`),
  ofConstraints: (sentences) => validationError(validationErrors(sentences)),
};

/** How services complain that take forms and answer XML. */
export const queryComplaints: Complaints = {
  ofType: (where, wanted) => new AwsError('MalformedInput', `The value of ${where} is no ${wanted}`),
  ofConstraints: (sentences) => new AwsError('ValidationError', validationErrors(sentences)),
  asText: true,
};

/**
 * Checks an action's parameters as AWS checks them: first their types, then all constraints at once. Parameters that are not among
 * the members are refused by name, `action` being e.g. `EventBridge.PutEvents`. A member that is null counts as left out.
 */
export function checkParameters(
  action: string,
  { members, complaints = jsonComplaints }: { readonly members: Members; readonly complaints?: Complaints },
  parameters: Readonly<Record<string, unknown>>,
): void {
  const broken: string[] = [];
  const isText = complaints.asText === true;

  function checkMembers(shapes: Members, given: Readonly<Record<string, unknown>>, path: string): void {
    for (const name of Object.keys(given)) {
      if (Object.hasOwn(shapes, name) || isNothing(given[name])) continue;
      throw notEmulated(`${action} parameter ${path === '' ? name : `${path}.${name}`}`);
    }
    for (const [name, shape] of Object.entries(shapes)) {
      const where = `${path === '' ? '' : `${path}.`}${name.charAt(0).toLowerCase()}${name.slice(1)}`;
      const value = given[name];
      if (!isNothing(value)) checkValue(shape, value, where);
      else if (shape.required)
        broken.push(`Value null at '${where}' failed to satisfy constraint: Member must not be null`);
    }
  }

  function checkValue(shape: Shape, given: unknown, where: string): void {
    const value = isText && given === '' ? (empty[shape.type] ?? given) : given;
    switch (shape.type) {
      case 'string':
        if (typeof value !== 'string') throw complaints.ofType(where, 'string');
        checkText(shape, value, where);
        return;
      case 'integer': {
        const number = isText && typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
        if (typeof number !== 'number' || !Number.isInteger(number)) throw complaints.ofType(where, 'integer');
        checkBounds(shape, { size: number, what: 'value', shown: `'${number}'` }, where);
        return;
      }
      case 'boolean':
        if (typeof value === 'boolean' || (isText && (value === 'true' || value === 'false'))) return;
        throw complaints.ofType(where, 'boolean');
      case 'timestamp':
        if (typeof value === 'number' || !Number.isNaN(Date.parse(String(value)))) return;
        throw complaints.ofType(where, 'timestamp');
      case 'list':
        if (!Array.isArray(value)) throw complaints.ofType(where, 'list');
        checkBounds(shape, { size: value.length, what: 'length' }, where);
        for (const [index, each] of value.entries()) checkValue(shape.of, each, `${where}.${index + 1}.member`);
        return;
      case 'map':
        if (!isObject(value)) throw complaints.ofType(where, 'map');
        for (const [key, each] of Object.entries(value)) checkValue(shape.of, each, `${where}.${key}.member`);
        return;
      case 'structure':
        if (!isObject(value)) throw complaints.ofType(where, 'structure');
        checkMembers(shape.members, value, where);
        return;
      case 'any':
        return;
    }
  }

  function checkText(shape: Extract<Shape, { type: 'string' }>, text: string, where: string): void {
    const shown = `'${text}'`;
    checkBounds(shape, { size: text.length, what: 'length', shown }, where);
    const { pattern, values } = shape;
    if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(text))
      broken.push(
        `Value ${shown} at '${where}' failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern}`,
      );
    if (values !== undefined && !values.includes(text))
      broken.push(
        `Value ${shown} at '${where}' failed to satisfy constraint: Member must satisfy enum value set: [${values.join(', ')}]`,
      );
  }

  function checkBounds(
    { least, most }: Bounds,
    of: { readonly size: number; readonly what: 'length' | 'value'; readonly shown?: string },
    where: string,
  ): void {
    const say = (bound: string) =>
      broken.push(
        `Value ${of.shown === undefined ? '' : `${of.shown} `}at '${where}' failed to satisfy constraint: Member must have ${of.what} ${bound}`,
      );
    if (least !== undefined && of.size < least) say(`greater than or equal to ${least}`);
    if (most !== undefined && of.size > most) say(`less than or equal to ${most}`);
  }

  checkMembers(members, parameters, '');
  if (broken.length > 0) throw complaints.ofConstraints(broken);
}

/** What a form says with an empty text. */
const empty: Readonly<Record<string, unknown>> = { list: [], structure: {} };

const isNothing = (value: unknown): boolean => value === null || value === undefined;
