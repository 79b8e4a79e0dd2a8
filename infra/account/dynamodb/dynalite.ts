import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import type { TableShape } from './capacity.ts';
import { checkExtent, checkNewItems } from './item-limits.ts';
import type { Callback, Level, LevelIterator, ValueRange } from './level.ts';
import { keepInMemory } from './memory.ts';
import { extendedTypes, type Types } from './parameter-types.ts';
import { type ExpressionParser, rememberExpressions } from './parsed-expressions.ts';
import { type Searching, searchAtOnce } from './search.ts';

/**
 * The parts of dynalite 4.0.0 that the account uses: its store, its checks and its actions. Its HTTP server is left
 * out, as the account has its own; the package has no type declarations.
 */
export interface ItemDb {
  readonly lock: unknown;
  get(key: string, callback: Callback<unknown>): void;
  put(key: string, value: unknown, callback: Callback<void>): void;
  del(key: string, callback: Callback<void>): void;
  createValueStream(range?: ValueRange): Readable;
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
const database = require('dynalite/db') as Searching & { create(options: object): Store };
const checks = require('dynalite/validations') as Validations;

searchAtOnce(database);

for (const name of ['conditionParser', 'updateParser', 'projectionParser'])
  rememberExpressions(require(`dynalite/db/${name}`) as ExpressionParser);

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
  if (path === undefined) {
    keepInMemory(db);
    return store;
  }
  db.createKeyStream = (range = {}) => streamOf(() => db.keys(range));
  db.createValueStream = ({ endsWith, ...range } = {}) => streamOf(() => db.values(range), endsWith);
  return store;
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
