import { cleanLine, cleanText } from '../domain/fields/clean-text.ts';
import type { MeetingInvitation } from '../domain/messages/message.ts';
import type { Mailbox } from '../domain/people/people.ts';
import { epochOf, wallAt } from '../domain/time/calendar-instant.ts';
import { isSecondReading } from '../domain/time/clock-changes.ts';
import { calendarText, textValue } from './calendar-lines.ts';
import { timeZoneRules } from './time-zone-rules.ts';

/**
 * The meeting as iCalendar text (RFC 5545, 5546): METHOD:REQUEST, or METHOD:CANCEL for one that is called off. Times are on
 * the wall clock of its zone, which comes along as VTIMEZONE; in UTC where the clocks show that time twice and the second one
 * is meant, which a wall clock cannot say. The same meeting gives the same text.
 */
export function invitationText(meeting: MeetingInvitation): string {
  const { zone } = meeting;
  const start = epochOf(meeting.start);
  const end = start + meeting.minutes * 60_000;
  const isPlain = zone === 'UTC' || isSecondReading(start, zone) || isSecondReading(end, zone);
  const time = (at: number): string =>
    isPlain
      ? `:${basic(new Date(at).toISOString())}Z`
      : `;TZID=${zone}:${basic(new Date(wallAt(at, zone)).toISOString())}`;
  return calendarText([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//handoff//handoff//EN',
    `METHOD:${meeting.calledOff ? 'CANCEL' : 'REQUEST'}`,
    ...(isPlain ? [] : timeZoneRules(zone, meeting.start)),
    'BEGIN:VEVENT',
    `UID:${textValue(meeting.uid)}`,
    `SEQUENCE:${meeting.sequence}`,
    `DTSTAMP:${basic(new Date(meeting.stamp).toISOString())}Z`,
    `DTSTART${time(start)}`,
    `DTEND${time(end)}`,
    `SUMMARY:${textValue(cleanLine(meeting.summary))}`,
    ...(meeting.location === undefined ? [] : [`LOCATION:${textValue(cleanLine(meeting.location))}`]),
    `DESCRIPTION:${textValue(cleanText(meeting.description))}`,
    `ORGANIZER;CN="${nameOf(meeting.organizer)}":mailto:${cleanLine(meeting.organizer.email)}`,
    ...meeting.attendees.map((attendee) => {
      const part =
        attendee.email === meeting.organizer.email
          ? 'ROLE=CHAIR;PARTSTAT=ACCEPTED'
          : 'ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE';
      return `ATTENDEE;${part};CN="${nameOf(attendee)}":mailto:${cleanLine(attendee.email)}`;
    }),
    `STATUS:${meeting.calledOff ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]);
}

/** '2026-11-24T10:30:00' as '20261124T103000'. */
const basic = (at: string): string => at.slice(0, 19).replaceAll('-', '').replaceAll(':', '');

/** Names stand between quotes in iCalendar, and nothing there can be escaped. */
const nameOf = ({ name, email }: Mailbox): string =>
  cleanLine(name).replaceAll('"', '').replaceAll('\\', '').trim() || cleanLine(email);
