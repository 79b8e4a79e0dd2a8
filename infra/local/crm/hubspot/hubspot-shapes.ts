import type { CrmAnswer } from '../../../../functions/ports/crm-access.ts';
import { calculatedOf } from './hubspot-pipeline.ts';
import type { StoredObject } from './hubspot-store.ts';

/** An answer as HubSpot's API writes it. */
export const answered = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): CrmAnswer => ({
  status,
  headers: { 'content-type': 'application/json;charset=utf-8', ...headers },
  text: body === undefined ? '' : JSON.stringify(body),
});

/** What an error of HubSpot's says beside its message. */
interface ErrorDetails {
  readonly category: string;
  readonly [member: string]: unknown;
}

/** An error as HubSpot's API writes it. */
export const refusedWith = (status: number, message: string, details: ErrorDetails): CrmAnswer =>
  answered(status, {
    ...{ status: 'error', message, correlationId: '00000000-0000-0000-0000-000000000000' },
    ...details,
  });

export const notFound = (): CrmAnswer => refusedWith(404, 'resource not found', { category: 'OBJECT_NOT_FOUND' });

export const badRequest = (message: string, more: Readonly<Record<string, unknown>> = {}): CrmAnswer =>
  refusedWith(400, message, { category: 'VALIDATION_ERROR', ...more });

/** Refuses what HubSpot can do and the fake cannot, naming it. */
export const notEmulated = (what: string): CrmAnswer =>
  refusedWith(501, `NotEmulated: the local HubSpot does not emulate ${what}.`, { category: 'NOT_EMULATED' });

/** All properties of a record, those that HubSpot calculates among them. */
export function propertiesOf(object: StoredObject): Readonly<Record<string, string>> {
  const entered = object.history['dealstage']?.[0]?.timestamp;
  return {
    ...object.properties,
    ...(object.type === '0-3' && calculatedOf(object.properties['dealstage'], entered)),
    createdate: object.createdAt,
    hs_lastmodifieddate: object.updatedAt,
    hs_object_id: object.id,
  };
}

/** A record as the API shows it: the properties that were asked for, null where they are empty, and three that always come. */
export function shownObject(
  object: StoredObject,
  asked: readonly string[],
  history: readonly string[] = [],
): Readonly<Record<string, unknown>> {
  const all = propertiesOf(object);
  const names = ['createdate', 'hs_lastmodifieddate', 'hs_object_id', ...asked.filter((name) => name !== '')];
  return {
    id: object.id,
    properties: Object.fromEntries(names.map((name) => [name, all[name] || null])),
    ...(history.length > 0 && {
      propertiesWithHistory: Object.fromEntries(history.map((name) => [name, object.history[name] ?? []])),
    }),
    createdAt: object.createdAt,
    updatedAt: object.updatedAt,
    archived: object.archived,
  };
}
