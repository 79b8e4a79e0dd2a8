import { tableRow } from '../domain/fields/cells.ts';
import { neededRoles, type StakeholderRole, stakeholderRoles } from '../domain/fields/values.ts';

/** Somebody at the customer, as a CRM lists them beside a deal. */
export interface CrmContact {
  readonly name: string;
  /** Empty where the CRM knows none, as the other texts. */
  readonly email: string;
  /** What the CRM says of their part in the deal, each as it writes it. */
  readonly roles: readonly string[];
  /** Somebody filled in the field for roles that the CRM has for us. */
  readonly hasOwnRoles: boolean;
  // These, too, stand in fields of ours only.
  readonly influence: string;
  readonly stays: string;
  readonly notes: string;
}

/** What the roles of a CRM are in our words. */
export type RoleNames = Readonly<Record<string, StakeholderRole>>;

/**
 * Our own words for roles, and those that CRMs are delivered with, in whatever case and with whatever signs between the words. An
 * influencer, an evaluator, who looks after law and compliance, and others are delivered too, and none of ours.
 */
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

interface Person {
  readonly contact: CrmContact;
  readonly roles: ReadonlySet<StakeholderRole>;
}

/** The contacts of a deal as its package takes them. */
export interface TypedContacts {
  /** As somebody would type them: a person a line. */
  readonly text: string;
  /** How many were left in the CRM, in one sentence. */
  readonly notes: readonly string[];
}

/**
 * The people of a deal as somebody would type them into the package, with the roles that we know. What the CRM does not tell is left
 * for whoever completes the package. A person who is there twice, for two roles, comes once. A deal may have hundreds of contacts who
 * matter to nobody: who stays in the CRM is counted.
 */
export function typedContacts(contacts: readonly CrmContact[], roleNames: RoleNames): TypedContacts {
  const people = peopleOf(contacts, roleNames);
  const chosen = new Set(chosenOf(people));
  const left = people.length - chosen.size;
  // A line break inside a name would be a second person.
  const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
  const lines = people
    .filter((person) => chosen.has(person))
    .map(({ contact, roles }) => {
      const { name, email, influence, stays, notes } = contact;
      const texts = Object.entries({ name, email, influence, stays, notes }).map(([cell, text]) => [
        cell,
        oneLine(text),
      ]);
      return row.write({ ...Object.fromEntries(texts), roles: [...roles] });
    });
  return { text: lines.join('\n'), notes: left > 0 ? [leftNote(left, people.length)] : [] };
}

const leftNote = (left: number, all: number): string =>
  `${left} of the deal's ${all} contacts were left in the CRM: whoever belongs in the stakeholder map needs a role and an email address there.`;

function peopleOf(contacts: readonly CrmContact[], roleNames: RoleNames): readonly Person[] {
  const meanings = new Map(Object.entries(roleNames).map(([name, role]) => [bare(name), role]));
  const people = new Map<string, Person>();
  for (const contact of contacts) {
    const key = (contact.email || contact.name).trim().toLowerCase();
    if (key === '') continue;
    const known = people.get(key);
    const named = contact.roles.flatMap((said) => said.split(/[,;]/)).flatMap((name) => meanings.get(bare(name)) ?? []);
    people.set(key, {
      contact: known ? joined(known.contact, contact) : contact,
      roles: new Set([...(known?.roles ?? []), ...named]),
    });
  }
  return [...people.values()];
}

/** What either says of a person who is there twice. */
const joined = (one: CrmContact, other: CrmContact): CrmContact => ({
  ...one,
  name: one.name || other.name,
  hasOwnRoles: one.hasOwnRoles || other.hasOwnRoles,
  influence: one.influence || other.influence,
  stays: one.stays || other.stays,
  notes: one.notes || other.notes,
});

/** More people than a buying group has, whom the CRM says little of, are no map. */
const mostPeople = 12;

/** Whom somebody filled in a field of ours for. */
const isNamed = ({ contact }: Person): boolean =>
  contact.hasOwnRoles || [contact.influence, contact.stays, contact.notes].some((text) => text.trim() !== '');

const isKnown = ({ contact, roles }: Person): boolean =>
  roles.size > 0 && contact.name.trim() !== '' && contact.email.trim() !== '';

/**
 * Who comes into the map: everybody who was named for it; those whom the CRM gives a name, an address and a role; of the others who
 * alone holds a role that it needs, and the rest only while such a role is nobody's.
 */
function chosenOf(people: readonly Person[]): readonly Person[] {
  const named = people.filter(isNamed);
  const known = people.filter((person) => !isNamed(person) && isKnown(person));
  const others = people
    .filter((person) => !isNamed(person) && !isKnown(person))
    .toSorted((one, other) => worthOf(other) - worthOf(one));
  const holders = neededRoles.map((role) => [...named, ...known, ...others].find(({ roles }) => roles.has(role)));
  const needed = holders.filter((holder) => holder !== undefined);
  const rest = [...known, ...(needed.length === neededRoles.length ? [] : others)];
  const room = Math.max(neededRoles.length, mostPeople - named.length);
  const unnamed = new Set([...needed.filter((person) => !isNamed(person)), ...rest]);
  return [...named, ...[...unnamed].slice(0, room)];
}

/** A role says more of somebody than an address. */
const worthOf = ({ contact, roles }: Person): number =>
  (roles.size > 0 ? 2 : 0) + (contact.email.trim() === '' ? 0 : 1);
