import type { Identity } from '../identity.ts';
import type { Meter } from '../usage.ts';
import { AwsError, notEmulated, validationError } from '../wire/errors.ts';
import { isObject, type Service } from '../wire/message.ts';
import { itemBytes, readUnits, refusedWriteUnits, writeUnits } from './capacity.ts';
import { actions, openStore, type Store, type Watched, watch } from './dynalite.ts';
import { createTimeToLive } from './time-to-live.ts';

type Parameters = Readonly<Record<string, unknown>>;

export interface DynamoDb extends Service {
  /** The name of a table's partition key. Throws when there is no such table. */
  partitionKeyOf(table: string): Promise<string>;
  close(): Promise<void>;
}

/** Parameters dynalite does not know and that change nothing one could observe here. */
const withoutEffect = new Set([
  'DeletionProtectionEnabled',
  'SSESpecification',
  'TableClass',
  'Tags',
  'OnDemandThroughput',
  'ClientRequestToken',
]);
const writes = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem']);
const reads = new Set(['GetItem', 'BatchGetItem']);
const searches = new Set(['Query', 'Scan']);

/**
 * DynamoDB on dynalite: in memory, or kept in the folder `path`. Units are counted as AWS bills them. Time to live is
 * accepted and remembered, but nothing expires: on AWS that takes up to two days, so nobody may rely on it.
 */
export function createDynamoDb(world: {
  readonly identity: Identity;
  readonly meter: Meter;
  readonly path?: string | undefined;
}): DynamoDb {
  const store = openStore(world.path);
  store.tableDb.awsAccountId = world.identity.accountId;
  store.tableDb.awsRegion = world.identity.region;
  const timeToLive = createTimeToLive(store);

  async function call(name: string, parameters: Parameters): Promise<unknown> {
    if (name === 'UpdateTimeToLive') return timeToLive.update(parameters, await describe(parameters));
    if (name === 'DescribeTimeToLive') return timeToLive.describe(await describe(parameters));
    const { ReturnValuesOnConditionCheckFailure: onFailure, ...rest } = parameters;
    const returnItem = checkOnFailure(onFailure);
    if (searches.has(name)) return search(name, rest);
    const watched = watch(store);
    try {
      const answer = await run(watched.store, name, rest);
      if (writes.has(name)) return withCapacity(answer, rest, countWrites(watched));
      if (reads.has(name)) return withCapacity(answer, rest, countReads(watched, rest));
      if (name === 'CreateTable') await untilActive(String(rest['TableName']));
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

  /** A table is usable the moment it is created; AWS takes seconds, and the caller waits for ACTIVE there. */
  async function untilActive(table: string): Promise<void> {
    for (;;) {
      const { Table } = await run(store, 'DescribeTable', { TableName: table });
      if (isObject(Table) && Table['TableStatus'] === 'ACTIVE') return;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async function search(name: string, parameters: Parameters): Promise<unknown> {
    const asked = parameters['ReturnConsumedCapacity'];
    const counted =
      asked === 'TOTAL' || asked === 'INDEXES' ? parameters : { ...parameters, ReturnConsumedCapacity: 'TOTAL' };
    const { ConsumedCapacity, ...answer } = await run(store, name, counted);
    const minimum = readUnits(0, parameters['ConsistentRead'] === true);
    const units = isObject(ConsumedCapacity) ? Math.max(minimum, Number(ConsumedCapacity['CapacityUnits'])) : minimum;
    world.meter.reads(units);
    return counted === parameters
      ? { ...answer, ConsumedCapacity: { ...(ConsumedCapacity as object), CapacityUnits: units } }
      : answer;
  }

  function countWrites(watched: Watched): Units {
    const sum: Units = { table: 0, indexes: {}, total: 0 };
    for (const item of watched.touched.values()) {
      const table = watched.tables.get(item.table);
      if (table === undefined || !item.written) continue;
      const units = writeUnits(table, item.before, item.after);
      sum.table += units.table;
      sum.total += units.total;
      for (const [index, each] of Object.entries(units.indexes)) sum.indexes[index] = (sum.indexes[index] ?? 0) + each;
    }
    world.meter.writes(sum.total);
    return sum;
  }

  function countReads(watched: Watched, parameters: Parameters): Units {
    let total = 0;
    for (const item of watched.touched.values())
      total += readUnits(itemBytes(item.before), isConsistent(parameters, item.table));
    world.meter.reads(total);
    return { table: total, indexes: {}, total };
  }

  return { call, partitionKeyOf, close: () => store.db.close() };
}

interface Units {
  table: number;
  readonly indexes: Record<string, number>;
  total: number;
}

async function run(store: Store, name: string, parameters: Parameters): Promise<Parameters> {
  const action = actions.get(name);
  if (action === undefined) throw notEmulated(`DynamoDB.${name}`);
  for (const parameter in parameters) {
    if (action.parameters.has(parameter) || withoutEffect.has(parameter)) continue;
    throw notEmulated(`DynamoDB.${name} parameter ${parameter}`);
  }
  try {
    return await action.run(store, parameters);
  } catch (thrown) {
    throw asDynamoError(thrown);
  }
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

function checkOnFailure(value: unknown): boolean {
  if (value === undefined || value === 'NONE') return false;
  if (value === 'ALL_OLD') return true;
  throw validationError(
    `1 validation error detected: Value '${String(value)}' at 'returnValuesOnConditionCheckFailure' failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, NONE]`,
  );
}

/** The consumed capacity, when the caller asked for it, with the units that were counted. */
function withCapacity(answer: Parameters, parameters: Parameters, units: Units): Parameters {
  const { ConsumedCapacity: _, ...rest } = answer;
  const asked = parameters['ReturnConsumedCapacity'];
  if (asked !== 'TOTAL' && asked !== 'INDEXES') return rest;
  if (parameters['TableName'] === undefined) return answer;
  const indexes = Object.entries(units.indexes).map(([name, each]) => [name, { CapacityUnits: each }] as const);
  const detail =
    asked === 'INDEXES'
      ? {
          Table: { CapacityUnits: units.table },
          ...(indexes.length > 0 ? { GlobalSecondaryIndexes: Object.fromEntries(indexes) } : {}),
        }
      : {};
  return { ...rest, ConsumedCapacity: { TableName: parameters['TableName'], CapacityUnits: units.total, ...detail } };
}

function isConsistent(parameters: Parameters, table: string): boolean {
  const batch = parameters['RequestItems'];
  const from = isObject(batch) ? batch[table] : parameters;
  return isObject(from) && from['ConsistentRead'] === true;
}
