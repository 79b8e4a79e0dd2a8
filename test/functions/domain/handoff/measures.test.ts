import { describe, expect, it } from 'vitest';
import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import { measuresOf as measuresAt } from '../../../../functions/domain/handoff/measures.ts';
import { anna, handoffRecord, lena, ruth, type StepOverrides, stepRecord } from '../../../support/handoff-record.ts';

/** A handoff won on Fri, Nov 20, 2026, 15:00 UTC, with these steps. */
function handoff(steps: Readonly<Record<string, StepOverrides>>, state: Partial<HandoffRecord['state']> = {}) {
  const record = handoffRecord({
    state: { startedAt: '2026-11-20T15:00:00Z', ...state },
    steps: Object.entries(steps).map(([id, overrides]) => stepRecord(id, overrides)),
  });
  return { ...record, deal: { ...record.deal, closedWonAt: '2026-11-20T15:00:00Z' } };
}

/** The measures while no due time has passed. */
const measuresOf = (record: HandoffRecord) => measuresAt(record, '2026-11-20T15:00:00Z');

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
      reportedLate: [],
      unanswered: [],
      skipped: [],
      lateReviews: [],
      notYet: [],
      promises: { made: 0, kept: 0, missedSteps: [] },
      handoffScore: 62,
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
    expect(measures.lateSteps).toEqual(['hold-internal-meeting']);
  });

  it('take what was skipped, or ended unanswered, for neither on time nor late; an unanswered promise was missed', () => {
    expect(
      measuresOf(
        handoff({
          'hold-kickoff': { decided: { choice: 'skipped', at: late } },
          'introduce-customer': { decided: { choice: 'skipped', at: inTime } },
          'give-feedback': { decided: { choice: 'unanswered', at: late, by: 'system' } },
        }),
      ),
    ).toMatchObject({
      steps: { asked: 3, done: 0, onTime: 0 },
      lateSteps: [],
      skipped: ['hold-kickoff', 'introduce-customer'],
      unanswered: ['give-feedback'],
      promises: { made: 1, kept: 0, missedSteps: ['give-feedback'] },
    });
  });

  it('count steps late by their owner and promises missed apart', () => {
    const promisedAt = '2026-11-21T15:00:00Z';
    expect(
      measuresOf(
        handoff({
          'map-stakeholders': { promisedAt, decided: { choice: 'verified', at: inTime } },
          'align-success-plan': { promisedAt, decided: { choice: 'aligned', at: late } },
          'review-brief': { decided: { choice: 'accept', at: inTime } },
          'schedule-kickoff': { promisedAt },
        }),
      ),
    ).toMatchObject({
      steps: { asked: 4, done: 3, onTime: 2 },
      lateSteps: ['align-success-plan'],
      promises: { made: 4, kept: 1, missedSteps: ['map-stakeholders', 'align-success-plan'] },
    });
  });

  it('take an open step for late, and its promise for missed, once the handoff has ended', () => {
    const open = { 'schedule-kickoff': { promisedAt: '2026-11-21T15:00:00Z' } };
    const ended = (endedAt: string) => measuresOf(handoff(open, { status: 'cancelled', endedAt }));
    expect(ended('2026-11-22T15:00:00Z')).toMatchObject({
      lateSteps: [],
      promises: { missedSteps: ['schedule-kickoff'] },
    });
    expect(ended(late)).toMatchObject({ lateSteps: ['schedule-kickoff'] });
  });

  describe('of a meeting', () => {
    const held = (heldAt: string, at: string) =>
      measuresOf(handoff({ 'hold-kickoff': { decided: { choice: 'held', at, evidence: { heldAt } } } }));

    it('count it when it was held: a report within the least time after is in time', () => {
      expect(held(inTime, '2026-11-23T18:59:00Z')).toMatchObject({
        steps: { onTime: 1 },
        lateSteps: [],
        reportedLate: [],
        promises: { kept: 1, missedSteps: [] },
      });
    });

    it('tell a late report of a meeting held in time apart', () => {
      expect(held(inTime, late)).toMatchObject({
        steps: { done: 1, onTime: 1 },
        lateSteps: [],
        reportedLate: ['hold-kickoff'],
        promises: { kept: 1, missedSteps: [] },
      });
    });

    it('are late when it was held late, and go by the report when nobody can read when it was', () => {
      for (const heldAt of [late, 'last Monday'])
        expect(held(heldAt, '2026-11-24T16:00:00Z')).toMatchObject({
          steps: { onTime: 0 },
          lateSteps: ['hold-kickoff'],
          reportedLate: [],
          promises: { missedSteps: ['hold-kickoff'] },
        });
    });

    it.each([
      [{ recording: 'https://files.example.com/a' }, true],
      [{ recording: { label: 'Recording', url: 'https://files.example.com/a' } }, true],
      [{ recording: '' }, false],
      [{}, false],
    ] as const)('take it for recorded only with a link: %j', (evidence, recorded) => {
      const step = { 'hold-internal-meeting': { decided: { choice: 'held', evidence } } };
      expect(measuresOf(handoff(step)).success.meetingRecorded).toBe(recorded);
    });

    it('do not say whether it was recorded when it was skipped', () => {
      const step = { 'hold-internal-meeting': { decided: { choice: 'skipped' } } };
      expect(measuresOf(handoff(step)).success).not.toHaveProperty('meetingRecorded');
    });
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
    const record = handoff({
      'hold-kickoff': { pauses: [pause('2026-11-20T15:00:00Z', '2026-11-23T15:00:00Z')] },
      'map-stakeholders': { pauses: [pause('2026-11-23T15:00:00Z', '2026-11-24T03:00:00Z')] },
      // Beside the first: nobody waited twice.
      'draft-success-plan': { pauses: [pause('2026-11-21T15:00:00Z', '2026-11-22T15:00:00Z')] },
    });
    const daysAt = (at: string, state = {}) =>
      measuresAt({ ...record, state: { ...record.state, ...state } }, at).daysWaitingForCustomer;
    expect(daysAt('2026-12-01T15:00:00Z')).toBe(3.5);
    // What lies ahead was not waited yet, and is never waited once the handoff is over.
    expect(daysAt('2026-11-22T15:00:00Z')).toBe(2);
    expect(daysAt('2026-12-01T15:00:00Z', { status: 'cancelled', endedAt: '2026-11-21T03:00:00Z' })).toBe(0.5);
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
    expect(measuresOf(handoff(notYet)).notYet).toEqual(['record-first-value']);
  });

  it('do not take "not yet" for done, nor for a promise kept once nobody asks again', () => {
    const asked = (round: number) => ({ 'record-first-value': { round, decided: { choice: 'not-yet', at: inTime } } });
    expect(measuresOf(handoff(asked(1)))).toMatchObject({
      steps: { asked: 1, done: 0, onTime: 0 },
      promises: { made: 0, kept: 0, missedSteps: [] },
    });
    expect(measuresOf(handoff(asked(3)))).toMatchObject({
      steps: { asked: 1, done: 0, onTime: 0 },
      lateSteps: [],
      notYet: ['record-first-value'],
      promises: { made: 1, kept: 0, missedSteps: ['record-first-value'] },
    });
  });

  it('count an answer between two rounds of a question as done, and neither as on time nor as late', () => {
    const earlier = [stepRecord('record-first-value', { decided: { choice: 'unanswered', by: 'system', at: inTime } })];
    const again = { round: 2, askedAt: '2026-12-07T08:00:00Z', dueAt: '2026-12-07T16:00:00Z', earlier };
    const answered = (at: string, more: StepOverrides = {}) =>
      measuresOf(handoff({ 'record-first-value': { ...again, decided: { choice: 'reached', at }, ...more } }));
    const before = answered(late);
    expect(before).toMatchObject({ steps: { asked: 2, done: 1, onTime: 0 }, lateSteps: [] });
    expect(before.unanswered).toEqual(['record-first-value']);
    expect(answered('2026-12-07T08:00:00Z').steps).toEqual({ asked: 2, done: 1, onTime: 1 });
    // Somebody else was asked first: the question stood when it was answered.
    const handed = answered('2026-12-06T10:00:00Z', { openedAt: '2026-12-04T08:00:00Z' });
    expect(handed.steps).toEqual({ asked: 2, done: 1, onTime: 1 });
    // A no is a no, whenever it comes.
    expect(answered(late, { decided: { choice: 'not-yet', at: late } })).toMatchObject({
      steps: { asked: 2, done: 0, onTime: 0 },
      notYet: ['record-first-value'],
    });
  });

  it('count what is done before its first request reaches anybody as on time: it waited for their morning', () => {
    const asked = { askedAt: '2026-11-23T08:00:00Z', decided: { choice: 'reached', at: '2026-11-22T10:00:00Z' } };
    expect(measuresOf(handoff({ 'record-first-value': asked })).steps).toEqual({ asked: 1, done: 1, onTime: 1 });
  });

  it('take a no to what a step is for as not done; a no to what is asked beside it says nothing of it', () => {
    const said = (field: string) => ({ [field]: false });
    const verified = { choice: 'verified', at: inTime, evidence: said('allKeyContacts') };
    expect(measuresOf(handoff({ 'map-stakeholders': { decided: verified } }))).toMatchObject({
      steps: { done: 0, onTime: 0 },
      notYet: ['map-stakeholders'],
      promises: { kept: 0, missedSteps: ['map-stakeholders'] },
    });
    const scheduled = { choice: 'scheduled', at: inTime, evidence: said('positiveReply') };
    expect(measuresOf(handoff({ 'schedule-kickoff': { decided: scheduled } }))).toMatchObject({
      steps: { done: 1, onTime: 1 },
      notYet: [],
      promises: { kept: 1, missedSteps: [] },
    });
  });

  it('of a handoff that goes on are those of now: what is open and overdue is late, and its promise missed', () => {
    const running = handoff({ 'review-brief': {} });
    expect(measuresAt(running, inTime)).toMatchObject({ lateSteps: [], promises: { missedSteps: [] } });
    expect(measuresAt(running, late)).toMatchObject({
      lateSteps: ['review-brief'],
      promises: { made: 1, kept: 0, missedSteps: ['review-brief'] },
    });
    const ended = handoff({ 'review-brief': {} }, { status: 'complete', endedAt: inTime });
    expect(measuresAt(ended, late)).toMatchObject({ lateSteps: [], promises: { missedSteps: [] } });
  });
});

describe('a reviewer who takes long over an exception', () => {
  const request = {
    by: anna,
    at: '2026-11-23T09:00:00Z',
    reason: 'Legal has it.',
    paths: ['contract.termMonths'],
    reviewer: ruth,
    askedAt: '2026-11-23T09:00:00Z',
    dueAt: '2026-11-24T09:00:00Z',
    because: 'due then',
  } as const;
  const answer = { by: ruth, at: '2026-12-02T09:00:00Z', reason: 'Go on.', fields: [] };
  const asked = (step: StepOverrides) => handoff({ 'complete-package': { owner: anna, ...step } }, notComplete);
  const notComplete = { packageComplete: false };

  it('makes nobody late who asked in time, and is late alone', () => {
    const granted = { choice: 'grant-exception', by: ruth, at: answer.at };
    const measures = measuresOf(asked({ exceptions: [{ ...request, answer }], decided: granted }));
    expect(measures).toMatchObject({
      lateSteps: [],
      lateReviews: ['complete-package'],
      steps: { done: 1, onTime: 1 },
      promises: { missedSteps: ['complete-package'] },
    });
    const soon = { ...answer, at: '2026-11-23T12:00:00Z' };
    const atOnce = asked({ exceptions: [{ ...request, answer: soon }], decided: { ...granted, at: soon.at } });
    expect(measuresOf(atOnce)).toMatchObject({ lateSteps: [], lateReviews: [], promises: { kept: 1 } });
  });

  it('does not either while nobody has decided, or when everything is handed over meanwhile', () => {
    const pending = { exceptions: [request] };
    const whileOpen = measuresAt(asked(pending), '2026-12-02T09:00:00Z');
    expect(whileOpen).toMatchObject({ lateSteps: [], lateReviews: ['complete-package'] });
    const handedOver = { choice: 'complete', at: '2026-12-02T09:00:00Z' };
    expect(measuresOf(asked({ ...pending, decided: handedOver })).lateSteps).toEqual([]);
  });

  it('does not excuse who asked after the due time, or took long after it was declined', () => {
    const lateRequest = { ...request, at: '2026-11-24T09:00:00Z' };
    const granted = { choice: 'grant-exception', by: ruth, at: answer.at };
    expect(measuresOf(asked({ exceptions: [{ ...lateRequest, answer }], decided: granted })).lateSteps).toHaveLength(1);
    const declined = { ...answer, at: '2026-11-23T12:00:00Z' };
    const handedOver = { choice: 'complete', at: '2026-12-02T09:00:00Z' };
    const again = asked({ exceptions: [{ ...request, answer: declined }], decided: handedOver });
    expect(measuresOf(again).lateSteps).toEqual(['complete-package']);
  });
});
