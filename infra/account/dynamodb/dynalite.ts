import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import type { Item, TableShape } from './capacity.ts';

/**
 * The parts of dynalite 4.0.0 that the account uses: its store, its checks and its actions. Its HTTP server is left
 * out, as the account has its own; the package has no type declarations.
 */
type Callback<T> = (error: unknown, value?: T) => void;

interface ItemDb {
  readonly lock: unknown;
  get(key: string, callback: Callback<unknown>): void;
  put(key: string, value: unknown, callback: Callback<void>): void;
  del(key: string, callback: Callback<void>): void;
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
  createValueStream(range?: object): Readable;
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
  readonly tableDb: { awsAccountId: string; awsRegion: string };
  readonly db: Level;
  getItemDb(table: string): ItemDb;
  getTagDb(name: string): ItemDb;
  getTable(name: string, checkStatus: boolean | Callback<TableShape>, callback?: Callback<TableShape>): void;
}

export interface Action {
  /** The parameters dynalite knows; it drops others silently. */
  readonly parameters: ReadonlySet<string>;
  /** Checks and runs; rejects with what dynalite throws: `{statusCode, body: {__type, message}}`. */
  run(store: Store, parameters: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>>;
}

interface Validation {
  readonly types: Readonly<Record<string, unknown>>;
  readonly custom: unknown;
}

interface Validations {
  checkTypes(data: unknown, types: unknown): unknown;
  checkValidations(data: unknown, types: unknown, custom: unknown, store: Store): void;
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
  return {
    parameters: new Set(Object.keys(validation.types)),
    run: (store, parameters) =>
      new Promise((resolve, reject) => {
        // dynalite deletes what it does not know from the object it is given.
        const data = checks.checkTypes({ ...parameters }, validation.types);
        checks.checkValidations(data, validation.types, validation.custom, store);
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
    ...(path === undefined ? {} : { path }),
  });
  const { db } = store;
  db.createKeyStream = (range = {}) => streamOf(db.keys(range));
  db.createValueStream = (range = {}) => streamOf(db.values(range));
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
function streamOf(iterator: LevelIterator): Readable {
  return new Readable({
    objectMode: true,
    highWaterMark: batch,
    read(size) {
      iterator.nextv(size).then(
        (found) => {
          for (const each of found) this.push(each);
          if (found.length === 0) this.push(null);
        },
        (error: Error) => this.destroy(error),
      );
    },
    destroy(error, done) {
      iterator.close().then(() => done(error), done);
    },
  });
}

/** One item touched by a call: as it was read, and what was written over it. */
interface Touched {
  readonly table: string;
  readonly key: string;
  before: Item | undefined;
  after: Item | undefined;
  written: boolean;
}

export interface Watched {
  readonly store: Store;
  readonly touched: ReadonlyMap<string, Touched>;
  readonly tables: ReadonlyMap<string, TableShape>;
}

/** The same store for the length of one call, noting the items that the call reads and writes. */
export function watch(store: Store): Watched {
  const touched = new Map<string, Touched>();
  const tables = new Map<string, TableShape>();

  function touch(table: string, key: string): Touched {
    const name = `${table} ${key}`;
    let item = touched.get(name);
    if (item === undefined) {
      item = { table, key, before: undefined, after: undefined, written: false };
      touched.set(name, item);
    }
    return item;
  }

  function write(item: Touched, after: Item | undefined): void {
    item.after = after;
    item.written = true;
  }

  const watched: Store = Object.assign(Object.create(store) as Store, {
    getTable: (name: string, checkStatus: boolean | Callback<TableShape>, callback?: Callback<TableShape>) => {
      const done = typeof checkStatus === 'function' ? checkStatus : callback;
      store.getTable(name, checkStatus !== false, (error, table) => {
        if (table !== undefined) tables.set(name, table);
        done?.(error, table);
      });
    },
    getItemDb: (table: string): ItemDb => {
      const db = store.getItemDb(table);
      return {
        lock: db.lock,
        get: (key, callback) =>
          db.get(key, (error, value) => {
            touch(table, key).before = value as Item | undefined;
            callback(error, value);
          }),
        put: (key, value, callback) => {
          write(touch(table, key), value as Item);
          db.put(key, value, callback);
        },
        del: (key, callback) => {
          write(touch(table, key), undefined);
          db.del(key, callback);
        },
      };
    },
  });
  return { store: watched, touched, tables };
}
