import { describe, expect, it } from 'vitest';
import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import { measuresOf } from '../../../../functions/domain/handoff/measures.ts';
import { handoffRecord, lena, type StepOverrides, stepRecord } from '../../../support/handoff-record.ts';

/** A handoff won on Fri 20 Nov 2026, 15:00 UTC, with these steps. */
function handoff(steps: Readonly<Record<string, StepOverrides>>, state: Partial<HandoffRecord['state']> = {}) {
  const record = handoffRecord({
    state: { startedAt: '2026-11-20T15:00:00Z', ...state },
    steps: Object.entries(steps).map(([id, overrides]) => stepRecord(id, overrides)),
  });
  return { ...record, deal: { ...record.deal, closedWonAt: '2026-11-20T15:00:00Z' } };
}

const inTime = '2026-11-23T14:00:00Z';
const late = '2026-11-24T15:00:00Z';

describe('the measures of a handoff', () => {
  it('are few at its start', () => {
    expect(measuresOf(handoff({}, { packageComplete: false, packagePercent: 62 }))).toEqual({
      packagePercent: 62,
      completeness: 100,
      steps: { asked: 0, done: 0, onTime: 0 },
      lateSteps: [],
      reachedOwnerLate: [],
      returns: 0,
      exceptions: 0,
      daysWaitingForCustomer: 0,
      success: {},
    });
  });

  it('count days from the signature, to two decimals (S3, S4)', () => {
    const measures = measuresOf(
      handoff({
        'complete-package': { decided: { choice: 'complete', at: '2026-11-21T15:00:00Z' } },
        'hold-internal-meeting': {
          decided: { choice: 'held', at: late, evidence: { heldAt: '2026-11-22T03:00:00Z' } },
        },
        'introduce-customer': { decided: { choice: 'approved', at: '2026-11-23T15:00:00Z' } },
        'hold-kickoff': { decided: { choice: 'held', at: late, evidence: { heldAt: '2026-11-24T23:00:00Z' } } },
        'confirm-handoff': { decided: { choice: 'confirmed', at: '2026-11-27T16:00:00Z' } },
        'record-first-value': {
          decided: { choice: 'reached', evidence: { heldAt: '2026-12-20T15:00:00Z', onboardingComplete: true } },
        },
      }),
    );
    expect(measures).toMatchObject({
      daysToPackageReady: 1,
      daysToInternalMeeting: 1.5,
      daysToIntroduction: 3,
      daysToKickoff: 4.33,
      daysToCompletion: 7.04,
      daysToFirstValue: 30,
      onboardingComplete: true,
    });
  });

  it('count what was asked, done and done on time', () => {
    const measures = measuresOf(
      handoff({
        'schedule-internal-meeting': { decided: { choice: 'scheduled', at: inTime } },
        'hold-internal-meeting': { decided: { choice: 'held', at: late } },
        'introduce-customer': { decided: { choice: 'skipped', at: inTime } },
        'give-feedback': { decided: { choice: 'unanswered', at: late, by: 'system' } },
        'hold-kickoff': {},
      }),
    );
    expect(measures.steps).toEqual({ asked: 5, done: 2, onTime: 1 });
    expect(measures.lateSteps).toEqual(['hold-internal-meeting', 'give-feedback']);
  });

  it('tell apart what was late before it reached its owner', () => {
    const measures = measuresOf(
      handoff({
        'hold-kickoff': { askedAt: '2026-11-23T15:00:00Z', decided: { choice: 'held', at: late } },
        'align-success-plan': { decided: { choice: 'aligned', at: late } },
      }),
    );
    expect(measures.lateSteps).toEqual(['hold-kickoff', 'align-success-plan']);
    expect(measures.reachedOwnerLate).toEqual(['hold-kickoff']);
  });

  it('leave out what nobody had to do', () => {
    const measures = measuresOf(handoff({ 'share-remarks': { decided: { choice: 'shared', at: late } } }));
    expect(measures.steps.asked).toBe(0);
    expect(measures.lateSteps).toEqual([]);
  });

  const returned = {
    round: 1,
    owner: lena,
    because: 'due then',
    askedAt: '2026-11-20T15:00:00Z',
    dueAt: '2026-11-21T15:00:00Z',
    decision: { choice: 'return', by: lena, as: 'owner', at: inTime, evidence: { gaps: 'Who decides?' } },
  } as const;

  it('count every round: a return is done, and may be late', () => {
    const measures = measuresOf(
      handoff({ 'review-brief': { round: 2, earlier: [returned], decided: { choice: 'accept', at: inTime } } }),
    );
    expect(measures).toMatchObject({
      returns: 1,
      steps: { asked: 2, done: 2, onTime: 1 },
      lateSteps: ['review-brief'],
      success: { acknowledged: true },
    });
  });

  it('do not take a round for done because a later one is', () => {
    const { decision: _, ...undecided } = returned;
    const measures = measuresOf(
      handoff({ 'review-brief': { round: 2, earlier: [undecided], decided: { choice: 'accept', at: inTime } } }),
    );
    expect(measures.steps).toEqual({ asked: 2, done: 1, onTime: 1 });
  });

  it('count exceptions', () => {
    const step = {
      decided: { choice: 'grant-exception', at: inTime, evidence: { reason: 'The customer decides in May.' } },
    };
    expect(measuresOf(handoff({ 'complete-package': step })).exceptions).toBe(1);
  });

  it('report the time spent waiting for the customer apart', () => {
    const pause = (from: string, until: string) => ({ from, until, reason: 'Away', by: lena });
    const measures = measuresOf(
      handoff({
        'hold-kickoff': { pauses: [pause('2026-11-20T15:00:00Z', '2026-11-23T15:00:00Z')] },
        'map-stakeholders': { pauses: [pause('2026-11-23T15:00:00Z', '2026-11-24T03:00:00Z')] },
      }),
    );
    expect(measures.daysWaitingForCustomer).toBe(3.5);
  });

  it('say how well it went as S2 measures it', () => {
    const measures = measuresOf(
      handoff({
        'review-brief': { decided: { choice: 'accept' } },
        'hold-internal-meeting': {
          decided: { choice: 'held', evidence: { recording: 'https://files.example.com/a' } },
        },
        'schedule-kickoff': { decided: { choice: 'scheduled', evidence: { positiveReply: true } } },
        'map-stakeholders': { decided: { choice: 'verified', evidence: { allKeyContacts: false } } },
        'align-success-plan': { decided: { choice: 'aligned', evidence: { clientAgreed: true } } },
        'rate-handoff': { decided: { choice: 'rated', evidence: { score: 8 } } },
      }),
    );
    expect(measures.success).toEqual({
      acknowledged: true,
      meetingRecorded: true,
      positiveReply: true,
      allKeyContacts: false,
      clientAgreed: true,
      scoreReached: true,
    });
    expect(measures.score).toBe(8);
  });

  it.each([
    [7, false],
    [8, true],
  ])('take a score of %i for reaching the target: %s', (score, reached) => {
    const rated = { 'rate-handoff': { decided: { choice: 'rated', evidence: { score } } } };
    expect(measuresOf(handoff(rated)).success.scoreReached).toBe(reached);
  });

  it('know no first value while the customer has not reached it', () => {
    const notYet = {
      'record-first-value': { decided: { choice: 'not-yet', evidence: { remark: 'The data is late.' } } },
    };
    expect(measuresOf(handoff(notYet))).not.toHaveProperty('daysToFirstValue');
  });
});
