import type { UnknownRecord } from '../../domain/fields/record.ts';
import type { Crm, DealRead, DealState, WriteBackField, WriteBackValues } from '../../ports/crm.ts';
import type { CrmSettings } from '../../ports/crm-access.ts';
import { CrmAccessRefused } from '../../ports/errors.ts';
import type { CrmConnection, CrmConnector } from '../crm-connector.ts';
import { type CrmColleague, colleaguesNamed } from '../named-colleague.ts';
import { isNumericId, textOf } from '../reading.ts';
import { noProperty } from '../refusal.ts';
import type { Associated, HubspotAccount, HubspotObject, HubspotOwner, HubspotStage } from './hubspot-answers.ts';
import { type HubspotApi, hubspotApi, objectTypes } from './hubspot-api.ts';
import { crmDealOf, type DealContact, dealStateOf } from './hubspot-deal.ts';
import { readHubspotEvents } from './hubspot-events.ts';
import { askedOfContacts, companyProperties, dealProperties, named, rules, writtenTo } from './hubspot-mapping.ts';
import { hubspotProblem } from './hubspot-signature.ts';
import { wonDeals } from './hubspot-won.ts';

/** HubSpot: webhooks of a project app, and its API of 2026-09. */
export const hubspot: CrmConnector = {
  title: 'HubSpot',
  secretNames: {
    accessToken: "The access token of your project app, on its Auth tab: 'pat-…'",
    clientSecret: 'The client secret of your project app, on its Auth tab; HubSpot signs webhooks with it',
  },
  usualApiUrl: 'https://api.hubapi.com',
  webhookProblem: (request, { settings, secrets, now }) => {
    const clientSecrets = secrets.flatMap(({ clientSecret }) => clientSecret || []);
    return hubspotProblem(request, { url: settings.webhookUrl, clientSecrets }, now);
  },
  replayKey: ({ headers }) => headers['x-hubspot-signature-v3'],
  hear: readHubspotEvents,
  connect: connectHubspot,
};

function connectHubspot(connection: CrmConnection): Crm {
  const api = hubspotApi(connection);
  return {
    readDeal: (dealId) => readDeal(api, connection.settings, dealId),
    dealStates: (dealIds) => dealStates(api, dealIds),
    wonSince: (since, next) => wonDeals(api, since, next),
    write: async (dealId, values) => {
      const properties = writtenProperties(values);
      return Object.keys(properties).length > 0 ? api.update(dealId, properties) : 'written';
    },
    addNote: (dealId, note) => api.addNote(dealId, note),
  };
}

const gone: DealRead = { gone: 'HubSpot has no such deal any more, or does not show it to us.' };

async function readDeal(api: HubspotApi, settings: CrmSettings, dealId: string): Promise<DealRead> {
  const { account: portal, deals: conditions = [] } = settings;
  if (!isNumericId(dealId)) return gone;
  const deal = await api.deal(dealId, [...dealProperties, ...conditions.map(({ property }) => property)]);
  if (deal === undefined) return gone;
  // Asked for a deal that was merged, HubSpot shows the one that lives on.
  if (deal.id !== dealId) return { mergedInto: deal.id };
  if (deal.archived) return gone;
  // HubSpot shows nothing of a property that there isn't, and all deals would be left out for it.
  for (const { property } of conditions)
    if (deal.properties[property] == null && !(await api.hasDealProperty(property)))
      throw noProperty('HubSpot', property);
  const notes: string[] = [];
  const [stages, company, contacts, lineItems, owner, account] = await Promise.all([
    stagesFor(api, [deal]),
    companyOf(api, dealId),
    contactsOf(api, dealId, notes),
    lineItemsOf(api, dealId, notes),
    ownerOf(api, deal.properties['hubspot_owner_id']),
    accountOf(api, notes),
  ]);
  const colleagues = await colleaguesNamed(named(deal.properties, company?.properties), {
    ...{ crm: 'HubSpot', rules, isId: isOwnerId },
    find: (id) => colleagueOf(api, id),
  });
  const read = { portal, deal, stages, company, contacts, lineItems, owner, account, conditions };
  // What is read at once ends in any order, and the same deal is to read the same.
  const noticed = [...notes.toSorted(), ...colleagues.notes];
  return { deal: crmDealOf({ ...read, named: colleagues.properties, notes: noticed }) };
}

const stateProperties = ['dealname', 'dealstage', 'hubspot_owner_id', 'hs_is_closed', 'hs_is_closed_won'];

async function dealStates(api: HubspotApi, dealIds: readonly string[]): Promise<readonly DealState[]> {
  // What is no id would have HubSpot refuse all the others, too.
  const found = await api.records(objectTypes.deal, dealIds.filter(isNumericId), stateProperties);
  const deals = found.filter(({ archived }) => !archived);
  if (deals.length === 0) return [];
  const stages = await stagesFor(api, deals);
  const owners = new Map<string, HubspotOwner | undefined>();
  for (const id of new Set(deals.map(({ properties }) => textOf(properties['hubspot_owner_id']))))
    if (isOwnerId(id)) owners.set(id, await api.knownOwner(id));
  return deals.map((deal) => dealStateOf(deal, stages, owners.get(textOf(deal.properties['hubspot_owner_id']))));
}

/** The pipelines; read anew where somebody has made a stage since. */
async function stagesFor(api: HubspotApi, deals: readonly HubspotObject[]): Promise<readonly HubspotStage[]> {
  const stages = await api.stages();
  const known = new Set<unknown>(stages.map(({ id }) => id));
  if (deals.every(({ properties }) => known.has(properties['dealstage']))) return stages;
  api.forgetStages();
  return api.stages();
}

/** 5 is the association with the deal's primary company. */
const isPrimary = ({ types }: Associated): boolean => types.includes('5');

async function companyOf(api: HubspotApi, dealId: string): Promise<HubspotObject | undefined> {
  const companies = await api.associated(dealId, objectTypes.company);
  const primary = companies.find(isPrimary) ?? companies[0];
  if (primary === undefined) return undefined;
  const [company] = await api.records(objectTypes.company, [primary.id], companyProperties);
  return company;
}

const contactAsked = [...['firstname', 'lastname', 'email', 'hs_buying_role'], ...Object.values(askedOfContacts)];

async function contactsOf(api: HubspotApi, dealId: string, notes: string[]): Promise<readonly DealContact[]> {
  const associated = await api.associated(dealId, objectTypes.contact);
  const ids = associated.map(({ id }) => id);
  const found = await api.records(objectTypes.contact, ids, contactAsked);
  const missing = ids.length - found.length;
  if (missing > 0) notes.push(`HubSpot doesn't show us ${missing} of the deal's ${ids.length} contacts.`);
  return associated.flatMap(({ id, types }) => {
    const contact = found.find((each) => each.id === id);
    return contact ? [{ contact, labels: types }] : [];
  });
}

const lineItemProperties = ['name', 'quantity', 'hs_recurring_billing_period'];

async function lineItemsOf(api: HubspotApi, dealId: string, notes: string[]): Promise<readonly HubspotObject[]> {
  const read = async () => {
    const items = await api.associated(dealId, objectTypes.lineItem);
    return api.records(
      objectTypes.lineItem,
      items.map(({ id }) => id),
      lineItemProperties,
    );
  };
  return (await unlessRefused(read, () => notes.push('The token may not read line items: add their scope.'))) ?? [];
}

const accountOf = (api: HubspotApi, notes: string[]): Promise<HubspotAccount | undefined> =>
  unlessRefused(
    () => api.account(),
    () => notes.push("The token may not read the account: its currency and time zone aren't known."),
  );

/** What a deal can do without. */
async function unlessRefused<Value>(read: () => Promise<Value>, refused: () => void): Promise<Value | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof CrmAccessRefused)) throw error;
    refused();
    return undefined;
  }
}

const isOwnerId = (value: unknown): boolean => /^\d{1,20}$/.test(textOf(value));

const ownerOf = async (api: HubspotApi, id: unknown) => (isOwnerId(id) ? api.owner(textOf(id)) : undefined);

/** HubSpot has two ids of one person: a property of users holds that of the owner, and the user's own stands elsewhere. */
async function colleagueOf(api: HubspotApi, id: string): Promise<CrmColleague | undefined> {
  const found = (await api.owner(id)) ?? (await api.owner(id, 'userId'));
  return found && { email: found.email, isActive: !found.archived };
}

/** An empty text empties a property. */
function writtenProperties(values: WriteBackValues): UnknownRecord {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => [writtenTo[field as WriteBackField], value === null ? '' : String(value)]),
  );
}
