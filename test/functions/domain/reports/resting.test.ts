import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExceptionRequest } from '../../../../functions/domain/handoff/exception-request.ts';
import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import { openWorkList } from '../../../../functions/domain/reports/open-work-list.ts';
import { overdueDigest } from '../../../../functions/domain/reports/overdue-digest.ts';
import { measuredOf } from '../../../../functions/domain/reports/row-of.ts';
import { heldUpAt, overdueRounds } from '../../../../functions/domain/reports/steps.ts';
import { anna, handoffRecord, lena, ruth, type StepOverrides, stepRecord } from '../../../support/handoff-record.ts';

// Due on Mon, Nov 23, 15:00 UTC.
const [friday, monday, tuesday, wednesday, thursday, later] = [
  '2026-11-20T15:00:00Z',
  '2026-11-23T12:00:00Z',
  '2026-11-24T15:00:00Z',
  '2026-11-25T15:00:00Z',
  '2026-11-26T15:00:00Z',
  '2026-12-03T15:00:00Z',
];

const at = (epoch: number) => new Date(epoch).toISOString();

const asked = (when: string, more: Partial<ExceptionRequest> = {}): ExceptionRequest => ({
  ...{ by: lena, at: when, reason: 'x', paths: [], reviewer: ruth, askedAt: when, because: '' },
  dueAt: later,
  ...more,
});
const answered = (when: string, answeredAt: string, granted = false) =>
  asked(when, {
    answer: { by: ruth, at: answeredAt, reason: 'y', fields: [{ path: 'contract.termMonths', granted }] },
  });
const paused = (from: string, until: string) => ({ from, until, reason: 'x', by: lena });

function handoff(step: StepOverrides, state: Partial<HandoffRecord['state']> = {}): HandoffRecord {
  return handoffRecord({ state: { startedAt: friday, ...state }, steps: [stepRecord('review-brief', step)] });
}

const rowOf = (record: HandoffRecord, now: string) =>
  measuredOf(record, { facts: [], idOf: (email) => email, teamOf: () => undefined, at: now });

/** What the digest calls overdue at that moment: the steps alone. */
function inDigest(record: HandoffRecord, now: string): readonly string[] {
  const open = openWorkList([record], { owners: new Set([lena, anna, ruth]), at: now });
  const steps = overdueDigest(open, { at: now })?.steps ?? [];
  return steps.filter(({ kind }) => kind === 'step').map(({ step }) => step);
}

const decision = (since: string) => ({ for: 'decision', since });
const customer = (since: string, until: string) => ({ for: 'customer', since, until });

describe('A step of which nothing is due from its owner', () => {
  it.each<[string, StepOverrides, object]>([
    ['nothing was asked', {}, { timeliness: 'late', daysLate: 3 }],
    [
      'an exception was asked for in time',
      { exceptions: [asked(monday)] },
      { timeliness: 'open', rests: decision(monday) },
    ],
    [
      'an exception was asked for a day late',
      { exceptions: [asked(tuesday)] },
      { timeliness: 'late', daysLate: 1, rests: decision(tuesday) },
    ],
    [
      'it was declined, and time was given',
      { exceptions: [answered(monday, tuesday)], dueAt: later },
      { timeliness: 'open' },
    ],
    [
      'it was declined, and the time is over',
      { exceptions: [answered(monday, tuesday)], dueAt: wednesday },
      { timeliness: 'late', daysLate: 1 },
    ],
    [
      'some was granted, the rest declined',
      { exceptions: [answered(monday, tuesday, true)], dueAt: wednesday },
      { timeliness: 'late', daysLate: 1 },
    ],
    [
      'it was asked for twice',
      { exceptions: [answered(monday, tuesday), asked(wednesday)], dueAt: tuesday },
      { timeliness: 'late', daysLate: 1, rests: decision(wednesday) },
    ],
    [
      'it is paused since before it was due',
      { pauses: [paused(monday, later)], dueAt: '2026-12-04T15:00:00Z' },
      { timeliness: 'open', rests: customer(monday, later) },
    ],
    [
      'it is paused since it was a day late',
      { pauses: [paused(tuesday, later)] },
      { timeliness: 'late', daysLate: 1, rests: customer(tuesday, later) },
    ],
    [
      'the time it was due came in the pause, as no working time was left',
      { pauses: [paused(monday, later)] },
      { timeliness: 'late', daysLate: 0, rests: customer(monday, later) },
    ],
    ['a pause is over', { pauses: [paused(tuesday, wednesday)] }, { timeliness: 'late', daysLate: 3 }],
    ['a pause ends now', { pauses: [paused(tuesday, thursday)] }, { timeliness: 'late', daysLate: 3 }],
    ['a pause is to begin', { pauses: [paused(later, '2026-12-09T15:00:00Z')] }, { timeliness: 'late', daysLate: 3 }],
    [
      'an exception was asked for in a pause that lasts',
      { pauses: [paused(tuesday, later)], exceptions: [asked(wednesday)] },
      { timeliness: 'late', daysLate: 1, rests: decision(wednesday) },
    ],
    [
      'an exception was asked for in a pause that is over',
      { pauses: [paused(tuesday, '2026-11-26T12:00:00Z')], exceptions: [asked(wednesday)] },
      { timeliness: 'late', daysLate: 1, rests: decision(wednesday) },
    ],
    [
      'it was paused when an exception had been declined',
      { pauses: [paused(wednesday, later)], exceptions: [answered(monday, tuesday)] },
      { timeliness: 'late', daysLate: 2, rests: customer(wednesday, later) },
    ],
  ])('waits for somebody else, and grows no later: %s', (_, step, expected) => {
    const record = handoff(step);
    const row = rowOf(record, thursday);
    const { timeliness, daysLate, rests } = row.rounds[0] ?? {};
    expect({ timeliness, daysLate, rests }).toEqual({ daysLate: undefined, rests: undefined, ...expected });
    const overdue = 'rests' in expected || timeliness === 'open' ? [] : ['review-brief'];
    expect(overdueRounds([row]).map(({ round }) => round.step)).toEqual(overdue);
    expect(inDigest(record, thursday)).toEqual(overdue);
    expect(heldUpAt(row)?.step).toBe('rests' in expected || overdue.length > 0 ? 'review-brief' : undefined);
  });

  it('is none once it is decided, whole exceptions among it, and none in a handoff that has ended', () => {
    const exceptions = [answered(tuesday, wednesday, true)];
    const granted = rowOf(handoff({ exceptions, decided: { choice: 'accept', at: wednesday } }), thursday);
    expect(granted.rounds).toEqual([]);
    const ended = handoff({ exceptions: [asked(tuesday)] }, { status: 'cancelled', endedAt: wednesday });
    const [round] = rowOf(ended, thursday).rounds;
    expect(round).toMatchObject({ timeliness: 'late', daysLate: 1 });
    expect(round).not.toHaveProperty('rests');
    expect(overdueRounds([rowOf(ended, thursday)])).toEqual([]);
  });

  it('is overdue on pages exactly when it is in the digest, whatever was asked for and paused', () => {
    const start = Date.parse(friday);
    const hour = fc.integer({ min: 1, max: 300 });
    const anyPause = fc.tuple(hour, hour).map(([from, long]) => {
      const begins = start + from * 3_600_000;
      return paused(at(begins), at(begins + long * 3_600_000));
    });
    const anyRequest = fc.tuple(hour, fc.option(hour, { nil: undefined })).map(([from, after]) => {
      const when = start + from * 3_600_000;
      return after === undefined ? asked(at(when)) : answered(at(when), at(when + after * 3_600_000));
    });
    const happened = fc.record({
      dueAt: hour.map((after) => at(start + after * 3_600_000)),
      pauses: fc.array(anyPause, { maxLength: 2 }),
      exceptions: fc.array(anyRequest, { maxLength: 2 }),
    });
    fc.assert(
      fc.property(happened, hour, (step, after) => {
        const now = at(start + after * 3_600_000 + 1);
        const record = handoff(step);
        const row = rowOf(record, now);
        expect(overdueRounds([row]).map(({ round }) => round.step)).toEqual(inDigest(record, now));
        const [round] = row.rounds;
        expect(round?.rests === undefined || heldUpAt(row) === round).toBe(true);
        expect(round?.daysLate ?? 0).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 500 },
    );
  });
});
