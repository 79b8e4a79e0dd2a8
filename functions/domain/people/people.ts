import { cleanLine } from '../fields/clean-text.ts';
import type { BusinessCalendar } from '../time/calendar.ts';
import type { Person } from './person.ts';

export interface Mailbox {
  readonly name: string;
  readonly email: string;
}

/** Everybody involved in a handoff, by mail address. */
export type People = ReadonlyMap<string, Person>;

export type CalendarOf = (person: Person) => BusinessCalendar;

/** The name with which a mail address appears; the address itself for somebody who is not on the roster. */
export function mailboxOf(people: People, email: string): Mailbox {
  const name = cleanLine(people.get(email)?.name ?? '');
  return { name: name === '' ? email : name, email };
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
