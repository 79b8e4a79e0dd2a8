import { createHash } from 'node:crypto';
import jsonata from 'jsonata';

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

const RANGE_LIMIT = 1000;

/** An error that JSONata reports with its code. */
function problem(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

/** JSONata unwraps a sequence of one; a plain array stays as it is. */
function sequence(items: unknown[]): unknown[] {
  return Object.defineProperty(items, 'sequence', { enumerable: false, value: true });
}

function partition(items: unknown, size: unknown): unknown[] | undefined {
  if (items === undefined) return undefined;
  const list = Array.isArray(items) ? items : [items];
  if (typeof size !== 'number' || !(size >= 1))
    throw problem('D3130', 'The second argument of $partition must be a positive number');
  const step = Math.trunc(size);
  const chunks: unknown[][] = [];
  for (let start = 0; start < list.length; start += step) chunks.push(list.slice(start, start + step));
  return chunks;
}

function range(first: unknown, last: unknown, delta: unknown): unknown[] {
  if (typeof first !== 'number' || typeof last !== 'number' || typeof delta !== 'number')
    throw problem('T0410', 'The arguments of $range must be numbers');
  if (delta === 0) throw problem('D3130', 'The third argument of $range must not be zero');
  const count = Math.floor((last - first) / delta) + 1;
  if (count > RANGE_LIMIT)
    throw problem('D2014', `The size of the sequence allocated by $range must not exceed ${RANGE_LIMIT}`);
  const items: number[] = [];
  for (let index = 0; index < count; index += 1) items.push(first + index * delta);
  return sequence(items);
}

function hash(text: unknown, algorithm: unknown): string | undefined {
  if (text === undefined) return undefined;
  const name = typeof algorithm === 'string' ? HASHES[algorithm] : undefined;
  if (name === undefined) throw problem('D3130', `The hash algorithm must be one of ${Object.keys(HASHES).join(', ')}`);
  const data = typeof text === 'string' ? text : JSON.stringify(text);
  return createHash(name).update(data).digest('hex');
}

function parse(text: unknown): unknown {
  if (text === undefined) return undefined;
  if (typeof text !== 'string') throw problem('T0410', 'The argument of $parse must be a string');
  try {
    return JSON.parse(text);
  } catch {
    throw problem('D3141', 'The argument of $parse is not a valid JSON text');
  }
}

/** The generator of java.util.Random, so that a seed always gives the same number. */
function seededRandom(seed: number): number {
  const mask = (1n << 48n) - 1n;
  let state = (BigInt(Math.trunc(seed)) ^ 0x5deece66dn) & mask;
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
 * Gives a compiled JSONata expression what Step Functions adds to the language ($partition, $range,
 * $hash, $random with a seed, $uuid, $parse), binds $now and $millis to the virtual clock, and takes
 * away $eval.
 */
export function addStepFunctionsFunctions(expression: jsonata.Expression, world: FunctionWorld): void {
  expression.registerFunction('partition', partition);
  expression.registerFunction('range', range);
  expression.registerFunction('hash', hash);
  expression.registerFunction('parse', parse);
  expression.registerFunction('uuid', () => world.uuid());
  expression.registerFunction('random', (seed: unknown) =>
    typeof seed === 'number' ? seededRandom(seed) : world.random(),
  );
  expression.registerFunction('millis', () => world.now());
  expression.registerFunction('now', (picture: unknown, timezone: unknown) =>
    picture === undefined && timezone === undefined
      ? new Date(world.now()).toISOString()
      : pictured.evaluate(undefined, { at: world.now(), picture, timezone }),
  );
  expression.registerFunction('eval', () => {
    throw problem('T1006', 'The function $eval is not supported by Step Functions');
  });
}
