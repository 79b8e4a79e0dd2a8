import { describe, expect, it } from 'vitest';
import type { MeetingInvitation } from '../../../functions/domain/messages/message.ts';
import { invitationText } from '../../../functions/mails/invitation.ts';

const meeting: MeetingInvitation = {
  uid: 'D-1-1-kickoff@handoff.example.com',
  sequence: 2,
  stamp: '2026-11-20T15:00:00Z',
  start: '2026-11-24T09:30:00Z',
  zone: 'Europe/Berlin',
  minutes: 45,
  summary: 'Kickoff: Żółć; Söhne, and us\r\nX-EVIL:1',
  description: `Agenda\n- one; two, three \\ four\n${'ä'.repeat(120)}`,
  location: 'https://meet.example.com/a?b=c',
  organizer: { name: 'Lena "L" Vogt\\', email: 'lena@example.com' },
  attendees: [
    { name: 'Ana: B;C,D', email: 'ana@example.com' },
    { name: 'Lena Vogt', email: 'lena@example.com' },
  ],
};

/** The properties of an iCalendar text, lines unfolded. */
const unfolded = (text: string) => text.replaceAll('\r\n ', '').split('\r\n');

/** A calendar text as RFC 5545 has it: CRLF, lines of at most 75 octets, components closed in the order they were opened. */
function parsed(text: string): { readonly name: string; readonly lines: readonly string[] }[] {
  expect(text.endsWith('\r\n')).toBe(true);
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  const open: { name: string; lines: string[] }[] = [];
  const closed: { name: string; lines: string[] }[] = [];
  for (const line of unfolded(text).slice(0, -1)) {
    const [, begins] = /^BEGIN:(.+)$/.exec(line) ?? [];
    const [, ends] = /^END:(.+)$/.exec(line) ?? [];
    if (begins !== undefined) open.push({ name: begins, lines: [] });
    else if (ends !== undefined) {
      const last = open.pop();
      expect(last?.name).toBe(ends);
      if (last) closed.push(last);
    } else {
      expect(line).toMatch(/^[A-Z-]+(;[A-Z-]+=("[^"]*"|[^";:,]*))*:/);
      open.at(-1)?.lines.push(line);
    }
  }
  expect(open).toEqual([]);
  return closed;
}

const component = (text: string, name: string) => parsed(text).filter((found) => found.name === name);

describe('the invitation', () => {
  const text = invitationText(meeting);
  const lines = unfolded(text);

  it('is a calendar with what RFC 5546 requires of a request', () => {
    expect(component(text, 'VCALENDAR')[0]?.lines).toEqual([
      'VERSION:2.0',
      'PRODID:-//handoff//handoff//EN',
      'METHOD:REQUEST',
    ]);
    const [event] = component(text, 'VEVENT');
    for (const property of ['UID', 'SEQUENCE', 'DTSTAMP', 'DTSTART', 'DTEND', 'SUMMARY', 'ORGANIZER'])
      expect(event?.lines.filter((line) => line.startsWith(property))).toHaveLength(1);
  });

  it('asks for an answer, at the right time on the clock of its zone', () => {
    expect(lines).toEqual(
      expect.arrayContaining([
        'UID:D-1-1-kickoff@handoff.example.com',
        'SEQUENCE:2',
        'DTSTAMP:20261120T150000Z',
        'DTSTART;TZID=Europe/Berlin:20261124T103000',
        'DTEND;TZID=Europe/Berlin:20261124T111500',
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

  it('is organized by the host, who has accepted; everybody else is asked', () => {
    expect(lines.filter((line) => line.startsWith('ORGANIZER'))).toEqual([
      'ORGANIZER;CN="Lena L Vogt":mailto:lena@example.com',
    ]);
    expect(lines.filter((line) => line.startsWith('ATTENDEE'))).toEqual([
      'ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN="Ana: B;C,D":mailto:ana@example.com',
      'ATTENDEE;ROLE=CHAIR;PARTSTAT=ACCEPTED;CN="Lena Vogt":mailto:lena@example.com',
    ]);
  });

  it('is the same text for the same meeting', () => {
    expect(invitationText(meeting)).toBe(text);
  });

  it('takes a meeting that was called off out of calendars', () => {
    const off = invitationText({ ...meeting, sequence: 3, calledOff: true });
    expect(unfolded(off)).toEqual(
      expect.arrayContaining(['METHOD:CANCEL', `UID:${meeting.uid}`, 'SEQUENCE:3', 'STATUS:CANCELLED']),
    );
    expect(component(off, 'VEVENT')).toHaveLength(1);
  });
});

/** When something is, in UTC, by nothing but the text: the newest observance that has begun says how far the clock is off. */
function instantBy(text: string, property: 'DTSTART' | 'DTEND'): string {
  const line = component(text, 'VEVENT')[0]?.lines.find((each) => each.startsWith(property)) ?? '';
  const [, , digits = '', utc] = /^\w+(;TZID=[^:]+)?:(\d{8}T\d{6})(Z?)$/.exec(line) ?? [];
  const wall = (basic: string) =>
    Date.parse(basic.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/, '$1-$2-$3T$4:$5:$6Z'));
  if (utc === 'Z') return new Date(wall(digits)).toISOString();
  const observances = [...component(text, 'STANDARD'), ...component(text, 'DAYLIGHT')]
    .map(({ lines }) => Object.fromEntries(lines.map((each) => each.split(':') as [string, string])))
    .map((each) => ({ begins: wall(each['DTSTART'] ?? ''), offset: each['TZOFFSETTO'] ?? '' }))
    .filter(({ begins }) => begins <= wall(digits))
    .sort((a, b) => b.begins - a.begins);
  const [, sign = '', hours = '', minutes = ''] = /^([+-])(\d\d)(\d\d)/.exec(observances[0]?.offset ?? '') ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  return new Date(wall(digits) - offset * 60_000).toISOString();
}

describe('the time of an invitation', () => {
  it.each([
    ['Europe/Berlin', '2026-11-24T09:30:00.000Z'],
    ['Europe/Berlin', '2026-07-24T09:30:00.000Z'],
    // The clocks go forward, and back.
    ['Europe/Berlin', '2027-03-28T01:00:00.000Z'],
    ['Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['Europe/Berlin', '2026-10-25T01:30:00.000Z'],
    ['America/New_York', '2026-11-01T06:15:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-04T15:10:00.000Z'],
    ['Asia/Kathmandu', '2026-11-24T09:30:00.000Z'],
    ['Asia/Tokyo', '2026-11-24T09:30:00.000Z'],
    ['Africa/Casablanca', '2026-03-01T10:00:00.000Z'],
    ['Europe/Dublin', '2026-12-01T10:00:00.000Z'],
    ['America/Sao_Paulo', '2026-12-01T10:00:00.000Z'],
    ['UTC', '2026-11-24T09:30:00.000Z'],
  ])('is told by the rules of %s that come along: %s', (zone, start) => {
    const text = invitationText({ ...meeting, zone, start });
    expect(instantBy(text, 'DTSTART')).toBe(start);
    expect(Date.parse(instantBy(text, 'DTEND')) - Date.parse(start)).toBe(45 * 60_000);
    const zones = component(text, 'VTIMEZONE').map(({ lines }) => lines[0]);
    for (const line of component(text, 'VEVENT')[0]?.lines ?? []) {
      const [, told] = /^DT(?:START|END);TZID=([^:]+):/.exec(line) ?? [];
      if (told !== undefined) expect(zones).toEqual([`TZID:${told}`]);
    }
  });
});
