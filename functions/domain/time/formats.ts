import { fromString } from 'temporal-polyfill/fns/Instant';
import * as z from 'zod/mini';
import {
  dateOf,
  dayLength,
  dayOf,
  dayOfDate,
  epochAt,
  epochOf,
  type Instant,
  instantOf,
  wallAt,
} from './calendar-instant.ts';
import { isZoneName } from './zone-names.ts';
import { isReckoned } from './zone-offsets.ts';

// The forms in which the outside world writes addresses, zones, currencies and dates. Each schema's error text says what
// is expected, because it is shown as it stands to the person who has to correct the value. Each is made where it is used:
// functions start sooner without them.

const mailPattern =
  /^(?!\.)(?!.*\.\.)[A-Za-z0-9._%+'&=/-]*[A-Za-z0-9_%+'&=/-]@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]$/;
const aMailAddress = 'an email address such as name@company.example (the bare address, no name around it)';

/** In characters. */
const longestMailAddress = 254;

/** A bare mail address. ASCII only, because SES sends to no other. */
export const mailAddress = () =>
  z
    .email({ pattern: mailPattern, error: aMailAddress })
    .check(z.maxLength(longestMailAddress, { error: aMailAddress }));

/** The same without the schema. */
export const isMailAddress = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= longestMailAddress && mailPattern.test(value);

const aWebAddress = 'a web address starting with https:// or http://';

/** In characters. */
const longestWebAddress = 2000;

/** http and https only: it ends up as a link in mails and pages. */
export const webAddress = () =>
  z
    .url({ protocol: /^https?$/, error: aWebAddress })
    .check(z.maxLength(longestWebAddress, { error: `${aWebAddress}, at most 2,000 characters` }));

/** Whether it is one without the schema, which takes blanks around it, too. */
export const isWebAddress = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length <= longestWebAddress &&
  /^https?:\/\/\S+$/i.test(value) &&
  URL.canParse(value);

// Asked for when first needed: Intl is slow to wake, and most functions start without a question of it.
let currencies: ReadonlySet<string> | undefined;

/** Is it a zone of the IANA data base, such as `Europe/Berlin`? All of them are slow to list, and a customer's was often read a moment ago. */
export const isTimeZone = (text: string): boolean => isZoneName(text, isReckoned);

const aTimeZone = 'an IANA time zone such as Europe/Berlin or America/New_York';

export const timeZone = () => z.string({ error: aTimeZone }).check(z.refine(isTimeZone, { error: aTimeZone }));

export function isCurrency(code: string): boolean {
  currencies ??= new Set(Intl.supportedValuesOf('currency'));
  return currencies.has(code);
}

const aCurrency = 'a currency as its ISO 4217 code, such as EUR or USD';

export const currencyCode = () => z.string({ error: aCurrency }).check(z.refine(isCurrency, { error: aCurrency }));

const aDate = 'a date as YYYY-MM-DD between the years 2000 and 2100';

/** A calendar day that exists. */
export const calendarDate = () => z.iso.date({ error: aDate }).check(z.refine(isPlausible, { error: aDate }));

/** The same without the schema. */
export const isCalendarDate = (value: unknown): value is string =>
  typeof value === 'string' && dayOfDate(value) !== undefined && isPlausible(value);

export function isPlausible(date: string): boolean {
  return date >= '2000' && date < '2101';
}

/** Most of what is typed has none, and the parser's complaint takes its time. */
const hasOffset = /[Tt ].*(?:[Zz]|[+\-\u2212]\d\d)/;

/** An instant written with `Z` or an offset, as UTC with `Z` (milliseconds only when not zero); undefined when it is none. */
export function parseInstant(text: string): Instant | undefined {
  if (!hasOffset.test(text)) return undefined;
  try {
    return instantOf(fromString(text).epochMilliseconds);
  } catch {
    return undefined;
  }
}

/** The first moment of a day (`YYYY-MM-DD`) in a zone; undefined when there is no such day. */
export function startOfDay(date: string, zone: string): Instant | undefined {
  const day = dayOfDate(date);
  return day === undefined ? undefined : instantOf(epochAt(day * dayLength, zone));
}

/** The day (`YYYY-MM-DD`) it is in a zone at an instant. */
export function dayIn(at: Instant, zone: string): string {
  return dateOf(dayOf(wallAt(epochOf(at), zone)));
}

/** Calendar days in that zone: from Wednesday afternoon to Thursday morning is one. */
export const daysBetween = (from: Instant, to: Instant, zone: string): number =>
  Math.round((Date.parse(dayIn(to, zone)) - Date.parse(dayIn(from, zone))) / 86_400_000);
