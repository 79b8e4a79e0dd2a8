import { cleanLine, excerpt } from '../fields/clean-text.ts';
import type { HandoffRecord } from '../handoff/handoff.ts';
import type { Instant } from '../time/calendar.ts';
import { formatDate, formatWall, wallAt, yearOf } from '../time/calendar-instant.ts';
import type { Audience, Mailbox, People } from './message.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The name with which a mail address appears; the address itself for somebody who is not on the roster. */
export function mailboxOf(people: People, email: string): Mailbox {
  const name = cleanLine(people.get(email)?.name ?? '');
  return { name: name === '' ? email : name, email };
}

/** Who did it, as a sentence names them: a mail address, `system` or `crm`. */
export function nameOf(people: People, who: string): string {
  if (who === 'system') return 'the system';
  return who === 'crm' ? 'the CRM' : mailboxOf(people, who).name;
}

/** 'Mon 23 Nov 16:00', the year only where it is not that of `asOf`. */
export function timeIn(zone: string, at: Instant, asOf: Instant): string {
  return formatWall(wallAt(Date.parse(at), zone), yearOf(wallAt(Date.parse(asOf), zone)));
}

/** 'Mon 23 Nov 16:00 Europe/Berlin'. */
export function momentIn(zone: string, at: Instant, asOf: Instant): string {
  return `${timeIn(zone, at, asOf)} ${zone}`;
}

/** 'Mon 23 Nov', the year only where it is not that of `asOf`. */
export function dateIn(zone: string, at: Instant, asOf: Instant): string {
  return formatDate(wallAt(Date.parse(at), zone), yearOf(wallAt(Date.parse(asOf), zone)));
}

/** A moment for people in several zones: 'Tue 24 Nov 16:00 Europe/Berlin, Tue 24 Nov 10:00 America/New_York'. */
export function momentInZones(zones: readonly string[], at: Instant, asOf: Instant): string {
  return [...new Set(zones)].map((zone) => momentIn(zone, at, asOf)).join(', ');
}

/** '40 minutes', '5 hours', '3 days': rounded down to what matters. */
export function spanText(milliseconds: number): string {
  const counted = (amount: number, noun: string) => `${amount} ${noun}${amount === 1 ? '' : 's'}`;
  if (milliseconds < hour) return counted(Math.floor(milliseconds / minute), 'minute');
  if (milliseconds < 2 * day) return counted(Math.floor(milliseconds / hour), 'hour');
  return counted(Math.floor(milliseconds / day), 'day');
}

/** Working time in hours, whatever its length: a day of it has no fixed length. */
export function workingSpan(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 60) return spanText(milliseconds);
  const hours = Math.floor(minutes / 60);
  return `${hours} hour${hours === 1 ? '' : 's'}${minutes % 60 === 0 ? '' : ` ${spanText((minutes % 60) * minute)}`}`;
}

/** 'Ana, Bo and Cem'. */
export function listed(names: readonly string[]): string {
  const [last, ...before] = [...names].reverse();
  if (last === undefined) return '';
  return before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`;
}

/** The explanation of a due time; without the time itself where it was just told in the same zone. */
export function reckoning(because: string, sameZone: boolean): string {
  return sameZone ? because.replace(/^due .*? \d\d:\d\d [^:]+: /, '') : because;
}

export function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** The customer as subjects and headings name it: one line, never too long for either. */
export function customerOf(record: Pick<HandoffRecord, 'deal'>): string {
  return excerpt(record.deal.customer.name, 60);
}

/** One line, without control characters, as a mail header needs it. */
export function headerLine(text: string): string {
  return excerpt(text, 180);
}

export function greeting(to: Audience): string {
  return `Hello ${mailboxOf(new Map([[to.person.email, to.person]]), to.person.email).name},`;
}
