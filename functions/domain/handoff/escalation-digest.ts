import type { CalendarOf, People } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import { isHelper } from '../people/reports.ts';
import { type BusinessCalendar, type Instant, NoWorkingTimeError } from '../time/calendar.ts';
import { businessDateAfter, businessDayOn, localDay } from '../time/calendar-days.ts';
import { epochOf } from '../time/calendar-instant.ts';
import type { HandoffRecord } from './handoff.ts';
import type { Rung } from './ladder.ts';
import type { RungReading } from './rung-readers.ts';

/** An escalation that stands in somebody's daily digest. Times are UTC. */
export interface DigestTelling {
  /** When that digest goes out. */
  readonly at: Instant;
  /** Whoever was not told by then gets an email. */
  readonly until: Instant;
}

const hour = 3_600_000;
/** Reports are sent so many minutes past each hour; what cannot go out goes an hour later. */
export const digestMinute = 5;
/** How long the digest is waited for. */
const patience = 3 * hour;

/** When the daily digest goes to somebody that tells what is so at `at` (UTC): the first time that it is sent in their working hours, from then on. */
export function digestAfter(at: Instant, calendar: BusinessCalendar): Instant | undefined {
  const from = epochOf(at);
  try {
    for (let date = localDay(from, calendar); ; date = businessDateAfter(date, 1, calendar)) {
      const day = businessDayOn(date, calendar);
      const sent = day && sendingAfter(day.open);
      if (sent !== undefined && sent >= from) return new Date(sent).toISOString();
    }
  } catch (error) {
    if (error instanceof NoWorkingTimeError) return undefined;
    throw error;
  }
}

/** Milliseconds since 1970. */
function sendingAfter(epoch: number): number {
  const past = digestMinute * 60_000;
  return Math.ceil((epoch - past) / hour) * hour + past;
}

/** Whether a digest comes to somebody each morning, as far as these people tell. */
const getsDigest = (person: Person, people: Iterable<Person>): boolean =>
  person.active &&
  !person.isStranger &&
  person.unreachable === undefined &&
  (isHelper(person) || [...people].some(({ active, manager }) => active && manager === person.email));

/**
 * Whether somebody hears of an escalation in their daily digest, and not by an email of its own: only where the playbook says so
 * and their digest comes before the next rung would: that one is then put off, so that they have a business day. What the ladder
 * says of an owner whom mail does not reach, and that a step is stalled, is an email always.
 */
export function digestOf(
  rung: Pick<Rung, 'kind' | 'at' | 'nextAt'>,
  { person, as, isUrgent }: RungReading,
  {
    record,
    owner,
    calendarOf,
  }: {
    readonly record: Pick<HandoffRecord, 'playbook'>;
    readonly owner: Person;
    readonly calendarOf: CalendarOf;
  },
): DigestTelling | undefined {
  if (record.playbook.escalations !== 'digest' || rung.kind !== 'escalate') return undefined;
  if (isUrgent || (as !== 'manager' && as !== 'revenueOperations')) return undefined;
  if (!owner.active || owner.unreachable || !getsDigest(person, [owner])) return undefined;
  const at = digestAfter(rung.at, calendarOf(person));
  if (at === undefined || rung.nextAt === undefined || Date.parse(rung.nextAt) < Date.parse(at)) return undefined;
  return { at, until: new Date(Date.parse(at) + patience).toISOString() };
}

/**
 * Until when the end of trouble at `since` (both UTC) is left to somebody's next digest; undefined where none comes. For whoever
 * was told of the trouble in one.
 */
export function digestUntil(
  person: Person,
  { since, people, calendarOf }: { readonly since: Instant; readonly people: People; readonly calendarOf: CalendarOf },
): Instant | undefined {
  if (!getsDigest(person, people.values())) return undefined;
  const at = digestAfter(since, calendarOf(person));
  return at && new Date(Date.parse(at) + patience).toISOString();
}
