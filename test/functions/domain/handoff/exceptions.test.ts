import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resumedTimes } from '../../../../functions/domain/handoff/exceptions.ts';
import { askStep } from '../../../../functions/domain/playbook/playbook.ts';
import { addWorkingTime, type Instant, isWorkingMoment } from '../../../../functions/domain/time/calendar.ts';
import { anna, calendarOf, handoffRecord, personAt, ruth, stepRecord } from '../../../support/handoff-record.ts';
import { full } from '../../../support/playbooks/full.ts';

const step = 'complete-package';
const calendar = calendarOf(personAt(anna));
const record = handoffRecord();
const rule = { ...askStep(full, step), atLeast: 4 };

/** Asked at `from`, due and promised at `dueAt`, and declined at `at`. */
function resumed({ from, at, dueAt }: Record<'from' | 'at' | 'dueAt', Instant>) {
  const asked = stepRecord(step, {
    owner: anna,
    dueAt,
    promisedAt: dueAt,
    because: 'due then',
    exceptions: [
      {
        ...{ by: anna, at: from, reason: 'Their CFO is away.', paths: ['contract.scope'], reviewer: ruth },
        ...{ askedAt: from, dueAt: '2026-12-01T08:00:00Z', because: 'due then' },
      },
    ],
  });
  return resumedTimes({ record, rule, asked, at }, calendar);
}

describe('a step that goes on once its exception is declined', () => {
  it('is due when it was promised, where both fall into one night', () => {
    // In Berlin: asked for on Sunday evening, declined on Monday at 7, due on Tuesday as soon as anybody works.
    const dueAt = '2026-11-24T08:00:00Z';
    expect(resumed({ from: '2026-11-22T18:00:00Z', at: '2026-11-23T06:00:00Z', dueAt })).toEqual({
      askedAt: '2026-11-23T08:00:00Z',
      dueAt,
      because: 'due then',
    });
  });

  it('has the working time that was left, and never less than everybody has', () => {
    const declined = { from: '2026-11-23T14:00:00Z', at: '2026-11-25T09:00:00Z' };
    expect(resumed({ ...declined, dueAt: '2026-11-24T13:00:00Z' })).toMatchObject({
      dueAt: '2026-11-25T16:00:00Z',
      because: expect.stringContaining('what was left when the exception was asked for'),
    });
    expect(resumed({ ...declined, dueAt: '2026-11-23T15:00:00Z' })).toMatchObject({
      dueAt: '2026-11-25T13:00:00Z',
      because: expect.stringContaining('the least everybody has'),
    });
  });

  it('is never due before it was, nor before everybody has had their time', () => {
    const start = Date.parse('2026-11-20T00:00:00Z');
    // By the half hour: promises end with working days, and begin with them.
    const halfHours = (days: number) => fc.integer({ min: 0, max: days * 48 });
    fc.assert(
      fc.property(halfHours(7), halfHours(2), halfHours(7), (asking, deciding, due) => {
        const moment = (halfHour: number) => new Date(start + halfHour * 1_800_000).toISOString();
        const dueAt = moment(due);
        fc.pre(isWorkingMoment(dueAt, calendar));
        const times = resumed({ from: moment(asking), at: moment(asking + deciding), dueAt });
        expect(Date.parse(times.dueAt)).toBeGreaterThanOrEqual(Date.parse(dueAt));
        expect(Date.parse(times.dueAt)).toBeGreaterThanOrEqual(
          Date.parse(addWorkingTime(times.askedAt, 4 * 3_600_000, calendar)),
        );
      }),
      { numRuns: 1000 },
    );
  });
});
