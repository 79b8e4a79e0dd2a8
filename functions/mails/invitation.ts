import ical, { ICalAttendeeRole, ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { cleanLine, cleanText } from '../domain/fields/clean-text.ts';
import type { MeetingInvitation } from '../domain/messages/message.ts';
import type { Mailbox } from '../domain/people/people.ts';

/** The meeting as iCalendar text (RFC 5545), METHOD:REQUEST, times in UTC. The same meeting gives the same text. */
export function invitationText(meeting: MeetingInvitation): string {
  const start = Date.parse(meeting.start);
  const calendar = ical({
    prodId: { company: 'handoff', product: 'handoff', language: 'EN' },
    method: ICalCalendarMethod.REQUEST,
  });
  calendar.createEvent({
    id: meeting.uid,
    sequence: meeting.sequence,
    stamp: new Date(meeting.stamp),
    start: new Date(start),
    end: new Date(start + meeting.minutes * 60_000),
    summary: cleanLine(meeting.summary),
    description: cleanText(meeting.description),
    ...(meeting.location === undefined ? {} : { location: cleanLine(meeting.location) }),
    status: ICalEventStatus.CONFIRMED,
    organizer: named(meeting.organizer),
    attendees: meeting.attendees
      .filter(({ email }) => email !== meeting.organizer.email)
      .map((attendee) => ({
        ...named(attendee),
        role: ICalAttendeeRole.REQ,
        status: ICalAttendeeStatus.NEEDSACTION,
        rsvp: true,
      })),
  });
  return `${calendar.toString().trimEnd()}\r\n`;
}

/** Names stand between quotes in iCalendar, and nothing there can be escaped. */
function named({ name, email }: Mailbox): Mailbox {
  return { name: cleanLine(name).replaceAll('"', '').replaceAll('\\', '').trim() || email, email };
}
