import { contactFields, customFields } from '../../../../functions/crm/custom-fields.ts';
import { fieldName } from '../../../../functions/crm/salesforce/salesforce-mapping.ts';
import { soldDeal } from '../sold-deal.ts';
import { fakeStages } from './salesforce-objects.ts';
import { closingOf, type SalesforceStore, type StoredRecord, written } from './salesforce-store.ts';

/** How Salesforce calls the roles that it has words for. */
const standardRoles: Readonly<Record<string, string>> = {
  'decision-maker': 'Decision Maker',
  'end user': 'Business User',
  'executive sponsor': 'Executive Sponsor',
};

/** Within two weeks, as every seller says. */
const closesIn = 14 * 24 * 60 * 60_000;

/** What a seller makes of an event's detail: the opportunity with all that belongs to it, in the stage `proposed`. `now`: milliseconds. */
export function sold(store: SalesforceStore, detail: Readonly<Record<string, unknown>>, now: number): StoredRecord {
  const { name, customer, seller, value, texts, contacts } = soldDeal(detail);
  const stage = fakeStages.find(({ phase }) => phase === 'proposed')?.id;
  const account = accountOf(store, customer);
  const opportunity = store.create('Opportunity', {
    ...{ Name: name, AccountId: account.Id, StageName: stage, ...closingOf(stage), LastStageChangeDate: written(now) },
    ...(seller !== '' && { OwnerId: store.userOf(seller).Id }),
    CloseDate: new Date(now + closesIn).toISOString().slice(0, 10),
    ...(value && { Amount: value.amount, CurrencyIsoCode: value.currency }),
    ...Object.fromEntries(
      customFields.map(({ name: field, is }) => {
        const text = texts[field];
        return [fieldName(field), text === undefined ? null : is === 'number' ? Number(text) : text];
      }),
    ),
  });
  for (const [place, { name: person, email, roles, ...more }] of contacts.entries()) {
    const contact = store.create('Contact', {
      ...{ Name: person, Email: email === '' ? null : email },
      [fieldName(contactFields.roles.name)]: roles.filter((role) => standardRoles[role] === undefined).join(', '),
      [fieldName(contactFields.influence.name)]: more.influence,
      [fieldName(contactFields.stays.name)]: more.stays,
      [fieldName(contactFields.notes.name)]: more.notes,
    });
    const named = roles.flatMap((role) => standardRoles[role] ?? []);
    for (const role of named.length === 0 ? [null] : named)
      store.create('OpportunityContactRole', {
        ...{ OpportunityId: opportunity.Id, ContactId: contact.Id, Role: role, IsPrimary: place === 0 },
      });
  }
  return opportunity;
}

function accountOf(
  store: SalesforceStore,
  { name, website, country }: ReturnType<typeof soldDeal>['customer'],
): StoredRecord {
  const values = {
    Name: name,
    Website: website === '' ? null : website,
    BillingCountry: country === '' ? null : country,
  };
  const known = store.all('Account').find((account) => account['Name'] === name);
  return known ? Object.assign(known, values) : store.create('Account', values);
}
