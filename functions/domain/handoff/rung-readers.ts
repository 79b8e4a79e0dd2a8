import type { CalendarOf } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import type { Capacity, RungReader } from '../playbook/playbook.ts';
import { managerRoles } from '../playbook/roles.ts';
import { type Instant, nextWorkingMoment } from '../time/calendar.ts';
import type { Rung } from './ladder.ts';
import { holderOf } from './roles-held.ts';
import { managerOf, managersOf, type StandingInput, standingOf } from './who-is-asked.ts';

/** Somebody whom a rung tells. */
export interface RungReading {
  readonly person: Person;
  readonly as: Capacity;
  /** Who would have been told, and is away. */
  readonly standsInFor?: StoodInFor;
  /** Who would have been told cannot be reached: it waits no longer. */
  readonly isUrgent?: true;
}

/** Somebody who is away, by their mail address; until when, UTC. */
export interface StoodInFor {
  readonly email: string;
  readonly until?: Instant;
}

/**
 * Whom a rung of a step tells, each once and in the capacity in which they can do most. Whoever cannot be reached is not
 * waited for: their manager hears of it at once (P). Where a manager or revenue operations is away, whoever stands in for them
 * is told, by the rule of owners; never the step's owner, whom the rung is about.
 */
export function rungReaders(
  rung: Pick<Rung, 'tell'>,
  { owner, ...input }: Omit<StandingInput, 'asked' | 'mayBeAsked'> & { readonly owner: Person },
): readonly RungReading[] {
  const { record, people } = input;
  const manager = managerOf(record, people, owner);
  const isUrgent = manager !== managersOf(record, people, owner)[0];
  const holding = (who: RungReader) => {
    if (who === 'owner') return owner;
    return who === 'manager' ? manager : people.get(holderOf(record, who) ?? '');
  };
  const audience = rung.tell.map((who) => ({ person: holding(who), as: capacityOf(who) }));
  if (!owner.active || owner.unreachable) audience.push({ person: manager, as: 'manager' });
  const told = new Map<string, RungReading>();
  for (const { person: meant, as } of audience) {
    if (!meant) continue;
    const isOwner = meant.email === owner.email;
    const acts = as === 'manager' || as === 'revenueOperations';
    const { person, standsInFor } = acts && !isOwner ? thereFor(meant, { owner, ...input }) : { person: meant };
    const before = told.get(person.email);
    if (before && before.as !== 'reader') continue;
    told.set(person.email, {
      person,
      as: isOwner ? 'owner' : as,
      ...(standsInFor && { standsInFor }),
      ...(as === 'manager' && meant === manager && isUrgent && { isUrgent }),
    });
  }
  return [...told.values()];
}

/** Whoever is told in somebody's place while they are away, never the step's owner; they themself, while they are there or nobody else is. */
export function thereFor(
  meant: Person,
  { owner, ...input }: Omit<StandingInput, 'asked' | 'mayBeAsked'> & { readonly owner: Person },
): Pick<RungReading, 'person' | 'standsInFor'> {
  const { asked, absence } = standingOf(meant, { ...input, mayBeAsked: ({ email }) => email !== owner.email });
  if (asked.email === meant.email) return { person: meant };
  return { person: asked, standsInFor: { email: meant.email, ...(absence?.until && { until: absence.until }) } };
}

/** A rung tells a manager of either side as a manager, and everybody else who holds a role without having a say. */
function capacityOf(who: RungReader): Capacity {
  if (who === 'owner' || who === 'manager' || who === 'revenueOperations') return who;
  return Object.values(managerRoles).includes(who) ? 'manager' : 'reader';
}

/**
 * When a rung that is reached at `at` is said to somebody, UTC: at once while they work, else when they begin. Nobody sleeps
 * through a rung: what cannot wait for the morning before the next one (`next`) goes out at once. A nag is not
 * worth waking the execution a second time for: it comes when most of its readers work.
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
