import { describe, expect, it } from 'vitest';
import {
  anchorsOf,
  askedStep,
  type HandoffStatus,
  holderOf,
  isClosed,
  isLate,
} from '../../../../functions/domain/handoff/handoff.ts';
import { anna, daniel, handoffRecord, klaus, lena, stepRecord } from '../../../support/handoff-record.ts';

const { customerSuccessManager: _, ...withoutManager } = handoffRecord().state.people;
const assign = 'assign-customer-success-manager';

describe('who holds a role', () => {
  it('is in the record', () => {
    expect(holderOf(handoffRecord(), 'accountExecutive')).toBe(anna);
    expect(holderOf(handoffRecord(), 'salesManager')).toBe(klaus);
    expect(holderOf(handoffRecord(), 'customerSuccessManager')).toBe(lena);
  });

  it('is, for the customer success manager, also in what revenue operations decided', () => {
    const open = handoffRecord({ state: { people: withoutManager }, steps: [stepRecord(assign)] });
    expect(holderOf(open, 'customerSuccessManager')).toBeUndefined();
    const decided = stepRecord(assign, {
      decided: { choice: 'assigned', evidence: { customerSuccessManager: daniel } },
    });
    expect(
      holderOf(handoffRecord({ state: { people: withoutManager }, steps: [decided] }), 'customerSuccessManager'),
    ).toBe(daniel);
  });

  it('is what the record says once it says something else', () => {
    const decided = stepRecord(assign, {
      decided: { choice: 'assigned', evidence: { customerSuccessManager: daniel } },
    });
    expect(holderOf(handoffRecord({ steps: [decided] }), 'customerSuccessManager')).toBe(lena);
  });
});

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

describe('a handoff', () => {
  it.each<[HandoffStatus, boolean]>([
    ['open', false],
    ['stalled', false],
    ['complete', true],
    ['cancelled', true],
    ['abandoned', true],
  ])('that is %s needs no more work: %s', (status, closed) => {
    expect(isClosed(status)).toBe(closed);
  });

  it('finds the rule of a step that was asked', () => {
    const record = handoffRecord({ steps: [stepRecord('hold-kickoff')] });
    expect(askedStep(record, 'hold-kickoff')).toMatchObject({
      rule: { title: 'Hold the kickoff' },
      asked: { owner: lena },
    });
    expect(askedStep(record, 'confirm-handoff')).toBeUndefined();
  });

  it('is late on a step decided after its due time, to the second', () => {
    const decided = (at: string) => stepRecord('hold-kickoff', { decided: { choice: 'held', at } });
    expect(isLate(decided('2026-11-23T15:00:00Z'))).toBe(false);
    expect(isLate(decided('2026-11-23T15:00:01Z'))).toBe(true);
    expect(isLate(stepRecord('hold-kickoff'))).toBe(false);
  });
});
