import { AwsError } from './wire/errors.ts';
import { isObject } from './wire/message.ts';

/** Whether an event (its fields as EventBridge has them: `source`, `detail-type`, `detail`, …) matches. */
export type EventMatcher = (event: Readonly<Record<string, unknown>>) => boolean;

type Leaf = (value: unknown) => boolean;

/**
 * Compiles an EventBridge event pattern. Operators: exact, prefix, suffix, equals-ignore-case, wildcard, anything-but,
 * numeric, exists, $or. Throws InvalidEventPatternException for what is malformed or not emulated (`cidr`).
 */
export function compilePattern(pattern: unknown): EventMatcher {
  if (!isObject(pattern)) throw invalid('Filter is not an object');
  if (Object.keys(pattern).length === 0) throw invalid('Empty filter pattern');
  return compileObject(pattern);
}

function compileObject(pattern: Readonly<Record<string, unknown>>): EventMatcher {
  const tests = Object.entries(pattern).map(([key, value]): EventMatcher => {
    if (key === '$or' && Array.isArray(value)) {
      if (value.length < 2) throw invalid('There must have at least 2 Objects in "$or" relationship.');
      const choices = value.map((choice) => compilePattern(choice));
      return (event) => choices.some((matches) => matches(event));
    }
    if (isObject(value)) {
      const below = compilePattern(value);
      return (event) => objectsAt(event[key]).some(below);
    }
    if (!Array.isArray(value)) throw invalid(`"${key}" must be an object or an array`);
    return compileField(key, value);
  });
  return (event) => tests.every((matches) => matches(event));
}

/** An array of objects matches when one of its elements does, all its fields taken from the same element. */
function objectsAt(value: unknown): Readonly<Record<string, unknown>>[] {
  if (Array.isArray(value)) return value.flatMap(objectsAt);
  // A nested `exists: false` also matches where the whole object is missing.
  return [isObject(value) ? value : {}];
}

function compileField(key: string, alternatives: readonly unknown[]): EventMatcher {
  if (alternatives.length === 0) throw invalid('Empty arrays are not allowed');
  const leaves: Leaf[] = [];
  let missingMatches = false;
  let presentMatches = false;
  for (const alternative of alternatives) {
    if (isObject(alternative) && 'exists' in alternative) {
      const exists = single(alternative, 'exists');
      if (typeof exists !== 'boolean') throw invalid('exists match pattern must be either true or false.');
      if (exists) presentMatches = true;
      else missingMatches = true;
    } else leaves.push(compileLeaf(alternative));
  }
  return (event) => {
    const value = event[key];
    // "exists" knows leaves only: an object in the field's place is no value.
    const values = Array.isArray(value)
      ? value.flat(Number.POSITIVE_INFINITY)
      : value === undefined || isObject(value)
        ? []
        : [value];
    if (values.length === 0) return missingMatches;
    return presentMatches || leaves.some((matches) => values.some(matches));
  };
}

function compileLeaf(pattern: unknown): Leaf {
  if (!isObject(pattern)) return exactly(pattern);
  const [operator, ...more] = Object.keys(pattern);
  if (operator === undefined || more.length > 0) throw invalid('Only one key allowed in match expression');
  const operand = pattern[operator];
  switch (operator) {
    case 'prefix':
    case 'suffix':
      return affix(operator, operand);
    case 'equals-ignore-case':
      return ignoringCase(operand);
    case 'wildcard':
      return wildcard(operand);
    case 'numeric':
      return numeric(operand);
    case 'anything-but':
      return anythingBut(operand);
    default:
      throw invalid(`Unrecognized match type ${operator}`);
  }
}

function exactly(expected: unknown): Leaf {
  if (expected !== null && !['string', 'number', 'boolean'].includes(typeof expected)) {
    throw invalid('Match value must be String, number, true, false, or null');
  }
  return (value) => value === expected;
}

function affix(side: 'prefix' | 'suffix', operand: unknown): Leaf {
  const folded = isObject(operand);
  const text = stringOperand(folded ? single(operand, 'equals-ignore-case') : operand, side);
  const sought = folded ? text.toLowerCase() : text;
  return (value) => {
    if (typeof value !== 'string') return false;
    const subject = folded ? value.toLowerCase() : value;
    return side === 'prefix' ? subject.startsWith(sought) : subject.endsWith(sought);
  };
}

function ignoringCase(operand: unknown): Leaf {
  const sought = stringOperand(operand, 'equals-ignore-case').toLowerCase();
  return (value) => typeof value === 'string' && value.toLowerCase() === sought;
}

/** `*` is any run of characters; `\*` and `\\` are themselves. */
function wildcard(operand: unknown): Leaf {
  const text = stringOperand(operand, 'wildcard');
  if (text.includes('**')) throw invalid('Consecutive wildcard characters');
  const source = text.replace(/\\[*\\]|[\s\S]/g, (piece) => {
    if (piece === '*') return '[\\s\\S]*';
    const character = piece.length === 2 ? piece.charAt(1) : piece;
    if (piece === '\\') throw invalid('Invalid escape character in wildcard');
    return character.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  const expression = new RegExp(`^${source}$`);
  return (value) => typeof value === 'string' && expression.test(value);
}

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

function numeric(operand: unknown): Leaf {
  if (!Array.isArray(operand) || operand.length === 0 || operand.length % 2 === 1 || operand.length > 4) {
    throw invalid('Bad numeric range operator');
  }
  const bounds: ((value: number) => boolean)[] = [];
  for (let index = 0; index < operand.length; index += 2) {
    const compare = comparisons[String(operand[index])];
    const bound: unknown = operand[index + 1];
    if (compare === undefined) throw invalid(`Unrecognized numeric range operator: ${String(operand[index])}`);
    if (typeof bound !== 'number') throw invalid('Value of numeric comparison must be a number');
    bounds.push((value) => compare(value, bound));
  }
  return (value) => typeof value === 'number' && bounds.every((within) => within(value));
}

/** True of a value that none of the operand's alternatives matches. */
function anythingBut(operand: unknown): Leaf {
  if (!isObject(operand)) {
    const excluded = (Array.isArray(operand) ? operand : [operand]).map(exactly);
    if (excluded.length === 0) throw invalid('Empty anything-but list');
    return (value) => !excluded.some((matches) => matches(value));
  }
  const [operator, ...more] = Object.keys(operand);
  if (operator === undefined || more.length > 0) throw invalid('Only one key allowed in match expression');
  if (!['prefix', 'suffix', 'equals-ignore-case', 'wildcard'].includes(operator)) {
    throw invalid(`Unsupported anything-but pattern: ${operator}`);
  }
  const alternatives = Array.isArray(operand[operator]) ? operand[operator] : [operand[operator]];
  const excluded = alternatives.map((alternative) => compileLeaf({ [operator]: alternative }));
  return (value) => !excluded.some((matches) => matches(value));
}

function single(pattern: Readonly<Record<string, unknown>>, key: string): unknown {
  if (Object.keys(pattern).length !== 1 || !(key in pattern)) throw invalid('Only one key allowed in match expression');
  return pattern[key];
}

function stringOperand(value: unknown, operator: string): string {
  if (typeof value !== 'string') throw invalid(`${operator} match pattern must be a string`);
  return value;
}

function invalid(reason: string): AwsError {
  return new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
}
