import { describe, expect, it } from 'vitest';
import type { Pause } from '../../../../functions/domain/handoff/handoff.ts';
import { waitedBetween } from '../../../../functions/domain/handoff/waiting.ts';
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
