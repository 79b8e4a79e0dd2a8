import type { Item, TableShape } from './capacity.ts';
import { itemBytes } from './capacity.ts';
import type { ItemDb, Store } from './dynalite.ts';
import { checkStored, checkStoredKey } from './item-limits.ts';
import type { Callback, ValueRange } from './level.ts';

/** One item touched by a call: as it was read, and what was written over it. */
interface Touched {
  readonly table: string;
  readonly key: string;
  before: Item | undefined;
  after: Item | undefined;
  written: boolean;
}

/** What a search has read, in order, with the sizes in bytes. */
interface Page {
  readonly entries: { readonly item: Item; readonly bytes: number }[];
  bytes: number;
}

export interface Watched {
  readonly store: Store;
  readonly touched: ReadonlyMap<string, Touched>;
  readonly tables: ReadonlyMap<string, TableShape>;
  readonly page: Readonly<Page>;
  /** The partitions in which a search has looked. */
  readonly searched: ReadonlySet<string>;
}

/** How much one Query or Scan reads: it ends with the item that reaches it. */
export const pageBytes = 1024 * 1024;

/**
 * The same store for the length of one call, noting the items that the call reads and writes. What DynamoDB does not take (an item
 * too large) is refused before anything is written; a search ends after 1 MB. `wrote` is told of each partition that was written to,
 * of the table or an index, once it was.
 */
export function watch(store: Store, wrote: (partition: string) => void): Watched {
  const searched = new Set<string>();
  const touched = new Map<string, Touched>();
  const tables = new Map<string, TableShape>();
  const page: Page = { entries: [], bytes: 0 };
  /** Writes to indexes wait for the item's: dynalite makes them first, and the item may turn out to be too large. */
  let waiting: ((done: Callback<void>) => void)[] = [];

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

  function whenIndexed(next: () => void, done: Callback<void>): void {
    const writes = waiting;
    waiting = [];
    let left = writes.length;
    let failed = false;
    const written = (error: unknown): void => {
      if (failed) return;
      failed = Boolean(error);
      left -= 1;
      if (failed) done(error);
      else if (left === 0) next();
    };
    if (left === 0) next();
    else for (const write of writes) write(written);
  }

  /** Keys begin with what tells partitions apart, up to the first slash; a search of all has none. */
  const partitionOf = (of: string, key = '/') => `${of} ${key.slice(0, key.indexOf('/'))}`;

  const telling =
    (of: string, key: string, done: Callback<void>): Callback<void> =>
    (error) => {
      wrote(partitionOf(of, key));
      done(error);
    };

  const readIn = (db: ItemDb, of: string) => (range: ValueRange) => {
    searched.add(partitionOf(of, range.gte ?? range.gt));
    const endsWith = (value: unknown): boolean => {
      const item = value as Item;
      const bytes = itemBytes(item);
      page.entries.push({ item, bytes });
      page.bytes += bytes;
      return page.bytes >= pageBytes;
    };
    return db.createValueStream({ ...range, endsWith });
  };

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
        get: (key, callback) => {
          const refused = refusal(() => checkStoredKey(key));
          if (refused) return callback(refused);
          return db.get(key, (error, value) => {
            touch(table, key).before = value as Item | undefined;
            callback(error, value);
          });
        },
        put: (key, value, callback) => {
          const item = value as Item;
          const refused = refusal(() => checkStored(item));
          if (refused) return callback(refused);
          write(touch(table, key), item);
          return whenIndexed(() => db.put(key, value, telling(table, key, callback)), callback);
        },
        del: (key, callback) => {
          write(touch(table, key), undefined);
          whenIndexed(() => db.del(key, telling(table, key, callback)), callback);
        },
        createValueStream: readIn(db, table),
      };
    },
    getIndexDb: (type: string, table: string, index: string): ItemDb => {
      const db = store.getIndexDb(type, table, index);
      const of = `${table}/${index}`;
      return {
        lock: db.lock,
        get: (key, callback) => db.get(key, callback),
        put: (key, value, callback) => {
          waiting.push((done) => db.put(key, value, telling(of, key, done)));
          callback(undefined);
        },
        del: (key, callback) => {
          waiting.push((done) => db.del(key, telling(of, key, done)));
          callback(undefined);
        },
        createValueStream: readIn(db, of),
      };
    },
  });
  return { store: watched, touched, tables, page, searched };
}

function refusal(check: () => void): unknown {
  try {
    check();
    return undefined;
  } catch (error) {
    return error;
  }
}
