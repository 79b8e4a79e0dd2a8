import type { CalendarOf, People } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import { managerRoles } from '../playbook/roles.ts';
import { type Instant, isAbsent } from '../time/calendar.ts';
import type { HandoffRecord } from './handoff.ts';

/**
 * Who is asked in place of somebody who has left, or who is away for longer than a day: their deputy, their manager, revenue
 * operations (P: no work for absent people). They themselves when nobody else is there.
 */
export function whoIsAsked(
  holder: Person,
  known: { record: HandoffRecord; people: People; at: Instant; calendarOf: CalendarOf },
): Person {
  const { record, people, at, calendarOf } = known;
  const isThere = (person: Person | undefined): person is Person =>
    person?.active === true && !isAbsent(at, calendarOf(person));
  const operations = people.get(record.state.people.revenueOperations ?? '');
  const inTurn = [holder, people.get(holder.deputy ?? ''), managerOf(record, people, holder), operations];
  return inTurn.find(isThere) ?? holder;
}

/**
 * The next rung above somebody (S4): their manager, else the manager of their side, else revenue operations; the first of
 * them whom mail reaches, if there is one. Undefined when nobody is above them.
 */
export function managerOf(record: HandoffRecord, people: People, owner: Person): Person | undefined {
  const leading = managerRoles[record.playbook.roles[owner.role].side];
  const above = [owner.manager, record.state.people[leading], record.state.people.revenueOperations]
    .filter((email): email is string => email !== undefined && email !== owner.email)
    .flatMap((email) => people.get(email) ?? [])
    .filter((person) => person.active);
  return above.find((person) => !person.unreachable) ?? above[0];
}
