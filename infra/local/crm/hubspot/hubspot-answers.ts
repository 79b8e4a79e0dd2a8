import { recordOf } from '../../../../functions/domain/fields/record.ts';
import type { CrmAnswer, CrmRequest } from '../../../../functions/ports/crm-access.ts';
import { pipelines } from './hubspot-pipeline.ts';
import { searched } from './hubspot-search.ts';
import { answered, badRequest, notEmulated, notFound, shownObject } from './hubspot-shapes.ts';
import type { ChangeSource, HubspotStore, StoredObject } from './hubspot-store.ts';
import { addNote, brokenRule, createDefinition, createGroup, writable } from './hubspot-writes.ts';

/** What the API is played with. */
export interface HubspotPortal {
  readonly store: HubspotStore;
  readonly portalId: string;
  /** Properties that an administrator demands of every deal that is written to. */
  readonly demanded: () => readonly string[];
  /** Changes a deal and tells of it. */
  readonly change: (deal: StoredObject, properties: Readonly<Record<string, string>>, source: ChangeSource) => void;
  /** Records that a search finds by now. */
  readonly searchable: () => readonly StoredObject[];
}

interface Asked {
  readonly portal: HubspotPortal;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** What answers a method and a path; the path's groups are handed over. */
type Route = readonly [method: string, path: RegExp, answer: (asked: Asked, parts: readonly string[]) => CrmAnswer];

const names = (query: URLSearchParams, name: string): readonly string[] =>
  query.getAll(name).flatMap((value) => value.split(',').filter((each) => each !== ''));
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Most records that are read at once; fewer where their history is asked for. */
const [mostAtOnce, mostWithHistory] = [100, 50];

const routes: readonly Route[] = [
  ['GET', /^\/crm\/objects\/2026-09\/(0-[1238])\/([^/]+)$/, readObject],
  ['PATCH', /^\/crm\/objects\/2026-09\/0-3\/([^/]+)$/, updateDeal],
  ['POST', /^\/crm\/objects\/2026-09\/(0-[1238])\/batch\/read$/, readBatch],
  ['POST', /^\/crm\/objects\/2026-09\/0-3\/search$/, ({ portal, body }) => searched(portal.searchable(), body)],
  ['POST', /^\/crm\/objects\/2026-09\/0-46$/, ({ portal, body }) => addNote(portal.store, body)],
  ['POST', /^\/crm\/associations\/2026-09\/0-3\/(0-[128])\/batch\/read$/, readAssociations],
  ['GET', /^\/crm\/owners\/2026-09\/(\d+)$/, readOwner],
  ['GET', /^\/crm\/pipelines\/2026-09\/0-3$/, () => answered(200, pipelines)],
  ['GET', /^\/account-info\/2026-09\/details$/, ({ portal }) => answered(200, accountOf(portal))],
  ['GET', /^\/crm\/properties\/2026-09\/(0-[13])$/, readDefinitions],
  [
    'POST',
    /^\/crm\/properties\/2026-09\/(0-[13])$/,
    ({ portal, body }, [type = '']) => createDefinition(portal.store, type, body),
  ],
  [
    'POST',
    /^\/crm\/properties\/2026-09\/(0-[13])\/groups$/,
    ({ portal, body }, [type = '']) => createGroup(portal.store, type, body),
  ],
];

/** Answers a request that was let in. `path`: behind the API's address, with its query. */
export function answeredByHubspot(portal: HubspotPortal, { method, body }: CrmRequest, path: string): CrmAnswer {
  const url = new URL(path, 'https://api.hubapi.com');
  let parsed: unknown;
  try {
    parsed = body === undefined ? undefined : JSON.parse(body);
  } catch {
    return badRequest('Invalid input JSON');
  }
  for (const [routed, pattern, answer] of routes) {
    const found = routed === method ? pattern.exec(url.pathname) : null;
    if (found) return answer({ portal, query: url.searchParams, body: parsed }, found.slice(1));
  }
  return notEmulated(`${method} ${url.pathname}`);
}

function readObject({ portal, query }: Asked, [type = '', id = '']: readonly string[]): CrmAnswer {
  const object = portal.store.get(type, id);
  const archived = query.get('archived') === 'true';
  if (query.has('associations')) return notEmulated('associations within a record');
  if (object === undefined || object.archived !== archived) return notFound();
  return answered(200, shownObject(object, names(query, 'properties'), names(query, 'propertiesWithHistory')));
}

function readBatch({ portal, body }: Asked, [type = '']: readonly string[]): CrmAnswer {
  const { inputs, properties, propertiesWithHistory } = recordOf(body);
  const ids = listOf(inputs).map((input) => String(recordOf(input)['id']));
  const history = listOf(propertiesWithHistory);
  const most = history.length > 0 ? mostWithHistory : mostAtOnce;
  const what = history.length > 0 ? 'a batch request for property histories' : 'a batch request';
  if (ids.length > most)
    return badRequest(
      `The maximum number of inputs supported in ${what} is ${most}. Please reduce the number of items and try again`,
    );
  const found = ids.map((id) => portal.store.get(type, id)).filter((object) => object?.archived === false);
  const asked = [listOf(properties), history].map((each) => each.map(String));
  const results = found.flatMap((object) => (object ? [shownObject(object, asked[0] ?? [], asked[1])] : []));
  return partly(
    results,
    ids.filter((id) => !found.some((object) => object?.id === id)),
  );
}

/** 207 where some of what was asked for isn't there. */
function partly(results: readonly unknown[], missing: readonly string[], subCategory?: string): CrmAnswer {
  const times = { startedAt: '2026-11-20T15:00:00.000Z', completedAt: '2026-11-20T15:00:00.000Z' };
  if (missing.length === 0) return answered(200, { status: 'COMPLETE', results, ...times });
  const error = {
    ...{ status: 'error', category: 'OBJECT_NOT_FOUND', ...(subCategory && { subCategory }) },
    ...{ message: 'Could not get some objects, they may be deleted or not exist.', context: { ids: missing } },
  };
  return answered(207, { status: 'COMPLETE', results, numErrors: 1, errors: [error], ...times });
}

function readAssociations({ portal, body }: Asked, [type = '']: readonly string[]): CrmAnswer {
  const inputs = listOf(recordOf(body)['inputs']).map((input) => String(recordOf(input)['id']));
  const results = inputs.map((id) => ({
    from: { id },
    to: portal.store
      .associated(id, type)
      .filter((each) => portal.store.get(type, each.id)?.archived === false)
      .map((each) => ({ toObjectId: Number(each.id), associationTypes: each.types })),
  }));
  const missing = results.filter(({ to }) => to.length === 0).map(({ from }) => from.id);
  const given = results.filter(({ to }) => to.length > 0);
  return partly(given, missing, 'crm.associations.NO_ASSOCIATIONS_FOUND');
}

function readOwner({ portal, query }: Asked, [id = '']: readonly string[]): CrmAnswer {
  const owner = query.get('idProperty') === 'userId' ? portal.store.userOf(id) : portal.store.owner(id);
  if (owner === undefined || owner.archived !== (query.get('archived') === 'true')) return notFound();
  const [firstName = '', lastName = ''] = owner.email.split('@', 1)[0]?.split('.') ?? [];
  return answered(200, { ...owner, type: 'PERSON', firstName, lastName });
}

function accountOf({ portalId }: HubspotPortal): unknown {
  return {
    ...{ portalId: Number(portalId), accountType: 'STANDARD', uiDomain: 'app.hubspot.com', dataHostingLocation: 'na1' },
    ...{ timeZone: 'Europe/Berlin', companyCurrency: 'EUR', additionalCurrencies: ['GBP', 'PLN', 'USD'] },
    ...{ utcOffset: '+01:00', utcOffsetMilliseconds: 3_600_000 },
  };
}

function updateDeal({ portal, body }: Asked, [id = '']: readonly string[]): CrmAnswer {
  const deal = portal.store.get('0-3', id);
  if (deal === undefined || deal.archived) return notFound();
  const written = writable(portal.store, '0-3', body);
  if ('refused' in written) return written.refused;
  const broken = brokenRule(portal.demanded(), deal, written.properties);
  if (broken) return broken;
  portal.change(deal, written.properties, 'INTEGRATION');
  return answered(200, shownObject(deal, Object.keys(written.properties)));
}

function readDefinitions({ portal }: Asked, [type = '']: readonly string[]): CrmAnswer {
  return answered(200, { results: [...(portal.store.definitions.get(type)?.values() ?? [])] });
}
