import { isRecord, recordOf } from '../../../../functions/domain/fields/record.ts';
import type { CrmAnswer, CrmRequest } from '../../../../functions/ports/crm-access.ts';
import { QueryRefused, queried } from './salesforce-query.ts';
import { answered, notEmulated, refusedWith, type SalesforceOrg } from './salesforce-shapes.ts';
import type { SalesforceStore } from './salesforce-store.ts';
import { createdTask, refusalOfWrite } from './salesforce-writes.ts';

const notFound = (): CrmAnswer => refusedWith(404, 'NOT_FOUND', 'The requested resource does not exist');

interface Asked {
  readonly org: SalesforceOrg;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

type Route = readonly [method: string, path: RegExp, answer: (asked: Asked, parts: readonly string[]) => CrmAnswer];

const version = '/services/data/v66.0';

const routes: readonly Route[] = [
  ['GET', /^\/query$/, ({ org, query }) => firstPage(org, query.get('q') ?? '')],
  ['GET', /^\/query\/([\w-]+)$/, ({ org }, [cursor = '']) => nextPage(org, cursor)],
  ['GET', /^\/sobjects\/(\w+)\/describe$/, ({ org }, [object = '']) => described(org.store, object)],
  ['PATCH', /^\/sobjects\/Opportunity\/(\w+)$/, updateOpportunity],
  ['POST', /^\/sobjects\/Task$/, ({ org, body }) => createdTask(org.store, body)],
];

/** Answers a request that was let in. `path`: behind the API's address, with its query. */
export function answeredBySalesforce(org: SalesforceOrg, { method, body }: CrmRequest, path: string): CrmAnswer {
  const url = new URL(path, 'https://local.my.salesforce.com');
  if (!url.pathname.startsWith(version)) return notEmulated(`${method} ${url.pathname}`);
  let parsed: unknown;
  try {
    parsed = body === undefined ? undefined : JSON.parse(body);
  } catch {
    return refusedWith(400, 'JSON_PARSER_ERROR', 'Unexpected character');
  }
  for (const [routed, pattern, answer] of routes) {
    const found = routed === method ? pattern.exec(url.pathname.slice(version.length)) : null;
    if (found) return answer({ org, query: url.searchParams, body: parsed }, found.slice(1));
  }
  return notEmulated(`${method} ${url.pathname}`);
}

function firstPage(org: SalesforceOrg, soql: string): CrmAnswer {
  try {
    return page(org, queried(org.store, soql));
  } catch (error) {
    if (!(error instanceof QueryRefused)) throw error;
    return error.code === 'NOT_EMULATED' ? notEmulated(error.message) : refusedWith(400, error.code, error.message);
  }
}

function nextPage(org: SalesforceOrg, cursor: string): CrmAnswer {
  const rest = org.cursors.get(cursor);
  if (rest === undefined) return refusedWith(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
  return page(org, rest);
}

function page({ pageSize, cursors }: SalesforceOrg, records: readonly unknown[]): CrmAnswer {
  const shown = records.slice(0, pageSize);
  if (shown.length === records.length) return answered(200, { totalSize: records.length, done: true, records: shown });
  const cursor = `01gHs${String(cursors.size + 1).padStart(10, '0')}-${pageSize}`;
  cursors.set(cursor, records.slice(pageSize));
  const nextRecordsUrl = `${version}/query/${cursor}`;
  return answered(200, { totalSize: records.length, done: false, nextRecordsUrl, records: shown });
}

function described(store: SalesforceStore, object: string): CrmAnswer {
  const definition = store.objects.get(object);
  if (!definition) return notFound();
  return answered(200, {
    name: object,
    keyPrefix: definition.prefix,
    createable: object === 'Task',
    fields: [...definition.fields.values()].map((field) => ({
      ...field,
      ...{ custom: field.name.endsWith('__c'), createable: field.updateable, nillable: true },
    })),
    childRelationships: Object.entries(definition.lists).map(([relationshipName, { field, object: childSObject }]) => ({
      ...{ childSObject, field, relationshipName },
    })),
  });
}

function updateOpportunity({ org, body }: Asked, [id = '']: readonly string[]): CrmAnswer {
  if (!isRecord(body)) return refusedWith(400, 'JSON_PARSER_ERROR', 'The HTTP entity body is required');
  if (org.store.deleted.has(id)) return refusedWith(404, 'ENTITY_IS_DELETED', 'entity is deleted');
  const record = org.store.get('Opportunity', id);
  if (!record) return notFound();
  const refusal = refusalOfWrite(org, record, recordOf(body));
  if (refusal) return refusal;
  org.change(record, body);
  return answered(204);
}
