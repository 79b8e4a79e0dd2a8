import type { WriteBackField } from '../../ports/crm.ts';
import { type RoleNames, usualRoleNames } from '../contacts.ts';
import { customRules, writtenFields } from '../custom-fields.ts';
import type { PropertyRule } from '../mapping.ts';
import { usualProposals } from '../proposed.ts';

/** How a custom field is called in Salesforce: `why_they_bought` is `Handoff_Why_They_Bought__c`. */
export const fieldName = (name: string): string =>
  `Handoff_${name.replace(/(^|_)([a-z])/g, (_, before, letter) => `${before}${letter.toUpperCase()}`)}__c`;

/**
 * Your own fields, before the usual ones: `{ to: 'contract.planTier', property: 'Plan__c' }`. Those of the account are written
 * `Account.Tier__c`. Fields that do not exist are passed over.
 */
const own: readonly PropertyRule[] = [];

/** The people and products of an opportunity, which are read as if they were fields of it. */
export const listed = { people: 'OpportunityContactRoles', products: 'OpportunityLineItems' } as const;

/** Which field goes where; of two for the same, the first that says something counts. */
export const rules: readonly PropertyRule[] = [
  ...own,
  ...customRules(fieldName),
  { to: 'name', property: 'Name' },
  { to: 'customer.name', property: 'Account.Name' },
  // An opportunity without an account goes by its own name.
  { to: 'customer.name', property: 'Name' },
  { to: 'customer.website', property: 'Account.Website', as: 'webAddress' },
  { to: 'customer.country', property: 'Account.BillingCountry' },
  { to: 'industry', property: 'Account.Industry' },
  { to: 'contract.value', property: 'Amount', as: 'number', currency: 'CurrencyIsoCode' },
  { to: 'contract.purchase', property: listed.products },
  { to: 'stakeholders', property: listed.people },
];

/**
 * The currency of an organization that has only one, such as `EUR`: its API does not tell. Where it is not said, the account
 * executive is asked for it.
 */
export const onlyCurrency: string | undefined = undefined;

/** The stage from which an opportunity counts as proposed, by API name or label: the first of these that there is. */
export const proposedFrom: readonly string[] = usualProposals;

/** Where it says why an opportunity was lost. Passed over where there is no such field. */
export const lostReasonField = 'Loss_Reason__c';

/** The roles of contacts, in our words. */
export const roleNames: RoleNames = usualRoleNames;

/** What is written back, and where. */
export const writtenTo: Readonly<Record<WriteBackField, string>> = Object.fromEntries(
  writtenFields.map(({ field, name }) => [field, fieldName(name)]),
) as Record<WriteBackField, string>;
