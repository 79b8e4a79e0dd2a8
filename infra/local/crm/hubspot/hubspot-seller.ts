import { askedOfContacts, propertyName } from '../../../../functions/crm/hubspot/hubspot-mapping.ts';
import { type SoldDeal, soldDeal } from '../sold-deal.ts';
import { fakeStages } from './hubspot-pipeline.ts';
import type { HubspotStore, StoredObject } from './hubspot-store.ts';

/** Roles that HubSpot has a buying role for; the others are labels that the company made for contacts of deals. */
const buyingRoles: Readonly<Record<string, string>> = {
  'decision-maker': 'DECISION_MAKER',
  champion: 'CHAMPION',
  blocker: 'BLOCKER',
  'end user': 'END_USER',
  'executive sponsor': 'EXECUTIVE_SPONSOR',
};
const labels: Readonly<Record<string, { readonly typeId: number; readonly label: string }>> = {
  'day-to-day': { typeId: 41, label: 'Day-to-day contact' },
  technical: { typeId: 43, label: 'Technical contact' },
};

/** What a seller makes of an event's detail: the deal with all that belongs to it, in the stage `proposed`. */
export function sold(store: HubspotStore, detail: Readonly<Record<string, unknown>>): StoredObject {
  const { name, customer, seller, value, texts, contacts } = soldDeal(detail);
  const deal = store.create('0-3', {
    dealname: name,
    pipeline: 'default',
    dealstage: fakeStages.find(({ phase }) => phase === 'proposed')?.id ?? '',
    ...(value && { amount: String(value.amount), deal_currency_code: value.currency }),
    ...(seller !== '' && { hubspot_owner_id: store.ownerOf(seller).id }),
    ...Object.fromEntries(Object.entries(texts).map(([field, text]) => [propertyName(field), text])),
  });
  if (customer.name !== '') associateCompany(store, deal, customer);
  for (const contact of contacts) associateContact(store, deal, contact);
  addLineItem(store, deal, texts);
  return deal;
}

function associateCompany(store: HubspotStore, deal: StoredObject, customer: SoldDeal['customer']): void {
  const known = store.all('0-2').find(({ properties, archived }) => properties['name'] === customer.name && !archived);
  const company = known ?? store.create('0-2', customer);
  if (known) store.update(known, customer, 'CRM_UI');
  store.associate({
    ...{ deal: deal.id, type: '0-2', id: company.id },
    types: [
      { category: 'HUBSPOT_DEFINED', typeId: 5, label: 'Primary' },
      { category: 'HUBSPOT_DEFINED', typeId: 341, label: null },
    ],
  });
}

const isAddress = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);

function associateContact(store: HubspotStore, deal: StoredObject, sent: SoldDeal['contacts'][number]): void {
  const [, first = '', last = ''] = /^(.*?)\s*(\S*)$/.exec(sent.name) ?? [];
  const email = sent.email.toLowerCase();
  const properties = {
    firstname: first,
    lastname: last,
    // HubSpot takes no contact whose address is none.
    email: isAddress(email) ? email : '',
    hs_buying_role: sent.roles.flatMap((role) => buyingRoles[role] ?? []).join(';'),
    [askedOfContacts.influence]: sent.influence,
    [askedOfContacts.stays]: sent.stays,
    [askedOfContacts.notes]: sent.notes,
  };
  const known = store
    .all('0-1')
    .find((contact) => properties.email !== '' && contact.properties['email'] === properties.email);
  const contact = known ?? store.create('0-1', properties);
  if (known) store.update(known, properties, 'CRM_UI');
  const own = sent.roles.flatMap((role) => labels[role] ?? []).map((label) => ({ category: 'USER_DEFINED', ...label }));
  const types = [{ category: 'HUBSPOT_DEFINED', typeId: 3, label: null }, ...own];
  store.associate({ deal: deal.id, type: '0-1', id: contact.id, types });
}

/** A purchase that begins with a number is so many of the plan. */
function addLineItem(
  store: HubspotStore,
  deal: StoredObject,
  { purchase = '', plan_tier: name }: SoldDeal['texts'],
): void {
  const [quantity] = /^\d+/.exec(purchase) ?? [];
  if (quantity === undefined || name === undefined) return;
  const item = store.create('0-8', { name, quantity });
  const types = [{ category: 'HUBSPOT_DEFINED', typeId: 19, label: null }];
  store.associate({ deal: deal.id, type: '0-8', id: item.id, types });
}
