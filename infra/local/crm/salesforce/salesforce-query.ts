import { isRecordId, longId } from '../../../../functions/crm/salesforce/salesforce-events.ts';
import type { ObjectDefinition } from './salesforce-objects.ts';
import type { SalesforceStore, StoredRecord } from './salesforce-store.ts';

/** What Salesforce says of a query it does not take. */
export class QueryRefused extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

interface Condition {
  readonly field: string;
  readonly operator: string;
  readonly value: unknown;
}
interface Query {
  readonly fields: readonly string[];
  readonly lists: readonly Query[];
  readonly from: string;
  readonly where: readonly Condition[];
  readonly order: readonly { readonly field: string; readonly isDescending: boolean }[];
  readonly limit: number;
}

const shape =
  /^SELECT (?<fields>.+?) FROM (?<from>\w+)(?: WHERE (?<where>.+?))?(?: ORDER BY (?<order>.+?))?(?: LIMIT (?<limit>\d+))?$/s;
const condition = /^(?<field>[\w.]+) ?(?<operator><=|>=|!=|=|<|>) ?(?<value>'(?:[^'\\]|\\.)*'|[\w:.+-]+)$/;
const oneOf = /^(?<field>[\w.]+) IN \((?<values>'\w+'(?:, ?'\w+')*)\)$/;
const malformed = (message: string): QueryRefused => new QueryRefused('MALFORMED_QUERY', message);

/** Reads the part of SOQL that the fake emulates: fields, lists, conditions joined by AND, words in a list, an order, a limit. */
function parsed(soql: string): Query {
  const inner: string[] = [];
  const outer = soql.trim().replace(/\((SELECT [^()]+)\)/g, (_, query: string) => `#${inner.push(query) - 1}`);
  const { fields = '', from = '', where = '', order = '', limit } = shape.exec(outer)?.groups ?? {};
  if (from === '') throw malformed(`unexpected token: '${soql.trim().split(/\s/)[0] ?? ''}'`);
  const named = fields.split(',').map((field) => field.trim());
  return {
    fields: named.filter((field) => !field.startsWith('#')),
    lists: named.flatMap((field) => (field.startsWith('#') ? [parsed(inner[Number(field.slice(1))] ?? '')] : [])),
    from,
    where: where === '' ? [] : where.split(' AND ').map(conditionIn),
    order: order === '' ? [] : order.split(',').map(orderIn),
    limit: limit === undefined ? Number.POSITIVE_INFINITY : Number(limit),
  };
}

function conditionIn(text: string): Condition {
  const { field: listed, values = '' } = oneOf.exec(text.trim())?.groups ?? {};
  if (listed) {
    const wanted = values.split(',').map((each) => String(literal(each.trim())));
    const strange = listed === 'Id' ? wanted.find((id) => !isRecordId(id)) : undefined;
    if (strange !== undefined) throw new QueryRefused('INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${strange}`);
    return { field: listed, operator: 'IN', value: wanted };
  }
  const { field, operator, value } = condition.exec(text.trim())?.groups ?? {};
  if (!field || !operator || value === undefined)
    throw new QueryRefused('NOT_EMULATED', `The local Salesforce does not emulate the condition: ${text}`);
  return { field, operator, value: literal(value) };
}

function orderIn(text: string): { readonly field: string; readonly isDescending: boolean } {
  const [field = '', direction = 'ASC'] = text.trim().split(/\s+/);
  return { field, isDescending: direction.toUpperCase() === 'DESC' };
}

function literal(text: string): unknown {
  if (text.startsWith("'")) return text.slice(1, -1).replace(/\\(.)/g, '$1');
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return text;
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text)) return new Date(text);
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  throw malformed(`unexpected token: '${text}'`);
}

/** The records that a query finds, as the API shows them. Throws `QueryRefused`. */
export function queried(store: SalesforceStore, soql: string): readonly Readonly<Record<string, unknown>>[] {
  const query = parsed(soql);
  return found(store, query, store.all(query.from), query.from);
}

function found(
  store: SalesforceStore,
  query: Query,
  from: readonly StoredRecord[],
  object: string,
): readonly Readonly<Record<string, unknown>>[] {
  const definition = store.objects.get(object);
  if (!definition) throw new QueryRefused('INVALID_TYPE', `sObject type '${object}' is not supported.`);
  const asked = [...query.fields, ...query.where.map(({ field }) => field), ...query.order.map(({ field }) => field)];
  for (const field of asked) mustExist(store, object, field);
  const repeated = query.fields.find((field, i) => query.fields.indexOf(field) !== i);
  if (repeated) throw malformed(`duplicate field selected: ${repeated}`);
  const value = (record: StoredRecord, field: string): unknown => fieldOf(store, definition, record, field);
  return from
    .filter((record) => query.where.every((each) => holds(value(record, each.field), each)))
    .toSorted((a, b) => {
      for (const { field, isDescending } of query.order) {
        const compared = compare(value(a, field), value(b, field));
        if (compared !== 0) return isDescending ? -compared : compared;
      }
      return 0;
    })
    .slice(0, query.limit)
    .map((record) => shownRecord(store, { query, object, definition, record }));
}

function shownRecord(
  store: SalesforceStore,
  asked: { query: Query; object: string; definition: ObjectDefinition; record: StoredRecord },
): Readonly<Record<string, unknown>> {
  const { query, object, definition, record } = asked;
  const shown: Record<string, unknown> = { attributes: attributesOf(object, record) };
  for (const field of query.fields) {
    const [relation = '', name] = field.split('.');
    if (name === undefined) shown[field] = record[field] ?? null;
    else {
      const parent = definition.parents[relation];
      const there = parent && store.get(parent.object, record[parent.field]);
      const before = shown[relation] as Record<string, unknown> | undefined;
      shown[relation] = there
        ? { ...(before ?? { attributes: attributesOf(parent.object, there) }), [name]: there[name] ?? null }
        : null;
    }
  }
  for (const list of query.lists) {
    const relation = definition.lists[list.from];
    if (!relation)
      throw new QueryRefused(
        'INVALID_TYPE',
        `Didn't understand relationship '${list.from}' in FROM part of query call.`,
      );
    const rows = store.all(relation.object).filter((row) => row[relation.field] === record.Id);
    const records = found(store, list, rows, relation.object);
    shown[list.from] = records.length === 0 ? null : { totalSize: records.length, done: true, records };
  }
  return shown;
}

const attributesOf = (type: string, { Id: id }: StoredRecord) => ({
  ...{ type, url: `/services/data/v66.0/sobjects/${type}/${id}` },
});

function mustExist(store: SalesforceStore, object: string, field: string): void {
  const [relation = '', name] = field.split('.');
  const definition = store.objects.get(object);
  const parent = name === undefined ? undefined : definition?.parents[relation];
  if (name !== undefined && !parent)
    throw new QueryRefused('INVALID_FIELD', `Didn't understand relationship '${relation}' in field path.`);
  const [of, last] = parent && name !== undefined ? [parent.object, name] : [object, field];
  if (store.objects.get(of)?.fields.has(last)) return;
  throw new QueryRefused(
    'INVALID_FIELD',
    `No such column '${last}' on entity '${of}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name.`,
  );
}

function fieldOf(store: SalesforceStore, { parents }: ObjectDefinition, record: StoredRecord, field: string): unknown {
  const [relation = '', name] = field.split('.');
  if (name === undefined) return record[field];
  const parent = parents[relation];
  return parent && store.get(parent.object, record[parent.field])?.[name];
}

function holds(value: unknown, { operator, value: wanted }: Condition): boolean {
  if (Array.isArray(wanted)) return wanted.some((each) => value === each || value === longId(String(each)));
  const compared = compare(wanted instanceof Date ? Date.parse(String(value)) : value, wanted);
  if (operator === '=') return compared === 0;
  if (operator === '!=') return compared !== 0;
  if (operator === '>=') return compared >= 0;
  if (operator === '<=') return compared <= 0;
  return operator === '>' ? compared > 0 : compared < 0;
}

/** Empty values first, as Salesforce sorts them. */
function compare(a: unknown, b: unknown): number {
  const [one, other] = [a ?? '', b ?? ''].map((each) => (each instanceof Date ? each.getTime() : each));
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  const [left, right] = [String(one), String(other)];
  return left < right ? -1 : left > right ? 1 : 0;
}
