import { isObject } from '../wire/message.ts';
import { itemBytes, readUnits, type TableShape, writeUnits } from './capacity.ts';
import type { Watched } from './watched-store.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** Capacity units that a call used of one table, and of its indexes by their names. */
export interface Consumed {
  readonly table: string;
  units: number;
  readonly indexes: Record<string, number>;
}

/** What a call has written, by table. */
export function writesOf(watched: Watched): Consumed[] {
  return byTable(watched, (item, consumed, shape) => {
    if (!item.written) return;
    const { table, indexes } = writeUnits(shape, item.before, item.after);
    consumed.units += table;
    for (const [index, units] of Object.entries(indexes))
      consumed.indexes[index] = (consumed.indexes[index] ?? 0) + units;
  });
}

/** What a call has read by key, by table. */
export function readsOf(watched: Watched, parameters: Parameters): Consumed[] {
  return byTable(watched, (item, consumed) => {
    consumed.units += readUnits(itemBytes(item.before), isConsistent(parameters, item.table));
  });
}

/** What a search has read of a page: `scanned` of its entries, and the items that its index does not hold whole. */
export function searchOf(watched: Watched, parameters: Parameters, scanned: number): Consumed {
  const { TableName: table, IndexName: index } = parameters;
  const consistent = parameters['ConsistentRead'] === true;
  const bytes = watched.page.entries.slice(0, scanned).reduce((sum, entry) => sum + entry.bytes, 0);
  const searched = readUnits(bytes, consistent);
  if (typeof index !== 'string') return { table: String(table), units: searched, indexes: {} };
  const fetched = [...watched.touched.values()].slice(0, scanned);
  const units = fetched.reduce((sum, item) => sum + readUnits(itemBytes(item.before), consistent), 0);
  return { table: String(table), units, indexes: { [index]: searched } };
}

/** All units together. */
export const unitsOf = (consumed: readonly Consumed[]): number =>
  consumed.reduce(
    (sum, { units, indexes }) => sum + Object.values(indexes).reduce((all, each) => all + each, units),
    0,
  );

/** The answer with the consumed capacity, as the caller asked for it: a list where a call may be about several tables. */
export function withCapacity(
  answer: Parameters,
  parameters: Parameters,
  { consumed, tables }: { readonly consumed: readonly Consumed[]; readonly tables: Watched['tables'] },
): Parameters {
  const { ConsumedCapacity: _, ...rest } = answer;
  const asked = parameters['ReturnConsumedCapacity'];
  if (asked !== 'TOTAL' && asked !== 'INDEXES') return rest;
  const told = consumed.map((each) => capacityOf(each, asked === 'INDEXES' ? tables.get(each.table) : undefined));
  return { ...rest, ConsumedCapacity: parameters['RequestItems'] === undefined ? told[0] : told };
}

/** With a table's shape in full, else in sum. */
function capacityOf(consumed: Consumed, shape: TableShape | undefined): Parameters {
  const { table: TableName, units, indexes } = consumed;
  const total = { TableName, CapacityUnits: unitsOf([consumed]) };
  if (shape === undefined) return total;
  const ofKind = (kind: 'GlobalSecondaryIndexes' | 'LocalSecondaryIndexes') => {
    const names = (shape[kind] ?? []).map(({ IndexName }) => IndexName).filter((name) => indexes[name] !== undefined);
    return (
      names.length > 0 && { [kind]: Object.fromEntries(names.map((name) => [name, { CapacityUnits: indexes[name] }])) }
    );
  };
  return {
    ...total,
    Table: { CapacityUnits: units },
    ...ofKind('GlobalSecondaryIndexes'),
    ...ofKind('LocalSecondaryIndexes'),
  };
}

type Touched = Watched['touched'] extends ReadonlyMap<string, infer T> ? T : never;

function byTable(
  { touched, tables }: Watched,
  count: (item: Touched, consumed: Consumed, shape: TableShape) => void,
): Consumed[] {
  const consumed = new Map<string, Consumed>();
  for (const item of touched.values()) {
    const shape = tables.get(item.table);
    if (shape === undefined) continue;
    const known = consumed.get(item.table) ?? { table: item.table, units: 0, indexes: {} };
    consumed.set(item.table, known);
    count(item, known, shape);
  }
  return [...consumed.values()];
}

function isConsistent(parameters: Parameters, table: string): boolean {
  const batch = parameters['RequestItems'];
  const from = isObject(batch) ? batch[table] : parameters;
  return isObject(from) && from['ConsistentRead'] === true;
}
