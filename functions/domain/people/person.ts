import * as z from 'zod/mini';
import { excerpt } from '../fields/clean-text.ts';
import type { Refusal } from '../fields/refusal.ts';
import { type RoleId, roleIds } from '../playbook/roles.ts';
import { type Availability, businessCalendar, CalendarError, type Instant } from '../time/calendar.ts';
import { mailAddress, parseInstant } from '../time/formats.ts';
import { checkHolidayPlace, publicHolidays } from '../time/holidays.ts';

/** Somebody of the own company who takes part in handoffs. */
export interface Person {
  /** In lower case; the key of the person everywhere. */
  readonly email: string;
  readonly name: string;
  readonly role: RoleId;
  /** Mail address of the next rung of the ladder. */
  readonly manager?: string;
  /** Mail address of who takes over what is asked while this person is away; their manager when absent. */
  readonly deputy?: string;
  /** What a customer success manager takes (S3); absent: anything. */
  readonly territories?: readonly string[];
  readonly segments?: readonly string[];
  readonly industries?: readonly string[];
  readonly availability: Availability;
  /** When they are away by their own word; these days stand in `availability.away`, too. */
  readonly awayNotes?: readonly AwayNote[];
  /** Most open handoffs at a time; absent: no limit. */
  readonly capacity?: number;
  readonly active: boolean;
  /** Gets the reports for leadership, whatever their role and their place in the line of managers. */
  readonly leadership?: true;
  readonly language?: string;
  /** No roster knows them: their address is all there is. */
  readonly isStranger?: true;
  /** Set when mail to this person bounced. */
  readonly unreachable?: { readonly since: Instant; readonly why: string };
}

/** Somebody has said that they are away: local dates `YYYY-MM-DD`, both inclusive. */
export interface AwayNote {
  readonly from: string;
  readonly to: string;
  /** Mail address of who stands in this time. */
  readonly deputy?: string;
  /** In which handoff it was said (none: behind the link of a report), on the page of which step (none: on their desk), when, and by which form. */
  readonly said?: { readonly id?: string; readonly step?: string; readonly at: Instant; readonly form: string };
}

/** What is expected of an object, and which of its members nobody knows. */
const only = (expected: string) => ({
  error: ({ code, keys }: { readonly code: string; readonly keys?: readonly string[] }): string =>
    code === 'unrecognized_keys' ? `${expected}, without ${keys?.map((key) => `"${key}"`).join(', ')}` : expected,
});

function makePersonSchema(): z.ZodMiniType<Person> {
  const line = (what: string) =>
    z.string({ error: what }).check(z.trim(), z.minLength(1, { error: what }), z.maxLength(200, { error: what }));
  const address = mailAddress().check(z.toLowerCase());
  const names = z.exactOptional(z.readonly(z.array(line('a name'), { error: 'a list of names' })));
  const from = (each: string) => {
    const one = z.string({ error: each });
    return z.object({ from: one, to: one }, { error: `"from" and "to", ${each}` });
  };
  const hours = z.exactOptional(from('a time such as 09:00'));

  const availabilitySchema: z.ZodMiniType<Availability> = z
    .strictObject(
      {
        zone: z.string({ error: 'an IANA time zone such as Europe/Berlin' }),
        hours: z.strictObject(
          { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours },
          only('working hours by day, such as { "mon": { "from": "09:00", "to": "17:00" } }'),
        ),
        holidays: z.exactOptional(
          z.strictObject(
            {
              country: z.string({ error: 'an ISO 3166-1 code such as DE' }),
              region: z.exactOptional(z.string({ error: 'a region such as BY' })),
            },
            only('a country and, where it has some, a region'),
          ),
        ),
        away: z.exactOptional(z.array(from('a day such as 2026-11-20'), { error: 'a list of absences' })),
      },
      only('where and when the person works'),
    )
    .check(({ value, issues }) => {
      try {
        businessCalendar(value, publicHolidays);
        if (value.holidays) checkHolidayPlace(value.holidays);
      } catch (error) {
        if (!(error instanceof CalendarError)) throw error;
        issues.push({ code: 'custom', message: error.message, input: value });
      }
    });

  return z.strictObject(
    {
      email: address,
      name: line('a name'),
      role: z.enum(roleIds, { error: `one of: ${roleIds.join(', ')}` }),
      manager: z.exactOptional(address),
      deputy: z.exactOptional(address),
      territories: names,
      segments: names,
      industries: names,
      availability: availabilitySchema,
      capacity: z.exactOptional(z.int({ error: 'a whole number of handoffs' }).check(z.minimum(0))),
      active: z.boolean({ error: 'true or false' }),
      leadership: z.exactOptional(z.literal(true, { error: 'true, or nothing' })),
      language: z.exactOptional(line('a language')),
      unreachable: z.exactOptional(
        z.strictObject(
          {
            since: z
              .string()
              .check(
                z.refine((text) => parseInstant(text) === text, { error: 'an instant such as 2026-11-20T15:00:00Z' }),
              ),
            why: z.string({ error: 'a reason' }),
          },
          only('since when and why'),
        ),
      ),
    },
    only('a person'),
  );
}

let made: z.ZodMiniType<Person> | undefined;

/**
 * One entry of the roster. Unknown members are refused, because a mistyped `terretories` would silently mean "anything".
 * Made when first asked for: functions know people, and read no roster.
 */
function personSchema(): z.ZodMiniType<Person> {
  made ??= makePersonSchema();
  return made;
}

export type RosterParsed = { readonly roster: readonly Person[] } | { readonly refused: readonly Refusal[] };

/**
 * Parses a roster (an array of persons) and lists every problem together: unusable entries, a mail address twice, a manager
 * who is not in it, people who manage each other in a circle, nobody in revenue operations (the last rung of every ladder,
 * S2, S4).
 */
export function parseRoster(value: unknown): RosterParsed {
  if (!Array.isArray(value)) {
    return { refused: [{ field: 'roster', problem: 'is not a list', remedy: 'Give an array of persons.' }] };
  }
  const parsed = value.map((entry) => personSchema().safeParse(entry));
  const unusable = parsed.flatMap(({ error }, i) =>
    (error?.issues ?? []).map(
      ({ path, message }): Refusal => ({
        field: [`roster[${i}]`, ...path].join('.'),
        problem: `is not usable in the entry of ${entryName(value[i])}`,
        remedy: `Expected: ${message}`,
      }),
    ),
  );
  const roster = parsed.flatMap(({ data }) => (data ? [data] : []));
  // Whom an unusable entry names still counts as known, so that one mistake is reported once.
  const known = new Set(value.map((entry) => String(entry?.email).trim().toLowerCase()));
  const refused = [...unusable, ...duplicates(roster), ...managers(roster, known), ...lastRung(roster, unusable)];
  return refused.length > 0 ? { refused } : { roster };
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
