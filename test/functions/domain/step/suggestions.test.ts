import { describe, expect, it } from 'vitest';
import { parseEvidence } from '../../../../functions/domain/fields/evidence.ts';
import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import { meetingSlot } from '../../../../functions/domain/handoff/meeting-slot.ts';
import { askStep } from '../../../../functions/domain/playbook/playbook.ts';
import { suggestions } from '../../../../functions/domain/step/suggestions.ts';
import { businessCalendar, isWorkingMoment } from '../../../../functions/domain/time/calendar.ts';
import {
  anna,
  askSteps,
  calendarOf,
  handoffRecord,
  klaus,
  lena,
  people,
  personAt,
  site,
  stepRecord,
} from '../../../support/handoff-record.ts';

const suggest = (record: HandoffRecord, step: string, at: string) =>
  suggestions({ record, step, at, people, calendarOf, site, zone: 'Europe/Berlin' });

describe('the time of a meeting', () => {
  it('is the next business day, so that both can prepare', () => {
    const record = handoffRecord({ steps: [stepRecord('schedule-internal-meeting', { owner: anna })] });
    expect(suggest(record, 'schedule-internal-meeting', '2026-11-17T09:00:00Z')['meetingAt']).toBe('2026-11-18T09:00');
  });

  it('is the same day when the meeting must be held before the next', () => {
    // Closed won on Tue, Nov 17, 9:30 AM, so the meeting is due on Thu, Nov 19, 9:30 AM.
    const record = handoffRecord({ steps: [stepRecord('schedule-internal-meeting', { owner: anna })] });
    expect(suggest(record, 'schedule-internal-meeting', '2026-11-18T16:30:00Z')['meetingAt']).toBe('2026-11-19T09:00');
    const slot = meetingSlot({
      at: '2026-11-18T09:00:00Z',
      minutes: 30,
      calendars: [calendarOf(personAt(anna))],
      before: '2026-11-18T15:00:00Z',
    });
    expect(slot).toEqual({ at: '2026-11-18T11:00:00Z', inHours: true });
  });

  it('lies in the working time of both, across zones', () => {
    const calendars = [lena, 'james.carter@example.com'].map((email) => calendarOf(personAt(email)));
    const slot = meetingSlot({ at: '2026-11-20T15:00:00Z', minutes: 30, calendars });
    expect(slot).toEqual({ at: '2026-11-23T14:00:00Z', inHours: true });
    for (const calendar of calendars) expect(isWorkingMoment(slot?.at ?? '', calendar)).toBe(true);
  });

  it('asks for an early start or a late end where zones share no office hour', () => {
    const calendars = [lena, 'chloe.nguyen@example.com'].map((email) => calendarOf(personAt(email)));
    const slot = meetingSlot({ at: '2026-11-20T15:00:00Z', minutes: 30, calendars });
    // 07:00 in Berlin, 17:00 in Sydney
    expect(slot).toEqual({ at: '2026-11-23T06:00:00Z', inHours: false });
  });

  it('asks for as little of that as helps', () => {
    const calendars = ['james.carter@example.com', 'chloe.nguyen@example.com'].map((email) =>
      calendarOf(personAt(email)),
    );
    const slot = meetingSlot({ at: '2026-11-23T14:00:00Z', minutes: 30, calendars });
    // 4 PM in New York, 8 AM in Sydney
    expect(slot).toEqual({ at: '2026-11-24T21:00:00Z', inHours: false });
  });

  it('is not when there is another meeting of the handoff, nor when one was called off', () => {
    const booked = (meeting: string, status: 'planned' | 'off', at: string, minutes: number) => ({
      ...{ meeting, status, at, minutes, round: 1, hosts: [anna, lena], guests: [], sequence: 0, by: anna },
      changedAt: '2026-11-17T09:00:00Z',
    });
    const steps = [stepRecord('schedule-internal-meeting', { owner: anna })];
    const at = '2026-11-17T09:00:00Z';
    const slot = (...meetings: readonly ReturnType<typeof booked>[]) =>
      suggest(
        { ...handoffRecord({ steps }), meetings: Object.fromEntries(meetings.map((each) => [each.meeting, each])) },
        'schedule-internal-meeting',
        at,
      )['meetingAt'];
    expect(slot()).toBe('2026-11-18T09:00');
    expect(slot(booked('internal-meeting', 'off', '2026-11-18T08:00:00Z', 30))).toBe('2026-11-18T09:30');
    expect(slot(booked('kickoff', 'planned', '2026-11-18T07:30:00Z', 60))).toBe('2026-11-18T09:30');
    expect(slot(booked('kickoff', 'off', '2026-11-18T07:30:00Z', 60))).toBe('2026-11-18T09:00');
    expect(
      slot(
        booked('internal-meeting', 'off', '2026-11-18T08:00:00Z', 30),
        booked('kickoff', 'planned', '2026-11-18T08:30:00Z', 60),
      ),
    ).toBe('2026-11-18T10:30');
  });

  it('falls back to those who decide when there is no common day', () => {
    const deciding = calendarOf(personAt(lena));
    const weekends = businessCalendar(
      { zone: 'Europe/Berlin', hours: { sat: { from: '10:00', to: '14:00' } } },
      () => new Map(),
    );
    const slot = meetingSlot({ at: '2026-11-20T15:00:00Z', minutes: 30, calendars: [deciding, weekends] });
    expect(slot).toEqual({ at: '2026-11-23T08:00:00Z', inHours: false });
  });

  it('is an hour with the customer, half an hour inside', () => {
    const record = handoffRecord();
    const at = '2026-11-17T09:00:00Z';
    expect(suggest(record, 'schedule-kickoff', at)['minutes']).toBe('60');
    expect(suggest(record, 'schedule-internal-meeting', at)['minutes']).toBe('30');
  });
});

describe('what is known already', () => {
  const record = handoffRecord({
    steps: [
      stepRecord('schedule-internal-meeting', {
        owner: anna,
        decided: { choice: 'scheduled', evidence: { meetingAt: '2026-11-18T09:00:00Z', minutes: 30 } },
      }),
    ],
  });

  it('is the time the meeting was planned for, once it has passed', () => {
    expect(suggest(record, 'hold-internal-meeting', '2026-11-18T10:00:00Z')['heldAt']).toBe('2026-11-18T10:00');
    expect(suggest(record, 'hold-internal-meeting', '2026-11-18T08:12:30Z')['heldAt']).toBe('2026-11-18T09:12');
  });

  it('is who to write to, and a mail that holds nothing internal', () => {
    const { recipients, text } = suggest(record, 'introduce-customer', '2026-11-18T10:00:00Z');
    expect(recipients).toBe('h.luehrs@nordwind-logistik.example\nm.aydin@nordwind-logistik.example');
    expect(text).toContain('Hi Henrike and Mehmet,');
    expect(text).toContain("I'm Lena Vogt, your customer success manager.");
    expect(text).not.toMatch(/discount|12 %|telematics|Leipzig depot|Winter peak/i);
  });

  it('is the line that was written for it, under the name of whoever wrote it', () => {
    const withLine = (by: string, personalLine: string) =>
      handoffRecord({
        steps: [
          stepRecord('schedule-internal-meeting', {
            owner: anna,
            decided: {
              by,
              choice: 'scheduled',
              evidence: { meetingAt: '2026-11-18T09:00:00Z', minutes: 30, personalLine },
            },
          }),
        ],
      });
    const text = (by: string, line = 'It was a pleasure.') =>
      suggest(withLine(by, line), 'introduce-customer', '2026-11-18T10:00:00Z')['text'];
    expect(text(anna)).toContain('A word from Anna:\nIt was a pleasure.');
    expect(text(klaus)).toContain('A word from Klaus Brandt:\nIt was a pleasure.');
    expect(text(klaus)).not.toContain('A word from Anna');
    expect(text(klaus, '')).not.toContain('A word from');
  });

  it('can be sent as it stands', () => {
    const at = '2026-11-25T08:00:00Z';
    const enterprise = handoffRecord({ sample: 'enterprise-across-zones' });
    for (const { id } of askSteps()) {
      const values = suggest(enterprise, id, at);
      const fields = askStep(enterprise.playbook, id)
        .choices.flatMap(({ evidence }) => evidence)
        .filter(({ name }) => values[name] !== undefined);
      expect(parseEvidence({ fields, form: values, zone: 'Europe/Berlin', at })).toHaveProperty('evidence');
    }
  });
});
