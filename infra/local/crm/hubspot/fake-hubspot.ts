import { writtenTo } from '../../../../functions/crm/hubspot/hubspot-mapping.ts';
import type { CrmAnswer, CrmRequest } from '../../../../functions/ports/crm-access.ts';
import type { FakeCrm, FakeCrmOptions, FakeDeal } from '../fake-crm.ts';
import { answeredByHubspot, type HubspotPortal } from './hubspot-answers.ts';
import { fakeStages } from './hubspot-pipeline.ts';
import { sold } from './hubspot-seller.ts';
import { answered, notEmulated, refusedWith } from './hubspot-shapes.ts';
import { type ChangeSource, createHubspotStore, type StoredObject } from './hubspot-store.ts';
import { webhookSender } from './hubspot-webhooks.ts';

/** The account that the fake plays. */
export const fakePortal = '24681357';

export interface FakeHubspotOptions extends FakeCrmOptions {
  /** Requests that it takes within 10 seconds; 100 as of a small subscription. */
  readonly limit?: number;
  /** How long a search does not find what changed, in milliseconds; 0 when left out. */
  readonly searchLag?: number;
  /** Nobody has created our properties yet. */
  readonly isBare?: boolean;
}

/** HubSpot, with what else can happen there. */
export interface FakeHubspot extends FakeCrm {
  /** The id of the owner with this mail address. */
  owner(email: string): string;
  /** An owner who left. */
  deactivate(email: string): void;
  /** Merges two deals: HubSpot makes a new one of them, whose id it returns. */
  merge(dealId: string, otherId: string): string;
  /** Properties that an administrator demands of every deal that is written to. */
  demanded: readonly string[];
}

/** The window in which requests are counted. */
const window = 10_000;

/**
 * HubSpot played on this machine: its API of 2026-09 as far as deals need it, and webhooks of a project app that subscribes to all
 * that happens to deals, its own writes among them. Of the limits it has the one per 10 seconds.
 */
export function createFakeHubspot(options: FakeHubspotOptions): FakeHubspot {
  const { clock, apiUrl, secrets, limit = 100, searchLag = 0, isBare = false } = options;
  const store = createHubspotStore(clock, isBare);
  const { happened, hold } = webhookSender(options, fakePortal);
  let outage: FakeCrm['outage'] = 'none';
  let demanded: readonly string[] = [];
  let asked: number[] = [];

  function change(deal: StoredObject, properties: Readonly<Record<string, string>>, source: ChangeSource): void {
    for (const name of store.update(deal, properties, source))
      happened({
        ...{ subscriptionType: 'object.propertyChange', objectId: Number(deal.id), propertyName: name },
        ...{
          propertyValue: deal.properties[name],
          changeSource: source,
          sourceId: source === 'CRM_UI' ? 'userId:1' : '3001',
        },
      });
  }

  const portal: HubspotPortal = {
    ...{ store, portalId: fakePortal, change },
    demanded: () => demanded,
    searchable: () =>
      store.all('0-3').filter((deal) => !deal.archived && Date.parse(deal.updatedAt) <= clock.now() - searchLag),
  };

  function letIn(request: CrmRequest): CrmAnswer | undefined {
    if (outage === 'down')
      return { status: 503, headers: { 'content-type': 'text/html' }, text: '<html>Service Unavailable</html>' };
    asked = asked.filter((at) => at > clock.now() - window);
    if (outage === 'busy' || asked.length >= limit) return tooMany;
    asked.push(clock.now());
    const token = secrets['accessToken'];
    if (token === undefined || request.headers['authorization'] !== `Bearer ${token}`) return unknownToken;
    return undefined;
  }

  function dealOf(dealId: string): StoredObject {
    const deal = store.get('0-3', dealId);
    if (deal === undefined || deal.archived) throw new Error(`There is no deal ${dealId} in the local HubSpot.`);
    return deal;
  }

  return {
    answer(request) {
      if (!request.url.startsWith(apiUrl)) return notEmulated(`the address ${new URL(request.url).origin}`);
      return letIn(request) ?? answeredByHubspot(portal, request, request.url.slice(apiUrl.length));
    },
    stages: fakeStages,
    deals: () =>
      store
        .all('0-3')
        .filter(({ archived }) => !archived)
        .map((deal) => shownDeal(deal)),
    put(detail) {
      const deal = sold(store, detail);
      happened({ subscriptionType: 'object.creation', objectId: Number(deal.id), changeSource: 'CRM_UI' });
      for (const type of ['0-2', '0-1', '0-8'])
        for (const { id, types } of store.associated(deal.id, type))
          happened({
            ...{ subscriptionType: 'object.associationChange', fromObjectId: Number(deal.id), fromObjectTypeId: '0-3' },
            ...{ toObjectId: Number(id), toObjectTypeId: type, associationTypeId: types[0]?.typeId },
            ...{ associationRemoved: false, isPrimaryAssociation: type === '0-2', changeSource: 'CRM_UI' },
          });
      return deal.id;
    },
    move(dealId, stage) {
      const to = fakeStages.find(({ id }) => id === stage);
      if (to === undefined) throw new Error(`There is no stage ${stage} in the local HubSpot.`);
      const isClosing = to.phase === 'won' || to.phase === 'lost';
      const closedate = new Date(clock.now()).toISOString();
      change(dealOf(dealId), { dealstage: stage, ...(isClosing && { closedate }) }, 'CRM_UI');
    },
    change(dealId, properties) {
      const texts = Object.entries(properties).map(([name, value]) => [name, value == null ? '' : String(value)]);
      change(dealOf(dealId), Object.fromEntries(texts), 'CRM_UI');
    },
    revise(dealId, { amount, owner }) {
      const values = {
        ...(amount !== undefined && { amount: String(amount) }),
        ...(owner !== undefined && { hubspot_owner_id: store.ownerOf(owner).id }),
      };
      change(dealOf(dealId), values, 'CRM_UI');
    },
    remove(dealId) {
      const deal = dealOf(dealId);
      deal.archived = true;
      happened({ subscriptionType: 'object.deletion', objectId: Number(deal.id), changeSource: 'CRM_UI' });
    },
    restore(dealId) {
      const deal = store.get('0-3', dealId);
      if (!deal?.archived) throw new Error(`Nobody deleted a deal ${dealId} in the local HubSpot.`);
      deal.archived = false;
      store.touch(deal);
      happened({ subscriptionType: 'object.restore', objectId: Number(deal.id), changeSource: 'CRM_UI' });
    },
    merge(dealId, otherId) {
      const [deal, other] = [dealOf(dealId), dealOf(otherId)];
      const ids = [deal, other].flatMap(({ id, properties }) =>
        properties['hs_merged_object_ids'] ? [id, properties['hs_merged_object_ids']] : [id],
      );
      const hs_merged_object_ids = ids.join(';');
      const merged = store.create('0-3', { ...other.properties, ...deal.properties, hs_merged_object_ids });
      Object.assign(merged.history, { dealstage: deal.history['dealstage'] ?? [] });
      for (const each of [deal, other]) {
        for (const type of ['0-1', '0-2', '0-8', '0-46'])
          for (const association of store.associated(each.id, type))
            store.associate({ ...association, deal: merged.id });
        each.mergedInto = merged.id;
        each.archived = true;
      }
      const named = {
        primaryObjectId: Number(deal.id),
        mergedObjectIds: [Number(other.id)],
        newObjectId: Number(merged.id),
      };
      happened({ subscriptionType: 'object.creation', objectId: Number(merged.id), changeSource: 'CRM_UI' });
      happened({ subscriptionType: 'object.merge', objectId: Number(merged.id), ...named, changeSource: 'CRM_UI' });
      return merged.id;
    },
    owner: (email) => store.ownerOf(email).id,
    deactivate(email) {
      store.ownerOf(email).archived = true;
    },
    get outage() {
      return outage;
    },
    set outage(now) {
      outage = now;
      hold(now !== 'none');
    },
    get demanded() {
      return demanded;
    },
    set demanded(names) {
      demanded = names;
    },
  };

  function shownDeal(deal: StoredObject): FakeDeal {
    const writtenBack = new Set<string>(Object.values(writtenTo));
    const [company] = store.associated(deal.id, '0-2');
    const definitions = store.definitions.get('0-3');
    const notes = store.associated(deal.id, '0-46').flatMap(({ id }) => store.get('0-46', id) ?? []);
    const owner = store.owner(deal.properties['hubspot_owner_id'] ?? '')?.email;
    const stage = fakeStages.find(({ id }) => id === deal.properties['dealstage']);
    const shown = { ...deal.properties, hubspot_owner_id: owner ?? '', dealstage: stage?.label ?? '', pipeline: '' };
    return {
      dealId: deal.id,
      name: deal.properties['dealname'] ?? '',
      customer: (company && store.get('0-2', company.id)?.properties['name']) ?? '',
      stage: deal.properties['dealstage'] ?? '',
      value: deal.properties['amount']
        ? { amount: Number(deal.properties['amount']), currency: deal.properties['deal_currency_code'] ?? '' }
        : undefined,
      owner: owner ?? '',
      properties: Object.entries(shown)
        .filter(([, text]) => text !== '')
        .map(([name, text]) => ({
          label: definitions?.get(name)?.label ?? name,
          text,
          writtenBack: writtenBack.has(name),
        })),
      notes: notes
        .map(({ properties }) => ({
          at: properties['hs_timestamp'] ?? '',
          text: plainText(properties['hs_note_body'] ?? ''),
        }))
        .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at)),
    };
  }
}

const unknownToken = refusedWith(401, 'Authentication credentials not found or not valid.', {
  category: 'INVALID_AUTHENTICATION',
});

/** It says in which window requests are counted, and not how long to wait. */
const tooMany = answered(
  429,
  {
    ...{ status: 'error', message: 'You have reached your ten_secondly_rolling limit.', errorType: 'RATE_LIMIT' },
    ...{ correlationId: '00000000-0000-0000-0000-000000000000', policyName: 'TEN_SECONDLY_ROLLING' },
  },
  { 'x-hubspot-ratelimit-remaining': '0', 'x-hubspot-ratelimit-interval-milliseconds': String(window) },
);

/** A note's HTML as people see it. */
function plainText(html: string): string {
  const characters: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };
  return html
    .replace(/<br\s*\/?>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(lt|gt|amp);/g, (code) => characters[code] ?? code);
}
