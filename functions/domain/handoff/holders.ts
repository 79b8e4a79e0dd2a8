import { type Mailbox, mailboxOf, type People } from '../people/people.ts';
import type { RoleId } from '../playbook/roles.ts';
import type { HandoffRecord } from './handoff.ts';
import { holderOf } from './roles-held.ts';
import { managerOf } from './who-is-asked.ts';

interface Parties {
  readonly record: HandoffRecord;
  readonly people: People;
}

/**
 * The holders of these roles, each once; roles that nobody holds are left out. For whoever has left the company, who has their
 * work now.
 */
export function holders(input: Parties, roles: readonly RoleId[]): Mailbox[] {
  const emails = roles.flatMap((role) => {
    const email = holderOf(input.record, role);
    return email === undefined ? [] : stillThere(email, role, input);
  });
  return [...new Set(emails)].map((email) => mailboxOf(input.people, email));
}

/** Whoever takes the customer over, and whoever hands them over (S3): both sides hear what happens. */
export const bothSides = (input: Parties): Mailbox[] => holders(input, ['customerSuccessManager', 'accountExecutive']);

function stillThere(email: string, role: RoleId, { record, people }: Parties): string | [] {
  const person = people.get(email);
  if (!person || person.active) return email;
  const moved = Object.values(record.steps).findLast(
    ({ handed, standInFor, owner }) => [handed?.from, standInFor].includes(email) && people.get(owner)?.active,
  );
  // Of whoever was forgotten nobody knows the role that they had on the roster.
  return moved?.owner ?? managerOf(record, people, person.isStranger ? { ...person, role } : person)?.email ?? [];
}
