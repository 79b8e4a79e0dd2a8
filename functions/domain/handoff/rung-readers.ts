import type { CalendarOf, People } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import type { Capacity, RungReader } from '../playbook/playbook.ts';
import { managerRoles } from '../playbook/roles.ts';
import { type Instant, nextWorkingMoment } from '../time/calendar.ts';
import { type HandoffRecord, holderOf } from './handoff.ts';
import type { Rung } from './ladder.ts';
import { managerOf } from './who-is-asked.ts';

/** Somebody whom a rung tells. */
export interface RungReading {
  readonly person: Person;
  readonly as: Capacity;
}

/**
 * Whom a rung of a step tells, each once and in the capacity in which they can do most. Whoever cannot be reached is not
 * waited for: their manager hears of it at once (P).
 */
export function rungReaders(
  rung: Pick<Rung, 'tell'>,
  { record, people, owner }: { readonly record: HandoffRecord; readonly people: People; readonly owner: Person },
): readonly RungReading[] {
  const manager = managerOf(record, people, owner);
  const holding = (who: RungReader) => {
    if (who === 'owner') return owner;
    return who === 'manager' ? manager : people.get(holderOf(record, who) ?? '');
  };
  const audience = rung.tell.map((who) => ({ person: holding(who), as: capacityOf(who) }));
  if (!owner.active || owner.unreachable) audience.push({ person: manager, as: 'manager' });
  const told = new Map<string, RungReading>();
  for (const { person, as } of audience) {
    if (!person) continue;
    const can = person.email === owner.email ? 'owner' : as;
    const before = told.get(person.email)?.as ?? 'reader';
    told.set(person.email, { person, as: before === 'reader' ? can : before });
  }
  return [...told.values()];
}

/** A rung tells a manager of either side as a manager, and everybody else who holds a role without having a say. */
function capacityOf(who: RungReader): Capacity {
  if (who === 'owner' || who === 'manager' || who === 'revenueOperations') return who;
  return Object.values(managerRoles).includes(who) ? 'manager' : 'reader';
}

/**
 * When a rung that is reached at `at` is said to somebody, UTC: at once while they work, else when they begin. Nobody sleeps
 * through a rung: what cannot wait for the morning before the next one (`next`) goes out at once. A nag is not
 * worth waking the execution a second time for.
 */
export function saidAt(
  { kind }: Pick<Rung, 'kind'>,
  person: Person,
  { at, next, calendarOf }: { readonly at: Instant; readonly next: Instant; readonly calendarOf: CalendarOf },
): Instant {
  const morning = nextWorkingMoment(at, calendarOf(person));
  const canWait = kind !== 'nag' && Date.parse(morning) < Date.parse(next);
  return canWait && Date.parse(at) < Date.parse(morning) ? morning : at;
}
