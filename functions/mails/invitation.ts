import ical, { ICalAttendeeRole, ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { cleanLine, cleanText } from '../domain/fields/clean-text.ts';
import type { MeetingInvitation } from '../domain/messages/message.ts';
import type { Mailbox } from '../domain/people/people.ts';
import { isSecondReading, zonedTime } from '../domain/time/clock-changes.ts';
import { timeZoneRules } from './time-zone-rules.ts';

/**
 * The meeting as iCalendar text (RFC 5545, 5546): METHOD:REQUEST, or METHOD:CANCEL for one that is called off. Times are on
 * the wall clock of its zone, which comes along as VTIMEZONE; in UTC where the clocks show that time twice and the second one
 * is meant, which a wall clock cannot say. The same meeting gives the same text.
 */
export function invitationText(meeting: MeetingInvitation): string {
  const start = zonedTime(meeting.zone, meeting.start);
  const end = start.add({ minutes: meeting.minutes });
  const isPlain = meeting.zone === 'UTC' || isSecondReading(start) || isSecondReading(end);
  const calendar = ical({
    prodId: { company: 'handoff', product: 'handoff', language: 'EN' },
    method: meeting.calledOff ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
  });
  calendar.createEvent({
    id: meeting.uid,
    sequence: meeting.sequence,
    stamp: zonedTime('UTC', meeting.stamp),
    start: isPlain ? new Date(start.epochMilliseconds) : start,
    end: isPlain ? new Date(end.epochMilliseconds) : end,
    ...(!isPlain && { timezone: meeting.zone }),
    summary: cleanLine(meeting.summary),
    description: cleanText(meeting.description),
    ...(meeting.location === undefined ? {} : { location: cleanLine(meeting.location) }),
    status: meeting.calledOff ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer: named(meeting.organizer),
    attendees: meeting.attendees.map((attendee) =>
      attendee.email === meeting.organizer.email
        ? { ...named(attendee), role: ICalAttendeeRole.CHAIR, status: ICalAttendeeStatus.ACCEPTED }
        : { ...named(attendee), role: ICalAttendeeRole.REQ, status: ICalAttendeeStatus.NEEDSACTION, rsvp: true },
    ),
  });
  const text = `${calendar.toString().trimEnd()}\r\n`;
  // The library writes a zone only together with properties that no standard knows.
  return isPlain
    ? text
    : text.replace('BEGIN:VEVENT', () => `${timeZoneRules(meeting.zone, meeting.start)}\r\nBEGIN:VEVENT`);
}

/** Names stand between quotes in iCalendar, and nothing there can be escaped. */
function named({ name, email }: Mailbox): Mailbox {
  return { name: cleanLine(name).replaceAll('"', '').replaceAll('\\', '').trim() || email, email };
}
