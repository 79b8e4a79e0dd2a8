import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Handing } from '../../../../functions/domain/handoff/handing.ts';
import { handedOver } from '../../../../functions/domain/handoff/handing-over.ts';
import { officeCalendars } from '../../../../functions/domain/people/absence.ts';
import {
  addWorkingTime,
  type Instant,
  isWorkingMoment,
  workingTimeBetween,
} from '../../../../functions/domain/time/calendar.ts';
import {
  calendarOf,
  daniel,
  handoffRecord,
  lena,
  people,
  personAt,
  type StepOverrides,
  stepRecord,
} from '../../../support/handoff-record.ts';

const step = 'hold-kickoff';
const hour = 3_600_000;
const office = officeCalendars(calendarOf);

function handOver(of: { to: string; at: Instant; overrides?: StepOverrides; handed?: Partial<Handing> }) {
  const asked = stepRecord(step, of.overrides);
  const record = handoffRecord({ steps: [asked] });
  const handed: Handing = { from: asked.owner, by: lena, at: of.at, why: 'asked', ...of.handed };
  const change = handedOver({ record, step: asked, to: personAt(of.to), handed, people, calendarOf });
  return { asked, change, atLeast: (record.playbook.atLeast ?? 0) * hour };
}

describe('a step that goes to somebody else', () => {
  it('is promised anew in their calendar, and is asked of them when they work', () => {
    const { change } = handOver({ to: 'marcus.reed@example.com', at: '2026-11-20T16:00:00Z' });
    expect(change).toMatchObject({ owner: 'marcus.reed@example.com', openedAt: '2026-11-20T15:00:00Z' });
    expect(change.promise).toContain('New York time');
  });

  it('keeps the promise that was made, where somebody only stands in', () => {
    const overrides = { promisedAt: '2026-11-23T15:00:00Z', promise: 'promised Mon, Nov 23, 4 PM Berlin time' };
    const { change } = handOver({ to: daniel, at: '2026-11-20T15:30:00Z', overrides, handed: { why: 'away' } });
    expect(change).toMatchObject(overrides);
  });

  it('leaves what was left when it was overdue by then, and the least everybody has', () => {
    const { change } = handOver({ to: daniel, at: '2026-11-27T10:00:00Z', handed: { why: 'away' } });
    expect(change.dueAt).toBe('2026-11-27T14:00:00Z');
    expect(change.because).toContain('4 working hours');
  });

  it('keeps a pause, and what was left behind it', () => {
    const pauses = [{ from: '2026-11-20T15:10:00Z', until: '2026-11-26T08:00:00Z', reason: 'Fair', by: lena }];
    const overrides = { pauses, dueAt: '2026-11-27T16:00:00Z' };
    const { change } = handOver({ to: daniel, at: '2026-11-23T10:00:00Z', overrides, handed: { why: 'away' } });
    // Sixteen working hours from Thursday morning on.
    expect(change.dueAt).toBe('2026-11-27T16:00:00Z');
  });
});

describe('a step that is asked again later', () => {
  const asksAgain = { askedAt: '2026-12-04T09:00:00Z', dueAt: '2026-12-11T16:00:00Z', round: 2 };

  it('is not asked for sooner, because it goes to somebody else before', () => {
    const { change } = handOver({
      to: daniel,
      at: '2026-11-23T10:00:00Z',
      overrides: asksAgain,
      handed: { why: 'back' },
    });
    expect(change.askedAt).toBe('2026-12-04T09:00:00Z');
    expect(Date.parse(change.dueAt)).toBeGreaterThanOrEqual(Date.parse(asksAgain.dueAt));
  });

  it('is asked for at once when its owner would have been asked in the morning', () => {
    const overnight = { ...asksAgain, askedAt: '2026-11-24T08:00:00Z' };
    const { change } = handOver({ to: 'marcus.reed@example.com', at: '2026-11-23T18:00:00Z', overrides: overnight });
    expect(change.askedAt).toBe('2026-11-23T18:00:00Z');
  });
});

describe('whoever hands over, to whom and when', () => {
  const colleagues = [lena, daniel, 'marcus.reed@example.com', 'chloe.nguyen@example.com', 'priya.nair@example.com'];
  const moment = (from: string, hours: number) =>
    fc.integer({ min: 0, max: hours }).map((h) => new Date(Date.parse(from) + h * hour).toISOString());
  const handings = fc.record({
    owner: fc.constantFrom(...colleagues),
    to: fc.constantFrom(...colleagues),
    askedAt: moment('2026-11-18T08:00:00Z', 24),
    left: fc.integer({ min: 0, max: 40 }),
    at: moment('2026-11-19T08:00:00Z', 24 * 30),
    pause: fc.option(moment('2026-11-19T09:00:00Z', 24 * 40), { nil: undefined }),
    why: fc.constantFrom<Handing['why']>('asked', 'away', 'left', 'back'),
  });

  it('due is never past, never outside working time, never before what everybody has, and nothing left is lost', () => {
    fc.assert(
      fc.property(handings, ({ owner, to, askedAt, left, at, pause, why }) => {
        const calendar = office(personAt(owner));
        const pauses = pause ? [{ from: askedAt, until: pause, reason: 'Fair', by: owner }] : [];
        const dueAt = addWorkingTime(pause ?? askedAt, left * hour, calendar);
        const overrides = { owner, askedAt, dueAt, pauses };
        const { change, atLeast } = handOver({ to, at, overrides, handed: { why } });
        const theirs = office(personAt(to));
        const resumed = pause && Date.parse(at) < Date.parse(pause) ? pause : at;
        const after = workingTimeBetween(resumed, change.dueAt, theirs);
        expect(Date.parse(change.askedAt)).toBeGreaterThanOrEqual(Date.parse(at));
        expect(isWorkingMoment(change.dueAt, theirs)).toBe(true);
        expect(after).toBeGreaterThanOrEqual(atLeast);
        expect(after).toBeGreaterThanOrEqual(workingTimeBetween(resumed, dueAt, calendar));
      }),
      { numRuns: 200 },
    );
  });
});
