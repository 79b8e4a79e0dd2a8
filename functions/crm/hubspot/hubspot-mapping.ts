import { type FieldPath, type PackageField, packageFields } from '../../domain/deal/package.ts';
import { type StakeholderRole, stakeholderRoles } from '../../domain/fields/values.ts';
import { type WriteBackField, writeBackFields } from '../../ports/crm.ts';
import { type DealFact, type PropertyRule, snakeCase } from '../mapping.ts';

/**
 * What HubSpot's properties say in our words: the one table to edit when a company keeps something elsewhere. A property of the
 * deal stands by its name, one of its primary company as `company.<name>`. Of two rules for the same, the first whose property
 * says something counts.
 */

/** A company's own properties; they count before the usual ones. For example `{ to: 'contract.termMonths', property: 'term_years', as: 'number', unit: 12 }`. */
const ownRules: readonly PropertyRule[] = [];

/** `handoff_why_they_bought`: the property for a field of the package, or for a fact of the deal that HubSpot has no place for. */
export const customProperty = (to: FieldPath | DealFact): string => `handoff_${snakeCase(to.replace(/^.*\./, ''))}`;

const standardRules: readonly PropertyRule[] = [
  { to: 'name', property: 'dealname' },
  { to: 'contract.value', property: 'amount', as: 'number', currency: 'deal_currency_code' },
  { to: 'customer.name', property: 'company.name' },
  { to: 'customer.website', property: 'company.website' },
  { to: 'customer.website', property: 'company.domain' },
  { to: 'customer.country', property: 'company.country' },
  { to: 'customer.timeZone', property: 'company.timezone' },
];

/** Facts that HubSpot has no property for, or one of few choices only. */
export const customFacts = {
  segment: 'Segment',
  territory: 'Territory',
  industry: 'Industry',
  customerSuccessManager: 'Customer success manager',
} as const satisfies { readonly [Fact in DealFact]?: string };

const factRules: readonly PropertyRule[] = [
  ...(Object.keys(customFacts) as (keyof typeof customFacts)[]).map((to) => ({ to, property: customProperty(to) })),
  { to: 'industry', property: 'company.industry' },
  { to: 'customer.timeZone', property: customProperty('communication.timeZone') },
  { to: 'customer.language', property: customProperty('communication.language') },
];

/** What the deal's contacts, its facts and its address in HubSpot tell. */
const toldElsewhere = [
  'stakeholders',
  'contract.segment',
  'attachments.crmRecord',
] as const satisfies readonly FieldPath[];

/** What no rule tells because the connector makes it of other records. */
export const derivedFields: readonly FieldPath[] = toldElsewhere;

const told: ReadonlySet<string> = new Set([...toldElsewhere, ...standardRules.map(({ to }) => to)]);

/** The fields of the package that have a property of their own. */
export const customFields: readonly PackageField[] = packageFields.filter(({ path }) => !told.has(path));

const packageRules: readonly PropertyRule[] = customFields.map(({ path, kind }) => ({
  to: path,
  property: customProperty(path),
  ...(kind === 'date' && { as: 'day' }),
}));

export const rules: readonly PropertyRule[] = [...ownRules, ...standardRules, ...factRules, ...packageRules];

/**
 * The stage from which a deal counts as proposed, and all behind it in its pipeline: the first of these that the pipeline has, by
 * its id or its label, whatever the case.
 */
export const proposedFrom: readonly string[] = [
  'Proposal sent',
  'Proposal made',
  'Proposal',
  'Proposal/Price quote',
  'Quote sent',
  'Negotiation',
  // HubSpot's usual pipeline: the proposal was presented, and who decides agrees with it.
  'decisionmakerboughtin',
];

/** Properties of a contact that HubSpot has none for. */
export const contactProperties = {
  roles: { name: 'handoff_roles', label: 'Roles', hint: `Any of ${stakeholderRoles.join(', ')}; parted by commas` },
  influence: { name: 'handoff_influence', label: 'Influence', hint: 'high, medium or low' },
  stays: { name: 'handoff_stays', label: 'After the signature', hint: 'stays or leaves' },
  notes: { name: 'handoff_notes', label: 'What they are like', hint: 'What should whoever meets them know?' },
} as const;

/**
 * What a contact's label on the deal, its buying role (`hs_buying_role`) or its own roles mean: by the label's text, whatever
 * case and punctuation, or by the number of the association type. What isn't listed is no role of ours.
 */
const contactRoles: Readonly<Record<string, StakeholderRole>> = {
  ...Object.fromEntries(stakeholderRoles.map((role) => [role, role])),
  'Budget holder': 'decision-maker',
  'Economic buyer': 'decision-maker',
  'Day-to-day contact': 'day-to-day',
  'Main contact': 'day-to-day',
  'Point of contact': 'day-to-day',
  'Technical contact': 'technical',
  'Technical buyer': 'technical',
  'IT contact': 'technical',
  User: 'end user',
  Sponsor: 'executive sponsor',
};

const bare = (label: string): string => label.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
const roles = new Map(Object.entries(contactRoles).map(([label, role]) => [bare(label), role]));

/** The role that a label or an association type's number means; undefined for none of ours. */
export const roleOf = (label: string): StakeholderRole | undefined => roles.get(bare(label));

/** Into which properties of the deal is written what became of its handoff. */
export const writeBackProperties = Object.fromEntries(
  Object.keys(writeBackFields).map((field) => [field, `handoff_${snakeCase(field)}`]),
) as Readonly<Record<WriteBackField, string>>;

const prefix = 'company.';
const names = rules.flatMap(({ property, currency }) => (currency === undefined ? [property] : [property, currency]));

/** What is asked of a deal's company. */
export const companyProperties: readonly string[] = [
  ...new Set(names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length))),
];

/** What is asked of a deal. */
export const dealProperties: readonly string[] = [
  ...new Set([
    ...['dealstage', 'closedate', 'closed_lost_reason', 'hubspot_owner_id', 'hs_lastmodifieddate'],
    ...['hs_is_closed', 'hs_is_closed_won'],
    ...names.filter((name) => !name.startsWith(prefix)),
  ]),
];

/** The deal's properties and those of its company, under the names that rules know them by. */
export const named = (
  deal: Readonly<Record<string, unknown>>,
  company: Readonly<Record<string, unknown>> | undefined,
): Readonly<Record<string, unknown>> => ({
  ...deal,
  ...Object.fromEntries(Object.entries(company ?? {}).map(([name, value]) => [prefix + name, value])),
});
