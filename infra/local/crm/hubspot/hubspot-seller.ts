import { contactProperties, customFields, customProperty } from '../../../../functions/crm/hubspot/hubspot-mapping.ts';
import { answerAt } from '../../../../functions/domain/deal/package.ts';
import { kinds } from '../../../../functions/domain/fields/kinds.ts';
import { recordOf } from '../../../../functions/domain/fields/record.ts';
import { stakeholders } from '../../../../functions/domain/fields/row-kinds.ts';
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

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** What a seller types of a deal, from the detail of an event of ours: the deal with all that belongs to it, in the stage `proposed`. */
export function sold(store: HubspotStore, detail: Readonly<Record<string, unknown>>): StoredObject {
  const pkg = detail['package'];
  const customer = recordOf(detail['customer']);
  const value = kinds.money.read(answerAt(pkg, 'contract.value'), {
    label: 'Value',
    kind: 'money',
    required: true,
  }).value;
  const manager = textOf(detail['customerSuccessManager']);
  const seller = textOf(detail['accountExecutive']);
  const deal = store.create('0-3', {
    dealname: textOf(detail['name']) || textOf(customer['name']),
    pipeline: 'default',
    dealstage: fakeStages.find(({ phase }) => phase === 'proposed')?.id ?? '',
    ...(value && { amount: String(value.amount), deal_currency_code: value.currency }),
    ...(seller !== '' && { hubspot_owner_id: store.ownerOf(seller).id }),
    ...(manager !== '' && { [customProperty('customerSuccessManager')]: store.ownerOf(manager).id }),
    [customProperty('segment')]: textOf(answerAt(pkg, 'contract.segment')) || textOf(detail['segment']),
    [customProperty('territory')]: textOf(detail['territory']),
    [customProperty('industry')]: textOf(detail['industry']),
    [customProperty('communication.language')]: textOf(customer['language']),
    ...typed(pkg),
  });
  associateCompany(store, deal, customer);
  for (const row of stakeholders.tidied(answerAt(pkg, 'stakeholders'))) associateContact(store, deal, recordOf(row));
  addLineItem(store, deal, pkg);
  return deal;
}

/** The package's answers as HubSpot's forms take them: a date field takes dates only, and a number field numbers. */
function typed(pkg: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    customFields.flatMap((field) => {
      const { path, kind } = field;
      const answer = answerAt(pkg, path);
      const read = kind === 'date' || kind === 'number' ? kinds[kind].read(answer, field).value : answer;
      const text = kinds[kind].write(read, 'UTC');
      return text === '' ? [] : [[customProperty(path), text]];
    }),
  );
}

function associateCompany(store: HubspotStore, deal: StoredObject, customer: Readonly<Record<string, unknown>>): void {
  const name = textOf(customer['name']);
  if (name === '') return;
  const properties = {
    name,
    website: textOf(customer['website']),
    country: textOf(customer['country']),
    timezone: textOf(customer['timeZone']),
  };
  const known = store.all('0-2').find((company) => company.properties['name'] === name && !company.archived);
  const company = known ?? store.create('0-2', properties);
  if (known) store.update(known, properties, 'CRM_UI');
  store.associate({
    ...{ deal: deal.id, type: '0-2', id: company.id },
    types: [
      { category: 'HUBSPOT_DEFINED', typeId: 5, label: 'Primary' },
      { category: 'HUBSPOT_DEFINED', typeId: 341, label: null },
    ],
  });
}

const isAddress = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);

function associateContact(store: HubspotStore, deal: StoredObject, row: Readonly<Record<string, unknown>>): void {
  const roles = Array.isArray(row['roles']) ? row['roles'].map(String) : [];
  const [, first = '', last = ''] = /^(.*?)\s*(\S*)$/.exec(textOf(row['name'])) ?? [];
  const { stays } = row;
  const email = textOf(row['email']).toLowerCase();
  const properties = {
    firstname: first,
    lastname: last,
    // HubSpot takes no contact whose address is none.
    email: isAddress(email) ? email : '',
    hs_buying_role: roles.flatMap((role) => buyingRoles[role] ?? []).join(';'),
    [contactProperties.influence.name]: textOf(row['influence']),
    [contactProperties.stays.name]: typeof stays === 'boolean' ? (stays ? 'stays' : 'leaves') : textOf(stays),
    [contactProperties.notes.name]: textOf(row['notes']),
  };
  const known = store
    .all('0-1')
    .find((contact) => properties.email !== '' && contact.properties['email'] === properties.email);
  const contact = known ?? store.create('0-1', properties);
  if (known) store.update(known, properties, 'CRM_UI');
  const own = roles.flatMap((role) => labels[role] ?? []).map((label) => ({ category: 'USER_DEFINED', ...label }));
  const types = [{ category: 'HUBSPOT_DEFINED', typeId: 3, label: null }, ...own];
  store.associate({ deal: deal.id, type: '0-1', id: contact.id, types });
}

/** A purchase that begins with a number is so many of the plan. */
function addLineItem(store: HubspotStore, deal: StoredObject, pkg: unknown): void {
  const [quantity] = /^\d+/.exec(textOf(answerAt(pkg, 'contract.purchase'))) ?? [];
  const name = textOf(answerAt(pkg, 'contract.planTier'));
  if (quantity === undefined || name === '') return;
  const item = store.create('0-8', { name, quantity });
  store.associate({
    deal: deal.id,
    type: '0-8',
    id: item.id,
    types: [{ category: 'HUBSPOT_DEFINED', typeId: 19, label: null }],
  });
}
