import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { customerSuccessManagerOf } from '../domain/handoff/handoff.ts';
import type { People } from '../domain/people/people.ts';
import type { Person } from '../domain/people/person.ts';
import type { RoleId } from '../domain/playbook/roles.ts';
import { type BusinessCalendar, type Instant, isAbsent } from '../domain/time/calendar.ts';
import type { World } from '../ports.ts';

/** Everybody who has a part in this handoff, their managers and deputies included. */
export async function involvedPeople(
  world: { readonly roster: Pick<World['roster'], 'people'>; readonly site: World['site'] },
  record: HandoffRecord,
  others: readonly string[] = [],
): Promise<People> {
  const roles: Partial<Record<RoleId, string>> = record.state.people;
  const manager = customerSuccessManagerOf(record);
  const owners = Object.values(record.steps).map((step) => step.owner);
  const emails = new Set([...Object.values(roles), ...owners, ...others, ...(manager ? [manager] : [])]);
  const known = new Map(await world.roster.people([...emails]));
  const above = [...known.values()]
    .flatMap(({ manager, deputy }) => [manager ?? [], deputy ?? []].flat())
    .filter((email) => !known.has(email));
  if (above.length > 0) for (const [email, person] of await world.roster.people(above)) known.set(email, person);
  for (const email of emails) if (!known.has(email)) known.set(email, stranger(email, 'accountExecutive', world));
  return known;
}

/** Somebody the roster does not know: reachable by mail, working the hours most people work. */
function stranger(email: string, role: RoleId, world: Pick<World, 'site'>): Person {
  const hours = { from: '09:00', to: '17:00' };
  return {
    email,
    name: email,
    role,
    active: true,
    availability: {
      zone: world.site.defaultZone,
      hours: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours },
    },
  };
}

/** The one of that address; throws when it is nobody's, which would be a mistake in this code. */
export function personOf(people: People, email: string): Person {
  const person = people.get(email);
  if (!person) throw new Error('Somebody who should be involved in this handoff is not among its people.');
  return person;
}

/**
 * Who is asked in place of somebody who has left, or who is away for longer than a day: their deputy, their manager, revenue
 * operations (P: no work for absent people). They themselves when nobody else is there.
 */
export function whoIsAsked(
  holder: Person,
  known: { record: HandoffRecord; people: People; at: Instant; calendarOf: (person: Person) => BusinessCalendar },
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
  const side = owner.role === 'accountExecutive' ? 'salesManager' : 'successManager';
  const above = [owner.manager, record.state.people[side], record.state.people.revenueOperations]
    .filter((email): email is string => email !== undefined && email !== owner.email)
    .flatMap((email) => people.get(email) ?? [])
    .filter((person) => person.active);
  return above.find((person) => !person.unreachable) ?? above[0];
}
