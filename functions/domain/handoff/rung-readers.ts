import type { CalendarOf, People } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import type { Capacity } from '../playbook/playbook.ts';
import { type Instant, nextWorkingMoment } from '../time/calendar.ts';
import { type HandoffRecord, holderOf } from './handoff.ts';
import type { Rung } from './ladder.ts';
import { managerOf } from './who-is-asked.ts';

/** Somebody whom a rung tells. */
export interface RungReading {
  readonly person: Person;
  readonly as: Capacity;
}

/** Whom a rung of a step tells, each once. Whoever cannot be reached is not waited for: their manager hears of it at once (P). */
export function rungReaders(
  rung: Rung,
  { record, people, owner }: { readonly record: HandoffRecord; readonly people: People; readonly owner: Person },
): readonly RungReading[] {
  const audience: { person: Person | undefined; as: Capacity }[] = rung.tell.map((who) => {
    if (who === 'owner') return { person: owner, as: 'owner' };
    if (who === 'manager') return { person: managerOf(record, people, owner), as: 'manager' };
    const as = who === 'revenueOperations' ? who : 'manager';
    return { person: people.get(holderOf(record, who) ?? ''), as };
  });
  if (!owner.active || owner.unreachable) audience.push({ person: managerOf(record, people, owner), as: 'manager' });
  const told = new Map<string, RungReading>();
  for (const { person, as } of audience) if (person && !told.has(person.email)) told.set(person.email, { person, as });
  return [...told.values()];
}

/**
 * When a rung that is reached at `at` is said to somebody, UTC: at once while they work, else when they begin. Nobody sleeps
 * through a rung: what cannot wait for the morning before the next one (`next`) goes out at once. A weekly reminder is not
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
