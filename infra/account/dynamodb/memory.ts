import { Stream } from 'node:stream';
import { lastsAs } from '../wire/json-text.ts';
import type { Callback, Level, Operation, ValueRange } from './level.ts';
import { createSortedKeys } from './sorted-keys.ts';

/** What of a range dynalite asks for, beside where it ends. */
interface Range extends ValueRange {
  readonly lt?: string;
  readonly lte?: string;
  readonly reverse?: boolean;
  /** All when negative. */
  readonly limit?: number;
}

const ready = Promise.resolve();

/** Later than any key. */
const end = '\uffff'.repeat(4);

/** So many entries are kept as they were read, too: about what a few dozen of the longest flows write. */
const mostRead = 2000;

/** What dynalite keeps of a table, which it changes in place. Items it copies before it changes them. */
export const ofTables = 'table~';
/** An item comes as it is to be read; what an index holds of it may lack something that stands there as undefined. */
const ofItems = 'item-';

/**
 * Has a store of dynalite's keep what it is given in the memory of the process, as JSON texts in the order of their keys. Its own
 * way of doing so encodes every text as bytes and takes eight turns of the event loop for each: twice the time of all the rest.
 */
export function keepInMemory(db: Level): void {
  const texts = new Map<string, string>();
  const read = new Map<string, unknown>();
  const keys = createSortedKeys();
  const isClosed = () => db.status === 'closing' || db.status === 'closed';

  function put(key: string, value: unknown): void {
    if (!texts.has(key)) keys.add(key);
    const text = JSON.stringify(value);
    texts.set(key, text);
    if (key.startsWith(ofItems)) keepRead(key, value, text);
    else read.delete(key);
  }

  function del(key: string): void {
    if (texts.delete(key)) keys.remove(key);
    read.delete(key);
  }

  /** Answers soon, and not before whoever asked has gone on, as a store on disk does. */
  function soon<T>(done: Callback<T>, work: () => T): void {
    // Cheaper than queueMicrotask, which makes a resource of each.
    void ready.then(() => (isClosed() ? done(new Error('Database is closed')) : done(null, work())));
  }

  const parsed = (key: string): unknown => {
    const known = read.get(key);
    if (known !== undefined) return known;
    const text = texts.get(key);
    if (text === undefined) return undefined;
    const value: unknown = JSON.parse(text);
    if (!key.startsWith(ofTables)) keepRead(key, value, text);
    return value;
  };

  function keepRead(key: string, value: unknown, text: string): void {
    if (read.size >= mostRead) read.clear();
    read.set(key, deeplyFrozen(value));
    if (typeof value === 'object' && value !== null) lastsAs(value, text);
  }

  function* inRange({ gt, gte, lt, lte, reverse = false, limit = -1 }: Range): Generator<string> {
    const from = gte === undefined ? { key: gt ?? '', after: gt !== undefined } : { key: gte, after: false };
    const to = lte === undefined ? { key: lt ?? end, after: false } : { key: lte, after: true };
    let left = limit < 0 ? Number.POSITIVE_INFINITY : limit;
    for (const key of reverse ? keys.backBetween(from, to) : keys.between(from, to)) {
      if (left-- <= 0) return;
      yield key;
    }
  }

  /** What is found as a stream of the old kind, which is all that dynalite listens to; it reads all at once. */
  function streamOf(find: () => Iterable<unknown>, endsWith?: (value: unknown) => boolean): Stream {
    let isWanted = true;
    const stream = Object.assign(new Stream(), { destroy: () => (isWanted = false) });
    soon<void>(
      (error) => (error ? stream.emit('error', error) : undefined),
      () => {
        for (const each of find()) {
          if (!isWanted) break;
          const isLast = endsWith?.(each) === true;
          stream.emit('data', each);
          if (isLast) break;
        }
        stream.emit('end');
      },
    );
    return stream;
  }

  Object.assign(db, {
    get: (key: string, done: Callback<unknown>) => soon(done, () => parsed(key)),
    put: (key: string, value: unknown, done: Callback<void>) => soon(done, () => put(key, value)),
    del: (key: string, done: Callback<void>) => soon(done, () => del(key)),
    batch: (operations: readonly Operation[], done: Callback<void>) =>
      soon(done, () => {
        for (const { type, key, value } of operations) type === 'del' ? del(key) : put(key, value);
      }),
    createKeyStream: (range: Range = {}) => streamOf(() => inRange(range)),
    createValueStream: ({ endsWith, ...range }: Range = {}) =>
      streamOf(function* () {
        for (const key of inRange(range)) yield parsed(key);
      }, endsWith),
  });
}

/** What many read, nobody may change. */
export function deeplyFrozen(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const name in value) deeplyFrozen((value as Record<string, unknown>)[name]);
  return Object.freeze(value);
}
