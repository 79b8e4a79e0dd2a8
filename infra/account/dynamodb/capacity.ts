/** An attribute value as DynamoDB's wire spells it, e.g. `{S: 'x'}`. */
type AttributeValue = Readonly<Record<string, unknown>>;
export type Item = Readonly<Record<string, AttributeValue>>;

interface KeyElement {
  readonly AttributeName: string;
}

interface Index {
  readonly IndexName: string;
  readonly KeySchema: readonly KeyElement[];
  readonly Projection: { readonly ProjectionType?: string; readonly NonKeyAttributes?: readonly string[] };
}

/** What of a table's description decides what a write costs. */
export interface TableShape {
  readonly KeySchema: readonly KeyElement[];
  readonly GlobalSecondaryIndexes?: readonly Index[];
  readonly LocalSecondaryIndexes?: readonly Index[];
}

/** Capacity units of one write, the table's and each index's. */
export interface WriteUnits {
  readonly table: number;
  readonly indexes: Readonly<Record<string, number>>;
  readonly total: number;
}

/** Of items that nobody can change any more. */
const known = new WeakMap<Item, number>();

/** An item's size in bytes as DynamoDB bills it: names and values, UTF-8. */
export function itemBytes(item: Item | undefined): number {
  if (item === undefined) return 0;
  if (!Object.isFrozen(item)) return countedBytes(item);
  const found = known.get(item);
  if (found !== undefined) return found;
  const bytes = countedBytes(item);
  known.set(item, bytes);
  return bytes;
}

function countedBytes(item: Item): number {
  let bytes = 0;
  for (const name in item) bytes += Buffer.byteLength(name) + valueBytes(item[name] ?? {});
  return bytes;
}

function valueBytes(value: AttributeValue): number {
  let type: string | undefined;
  for (const name in value) {
    type = name;
    break;
  }
  if (type === undefined) return 0;
  const content = value[type];
  if (type === 'S') return Buffer.byteLength(String(content));
  if (type === 'N') return numberBytes(String(content));
  if (type === 'B') return Buffer.byteLength(String(content), 'base64');
  if (type === 'M') {
    const map = content as Item;
    return 3 + countedBytes(map) + Object.keys(map).length;
  }
  if (!Array.isArray(content)) return 1;
  if (type === 'L') return content.reduce((sum: number, each: AttributeValue) => sum + 1 + valueBytes(each), 3);
  const member = type.charAt(0);
  return content.reduce((sum: number, each: unknown) => sum + valueBytes({ [member]: each }), 0);
}

/** Two digits a byte and one for the exponent, leading and trailing zeros free; one more for a sign. */
function numberBytes(text: string): number {
  const digits = text
    .replace(/[eE].*$/, '')
    .replace(/[^0-9]/g, '')
    .replace(/^0+|0+$/g, '');
  return Math.ceil(digits.length / 2) + 1 + (text.startsWith('-') ? 1 : 0);
}

/** Units of reading `bytes` at once: 4 KB each, at least one; half when eventually consistent. */
export function readUnits(bytes: number, consistent: boolean): number {
  return Math.max(1, Math.ceil(bytes / 4096)) * (consistent ? 1 : 0.5);
}

/** Units of a write refused by its condition: those of the item that was there, at least one. */
export function refusedWriteUnits(before: Item | undefined): number {
  return kilobytes(itemBytes(before));
}

/** Units of replacing `before` by `after` (undefined: no item): the larger of both, and what each index must write. */
export function writeUnits(table: TableShape, before: Item | undefined, after: Item | undefined): WriteUnits {
  const own = kilobytes(Math.max(itemBytes(before), itemBytes(after)));
  const indexes: Record<string, number> = {};
  let total = own;
  for (const index of [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])]) {
    const units = indexUnits(table, index, { before, after });
    if (units > 0) indexes[index.IndexName] = units;
    total += units;
  }
  return { table: own, indexes, total };
}

const kilobytes = (bytes: number): number => Math.max(1, Math.ceil(bytes / 1024));

/** A moved entry is a delete and a put; an entry whose projected attributes stay costs nothing. */
function indexUnits(
  table: TableShape,
  index: Index,
  change: { readonly before: Item | undefined; readonly after: Item | undefined },
): number {
  const before = projected(table, index, change.before);
  const after = projected(table, index, change.after);
  if (before === undefined && after === undefined) return 0;
  if (before === undefined) return kilobytes(itemBytes(after));
  if (after === undefined) return kilobytes(itemBytes(before));
  const moved = index.KeySchema.some(({ AttributeName }) => !same(before[AttributeName], after[AttributeName]));
  if (moved) return kilobytes(itemBytes(before)) + kilobytes(itemBytes(after));
  if (same(before, after)) return 0;
  return kilobytes(Math.max(itemBytes(before), itemBytes(after)));
}

/** The item's entry in the index; undefined when it lacks one of the index's keys. */
function projected(table: TableShape, index: Index, item: Item | undefined): Item | undefined {
  if (item === undefined) return undefined;
  if (!index.KeySchema.every(({ AttributeName }) => item[AttributeName] !== undefined)) return undefined;
  if (index.Projection.ProjectionType === 'ALL') return item;
  const names = [...index.KeySchema, ...table.KeySchema].map(({ AttributeName }) => AttributeName);
  const entry: Record<string, AttributeValue> = {};
  for (const name of [...names, ...(index.Projection.NonKeyAttributes ?? [])]) {
    const value = item[name];
    if (value !== undefined) entry[name] = value;
  }
  return entry;
}

/** Equality of plain data, whatever the order of the members. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const left = Object.entries(a);
  return left.length === Object.keys(b).length && left.every(([key, value]) => same(value, Reflect.get(b, key)));
}
