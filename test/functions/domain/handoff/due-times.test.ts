import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atLeastOf, dueTimes } from '../../../../functions/domain/handoff/due-times.ts';
import {
  addWorkingTime,
  businessCalendar,
  isWorkingMoment,
  nextWorkingMoment,
} from '../../../../functions/domain/time/calendar.ts';
import { dueAfter, type Within } from '../../../../functions/domain/time/due.ts';

const hours = { from: '09:00', to: '17:00' };
const berlin = businessCalendar(
  { zone: 'Europe/Berlin', hours: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours } },
  () => new Map(),
);
const promise = (within: Within) =>
  dueAfter({ within, anchor: '2026-11-17T08:30:00Z', anchorName: 'closed won', calendar: berlin });

describe('promised and due', () => {
  it('are the same while there is time enough', () => {
    const times = dueTimes(promise('24 hours'), {
      askedAt: '2026-11-17T08:30:00Z',
      atLeast: 4,
      calendar: berlin,
    });
    expect(times.dueAt).toBe(times.promisedAt);
    expect(times.because).toBe('due Wed, Nov 18, 9:30 AM Berlin time: 24 h after Tue, Nov 17, 9:30 AM (closed won)');
    expect(times.promise).toBe(
      'promised Wed, Nov 18, 9:30 AM Berlin time: 24 h after Tue, Nov 17, 9:30 AM (closed won)',
    );
  });

  it('give whoever is asked at some second the hours they have at least, to the next whole minute', () => {
    const askedAt = '2026-11-18T08:30:00.250Z';
    expect(dueTimes(promise('24 hours'), { askedAt, atLeast: 4, calendar: berlin })).toMatchObject({
      promisedAt: '2026-11-18T08:30:00Z',
      dueAt: '2026-11-18T12:31:00Z',
    });
  });

  it('part where the ask comes too late: nobody is overdue when asked', () => {
    const times = dueTimes(promise('24 hours'), { askedAt: '2026-11-20T14:30:00Z', atLeast: 4, calendar: berlin });
    expect(times).toEqual({
      promisedAt: '2026-11-18T08:30:00Z',
      promise: 'promised Wed, Nov 18, 9:30 AM Berlin time: 24 h after Tue, Nov 17, 9:30 AM (closed won)',
      dueAt: '2026-11-23T10:30:00Z',
      because:
        'due Mon, Nov 23, 11:30 AM Berlin time: 4 working hours after Fri, Nov 20, 3:30 PM (asked), weekend skipped',
    });
  });

  it('hold the owner to the promise where no least time was frozen', () => {
    const times = dueTimes(promise('24 hours'), { askedAt: '2026-11-20T14:30:00Z', atLeast: 0, calendar: berlin });
    expect(times.dueAt).toBe('2026-11-18T08:30:00Z');
  });

  it('never leave less than the least time, and end in working time', () => {
    const spans: readonly Within[] = ['same day', '4 hours', '24 hours', '3 business days', '14 days'];
    fc.assert(
      fc.property(
        fc.constantFrom(...spans),
        fc.integer({ min: 0, max: 60 * 24 * 60 }),
        fc.constantFrom(0.5, 1, 4, 12),
        (within, minutes, atLeast) => {
          const at = new Date(Date.parse('2026-11-17T08:30:00Z') + minutes * 60_000).toISOString();
          const askedAt = nextWorkingMoment(at, berlin);
          const { dueAt, promisedAt } = dueTimes(promise(within), { askedAt, atLeast, calendar: berlin });
          const least = addWorkingTime(askedAt, atLeast * 3_600_000, berlin);
          expect(Date.parse(dueAt)).toBeGreaterThanOrEqual(Date.parse(least));
          expect(Date.parse(dueAt)).toBeGreaterThanOrEqual(Date.parse(promisedAt));
          expect(isWorkingMoment(dueAt, berlin)).toBe(true);
        },
      ),
    );
  });

  it('take the least time of the step before that of the playbook', () => {
    expect(atLeastOf({ atLeast: 4 }, {})).toBe(4);
    expect(atLeastOf({ atLeast: 4 }, { atLeast: 1 })).toBe(1);
    expect(atLeastOf({}, {})).toBe(0);
  });
});
