import { tableRow } from '../domain/fields/cells.ts';
import { type StakeholderRole, stakeholderRoles } from '../domain/fields/values.ts';

/** Somebody at the customer, as a CRM lists them beside a deal. */
export interface CrmContact {
  readonly name: string;
  /** Empty where the CRM knows none, as the other texts. */
  readonly email: string;
  /** What the CRM says of their part in the deal, each as it writes it. */
  readonly roles: readonly string[];
  readonly influence: string;
  readonly stays: string;
  readonly notes: string;
}

/** What the roles of a CRM are in our words. */
export type RoleNames = Readonly<Record<string, StakeholderRole>>;

/** Our own words for roles, and those that CRMs are delivered with, in whatever case and with whatever signs between the words. */
export const usualRoleNames: RoleNames = {
  ...(Object.fromEntries(stakeholderRoles.map((role) => [role, role])) as RoleNames),
  'Budget holder': 'decision-maker',
  'Economic buyer': 'decision-maker',
  'Economic decision maker': 'decision-maker',
  'Business user': 'end user',
  'Day-to-day contact': 'day-to-day',
  'Main contact': 'day-to-day',
  'Technical contact': 'technical',
  'Technical buyer': 'technical',
  Sponsor: 'executive sponsor',
};

const bare = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

const row = tableRow(['name', 'email', 'roles', 'influence', 'stays', 'notes']);

/**
 * The people of a deal as somebody would type them into the package, a line each, with the roles that we know. What the CRM does
 * not tell is left for whoever completes the package. A person who is there twice, for two roles, comes once.
 */
export function typedContacts(contacts: readonly CrmContact[], roleNames: RoleNames): string {
  const meanings = new Map(Object.entries(roleNames).map(([name, role]) => [bare(name), role]));
  const people = new Map<string, { readonly contact: CrmContact; readonly roles: Set<StakeholderRole> }>();
  for (const contact of contacts) {
    const key = (contact.email || contact.name).trim().toLowerCase();
    if (key === '') continue;
    const person = people.get(key) ?? { contact, roles: new Set() };
    for (const name of contact.roles.flatMap((said) => said.split(/[,;]/))) {
      const role = meanings.get(bare(name));
      if (role !== undefined) person.roles.add(role);
    }
    people.set(key, person);
  }
  // A line break inside a name would be a second person.
  const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
  return [...people.values()]
    .map(({ contact, roles }) => {
      const texts = Object.entries(contact).map(([name, said]) => [
        name,
        typeof said === 'string' ? oneLine(said) : said,
      ]);
      return row.write({ ...Object.fromEntries(texts), roles: [...roles] });
    })
    .join('\n');
}
