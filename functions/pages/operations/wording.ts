import type { Instant } from '../../domain/time/calendar.ts';
import { localTimeText } from '../../domain/time/local-time.ts';
import { zoneName } from '../../domain/time/wall-format.ts';
import { soonIn } from '../../domain/time/wording.ts';
import { type Html, html } from '../html.ts';

/** 'Tue, Nov 17, 2026, 8:30 AM UTC'; takes milliseconds since the epoch or an ISO 8601 instant. */
export function timeText(at: number | Instant, zone = 'UTC'): string {
  return `${localTimeText(new Date(at).toISOString(), zone)} ${zoneName(zone)}`;
}

/** The same, in markup that machines can read. */
export const timeHtml = (at: number | Instant, zone?: string): Html =>
  html`<time datetime="${new Date(at).toISOString()}">${timeText(at, zone)}</time>`;

/** 'Tue, Nov 17, 2026, 9:30 AM' in a zone that is named nearby. */
export const localHtml = (at: Instant, zone: string): Html =>
  html`<time datetime="${new Date(at).toISOString()}">${localTimeText(at, zone)}</time>`;

/** 'Wed 9 AM' in the next six days, else 'Dec 4'; the whole of it, with its zone, where a pointer rests on it. */
export const soonHtml = (at: Instant, now: number, zone = 'UTC'): Html =>
  html`<time datetime="${new Date(at).toISOString()}" title="${timeText(at, zone)}">${soonIn(zone, at, new Date(now).toISOString())}</time>`;

const day = 86_400_000;

const units = [
  ['day', day],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** '3 hours 30 minutes', '45 days': the two largest units of a length in milliseconds. */
export function lengthText(milliseconds: number): string {
  let left = Math.max(0, Math.floor(milliseconds / 1000) * 1000);
  const said: string[] = [];
  for (const [name, length] of units) {
    const count = Math.floor(left / length);
    left -= count * length;
    if (count > 0) said.push(counted(count, name));
    else if (said.length > 0) break;
    if (said.length === 2) break;
  }
  return said.join(' ') || 'no time';
}

/** '1 email', '2 emails'. */
export const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;

/** `schedule-kickoff` or `mail_sent` as words. */
export const words = (id: string): string => id.replace(/[-_]+/g, ' ');

/** Kinds of email whose names in the code are not what people call them. */
const calledOtherwise: Readonly<Record<string, string>> = {
  ask: 'request',
  warn: 'reminder',
  remind: 'reminder',
  breach: 'overdue',
  escalate: 'escalation',
  stall: 'stalled',
  nag: 'weekly reminder',
  'handoff-cancelled': 'handoff canceled',
};

/** A kind of email, as people call it: `internal meeting invitation`, `overdue`. */
export const kindText = (kind: string): string => calledOtherwise[kind] ?? asEmail(words(kind));

/** What happened, as the timeline says it: `asked`, `email sent`, `canceled`. */
export const happenedText = (what: string): string => (what === 'cancelled' ? 'canceled' : asEmail(words(what)));

const asEmail = (text: string): string => text.replace(/\bmail\b/g, 'email');
