import { excerpt } from '../fields/clean-text.ts';
import type { Refusal } from '../fields/refusal.ts';
import type { HolidayPlace } from '../time/calendar.ts';
import type { Person } from './person.ts';
import { type CompanyClosing, closingSchema, personSchema } from './person-schema.ts';

export type RosterParsed = { readonly roster: readonly Person[] } | { readonly refused: readonly Refusal[] };

/**
 * Parses a roster and lists every problem together: unusable entries, a mail address twice, a manager who is not in it, people
 * who manage each other in a circle, nobody in revenue operations (the last rung of every ladder, S2, S4), an office of closing
 * days in which nobody is. `value`: an array of persons, or `{ people, closingDays }`, of which each person gets the closing days that
 * are theirs.
 */
export function parseRoster(value: unknown): RosterParsed {
  const file = fileOf(value);
  if ('refused' in file) return file;
  const people = file.people.map((entry) => personSchema().safeParse(entry));
  const closings = file.closingDays.map((entry) => closingSchema().safeParse(entry));
  const unusable = [
    ...people.flatMap(({ error }, i) =>
      unusableIn(error, `roster[${i}]`, `in the entry of ${entryName(file.people[i])}`),
    ),
    ...closings.flatMap(({ error }, i) => unusableIn(error, `closingDays[${i}]`)),
  ];
  const roster = people.flatMap(({ data }) => (data ? [data] : []));
  const closed = closings.flatMap(({ data }) => (data ? [data] : []));
  // Whom an unusable entry names still counts as known, so that one mistake is reported once.
  const known = new Set(file.people.map((entry) => String(Object(entry).email).trim().toLowerCase()));
  const refused = [
    ...unusable,
    ...duplicates(roster),
    ...managers(roster, known),
    ...lastRung(roster, unusable),
    ...emptyOffices(roster, { closed, unusable }),
  ];
  return refused.length > 0 ? { refused } : { roster: roster.map((person) => withClosingDays(person, closed)) };
}

interface RosterFile {
  readonly people: readonly unknown[];
  readonly closingDays: readonly unknown[];
}

function fileOf(value: unknown): RosterFile | { readonly refused: readonly Refusal[] } {
  if (Array.isArray(value)) return { people: value, closingDays: [] };
  const { people, closingDays = [], ...others } = Object(value);
  if (!Array.isArray(people)) {
    const remedy = 'Give an array of persons, or { "people": [ … ], "closingDays": [ … ] }.';
    return { refused: [{ field: 'roster', problem: 'is not a list', remedy }] };
  }
  const unknown = Object.keys(others).map((name): Refusal => {
    return { field: name, problem: 'is not known here', remedy: 'Expected: "people" and "closingDays" alone.' };
  });
  const noList = !Array.isArray(closingDays) && {
    field: 'closingDays',
    problem: 'is not a list',
    remedy: 'Give an array such as [{ "from": "12-24", "to": "12-31", "name": "Winter break" }].',
  };
  const refused = [...unknown, ...(noList ? [noList] : [])];
  return refused.length > 0 ? { refused } : { people, closingDays };
}

interface Unusable {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
}

function unusableIn(error: Unusable | undefined, field: string, where?: string): Refusal[] {
  return (error?.issues ?? []).map(({ path, message }) => ({
    field: [field, ...path].join('.'),
    problem: ['is not usable', where].filter(Boolean).join(' '),
    remedy: `Expected: ${message}`,
  }));
}

/** Somebody with the closing days of the company, or of the office whose holidays they have, beside their own. */
function withClosingDays(person: Person, closed: readonly CompanyClosing[]): Person {
  const theirs = closed.flatMap(({ offices, ...closing }) =>
    !offices || offices.some((office) => isAt(person, office)) ? [closing] : [],
  );
  if (theirs.length === 0) return person;
  const { availability } = person;
  return {
    ...person,
    availability: { ...availability, closingDays: [...(availability.closingDays ?? []), ...theirs] },
  };
}

/** Whether somebody has the holidays of a place; of any region of it where none is named. */
function isAt({ availability: { holidays } }: Person, { country, region }: HolidayPlace): boolean {
  const isSame = (one: string | undefined, other: string) => one?.toUpperCase() === other.toUpperCase();
  return isSame(holidays?.country, country) && (region === undefined || isSame(holidays?.region, region));
}

function emptyOffices(
  roster: readonly Person[],
  { closed, unusable }: { readonly closed: readonly CompanyClosing[]; readonly unusable: readonly Refusal[] },
): Refusal[] {
  if (unusable.length > 0) return [];
  return closed.flatMap(({ name, offices = [] }) =>
    offices
      .filter((office) => !roster.some((person) => isAt(person, office)))
      .map(({ country, region }): Refusal => {
        const place = [country, region].filter(Boolean).join('/');
        return {
          field: `closingDays (${excerpt(name)}).offices`,
          problem: `${excerpt(place)} is where nobody in the roster has holidays`,
          remedy: 'Name a country, or a country and region, as "availability.holidays" of its people does.',
        };
      }),
  );
}

function entryName(entry: unknown): string {
  const { email, name } = Object(entry);
  return excerpt(String(email ?? name ?? 'nobody'));
}

function duplicates(roster: readonly Person[]): Refusal[] {
  const seen = new Set<string>();
  return roster.flatMap(({ email }) => {
    if (!seen.has(email)) {
      seen.add(email);
      return [];
    }
    return [
      { field: `roster (${email})`, problem: 'is in the roster twice', remedy: 'Keep one entry per mail address.' },
    ];
  });
}

function managers(roster: readonly Person[], known: ReadonlySet<string>): Refusal[] {
  const managerOf = new Map(roster.map(({ email, manager }) => [email, manager]));
  return roster.flatMap(({ email, manager }) => {
    if (manager === undefined) return [];
    const field = `roster (${email}).manager`;
    if (!known.has(manager)) {
      return [
        { field, problem: `${manager} is not in the roster`, remedy: 'Add that person, or name somebody who is.' },
      ];
    }
    const circle = circleFrom(email, managerOf);
    if (!circle) return [];
    return [{ field, problem: `leads in a circle: ${circle.join(' → ')}`, remedy: 'Let the line of managers end.' }];
  });
}

/** The circle that a line of managers, or of deputies, forms when it comes back to where it began: mail addresses. */
export function circleFrom(email: string, managerOf: ReadonlyMap<string, string | undefined>): string[] | undefined {
  const line = [email];
  for (let next = managerOf.get(email); next !== undefined; next = managerOf.get(next)) {
    if (next === email) return [...line, email];
    if (line.includes(next)) return undefined;
    line.push(next);
  }
  return undefined;
}

function lastRung(roster: readonly Person[], unusable: readonly Refusal[]): Refusal[] {
  if (roster.some(({ role, active }) => role === 'revenueOperations' && active) || unusable.length > 0) return [];
  const problem = 'has nobody active in revenueOperations, the last rung of every ladder';
  return [{ field: 'roster', problem, remedy: 'Add an active person with the role revenueOperations.' }];
}
