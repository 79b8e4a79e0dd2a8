import { describe, expect, it } from 'vitest';
import type { MeetingInvitation } from '../../../functions/domain/messages/message.ts';
import { invitationText } from '../../../functions/mails/invitation.ts';

const meeting: MeetingInvitation = {
  uid: 'D-1-1-kickoff@handoff.example.com',
  sequence: 2,
  stamp: '2026-11-20T15:00:00Z',
  start: '2026-11-24T09:30:00Z',
  minutes: 45,
  summary: 'Kickoff: Żółć; Söhne, and us\r\nX-EVIL:1',
  description: `Agenda\n- one; two, three \\ four\n${'ä'.repeat(120)}`,
  location: 'https://meet.example.com/a?b=c',
  organizer: { name: 'Lena "L" Vogt\\', email: 'handoff@example.com' },
  attendees: [
    { name: 'Ana: B;C,D', email: 'ana@example.com' },
    { name: 'Handoff', email: 'handoff@example.com' },
  ],
};

/** The properties of an iCalendar text, lines unfolded. */
const unfolded = (text: string) => text.replaceAll('\r\n ', '').split('\r\n');

describe('the invitation', () => {
  const text = invitationText(meeting);
  const lines = unfolded(text);

  it('asks for an answer, at the right time, in UTC', () => {
    expect(lines).toEqual(
      expect.arrayContaining([
        'METHOD:REQUEST',
        'UID:D-1-1-kickoff@handoff.example.com',
        'SEQUENCE:2',
        'DTSTAMP:20261120T150000Z',
        'DTSTART:20261124T093000Z',
        'DTEND:20261124T101500Z',
        'STATUS:CONFIRMED',
      ]),
    );
  });

  it('is folded at 75 octets, with CRLF', () => {
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
  });

  it('escapes texts, so that none becomes a property', () => {
    expect(lines).toContain('SUMMARY:Kickoff: Żółć\\; Söhne\\, and us X-EVIL:1');
    expect(lines.some((line) => line.startsWith('X-EVIL'))).toBe(false);
    expect(lines.find((line) => line.startsWith('DESCRIPTION'))).toContain('- one\\; two\\, three \\\\ four\\n');
  });

  it('invites everybody but the organizer', () => {
    expect(lines.filter((line) => line.startsWith('ORGANIZER'))).toEqual([
      'ORGANIZER;CN="Lena L Vogt":mailto:handoff@example.com',
    ]);
    expect(lines.filter((line) => line.startsWith('ATTENDEE'))).toEqual([
      'ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN="Ana: B;C,D":MAILTO:ana@example.com',
    ]);
  });

  it('is the same text for the same meeting', () => {
    expect(invitationText(meeting)).toBe(text);
  });
});
