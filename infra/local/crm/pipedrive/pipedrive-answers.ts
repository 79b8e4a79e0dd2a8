import { recordOf } from '../../../../functions/domain/fields/record.ts';
import type { CrmAnswer, CrmRequest } from '../../../../functions/ports/crm-access.ts';
import { answered, badRequest, notEmulated, notFound } from './pipedrive-shapes.ts';
import { openStages, type PipedriveStore, type StoredDeal } from './pipedrive-store.ts';
import type { WebhookSender } from './pipedrive-webhooks.ts';
import { addedField, addedNote, addedWebhook, changeIn } from './pipedrive-writes.ts';

/** What the API is played with. */
export interface PipedriveCompany {
  readonly store: PipedriveStore;
  readonly sender: WebhookSender;
  /** Who the token belongs to, with the company. */
  readonly me: Readonly<Record<string, unknown>>;
  /** Changes a deal as the token's user, and tells of it. */
  readonly change: (deal: StoredDeal, values: Partial<StoredDeal>) => void;
  readonly now: () => number;
}

interface Asked {
  readonly company: PipedriveCompany;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What answers a method and a path, and how many tokens of the day's budget it costs. */
interface Route {
  readonly method: CrmRequest['method'];
  readonly path: RegExp;
  readonly cost: number;
  readonly answer: (asked: Asked, id: number) => CrmAnswer;
}

const [one, list, write] = [1, 10, 5];
const get = (path: RegExp, cost: number, answer: Route['answer']): Route => ({ method: 'GET', path, cost, answer });
const post = (path: RegExp, answer: Route['answer']): Route => ({ method: 'POST', path, cost: write, answer });

const routes: readonly Route[] = [
  get(/^\/api\/v2\/deals\/([^/]+)$/, one, ({ company }, id) => {
    const deal = company.store.deals.get(id);
    return deal === undefined || deal.is_deleted ? notFound('Deal') : answered(200, deal);
  }),
  get(/^\/api\/v2\/deals$/, list, listedDeals),
  get(/^\/api\/v2\/deals\/(\d+)\/products$/, list, ({ company, query }, id) =>
    paged(
      company.store.products.filter(({ dealId }) => dealId === id),
      query,
    ),
  ),
  get(/^\/api\/v2\/persons$/, list, listedPersons),
  get(/^\/api\/v2\/organizations\/(\d+)$/, one, ({ company }, id) => {
    const found = company.store.organizations.get(id);
    return found ? answered(200, found) : notFound('Organization');
  }),
  get(/^\/api\/v2\/stages$/, list, ({ query }) =>
    paged(
      openStages.map(({ id, label }, place) => ({
        ...{ id: Number(id), name: label, order_nr: place, pipeline_id: 1, is_deleted: false },
      })),
      query,
    ),
  ),
  get(/^\/api\/v2\/dealFields$/, list, ({ company, query }) => paged(company.store.dealFields, query)),
  get(/^\/api\/v2\/personFields$/, list, ({ company, query }) => paged(company.store.personFields, query)),
  get(/^\/api\/v1\/users\/me$/, one, ({ company }) => answered(200, company.me)),
  get(/^\/api\/v1\/users\/(\d+)$/, one, ({ company }, id) => {
    const user = company.store.users.get(id);
    return user ? answered(200, user) : notFound('User');
  }),
  get(/^\/api\/v1\/webhooks$/, list, ({ company }) => answered(200, company.sender.webhooks.map(shownWebhook))),
  {
    ...{ method: 'PATCH', path: /^\/api\/v2\/deals\/([^/]+)$/, cost: write },
    answer: ({ company, body }, id) => {
      const deal = company.store.deals.get(id);
      if (deal === undefined || deal.is_deleted) return notFound('Deal');
      const change = changeIn(company.store, body);
      if ('refused' in change) return change.refused;
      company.change(deal, change.values);
      return answered(200, deal);
    },
  },
  post(/^\/api\/v2\/dealFields$/, ({ company, body }) => addedField(company.store.dealFields, body)),
  post(/^\/api\/v2\/personFields$/, ({ company, body }) => addedField(company.store.personFields, body)),
  post(/^\/api\/v1\/notes$/, ({ company, body }) => addedNote(company.store, body, company.now())),
  post(/^\/api\/v1\/webhooks$/, ({ company, body }) => addedWebhook(company.sender, body)),
  {
    ...{ method: 'DELETE', path: /^\/api\/v1\/webhooks\/(\d+)$/, cost: write },
    answer: ({ company }, id) => (company.sender.remove(id) ? answered(200, { id }) : notFound('Webhook')),
  },
];

/** Answers a request that was let in, and says what it costs. `path`: behind the API's address, with its query. */
export function answeredByPipedrive(
  company: PipedriveCompany,
  { method, body }: CrmRequest,
  path: string,
): { readonly cost: number; readonly answer: () => CrmAnswer } {
  const url = new URL(path, 'https://local.pipedrive.com');
  for (const route of routes) {
    const found = route.method === method ? route.path.exec(url.pathname) : null;
    if (!found) continue;
    const answer = (): CrmAnswer => {
      try {
        const parsed = recordOf(body === undefined ? {} : JSON.parse(body));
        return route.answer({ company, query: url.searchParams, body: parsed }, Number(found[1]));
      } catch (error) {
        if (error instanceof SyntaxError) return badRequest('the body is no JSON');
        throw error;
      }
    };
    return { cost: route.cost, answer };
  }
  return { cost: one, answer: () => notEmulated(`${method} ${url.pathname}`) };
}

const known: ReadonlySet<string> = new Set([
  ...['status', 'updated_since', 'sort_by', 'sort_direction', 'limit', 'cursor', 'ids'],
]);

/** Most deals that are asked for by their ids. */
const mostIds = 100;

function listedDeals({ company, query }: Asked): CrmAnswer {
  const strange = [...query.keys()].find((name) => !known.has(name));
  if (strange !== undefined) return notEmulated(`the parameter ${strange} of deals`);
  const [status, since] = [query.get('status'), query.get('updated_since') ?? ''];
  const ids = query.get('ids')?.split(',');
  if (ids !== undefined && ids.length > mostIds) return badRequest(`ids: must contain at most ${mostIds} items`);
  if (ids?.some((id) => !/^\d+$/.test(id))) return badRequest('ids: must be integers');
  const by = query.get('sort_by') ?? 'id';
  if (by !== 'update_time' && by !== 'id') return notEmulated(`an order of deals by ${by}`);
  if (since !== '' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(since))
    return badRequest('updated_since: RFC3339 expected');
  const found = [...company.store.deals.values()]
    .filter((deal) => !deal.is_deleted && !deal.is_archived)
    .filter((deal) => (status === null || deal.status === status) && deal.update_time >= since)
    .filter(({ id }) => ids === undefined || ids.includes(String(id)))
    .toSorted((a, b) =>
      by === 'id' || a.update_time === b.update_time ? a.id - b.id : a.update_time < b.update_time ? -1 : 1,
    );
  return paged(query.get('sort_direction') === 'desc' ? found.toReversed() : found, query);
}

function listedPersons({ company, query }: Asked): CrmAnswer {
  const dealId = Number(query.get('deal_id') ?? Number.NaN);
  if (Number.isNaN(dealId)) return notEmulated('a list of persons other than those of a deal');
  const { deals, participants, persons } = company.store;
  const ids = new Set(participants.filter((each) => each.dealId === dealId).map(({ personId }) => personId));
  const main = deals.get(dealId)?.person_id;
  if (typeof main === 'number') ids.add(main);
  const found = [...ids].toSorted((a, b) => a - b).flatMap((id) => persons.get(id) ?? []);
  return paged(found, query);
}

const mostOnPage = 500;

/** A page of a list; the cursor says where it begins. */
function paged(records: readonly unknown[], query: URLSearchParams): CrmAnswer {
  const limit = Number(query.get('limit') ?? 100);
  if (!Number.isInteger(limit) || limit < 1 || limit > mostOnPage) return badRequest(`limit: at most ${mostOnPage}`);
  const cursor = query.get('cursor');
  const from = cursor === null ? 0 : Number(Buffer.from(cursor, 'base64url').toString());
  if (!Number.isInteger(from)) return badRequest('cursor: invalid');
  const to = from + limit;
  const next = to < records.length ? Buffer.from(String(to)).toString('base64url') : undefined;
  return answered(200, records.slice(from, to), next);
}

const shownWebhook = (webhook: WebhookSender['webhooks'][number]) => ({
  ...{ id: webhook.id, name: webhook.name, subscription_url: webhook.subscription_url, version: '2.0' },
  ...{ event_action: webhook.event_action, event_object: webhook.event_object, is_active: 1 },
  ...{ http_auth_user: webhook.http_auth_user, http_auth_password: '********' },
});
