import { officeCalendars } from '../people/absence.ts';
import { type CalendarOf, type People, personOf } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import { type Instant, isWorkingMoment, nextWorkingMoment } from '../time/calendar.ts';
import { instantOf } from '../time/calendar-instant.ts';
import { anchorsOf } from './anchors.ts';
import type { InCharge } from './exceptions.ts';
import type { HandoffRecord } from './handoff.ts';
import { everybody, type LadderInput, type Rung } from './ladder.ts';
import { rungHearings } from './rung-hearings.ts';
import { rungReaders } from './rung-readers.ts';
import { sayingKey } from './saying-key.ts';

/** What a step's ladder is climbed by, in its owner's calendar. */
export type Climbing = LadderInput & { readonly owner: Person };

interface Known {
  readonly record: HandoffRecord;
  /** The owner among them. */
  readonly people: People;
  readonly calendarOf: CalendarOf;
}

/** How somebody's ladder is climbed, as far as the records and today's roster tell. Throws when it is not in the playbook. */
export function climbingOf(
  { record, people, calendarOf }: Known,
  charge: Pick<InCharge, 'rule' | 'asked' | 'request' | 'rests'>,
): Climbing {
  const { rule, asked, rests } = charge;
  const ladder = record.playbook.ladders[rule.ladder];
  if (!ladder) throw new Error(`The playbook has no ladder "${rule.ladder}".`);
  const owner = personOf(people, asked.owner);
  const climbing = {
    ladder,
    owner,
    step: asked,
    anchors: anchorsOf(record),
    calendar: officeCalendars(calendarOf)(owner),
  };
  const heardAt = (rung: Rung) => heardInDigest(rung, charge, { record, people, calendarOf, owner });
  return {
    ...climbing,
    suits: (at) => mostlyAtWork(at, { record, people, owner, calendarOf }),
    ...(rests && { rests: true }),
    ...(record.playbook.escalations === 'digest' && { heardAt }),
  };
}

/**
 * Within a day, the first moment at which most of those work who are nagged: one in another part of the world is not written to
 * at night, and the execution wakes once for all of them. UTC.
 */
function mostlyAtWork(at: Instant, { calendarOf, ...known }: Known & Pick<Climbing, 'owner'>): Instant {
  const readers = rungReaders({ tell: everybody }, { ...known, calendarOf, at });
  const calendars = readers.map(({ person }) => officeCalendars(calendarOf)(person));
  const [halfDayOn, dayOn] = [Date.parse(at) + 43_200_000, Date.parse(at) + 86_400_000];
  // Half a day on, for whoever works at first and begins once more.
  const mornings = [at, instantOf(halfDayOn)].flatMap((from) =>
    calendars.map((calendar) => nextWorkingMoment(from, calendar)),
  );
  const moments = mornings
    .filter((morning) => Date.parse(morning) < dayOn)
    .toSorted((a, b) => Date.parse(a) - Date.parse(b));
  const atWork = (moment: Instant) => calendars.filter((calendar) => isWorkingMoment(moment, calendar)).length;
  return moments.reduce((best, moment) => (atWork(moment) > atWork(best) ? moment : best), at);
}

/** When the last of those whom a rung asks to help hears of it: in the digest that told it, or is to. */
function heardInDigest(
  rung: Rung,
  charge: Pick<InCharge, 'asked' | 'request'>,
  { record, people, calendarOf, owner }: Known & Pick<Climbing, 'owner'>,
): Instant | undefined {
  if (rung.kind !== 'escalate') return undefined;
  const begins = sayingKey(charge, rung, { email: '' });
  const told = Object.values(record.mails).filter(({ key, inDigest }) => inDigest && key.startsWith(begins));
  const hearing = { record, people, owner, at: rung.at, calendarOf };
  const toCome = rungHearings(rung, charge, hearing).flatMap(({ person, digest }) => {
    const said = record.mails[sayingKey(charge, rung, person)];
    if (said?.inDigest) return [];
    return digest ? [said?.at ?? digest.at] : [];
  });
  return [...told.map(({ at }) => at), ...toCome].toSorted((a, b) => Date.parse(b) - Date.parse(a))[0];
}
