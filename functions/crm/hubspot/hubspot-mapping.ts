import type { WriteBackField } from '../../ports/crm.ts';
import { type RoleNames, usualRoleNames } from '../contacts.ts';
import { contactFields, customRules, writtenFields } from '../custom-fields.ts';
import type { PropertyRule } from '../mapping.ts';
import { usualProposals } from '../proposed.ts';

/** How a custom field is called in HubSpot: `why_they_bought` is `handoff_why_they_bought`. */
export const propertyName = (name: string): string => `handoff_${name}`;

/**
 * Your own properties, before the usual ones: `{ to: 'contract.termMonths', property: 'term_years', as: 'number', unit: 12 }`.
 * Those of the deal's primary company are written `company.tier`. Properties that do not exist are passed over.
 */
const own: readonly PropertyRule[] = [];

/** What the deal's contacts and line items say, which is read as if it stood in properties of the deal. */
export const listed = {
  people: 'contacts',
  products: 'line items',
  plan: 'line items: plan',
  months: 'line items: months',
} as const;

/** Which property goes where; of two for the same, the first that says something counts. */
export const rules: readonly PropertyRule[] = [
  ...own,
  ...customRules(propertyName),
  { to: 'name', property: 'dealname' },
  { to: 'customer.name', property: 'company.name' },
  // A deal without a company goes by its own name.
  { to: 'customer.name', property: 'dealname' },
  { to: 'customer.website', property: 'company.website', as: 'webAddress' },
  { to: 'customer.website', property: 'company.domain', as: 'webAddress' },
  { to: 'customer.country', property: 'company.country' },
  { to: 'customer.timeZone', property: 'company.timezone' },
  { to: 'industry', property: 'company.industry' },
  { to: 'contract.value', property: 'amount', as: 'number', currency: 'deal_currency_code' },
  { to: 'contract.planTier', property: listed.plan },
  { to: 'contract.purchase', property: listed.products },
  { to: 'contract.termMonths', property: listed.months, as: 'number' },
  { to: 'stakeholders', property: listed.people },
];

/** The stage from which a deal counts as proposed, by id or label: the first of these that its pipeline has. */
export const proposedFrom: readonly string[] = [
  ...usualProposals,
  // HubSpot's own pipeline: the proposal was presented, and who decides agrees with it.
  'decisionmakerboughtin',
];

/** The roles of contacts in our words, by their label on the deal, the number of the label's association type, or their buying role. */
export const roleNames: RoleNames = usualRoleNames;

/** What is asked of a contact. */
export const askedOfContacts = {
  roles: propertyName(contactFields.roles.name),
  influence: propertyName(contactFields.influence.name),
  stays: propertyName(contactFields.stays.name),
  notes: propertyName(contactFields.notes.name),
} as const;

/** What is written back, and where. */
export const writtenTo: Readonly<Record<WriteBackField, string>> = Object.fromEntries(
  writtenFields.map(({ field, name }) => [field, propertyName(name)]),
) as Record<WriteBackField, string>;

const ofCompany = 'company.';
const names = rules.flatMap(({ property, currency }) => (currency === undefined ? [property] : [property, currency]));

/** What is asked of a deal's company. */
export const companyProperties: readonly string[] = [
  ...new Set(names.filter((name) => name.startsWith(ofCompany)).map((name) => name.slice(ofCompany.length))),
];

const madeOfLists: ReadonlySet<string> = new Set(Object.values(listed));

/** What is asked of a deal. */
export const dealProperties: readonly string[] = [
  ...new Set([
    ...['dealstage', 'closedate', 'closed_lost_reason', 'hubspot_owner_id', 'hs_lastmodifieddate'],
    ...['hs_is_closed', 'hs_is_closed_won', 'hs_merged_object_ids'],
    ...names.filter((name) => !name.startsWith(ofCompany) && !madeOfLists.has(name)),
  ]),
];

/** The deal's properties and those of its company, under the names that rules know them by. */
export const named = (
  deal: Readonly<Record<string, unknown>>,
  company: Readonly<Record<string, unknown>> | undefined,
): Readonly<Record<string, unknown>> => ({
  ...deal,
  ...Object.fromEntries(Object.entries(company ?? {}).map(([name, value]) => [ofCompany + name, value])),
});
