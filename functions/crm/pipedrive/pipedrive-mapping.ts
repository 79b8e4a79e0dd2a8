import type { WriteBackField } from '../../ports/crm.ts';
import { type RoleNames, usualRoleNames } from '../contacts.ts';
import { contactFields, customRules, writtenFields } from '../custom-fields.ts';
import type { PropertyRule } from '../mapping.ts';
import { usualProposals } from '../proposed.ts';

/**
 * How a custom field is called in Pipedrive: `why_they_bought` is `Handoff: why they bought`. Its key is another in each company,
 * so that it is found by this name, in whatever case.
 */
export const fieldName = (name: string): string =>
  `Handoff: ${name.replaceAll('_', ' ').replace(/\d(?=[a-z])/g, '$& ')}`;

/**
 * Your own fields, before the usual ones: `{ to: 'contract.planTier', property: 'Plan' }`, by the name that people see. Fields
 * that do not exist are passed over.
 */
const own: readonly PropertyRule[] = [];

/** The people and products of a deal, which are read as if they were fields of it. */
export const listed = { people: 'persons', products: 'products' } as const;

/** Which field goes where; of two for the same, the first that says something counts. */
export const rules: readonly PropertyRule[] = [
  ...own,
  ...customRules(fieldName),
  { to: 'name', property: 'title' },
  { to: 'customer.name', property: 'organization.name' },
  // A deal with a single person has no organization.
  { to: 'customer.name', property: 'person.name' },
  // One with neither goes by its own name.
  { to: 'customer.name', property: 'title' },
  { to: 'customer.website', property: 'organization.website', as: 'webAddress' },
  { to: 'customer.country', property: 'organization.country' },
  // A deal without a value has one of 0 in Pipedrive, in the currency of whoever made it.
  { to: 'contract.value', property: 'value', as: 'number', currency: 'currency', untyped: 0 },
  { to: 'contract.purchase', property: listed.products },
  { to: 'stakeholders', property: listed.people },
];

/** The stage from which an open deal counts as proposed, in its own pipeline: the first of these that there is. */
export const proposedFrom: readonly string[] = usualProposals;

/** The roles and labels of persons, in our words. */
export const roleNames: RoleNames = usualRoleNames;

/** The fields of a person that say what the package asks about people. */
export const askedOfPeople = {
  roles: fieldName(contactFields.roles.name),
  influence: fieldName(contactFields.influence.name),
  stays: fieldName(contactFields.stays.name),
  notes: fieldName(contactFields.notes.name),
} as const;

/** What is written back, and where: `Handoff status`. */
export const writtenTo: Readonly<Record<WriteBackField, string>> = Object.fromEntries(
  writtenFields.map(({ field, label }) => [field, label]),
) as Record<WriteBackField, string>;
