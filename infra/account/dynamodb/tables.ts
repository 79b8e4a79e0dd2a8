import { arn, type Identity, isHere, notShared, parseArn } from '../identity.ts';
import { AwsError, notEmulated, validationError } from '../wire/errors.ts';
import { isObject } from '../wire/message.ts';
import type { Store } from './dynalite.ts';
import type { Callback } from './level.ts';

type Parameters = Readonly<Record<string, unknown>>;

export interface TablesWorld {
  readonly store: Store;
  readonly identity: Identity;
  /** Refuses parameters that dynalite's action of that name would. */
  readonly check: (action: string, parameters: Parameters) => void;
  /** Runs dynalite's action of that name. */
  readonly run: (action: string, parameters: Parameters) => Promise<Parameters>;
}

export interface Tables {
  /** Whether it is one of the actions on tables and their tags. */
  handles(action: string): boolean;
  call(action: string, parameters: Parameters): Promise<unknown>;
}

const mostTags = 50;

/**
 * The actions on tables. To what dynalite keeps of a table come its deletion protection, its class and the tags it is created with;
 * tags are told by the ARN of a table of this account and region.
 */
export function createTables({ store, identity, check, run }: TablesWorld): Tables {
  const described = async (TableName: unknown): Promise<Parameters> => {
    const { Table } = await run('DescribeTable', { TableName });
    return isObject(Table) ? Table : {};
  };

  const tagsOf = async (table: string): Promise<readonly Tag[]> =>
    tagList((await run('ListTagsOfResource', { ResourceArn: arn(identity, 'dynamodb', `table/${table}`) }))['Tags']);

  async function create(parameters: Parameters): Promise<Parameters> {
    const { Tags, SSESpecification, ...rest } = parameters;
    checkTags(tagList(Tags));
    refuseOwnKeys(SSESpecification);
    const { TableDescription } = await run('CreateTable', Tags === undefined ? rest : { ...rest, Tags });
    await untilActive(String(rest['TableName']));
    if (tagList(Tags).length > 0) {
      await keep(String(rest['TableName']), (table) => {
        delete table['Tags'];
      });
      await run('TagResource', { ResourceArn: arn(identity, 'dynamodb', `table/${rest['TableName']}`), Tags });
    }
    return { TableDescription: description(TableDescription) };
  }

  /** A table is usable, or gone, the moment it is created or deleted; AWS takes seconds, and the caller waits there. */
  async function untilActive(table: string): Promise<void> {
    while ((await described(table))['TableStatus'] !== 'ACTIVE') await new Promise((resolve) => setImmediate(resolve));
  }

  async function untilGone(table: unknown): Promise<void> {
    while (await described(table).catch(() => undefined)) await new Promise((resolve) => setImmediate(resolve));
  }

  async function update(parameters: Parameters): Promise<Parameters> {
    const { SSESpecification, ...known } = parameters;
    refuseOwnKeys(SSESpecification);
    const { DeletionProtectionEnabled, TableClass, ...rest } = known;
    const updates = Array.isArray(rest['GlobalSecondaryIndexUpdates']) ? rest['GlobalSecondaryIndexUpdates'] : [];
    for (const each of updates.filter(isObject)) {
      const asked = ['Create', 'Delete'].find((name) => each[name] !== undefined);
      if (asked) throw notEmulated(`DynamoDB.UpdateTable parameter GlobalSecondaryIndexUpdates ${asked}`);
    }
    check('UpdateTable', known);
    const settings = Object.entries({ DeletionProtectionEnabled, TableClass }).filter(
      ([, value]) => value !== undefined,
    );
    const table = String(rest['TableName']);
    if (settings.length === 0 || Object.keys(rest).length > 1) await run('UpdateTable', rest);
    await untilActive(table);
    if (settings.length > 0) await keep(table, (record) => Object.assign(record, Object.fromEntries(settings)));
    return { TableDescription: description(await described(table)) };
  }

  async function remove(parameters: Parameters): Promise<Parameters> {
    const { DeletionProtectionEnabled } = await described(parameters['TableName']).catch((): Parameters => ({}));
    if (DeletionProtectionEnabled === true)
      throw validationError(
        'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
      );
    const { TableDescription } = await run('DeleteTable', parameters);
    await untilGone(parameters['TableName']);
    return { TableDescription: description(TableDescription) };
  }

  async function tag(parameters: Parameters): Promise<Parameters> {
    const table = tableOf('TagResource', parameters);
    check('TagResource', parameters);
    if (table !== '') checkTags(tagList(parameters['Tags']), await tagsOf(table));
    return run('TagResource', parameters);
  }

  /** The name of the table that an action on tags is about. Throws when the ARN is another account's, or another region's; empty for what is none, which dynalite refuses. */
  function tableOf(action: string, { ResourceArn: given }: Parameters): string {
    const table = parseArn(String(given));
    if (table?.service !== 'dynamodb' || !table.resource.startsWith('table/')) return '';
    if (!isHere(identity, table))
      throw validationError(`Invalid TableArn: Invalid ResourceArn provided as input ${String(given)}`);
    if (table.accountId === identity.accountId) return table.resource.slice('table/'.length);
    throw new AwsError('AccessDeniedException', notShared(identity, `dynamodb:${action}`, String(given)));
  }

  /** Changes what is stored of a table. */
  function keep(name: string, change: (table: Record<string, unknown>) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const done: Callback<void> = (error) => (error ? reject(error) : resolve());
      store.getTable(name, false, (error, table) => {
        if (error) return reject(error);
        const record = { ...table };
        change(record);
        return store.tableDb.put(name, record, done);
      });
    });
  }

  const actions: Readonly<Record<string, (parameters: Parameters) => Promise<unknown>>> = {
    CreateTable: create,
    UpdateTable: update,
    DeleteTable: remove,
    DescribeTable: async (parameters) => ({ Table: description((await run('DescribeTable', parameters))['Table']) }),
    TagResource: tag,
    UntagResource: async (parameters) => {
      tableOf('UntagResource', parameters);
      return run('UntagResource', parameters);
    },
    ListTagsOfResource: async (parameters) => {
      tableOf('ListTagsOfResource', parameters);
      return run('ListTagsOfResource', parameters);
    },
  };

  return {
    handles: (action) => Object.hasOwn(actions, action),
    call: async (action, parameters) => actions[action]?.(parameters),
  };
}

/** A table as AWS tells of it. */
function description(table: unknown): Parameters {
  const { TableClass, Tags: _, ...rest } = isObject(table) ? table : {};
  return {
    DeletionProtectionEnabled: false,
    ...rest,
    ...(TableClass === undefined ? {} : { TableClassSummary: { TableClass } }),
  };
}

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

const tagList = (tags: unknown): readonly Tag[] => (Array.isArray(tags) ? tags : []);

/** Refuses tags that AWS does not take beside those that are there. */
function checkTags(tags: readonly Tag[], present: readonly Tag[] = []): void {
  const keys = tags.filter(isObject).map((tag) => String(tag['Key']));
  const reserved = keys.find((key) => /^aws:/i.test(key));
  if (reserved !== undefined)
    throw validationError(
      `One or more parameter values were invalid: Tag keys starting with 'aws:' are reserved: ${reserved}`,
    );
  const wrong = tags.filter(isObject).flatMap(({ Key, Value }) => [String(Key), String(Value ?? '')]);
  const text = wrong.find((each) => !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(each));
  if (text !== undefined)
    throw validationError(
      `One or more parameter values were invalid: A tag has characters that are not allowed: ${text}`,
    );
  if (new Set(keys).size < keys.length)
    throw validationError('One or more parameter values were invalid: Tag keys must be unique.');
  const all = new Set([...present.map(({ Key }) => Key), ...keys]);
  if (all.size > mostTags)
    throw validationError(`One or more parameter values were invalid: Too many tags: at most ${mostTags} are allowed.`);
}

/** Everything is encrypted with a key of AWS's; other keys are refused. */
function refuseOwnKeys(specification: unknown): void {
  if (!isObject(specification)) return;
  const { Enabled, ...more } = specification;
  if (Enabled !== undefined && typeof Enabled !== 'boolean')
    throw new AwsError('SerializationException', 'Unexpected token received from parser');
  const asked = Enabled === true ? 'Enabled' : Object.keys(more)[0];
  if (asked !== undefined) throw notEmulated(`DynamoDB parameter SSESpecification ${asked}`);
}
