import { isForgotten } from '../deal/forgotten.ts';
import type { People } from './people.ts';
import type { Person } from './person.ts';

/** The people with everybody of these addresses whom the roster does not know. */
export function withStrangers(people: People, emails: Iterable<string>, zone: string): People {
  const unknown = [...new Set(emails)].filter((email) => !people.has(email));
  return new Map([...people, ...unknown.map((email) => [email, stranger(email, zone)] as const)]);
}

/**
 * Somebody the roster does not know: reachable by mail, working the hours most people work, in `zone`. Whoever was forgotten has left.
 */
export function stranger(email: string, zone: string): Person {
  const hours = { from: '09:00', to: '17:00' };
  return {
    email,
    name: email,
    role: 'accountExecutive',
    active: !isForgotten(email),
    isStranger: true,
    availability: {
      zone,
      hours: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours },
    },
  };
}
