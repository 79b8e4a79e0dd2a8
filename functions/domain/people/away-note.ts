import type { EvidenceProblem } from '../fields/evidence.ts';
import type { BusinessCalendar, Instant } from '../time/calendar.ts';
import { businessDayOn, localDay } from '../time/calendar-days.ts';
import { epochOf } from '../time/calendar-instant.ts';
import { dayIn, startOfDay } from '../time/formats.ts';
import { momentIn } from '../time/wording.ts';
import { absenceAfter, absenceAt, withoutAbsences } from './absence.ts';
import type { CalendarOf } from './people.ts';
import type { AwayNote, Person } from './person.ts';

/** What somebody had said before, with what they say now: it stands in place of every note for some of the same days. */
export function withNote(notes: readonly AwayNote[], said: AwayNote, today: string): readonly AwayNote[] {
  const stands = notes.filter(({ from, to }) => to >= today && (to < said.from || said.to < from));
  return [...stands, said].sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** Somebody who has said when they are away, in place of what they had said before. */
export function personAway(person: Person, notes: readonly AwayNote[]): Person {
  const own = withoutNotes(person);
  if (notes.length === 0) return own;
  const away = [...(own.availability.away ?? []), ...notes.map(({ from, to }) => ({ from, to }))];
  return { ...own, availability: { ...own.availability, away }, awayNotes: notes };
}

/** Somebody as the roster's file knows them, without what they have said themself. */
export function withoutNotes({ awayNotes = [], ...person }: Person): Person {
  if (awayNotes.length === 0) return person;
  const { away = [], ...availability } = person.availability;
  const left = away.slice(0, away.length - awayNotes.length);
  return { ...person, availability: { ...availability, ...(left.length > 0 && { away: left }) } };
}

/** What stands against an absence that somebody says at `at` (UTC), by the field of the form. */
export function noteProblems(
  said: AwayNote,
  {
    person,
    deputy,
    at,
    calendarOf,
  }: { person: Person; deputy: Person | undefined; at: Instant; calendarOf: CalendarOf },
): readonly EvidenceProblem[] {
  if (said.to < said.from) return [{ field: 'until', problem: 'Last day away must be the first day or later' }];
  const { zone } = person.availability;
  const only = personAway(withoutAbsences(withoutNotes(person)), [said]);
  const start = later(startOfDay(said.from, zone) ?? at, at);
  const absence = absenceAt(only, start, calendarOf) ?? absenceAfter(only, start, calendarOf);
  if (!absence) return [{ field: 'until', problem: 'You would not be working on these days anyway: nothing to note.' }];
  if (said.to === todayOf(person, at) && isHalfOver(at, calendarOf(withoutAbsences(person))))
    return [{ field: 'until', problem: tooShort }];
  if (!deputy) return [];
  const theirs = absenceAt(deputy, absence.from, calendarOf) ?? absenceAfter(deputy, absence.from, calendarOf);
  if (!theirs || (absence.until && Date.parse(theirs.from) >= Date.parse(absence.until))) return [];
  const back = theirs.until ? ` until ${momentIn(zone, theirs.until, at)}` : '';
  return [
    { field: 'deputy', problem: `${deputy.name} is away then too${back}. Choose somebody else, or leave it empty.` },
  ];
}

/** S4: an absence is a business day or more; what is left of one that was half worked moves no step, and none back tomorrow. */
const tooShort =
  'Half of today is over: less than a day away moves nothing to others. Reassign what can’t wait, or choose a later last day';

function isHalfOver(at: Instant, calendar: BusinessCalendar): boolean {
  const day = businessDayOn(localDay(epochOf(at), calendar), calendar);
  return day !== undefined && epochOf(at) - day.open >= (day.close - day.open) / 2;
}

/** The day it is for somebody at an instant: `YYYY-MM-DD`. */
export const todayOf = ({ availability }: Person, at: Instant): string => dayIn(at, availability.zone);

const later = (a: Instant, b: Instant): Instant => (Date.parse(a) < Date.parse(b) ? b : a);
