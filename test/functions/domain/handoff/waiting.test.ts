import { describe, expect, it } from 'vitest';
import type { Pause } from '../../../../functions/domain/handoff/step-record.ts';
import { pausedTimes, promiseOf, waitedBetween } from '../../../../functions/domain/handoff/waiting.ts';
import {
  calendarOf,
  handoffRecord,
  lena,
  personAt,
  type StepOverrides,
  stepRecord,
} from '../../../support/handoff-record.ts';

// Lena works Mon-Fri 9 to 17 in Berlin, which is UTC+1 in November.
const hour = 3_600_000;
const waited = (steps: Readonly<Record<string, StepOverrides>>, span: { from: string; to: string }): number =>
  waitedBetween(handoffRecord({ steps: Object.entries(steps).map(([id, overrides]) => stepRecord(id, overrides)) }), {
    ...span,
    calendar: calendarOf(personAt(lena)),
  }) / hour;

const pause = (from: string, until: string): Pause => ({ from, until, reason: 'They are traveling.', by: lena });
const week = { from: '2026-11-23T08:00:00Z', to: '2026-11-30T08:00:00Z' };

describe('waitedBetween', () => {
  it('counts working time only', () => {
    expect(
      waited(
        { a: { pauses: [pause('2026-11-27T15:00:00Z', '2026-11-30T09:00:00Z')] } },
        { from: week.from, to: '2026-12-01T08:00:00Z' },
      ),
    ).toBe(2);
  });

  it('counts once what several steps waited for at the same time', () => {
    const both = {
      a: { pauses: [pause('2026-11-23T09:00:00Z', '2026-11-23T12:00:00Z')] },
      b: {
        pauses: [
          pause('2026-11-23T11:00:00Z', '2026-11-23T13:00:00Z'),
          pause('2026-11-24T09:00:00Z', '2026-11-24T10:00:00Z'),
        ],
      },
    };
    expect(waited(both, week)).toBe(5);
  });

  it('leaves out what lies before the one moment and after the other', () => {
    const steps = { a: { pauses: [pause('2026-11-23T08:00:00Z', '2026-11-24T16:00:00Z')] } };
    expect(waited(steps, { from: '2026-11-23T14:00:00Z', to: '2026-11-24T09:00:00Z' })).toBe(3);
    expect(waited(steps, { from: '2026-11-25T08:00:00Z', to: '2026-11-26T08:00:00Z' })).toBe(0);
  });

  it('ends a pause with the decision of its step, in earlier rounds too', () => {
    const pauses = [pause('2026-11-23T09:00:00Z', '2026-11-27T09:00:00Z')];
    expect(waited({ a: { pauses, decided: { choice: 'done', at: '2026-11-23T11:00:00Z' } } }, week)).toBe(2);
    const { earlier: _, ...first } = stepRecord('a', {
      pauses,
      decided: { choice: 'changes', at: '2026-11-23T10:00:00Z' },
    });
    expect(waited({ a: { round: 2, earlier: [first] } }, week)).toBe(1);
  });
});

describe('what is said of a time that was moved by waiting', () => {
  const calendar = calendarOf(personAt(lena));
  const wait = pause('2026-11-24T10:00:00Z', '2026-11-26T08:00:00Z');
  const asked = stepRecord('schedule-kickoff', {
    askedAt: '2026-11-23T09:00:00Z',
    dueAt: '2026-11-25T16:00:00Z',
    promisedAt: '2026-11-25T16:00:00Z',
    because:
      'due Wed, Nov 25, 5 PM Berlin time: close of business, 3 business days after Fri, Nov 20, 4 PM (closed won)',
    promise:
      'promised Wed, Nov 25, 5 PM Berlin time: close of business, 3 business days after Fri, Nov 20, 4 PM (closed won)',
  });

  it('begins with the time that it is now, for the step that waits', () => {
    const record = handoffRecord({ steps: [asked] });
    const times = pausedTimes(record, asked, { pause: wait, standing: undefined, calendar });
    expect(times).toMatchObject({ dueAt: '2026-11-27T14:00:00Z', promisedAt: '2026-11-27T14:00:00Z' });
    const counted =
      'close of business, 3 business days after Fri, Nov 20, 4 PM (closed won), moved on by 14 hours of waiting for the customer';
    expect(times.because).toBe(`due Fri, Nov 27, 3 PM Berlin time: ${counted}`);
    expect(times.promise).toBe(`promised Fri, Nov 27, 3 PM Berlin time: ${counted}`);
  });

  it('says once how long all of the waiting was', () => {
    const first = {
      ...asked,
      ...pausedTimes(handoffRecord({ steps: [asked] }), asked, { pause: wait, standing: undefined, calendar }),
    };
    const longer = { ...wait, until: '2026-11-27T08:00:00Z' };
    const record = handoffRecord({ steps: [first] });
    const times = pausedTimes(record, first, { pause: longer, standing: wait, calendar });
    expect(times.pauses).toEqual([longer]);
    expect(times.because).toMatch(
      /^due Mon, Nov 30, 3 PM Berlin time: .*\(closed won\), moved on by 22 hours of waiting for the customer$/,
    );
    const again = pause('2026-11-27T09:00:00Z', '2026-11-30T08:00:00Z');
    const twice = { ...first, ...times };
    expect(
      pausedTimes(handoffRecord({ steps: [twice] }), twice, { pause: again, standing: undefined, calendar }).because,
    ).toMatch(
      /^due Tue, Dec 1, 2 PM Berlin time: [^:]*\(closed won\), moved on by 29 hours of waiting for the customer$/,
    );
  });

  it('begins with the time that it is now, for the steps that follow', () => {
    const record = handoffRecord({
      steps: [
        {
          ...asked,
          pauses: [wait],
          decision: { choice: 'scheduled', by: lena, as: 'owner', at: wait.until, evidence: {} },
        },
      ],
    });
    const promise = promiseOf(record, {
      within: '5 business days',
      anchor: '2026-11-20T15:00:00Z',
      anchorName: 'closed won',
      calendar,
      askedAt: '2026-11-26T09:00:00Z',
    });
    expect(promise.at).toBe('2026-12-01T14:00:00Z');
    expect(promise.because).toBe(
      'due Tue, Dec 1, 3 PM Berlin time: close of business, 5 business days after Fri, Nov 20, 4 PM (closed won), weekend skipped, moved on by 14 hours of waiting for the customer',
    );
  });
});
