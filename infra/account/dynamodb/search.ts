import type { Readable } from 'node:stream';
import type { Item, TableShape } from './capacity.ts';
import type { Callback, ValueRange } from './level.ts';

/** What dynalite knows of a search once it has checked the request. */
interface Search {
  readonly TableName: string;
  readonly IndexName?: string;
  readonly Limit?: number;
  readonly Select?: string;
  readonly AttributesToGet?: readonly string[];
  readonly _projection?: { readonly paths: readonly unknown[] };
  readonly _filter?: unknown;
  readonly QueryFilter?: unknown;
  readonly ScanFilter?: unknown;
}

interface Ranges {
  createValueStream(range?: ValueRange): Readable;
}

interface Store {
  getItemDb(table: string): Ranges;
  getIndexDb(type: string, table: string, index: string): Ranges;
}

/** dynalite's way through a range of a table or index: a store, a table, a search, the range, and so on. */
type QueryTable = (
  store: Store,
  table: TableShape,
  search: Search,
  range: object,
  isLocal: boolean | undefined,
  fetchesItems: boolean,
  startKeyNames: readonly string[],
  done: Callback<object>,
) => void;

export interface Searching {
  queryTable: QueryTable;
  mapPaths(paths: readonly unknown[], item: unknown): unknown;
}

/**
 * Has plain searches collect what the store finds: nearly all are. dynalite sends each item through four streams and works out how
 * large it is, compressed, to end a page; here the store ends it, at the bytes that AWS counts. Capacity is counted elsewhere.
 */
export function searchAtOnce(database: Searching): void {
  const { queryTable } = database;
  database.queryTable = (store, table, search, range, isLocal, fetchesItems, startKeyNames, done) => {
    if (fetchesItems || search._filter || search.QueryFilter || search.ScanFilter)
      return queryTable(store, table, search, range, isLocal, fetchesItems, startKeyNames, done);
    const { TableName: name, IndexName: index, Limit: limit = Number.POSITIVE_INFINITY } = search;
    const found: Item[] = [];
    const items =
      index === undefined ? store.getItemDb(name) : store.getIndexDb(isLocal ? 'local' : 'global', name, index);
    const stream: Readable = items.createValueStream(range);
    stream.on('error', done);
    stream.on('data', (item: Item) => {
      if (found.length < limit) found.push(item);
    });
    stream.on('end', () => {
      const last = found.length >= limit ? found.at(-1) : undefined;
      const paths = search._projection?.paths ?? search.AttributesToGet;
      done(null, {
        ScannedCount: found.length,
        ...(last && { LastEvaluatedKey: Object.fromEntries(startKeyNames.map((key) => [key, last[key]])) }),
        Count: found.length,
        ...(search.Select !== 'COUNT' && {
          Items: paths ? found.map((item) => database.mapPaths(paths, item)) : found,
        }),
      });
    });
  };
}
