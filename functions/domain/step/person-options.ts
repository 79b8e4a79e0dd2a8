import { absenceAt } from '../people/absence.ts';
import type { CalendarOf } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import type { Instant } from '../time/calendar.ts';
import { dateIn } from '../time/wording.ts';

/** What a form says of somebody who is away: 'away until Mon, Dec 7'; undefined of whoever is there. */
export type AwayText = (person: Person) => string | undefined;

/** Of people who are away at `at` (UTC); `zone` (IANA): of whoever reads it. */
export const awayTextAt =
  ({ at, zone, calendarOf }: { readonly at: Instant; readonly zone: string; readonly calendarOf: CalendarOf }) =>
  (person: Person): string | undefined => {
    const absence = absenceAt(person, at, calendarOf);
    if (!absence) return undefined;
    return absence.until === undefined ? 'away' : `away until ${dateIn(zone, absence.until, at)}`;
  };

/** Somebody whom a form offers to name: by name and address, which tells two of one name apart. */
export const personOption = (person: Person, awayText?: AwayText) => ({
  value: person.email,
  label: [person.name, person.email, awayText?.(person)].filter((part) => part !== undefined).join(', '),
});
