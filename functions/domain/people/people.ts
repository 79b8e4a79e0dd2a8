import { cleanLine } from '../fields/clean-text.ts';
import type { BusinessCalendar } from '../time/calendar.ts';
import { firstName } from './first-name.ts';
import type { Person } from './person.ts';

export interface Mailbox {
  readonly name: string;
  readonly email: string;
}

/** Everybody involved in a handoff, by mail address. */
export type People = ReadonlyMap<string, Person>;

export type CalendarOf = (person: Person) => BusinessCalendar;

/**
 * Of a roster the people known under these addresses, in the order asked for, so that people are told in the same one each time; and
 * whoever `alsoOf` names of those found, until it names nobody new.
 */
export function amongPeople(
  roster: People,
  emails: readonly string[],
  alsoOf?: (found: readonly Person[]) => readonly string[],
): People {
  const found = new Map<string, Person>();
  const asked = new Set<string>();
  for (let next = [...new Set(emails)]; next.length > 0; next = unasked(asked, alsoOf?.([...found.values()]))) {
    for (const email of next) {
      asked.add(email);
      const person = roster.get(email);
      if (person) found.set(email, person);
    }
  }
  return found;
}

/** Each of the addresses that was not asked for yet, once. */
export const unasked = (asked: ReadonlySet<string>, emails: readonly string[] = []): string[] =>
  [...new Set(emails)].filter((email) => !asked.has(email));

/** The name with which a mail address appears; the address itself for somebody who is not on the roster. */
export function mailboxOf(people: People, email: string): Mailbox {
  const name = cleanLine(people.get(email)?.name ?? '');
  return { name: name === '' ? email : name, email };
}

/** 'Anna Keller, anna.keller@example.com'; of whoever is not on the roster the address is all there is. */
export const nameAndAddress = ({ name, email }: Mailbox): string => (name === email ? email : `${name}, ${email}`);

/**
 * How a sentence calls somebody of these people: by first name, or by the whole name where two of them share the first ("We'll ask Anna to
 * help" would tell Anna nothing). The address of somebody who is not among them.
 */
export function calledOf(people: People, who: string): string {
  const name = nameOf(people, who);
  const first = firstName(name);
  const isShared = [...people.values()].some((other) => other.email !== who && firstName(other.name) === first);
  return people.has(who) && !isShared ? first : name;
}

/** The one of that address; throws when it is nobody's, which would be a mistake in this code. */
export function personOf(people: People, email: string): Person {
  const person = people.get(email);
  if (!person) throw new Error('Somebody who should be involved in this handoff is not among its people.');
  return person;
}

/** The IANA zone in which somebody reads the time: UTC for somebody who is not on the roster. */
export const homeZoneOf = (people: People, email: string): string => people.get(email)?.availability.zone ?? 'UTC';

/** Who did it, as a sentence names them: a mail address, `system` or `crm`. */
export function nameOf(people: People, who: string): string {
  if (who === 'system') return 'the system';
  return who === 'crm' ? 'the CRM' : mailboxOf(people, who).name;
}
