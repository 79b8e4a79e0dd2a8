import * as z from 'zod/mini';
import { roleIds } from '../playbook/roles.ts';
import {
  type Availability,
  businessCalendar,
  CalendarError,
  type ClosingDays,
  type HolidayPlace,
} from '../time/calendar.ts';
import { parseClosingDays } from '../time/calendar-availability.ts';
import { mailAddress, parseInstant } from '../time/formats.ts';
import { checkHolidayPlace, publicHolidays } from '../time/holidays.ts';
import type { Person } from './person.ts';

/** What is expected of an object, and which of its members nobody knows. */
const only = (expected: string) => ({
  error: ({ code, keys }: { readonly code: string; readonly keys?: readonly string[] }): string =>
    code === 'unrecognized_keys' ? `${expected}, without ${keys?.map((key) => `"${key}"`).join(', ')}` : expected,
});

const text = (what: string) => z.string({ error: what });
const line = (what: string, most = 200) =>
  text(what).check(z.trim(), z.minLength(1, { error: what }), z.maxLength(most, { error: what }));

const datesClosed = () => ({
  from: text('a day such as 2026-12-24, or 12-24 for every year'),
  to: text('a day such as 2026-12-31, or 12-31 for every year'),
  name: line('what the days are called, in at most 60 characters', 60),
});

const place = (): z.ZodMiniType<HolidayPlace> =>
  z.strictObject(
    {
      country: text('an ISO 3166-1 code such as DE'),
      region: z.exactOptional(text('a region such as BY')),
    },
    only('a country and, where it has some, a region'),
  );

interface Checked<T> {
  readonly value: T;
  readonly issues: { push(issue: { code: 'custom'; message: string; input: T }): number };
}

/** Says of a value what a calendar made of it says. */
const asCalendar =
  <T>(check: (value: T) => unknown) =>
  ({ value, issues }: Checked<T>): void => {
    try {
      check(value);
    } catch (error) {
      if (!(error instanceof CalendarError)) throw error;
      issues.push({ code: 'custom', message: error.message, input: value });
    }
  };

function makePersonSchema(): z.ZodMiniType<Person> {
  const address = mailAddress().check(z.toLowerCase());
  const names = z.exactOptional(z.readonly(z.array(line('a name'), { error: 'a list of names' })));
  const from = (each: string) => z.object({ from: text(each), to: text(each) }, { error: `"from" and "to", ${each}` });
  const hours = z.exactOptional(from('a time such as 09:00'));

  const availabilitySchema: z.ZodMiniType<Availability> = z
    .strictObject(
      {
        zone: z.string({ error: 'an IANA time zone such as Europe/Berlin' }),
        hours: z.strictObject(
          { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours },
          only('working hours by day, such as { "mon": { "from": "09:00", "to": "17:00" } }'),
        ),
        holidays: z.exactOptional(place()),
        away: z.exactOptional(z.array(from('a day such as 2026-11-20'), { error: 'a list of absences' })),
        closingDays: z.exactOptional(
          z.array(z.strictObject(datesClosed(), only(closingDaysExpected)), { error: 'a list of closing days' }),
        ),
      },
      only('where and when the person works'),
    )
    .check(
      asCalendar((availability) => {
        businessCalendar(availability, publicHolidays);
        if (availability.holidays) checkHolidayPlace(availability.holidays);
      }),
    );

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

const closingDaysExpected = '"from", "to" and "name" of days on which nobody works';

/** Days on which a company is closed, or those of its offices that are named. */
export interface CompanyClosing extends ClosingDays {
  readonly offices?: readonly HolidayPlace[];
}

const makeClosingSchema = (): z.ZodMiniType<CompanyClosing> =>
  z
    .strictObject(
      {
        ...datesClosed(),
        offices: z.exactOptional(z.array(place(), { error: 'a list of places such as { "country": "DE" }' })),
      },
      only(`${closingDaysExpected}, and "offices" where not all are closed`),
    )
    .check(asCalendar((closing) => parseClosingDays([closing])));

let person: z.ZodMiniType<Person> | undefined;
let closing: z.ZodMiniType<CompanyClosing> | undefined;

/**
 * One entry of the roster. Unknown members are refused, because a mistyped `terretories` would silently mean "anything".
 * Made when first asked for: functions know people, and read no roster.
 */
export function personSchema(): z.ZodMiniType<Person> {
  person ??= makePersonSchema();
  return person;
}

/** One entry of a roster's closing days. */
export function closingSchema(): z.ZodMiniType<CompanyClosing> {
  closing ??= makeClosingSchema();
  return closing;
}
