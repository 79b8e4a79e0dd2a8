import { managerRoles } from '../playbook/roles.ts';
import type { Person } from './person.ts';

/**
 * Whose work somebody looks after: everybody's in revenue operations, else that of those who report to them, directly or through
 * others. Those who have left are among them: what they leave open is still somebody's to see.
 */
export function lookedAfterBy(person: Person, roster: readonly Person[]): readonly Person[] {
  const others = roster.filter(({ email }) => email !== person.email);
  if (person.role === 'revenueOperations') return others;
  const found = new Set([person.email]);
  for (let size = 0; size < found.size; ) {
    size = found.size;
    for (const { email, manager } of others) if (manager !== undefined && found.has(manager)) found.add(email);
  }
  return others.filter(({ email }) => found.has(email));
}

const leading: readonly string[] = [...Object.values(managerRoles), 'revenueOperations'];

/** Whether somebody helps where others are late: leads a side, or looks after the process. */
export const isHelper = ({ role }: Person): boolean => leading.includes(role);
