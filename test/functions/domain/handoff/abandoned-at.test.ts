import { describe, expect, it } from 'vitest';
import { abandonedAt } from '../../../../functions/domain/handoff/asking.ts';
import type { StepRecord } from '../../../../functions/domain/handoff/step-record.ts';
import { calendarOf, handoffRecord, lena, people, stepRecord } from '../../../support/handoff-record.ts';

/** When a handoff that was won then is given up over a step that Lena owns. */
function wonAt(closedWonAt: string, steps: readonly StepRecord[] = []): string {
  const record = handoffRecord({ steps });
  const step = { step: 'rate-handoff', owner: lena };
  return abandonedAt({ ...record, deal: { ...record.deal, closedWonAt } }, step, { people, calendarOf });
}

describe('the end of a handoff over a step that is still open', () => {
  it('is counted in calendar days from closed won, by the local clock', () => {
    expect(handoffRecord().playbook.abandonAfter).toBe('350 days');
    // The second one in summer time, as its end.
    expect(wonAt('2026-11-17T08:30:00Z')).toBe('2027-11-02T08:30:00Z');
    expect(wonAt('2026-05-12T07:30:00Z')).toBe('2027-04-27T07:30:00Z');
  });

  it('comes at the next working moment where the days end on one that is free', () => {
    // Fifty weeks after a Saturday is one; she works again on Monday.
    expect(wonAt('2026-11-21T10:00:00Z')).toMatch(/^2027-11-08T/);
  });

  it('does not wait for the last answer: a step that was asked the day before changes nothing', () => {
    const asked = stepRecord('hold-kickoff', { askedAt: '2027-11-01T09:00:00Z' });
    const answered = stepRecord('schedule-kickoff', {
      askedAt: '2027-10-01T09:00:00Z',
      decided: { choice: 'scheduled', at: '2027-11-01T09:00:00Z' },
    });
    expect(wonAt('2026-11-17T08:30:00Z', [answered, asked])).toBe(wonAt('2026-11-17T08:30:00Z'));
  });
});
