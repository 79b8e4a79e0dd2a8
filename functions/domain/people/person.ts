import * as z from 'zod';
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

function makePersonSchema(): z.ZodType<Person> {
  const line = (what: string) => z.string({ error: what }).trim().min(1, { error: what }).max(200, { error: what });
  const address = mailAddress().toLowerCase();
  const names = z.array(line('a name')).readonly().exactOptional();
  const span = z.object({ from: z.string(), to: z.string() });
  const hours = z.object({ from: z.string(), to: z.string() }).exactOptional();

  const availabilitySchema: z.ZodType<Availability> = z
    .strictObject({
      zone: z.string({ error: 'an IANA time zone such as Europe/Berlin' }),
      hours: z.strictObject({ mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours }),
      holidays: z.strictObject({ country: z.string(), region: z.string().exactOptional() }).exactOptional(),
      away: z.array(span).exactOptional(),
    })
    .superRefine((availability, context) => {
      try {
        businessCalendar(availability, publicHolidays);
        if (availability.holidays) checkHolidayPlace(availability.holidays);
      } catch (error) {
        if (!(error instanceof CalendarError)) throw error;
        context.addIssue({ code: 'custom', message: error.message });
      }
    });

  return z.strictObject({
    email: address,
    name: line('a name'),
    role: z.enum(roleIds, { error: `one of: ${roleIds.join(', ')}` }),
    manager: address.exactOptional(),
    deputy: address.exactOptional(),
    territories: names,
    segments: names,
    industries: names,
    availability: availabilitySchema,
    capacity: z.int({ error: 'a whole number of handoffs' }).min(0).exactOptional(),
    active: z.boolean({ error: 'true or false' }),
    leadership: z.literal(true, { error: 'true, or nothing' }).exactOptional(),
    language: line('a language').exactOptional(),
    unreachable: z
      .strictObject({
        since: z
          .string()
          .refine((text) => parseInstant(text) === text, { error: 'an instant such as 2026-11-20T15:00:00Z' }),
        why: z.string(),
      })
      .exactOptional(),
  });
}

let made: z.ZodType<Person> | undefined;

/**
 * One entry of the roster. Unknown members are refused, because a mistyped `terretories` would silently mean "anything".
 * Made when first asked for: functions know people, and read no roster.
 */
function personSchema(): z.ZodType<Person> {
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
