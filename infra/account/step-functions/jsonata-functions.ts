import { createHash } from 'node:crypto';
import jsonata from 'jsonata';
import { MOST_ITEMS, memoryExceeded } from './evaluation-limits.ts';
import { parseStrictly } from './strict-json.ts';

/** Where the functions get time, chance and identity from. */
export interface FunctionWorld {
  /** Virtual milliseconds since the epoch. */
  readonly now: () => number;
  /** A number in [0, 1). */
  readonly random: () => number;
  /** A fresh UUID. */
  readonly uuid: () => string;
}

const HASHES: Record<string, string> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/** What JSONata fills into its own sentence for a code. */
interface Facts {
  readonly message?: string;
  /** An argument, counted from 1. */
  readonly index?: number;
  /** The name of a function. */
  readonly token?: string;
}

/** An error that JSONata reports in its own sentence for the code. */
function problem(code: string, facts: Facts = {}): Error {
  return Object.assign(new Error(facts.message ?? code), { code, ...facts });
}

function mismatch(name: string, argument: number): Error {
  return problem('T0410', { index: argument, token: name });
}

/** Throws for arguments beyond those that a function takes. */
function noMore(name: string, takes: number, more: readonly unknown[]): void {
  if (more.length > 0) throw mismatch(name, takes + 1);
}

/** A number without its fraction, as AWS takes it. Throws T0410 for anything else. */
function whole(value: unknown, name: string, argument: number): number {
  if (typeof value !== 'number') throw mismatch(name, argument);
  return Math.trunc(value);
}

/** JSONata unwraps a sequence of one; a plain array stays as it is. */
function sequence(items: unknown[]): unknown[] {
  return Object.defineProperty(items, 'sequence', { enumerable: false, value: true });
}

function partition(items: unknown, size: unknown, ...more: unknown[]): unknown[] | undefined {
  noMore('partition', 2, more);
  if (items === undefined) return undefined;
  if (!Array.isArray(items)) throw problem('T0412', { index: 1, token: 'partition' });
  if (items.length === 0) return undefined;
  const step = size === undefined ? items.length : whole(size, 'partition', 2);
  if (step < 0) throw problem('D3137', { message: 'Second argument must be zero or greater' });
  if (step === 0) return undefined;
  const chunks: unknown[][] = [];
  for (let start = 0; start < items.length; start += step) chunks.push(items.slice(start, start + step));
  return chunks;
}

/** The limit of 1,000 items is that of the JSONPath intrinsic `States.ArrayRange`; this one is held by the memory it needs. */
function range(first: unknown, last: unknown, delta: unknown, ...more: unknown[]): unknown[] | undefined {
  noMore('range', 3, more);
  const [start, end] = [whole(first, 'range', 1), whole(last, 'range', 2)];
  const step = delta === undefined ? 0 : whole(delta, 'range', 3);
  if (step === 0 || (end - start) / step < 0) return undefined;
  const count = Math.floor((end - start) / step) + 1;
  if (count > MOST_ITEMS) throw memoryExceeded();
  return sequence(Array.from({ length: count }, (_, index) => start + index * step));
}

function hash(text: unknown, algorithm: unknown, ...more: unknown[]): string | undefined {
  noMore('hash', 2, more);
  if (typeof text !== 'string') throw mismatch('hash', 1);
  if (algorithm === undefined) return undefined;
  if (typeof algorithm !== 'string') throw mismatch('hash', 2);
  const name = Object.hasOwn(HASHES, algorithm) ? HASHES[algorithm] : undefined;
  if (name === undefined)
    throw problem('D3137', {
      message: `Hash algorithm '${algorithm}' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5`,
    });
  return createHash(name).update(text).digest('hex');
}

function parse(text: unknown, ...more: unknown[]): unknown {
  noMore('parse', 1, more);
  if (text === undefined) return undefined;
  if (typeof text !== 'string') throw mismatch('parse', 1);
  try {
    return parseStrictly(text);
  } catch {
    throw problem('D3137', { message: 'Invalid JSON' });
  }
}

/** The generator of java.util.Random, so that a seed always gives the same number. */
function seededRandom(seed: number): number {
  const mask = (1n << 48n) - 1n;
  let state = (BigInt(seed) ^ 0x5deece66dn) & mask;
  const bits = (count: bigint): bigint => {
    state = (state * 0x5deece66dn + 0xbn) & mask;
    return state >> (48n - count);
  };
  const high = bits(26n);
  const low = bits(27n);
  return Number((high << 27n) + low) / 2 ** 53;
}

const pictured = jsonata('$fromMillis($at, $picture, $timezone)');

/**
 * A compiled JSONata expression, given what Step Functions adds to the language ($partition, $range,
 * $hash, $random with a seed, $uuid, $parse), with $now and $millis bound to the virtual clock, and
 * without $eval.
 */
export function withStepFunctionsFunctions(expression: jsonata.Expression, world: FunctionWorld): jsonata.Expression {
  expression.registerFunction('partition', partition);
  expression.registerFunction('range', range);
  expression.registerFunction('hash', hash);
  expression.registerFunction('parse', parse);
  expression.registerFunction('uuid', (...more: unknown[]) => {
    noMore('uuid', 0, more);
    return world.uuid();
  });
  expression.registerFunction('random', (seed: unknown, ...more: unknown[]) => {
    noMore('random', 1, more);
    return seed === undefined ? world.random() : seededRandom(whole(seed, 'random', 1));
  });
  expression.registerFunction('millis', () => world.now());
  expression.registerFunction('now', (picture: unknown, timezone: unknown) =>
    picture === undefined && timezone === undefined
      ? new Date(world.now()).toISOString()
      : pictured.evaluate(undefined, { at: world.now(), picture, timezone }),
  );
  expression.registerFunction('eval', () => {
    throw problem('T1006');
  });
  return expression;
}
