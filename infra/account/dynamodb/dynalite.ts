import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import type { TableShape } from './capacity.ts';
import { checkExtent, checkNewItems } from './item-limits.ts';
import { extendedTypes, type Types } from './parameter-types.ts';

/**
 * The parts of dynalite 4.0.0 that the account uses: its store, its checks and its actions. Its HTTP server is left
 * out, as the account has its own; the package has no type declarations.
 */
export type Callback<T> = (error: unknown, value?: T) => void;

export interface ItemDb {
  readonly lock: unknown;
  get(key: string, callback: Callback<unknown>): void;
  put(key: string, value: unknown, callback: Callback<void>): void;
  del(key: string, callback: Callback<void>): void;
  createValueStream(range?: ValueRange): Readable;
}

/** What of the store is read, in the terms of its keys. */
export interface ValueRange {
  /** Told of each value as it is read, in order; the reading ends with the one for which it answers true. */
  readonly endsWith?: (value: unknown) => boolean;
}

/** Goes through a range of the store in batches. */
interface LevelIterator {
  /** The next ones, at most `size`; none at the end. */
  nextv(size: number): Promise<unknown[]>;
  close(): Promise<void>;
}

interface Level {
  open?: () => Promise<void>;
  close(): Promise<void>;
  keys(range: object): LevelIterator;
  values(range: object): LevelIterator;
  createKeyStream(range?: object): Readable;
  createValueStream(range?: ValueRange): Readable;
  _put(key: StoredBytes, value: StoredBytes, options: object): Promise<void>;
  _batch(operations: readonly Operation[], options: object): Promise<void>;
}

/** Bytes in memory; whatever the store on disk takes there. */
type StoredBytes = unknown;

interface Operation {
  readonly key: StoredBytes;
  /** None when the entry is deleted. */
  readonly value?: StoredBytes;
}

export interface Store {
  readonly tableDb: ItemDb & { awsAccountId: string; awsRegion: string };
  readonly db: Level;
  getItemDb(table: string): ItemDb;
  getIndexDb(type: string, table: string, index: string): ItemDb;
  getTagDb(name: string): ItemDb;
  getTable(name: string, checkStatus: boolean | Callback<TableShape>, callback?: Callback<TableShape>): void;
}

export interface Action {
  /** The parameters it knows, in dynalite's words. */
  readonly types: Types;
  /** Throws what dynalite throws for parameters of wrong types or values, whatever they mean together. */
  check(parameters: Readonly<Record<string, unknown>>): void;
  /** Checks and runs; rejects with what dynalite throws: `{statusCode, body: {__type, message}}`. */
  run(store: Store, parameters: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>>;
}

interface Validation {
  readonly types: Types;
  readonly custom: unknown;
}

interface Validations {
  checkTypes(data: unknown, types: Types): Readonly<Record<string, unknown>>;
  checkValidations(data: unknown, types: Types, custom?: unknown, store?: Store): void;
}

type RunAction = (store: Store, data: unknown, callback: Callback<Readonly<Record<string, unknown>>>) => void;

const require = createRequire(import.meta.url);
const database = require('dynalite/db') as { create(options: object): Store };
const checks = require('dynalite/validations') as Validations;

const names = [
  'BatchGetItem',
  'BatchWriteItem',
  'CreateTable',
  'DeleteItem',
  'DeleteTable',
  'DescribeTable',
  'GetItem',
  'ListTables',
  'ListTagsOfResource',
  'PutItem',
  'Query',
  'Scan',
  'TagResource',
  'UntagResource',
  'UpdateItem',
  'UpdateTable',
];

/** Everything dynalite can do, by AWS's action names. */
export const actions: ReadonlyMap<string, Action> = new Map(names.map((name) => [name, loadAction(name)]));

function loadAction(name: string): Action {
  const file = name.charAt(0).toLowerCase() + name.slice(1);
  const validation = require(`dynalite/validations/${file}`) as Validation;
  const action = require(`dynalite/actions/${file}`) as RunAction;
  const types = extendedTypes(name, validation.types);
  return {
    types,
    check: (parameters) => {
      checks.checkValidations(checks.checkTypes({ ...parameters }, types), types, undefined);
    },
    run: (store, parameters) =>
      new Promise((resolve, reject) => {
        checkExtent(parameters);
        // dynalite deletes what it does not know from the object it is given.
        const data = checks.checkTypes({ ...parameters }, types);
        checks.checkValidations(data, types, validation.custom, store);
        checkNewItems(data);
        action(store, data, (error, value) => (error ? reject(error) : resolve(value ?? {})));
      }),
  };
}

/** Opens a store in the folder `path`, or in memory. */
export function openStore(path: string | undefined): Store {
  const store = database.create({
    createTableMs: 0,
    updateTableMs: 0,
    deleteTableMs: 0,
    // Item sizes are checked in bytes elsewhere. A batch of reads ends at 1 MB and this: the 16 MB that AWS answers.
    maxItemSizeKb: 15 * 1024,
    ...(path === undefined ? {} : { path }),
  });
  const { db } = store;
  db.createKeyStream = (range = {}) => streamOf(() => db.keys(range));
  db.createValueStream = ({ endsWith, ...range } = {}) => streamOf(() => db.values(range), endsWith);
  if (path === undefined) keepOwnBytes(db);
  return store;
}

/**
 * Has a store in memory keep bytes of its own. What it is given are slices of Node's pool of 64 KB, and a single small key
 * that stays would hold on to a whole one: 3 MB for some hundred rows.
 */
function keepOwnBytes(db: Level): void {
  const [put, write] = [db._put.bind(db), db._batch.bind(db)];
  db._put = (key, value, options) => put(ownBytes(key), ownBytes(value), options);
  db._batch = (operations, options) =>
    write(
      operations.map((each) => ({ ...each, key: ownBytes(each.key), value: ownBytes(each.value) })),
      options,
    );
}

function ownBytes(bytes: StoredBytes): StoredBytes {
  if (!(bytes instanceof Uint8Array) || bytes.byteLength === bytes.buffer.byteLength) return bytes;
  const copy = Buffer.allocUnsafeSlow(bytes.byteLength);
  copy.set(bytes);
  return copy;
}

const batch = 100;

/**
 * What an iterator finds, as a stream that closes it at the end. dynalite's own streams do not (they call `return`, which
 * these iterators lack), so that every query would leave one behind with the rows as they were.
 */
function streamOf(open: () => LevelIterator, endsWith?: ValueRange['endsWith']): Readable {
  let iterator: LevelIterator | undefined;
  return new Readable({
    objectMode: true,
    highWaterMark: batch,
    read(size) {
      // A store that was closed in the meantime fails the query that comes too late, and nobody else.
      const next = async () => {
        iterator ??= open();
        return iterator.nextv(size);
      };
      next().then(
        (found) => {
          const last = endsWith === undefined ? -1 : found.findIndex(endsWith);
          for (const each of last < 0 ? found : found.slice(0, last + 1)) this.push(each);
          if (found.length === 0 || last >= 0) this.push(null);
        },
        (error: Error) => this.destroy(error),
      );
    },
    destroy(error, done) {
      if (iterator) iterator.close().then(() => done(error), done);
      else done(error);
    },
  });
}
