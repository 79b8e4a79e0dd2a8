import { describe, expect, it } from 'vitest';
import { anchorsOf } from '../../../../functions/domain/handoff/anchors.ts';
import { handoffRecord, stepRecord } from '../../../support/handoff-record.ts';

describe('the moments of a handoff', () => {
  const { closedWonAt } = handoffRecord().deal;

  it('are closed won and, with a complete package, package ready at the start', () => {
    const record = handoffRecord();
    expect(anchorsOf(record)).toEqual({ closedWon: closedWonAt, packageReady: record.state.startedAt });
    expect(anchorsOf(handoffRecord({ state: { packageComplete: false } }))).toEqual({ closedWon: closedWonAt });
  });

  it('are when it was held, if the evidence says so, else when it was decided', () => {
    const record = handoffRecord({
      steps: [
        stepRecord('hold-kickoff', {
          decided: { choice: 'held', at: '2026-11-26T12:00:00Z', evidence: { heldAt: '2026-11-25T09:00:00Z' } },
        }),
        stepRecord('introduce-customer', { decided: { choice: 'approved', at: '2026-11-24T15:00:00Z' } }),
        stepRecord('confirm-handoff'),
      ],
    });
    expect(anchorsOf(record)).toMatchObject({
      kickoffHeld: '2026-11-25T09:00:00Z',
      introductionSent: '2026-11-24T15:00:00Z',
    });
    expect(anchorsOf(record)).not.toHaveProperty('handoffConfirmed');
  });

  it('begin again with a package that came back', () => {
    const record = handoffRecord({
      state: { packageComplete: false },
      steps: [stepRecord('complete-package', { decided: { choice: 'complete', at: '2026-11-24T10:00:00Z' } })],
    });
    expect(anchorsOf(record).packageReady).toBe('2026-11-24T10:00:00Z');
  });

  it('know the renewal from the contract', () => {
    expect(anchorsOf(handoffRecord(), '2027-11-20').renewalDate).toBe('2027-11-20T00:00:00Z');
  });

  it('count a skipped step from when it was skipped, so that what follows is due at some time', () => {
    const skipped = stepRecord('hold-kickoff', { decided: { choice: 'skipped', at: '2026-11-27T10:00:00Z' } });
    expect(anchorsOf(handoffRecord({ steps: [skipped] })).kickoffHeld).toBe('2026-11-27T10:00:00Z');
  });
});
