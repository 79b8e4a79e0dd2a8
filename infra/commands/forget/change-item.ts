import type { Item, Table } from '../../../functions/aws/dynamodb.ts';

/** One difference deep in an item: of a value, or of the name under which it stands. */
export interface Change {
  /** Names of attributes and members, and places in lists. */
  readonly path: readonly (string | number)[];
  /** What stood there; undefined: nothing, and something is put there. */
  readonly before?: unknown;
  /** What stands there now; undefined: nothing, as its name is another one. */
  readonly after?: unknown;
}

/** What differs between two versions of an item, as deep down as it differs. */
export function changesBetween(before: unknown, after: unknown, path: Change['path'] = []): readonly Change[] {
  if (Array.isArray(before) && Array.isArray(after))
    return before.flatMap((each, i) => changesBetween(each, after[i], [...path, i]));
  if (isMembers(before) && isMembers(after)) {
    const [gone, added] = [Object.keys(before), Object.keys(after)].map((names, i) =>
      names.filter((name) => !Object.hasOwn(i === 0 ? after : before, name)),
    );
    const kept = Object.keys(before).filter((name) => Object.hasOwn(after, name));
    return [
      ...kept.flatMap((name) => changesBetween(before[name], after[name], [...path, name])),
      ...(gone ?? []).map((name) => ({ path: [...path, name], before: before[name] })),
      ...(added ?? []).map((name) => ({ path: [...path, name], after: after[name] })),
    ];
  }
  return JSON.stringify(plain(before)) === JSON.stringify(plain(after)) ? [] : [{ path, before, after }];
}

const isMembers = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !(value instanceof Set) && !(value instanceof Uint8Array);

const plain = (value: unknown): unknown => (value instanceof Set ? [...value] : value);

/** An expression holds 4 KB. */
const mostAtOnce = 25;

/**
 * Changes an item in these places and nowhere else, where they are still as they were: what others write beside them stays. False
 * when one of them is not; those before it may be changed by then.
 */
export async function changeItem(
  table: Table,
  { key, changes }: { readonly key: Item; readonly changes: readonly Change[] },
): Promise<boolean> {
  for (let i = 0; i < changes.length; i += mostAtOnce)
    if (!(await changeSome(table, key, changes.slice(i, i + mostAtOnce)))) return false;
  return true;
}

async function changeSome(table: Table, key: Item, changes: readonly Change[]): Promise<boolean> {
  const names = [...new Set(changes.flatMap(({ path }) => path.filter((part) => typeof part === 'string')))];
  const written = (path: Change['path']): string =>
    path
      .map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i === 0 ? '' : '.'}#n${names.indexOf(part)}`))
      .join('');
  const [sets, removes, conditions]: [string[], string[], string[]] = [[], [], []];
  const values: Item = {};
  for (const [i, { path, before, after }] of changes.entries()) {
    if (after === undefined) removes.push(written(path));
    else {
      sets.push(`${written(path)} = :new${i}`);
      values[`:new${i}`] = after;
    }
    if (before === undefined) continue;
    if (isMembers(before) || after === undefined) conditions.push(`attribute_exists(${written(path)})`);
    else {
      conditions.push(`${written(path)} = :old${i}`);
      values[`:old${i}`] = before;
    }
  }
  const changed = await table.update(key, {
    UpdateExpression: [
      ...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []),
      ...(removes.length > 0 ? [`REMOVE ${removes.join(', ')}`] : []),
    ].join(' '),
    ConditionExpression: conditions.length > 0 ? conditions.join(' AND ') : 'attribute_exists(pk)',
    ExpressionAttributeNames: Object.fromEntries(names.map((name, i) => [`#n${i}`, name])),
    values,
  });
  return changed !== undefined;
}
