import type { Identity } from '../identity.ts';
import type { Meter } from '../usage.ts';
import { AwsError, notEmulated, validationError } from '../wire/errors.ts';
import { isObject, type Service } from '../wire/message.ts';
import { type Item, refusedWriteUnits, type TableShape } from './capacity.ts';
import { readsOf, searchOf, unitsOf, withCapacity, writesOf } from './consumed-capacity.ts';
import { type Action, actions, openStore, type Store } from './dynalite.ts';
import { keepEarlier } from './earlier-store.ts';
import { refuseUnknown } from './parameter-types.ts';
import { createStandingAnswers } from './standing-answers.ts';
import { createTables } from './tables.ts';
import { createTimeToLive } from './time-to-live.ts';
import { pageBytes, type Watched, watch } from './watched-store.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** An item that was written, as a table's stream would tell. */
export interface ItemChange {
  readonly table: string;
  /** With its keys; attributes as on the wire, `{ S: … }`. */
  readonly item: Item;
  /** It was deleted; `item` is as it stood before. */
  readonly removed: boolean;
}

export interface DynamoDb extends Service {
  /** Answers a read that need not be consistent without what was written within the last second: to callers to whom this happens. */
  callStale(action: string, parameters: Parameters): Promise<unknown>;
  /** The name of a table's partition key. Throws when there is no such table. */
  partitionKeyOf(table: string): Promise<string>;
  close(): Promise<void>;
}

const writes = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem']);
const reads = new Set(['GetItem', 'BatchGetItem']);
const searches = new Set(['Query', 'Scan']);

/** How long a read that need not be consistent may miss what was written; milliseconds. AWS says: usually a second or less. */
const mostBehind = 1000;

/**
 * DynamoDB on dynalite: in memory, or kept in the folder `path`. Units are counted as AWS bills them. Time to live is
 * accepted and remembered, but nothing expires: on AWS that takes up to two days, so nobody may rely on it.
 */
export function createDynamoDb(world: {
  readonly identity: Identity;
  readonly meter: Meter;
  readonly path?: string | undefined;
  /** The time in milliseconds, where reads may be answered stale: then the tables as they were are kept, too, in memory. */
  readonly now?: (() => number) | undefined;
  readonly onItemChange?: ((change: ItemChange) => void) | undefined;
}): DynamoDb {
  const store = openStore(world.path);
  store.tableDb.awsAccountId = world.identity.accountId;
  store.tableDb.awsRegion = world.identity.region;
  const { now } = world;
  const earlier = now && keepEarlier(store, now);
  const standing = createStandingAnswers();
  const timeToLive = createTimeToLive(store);
  const tables = createTables({
    store,
    identity: world.identity,
    check: (name, parameters) => asking(() => known(name, parameters).check(parameters)),
    run: (name, parameters) => run(store, name, parameters),
  });

  async function call(name: string, given: Parameters): Promise<unknown> {
    // A member that is null counts as left out.
    const parameters = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
    if (name === 'UpdateTimeToLive') {
      refuseUnknown(`DynamoDB.${name} parameter`, { TableName: 'String', TimeToLiveSpecification: 'Map' }, parameters);
      return timeToLive.update(parameters, await describe(parameters));
    }
    if (name === 'DescribeTimeToLive') {
      refuseUnknown(`DynamoDB.${name} parameter`, { TableName: 'String' }, parameters);
      return timeToLive.describe(await describe(parameters));
    }
    if (tables.handles(name)) return tables.call(name, parameters).finally(standing.clear);
    return callOn(store, name, parameters);
  }

  async function callStale(name: string, parameters: Parameters): Promise<unknown> {
    const isRead = reads.has(name) || searches.has(name);
    return isRead && earlier && now
      ? callOn(await earlier.before(now() - mostBehind), name, parameters)
      : call(name, parameters);
  }

  async function callOn(on: Store, name: string, parameters: Parameters): Promise<unknown> {
    const { ReturnValuesOnConditionCheckFailure: onFailure, ...rest } = parameters;
    const returnItem = checkOnFailure(name, onFailure);
    if (rest['ReturnItemCollectionMetrics'] === 'SIZE')
      throw notEmulated(`DynamoDB.${name} parameter ReturnItemCollectionMetrics SIZE`);
    const asked = name === 'Query' && on === store ? standing.ask(rest) : undefined;
    if (asked?.known) {
      world.meter.reads(asked.known.units);
      return asked.known.answer;
    }
    const watched = watch(on, standing.wrote);
    try {
      const answer = await run(watched.store, name, name === 'Scan' ? scanOf(rest) : rest);
      if (writes.has(name)) return wrote(answer, rest, watched);
      if (reads.has(name)) return read(answer, rest, watched);
      if (searches.has(name)) {
        const found = searched(answer, rest, watched);
        // Items that were looked up beside the search stand elsewhere.
        if (watched.touched.size === 0) asked?.keep(found, watched.searched);
        return found.answer;
      }
      return answer;
    } catch (thrown) {
      const error = asDynamoError(thrown);
      if (error.name !== 'ConditionalCheckFailedException') throw error;
      const item = watched.touched.values().next().value?.before;
      world.meter.writes(refusedWriteUnits(item));
      if (!returnItem || item === undefined) throw error;
      throw new AwsError(error.name, error.message, { fields: { ...error.fields, Item: item } });
    }
  }

  const partitionKeys = new Map<string, string>();

  async function partitionKeyOf(table: string): Promise<string> {
    const known = partitionKeys.get(table);
    if (known !== undefined) return known;
    const { Table } = (await run(store, 'DescribeTable', { TableName: table })) as {
      readonly Table: { readonly KeySchema: readonly { readonly AttributeName: string; readonly KeyType: string }[] };
    };
    const key = Table.KeySchema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';
    partitionKeys.set(table, key);
    return key;
  }

  async function describe(parameters: Parameters): Promise<string> {
    await run(store, 'DescribeTable', { TableName: parameters['TableName'] });
    return String(parameters['TableName']);
  }

  function wrote(answer: Parameters, parameters: Parameters, watched: Watched): Parameters {
    const consumed = writesOf(watched);
    world.meter.writes(unitsOf(consumed));
    for (const { table, before, after, written } of watched.touched.values()) {
      const item = after ?? before;
      if (written && item) world.onItemChange?.({ table, item, removed: after === undefined });
    }
    return withCapacity(answer, parameters, { consumed, tables: watched.tables });
  }

  function read(answer: Parameters, parameters: Parameters, watched: Watched): Parameters {
    const consumed = readsOf(watched, parameters);
    world.meter.reads(unitsOf(consumed));
    return withCapacity(answer, parameters, { consumed, tables: watched.tables });
  }

  /** dynalite counts the characters of a page; where its bytes came to 1 MB, there is more to be asked for. */
  function searched(answer: Parameters, parameters: Parameters, watched: Watched) {
    const { page, tables } = watched;
    const scanned = Number(answer['ScannedCount']);
    const consumed = [searchOf(watched, parameters, scanned)];
    const units = unitsOf(consumed);
    world.meter.reads(units);
    const told = withCapacity(answer, parameters, { consumed, tables });
    const last = page.entries[scanned - 1];
    const isCut = page.bytes >= pageBytes && scanned === page.entries.length;
    if (!isCut || last === undefined || told['LastEvaluatedKey'] !== undefined) return { answer: told, units };
    const names = keyNames(tables.get(String(parameters['TableName'])), parameters['IndexName']);
    const from = Object.fromEntries(names.map((name) => [name, last.item[name]]));
    return { answer: { ...told, LastEvaluatedKey: from }, units };
  }

  const close = async () => {
    await Promise.all([store.db.close(), earlier?.close()]);
  };
  return { call, callStale, partitionKeyOf, close };
}

/** dynalite's action of that name, when it knows all of the parameters. Throws when not. */
function known(name: string, parameters: Parameters): Action {
  const action = actions.get(name);
  if (action === undefined) throw notEmulated(`DynamoDB.${name}`);
  refuseUnknown(`DynamoDB.${name} parameter`, action.types, parameters);
  return action;
}

/** dynalite's scans are consistent, and it does not know that they may not have to be. */
function scanOf(parameters: Parameters): Parameters {
  const { ConsistentRead: consistent, ...scan } = parameters;
  if (consistent === true && scan['IndexName'] !== undefined)
    throw validationError('Consistent reads are not supported on global secondary indexes');
  return typeof consistent === 'boolean' ? scan : parameters;
}

async function run(store: Store, name: string, parameters: Parameters): Promise<Parameters> {
  const action = known(name, parameters);
  try {
    return await action.run(store, parameters);
  } catch (thrown) {
    throw asDynamoError(thrown);
  }
}

function asking(check: () => void): void {
  try {
    check();
  } catch (thrown) {
    throw asDynamoError(thrown);
  }
}

/** The attributes that name an entry of a table or of its index. */
function keyNames(shape: TableShape | undefined, index: unknown): string[] {
  const indexes = [...(shape?.GlobalSecondaryIndexes ?? []), ...(shape?.LocalSecondaryIndexes ?? [])];
  const keys = indexes.find(({ IndexName }) => IndexName === index)?.KeySchema ?? [];
  return [...new Set([...(shape?.KeySchema ?? []), ...keys].map(({ AttributeName }) => AttributeName))];
}

/** dynalite's `{statusCode, body: {__type, message}}` as the account's error. */
function asDynamoError(thrown: unknown): AwsError {
  if (thrown instanceof AwsError) return thrown;
  if (!isObject(thrown) || !isObject(thrown['body'])) throw thrown;
  const body = thrown['body'];
  const type = String(body['__type']);
  const message = String(body['message'] ?? body['Message'] ?? '');
  return new AwsError(type.slice(type.indexOf('#') + 1), message, {
    httpStatus: Number(thrown['statusCode']),
    fields: { __type: type },
  });
}

const conditional = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);

function checkOnFailure(name: string, value: unknown): boolean {
  if (value !== undefined && !conditional.has(name))
    throw notEmulated(`DynamoDB.${name} parameter ReturnValuesOnConditionCheckFailure`);
  if (value === undefined || value === 'NONE') return false;
  if (value === 'ALL_OLD') return true;
  throw validationError(
    `1 validation error detected: Value '${String(value)}' at 'returnValuesOnConditionCheckFailure' failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, NONE]`,
  );
}
