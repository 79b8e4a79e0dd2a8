import { describe, expect, it } from 'vitest';
import { flowFront } from '../../../../functions/domain/handoff/flow-front.ts';
import type { HandoffRecord } from '../../../../functions/domain/handoff/handoff.ts';
import { handoffRecord, stepRecord } from '../../../support/handoff-record.ts';

const at = '2026-12-01T10:00:00Z';
const [before, justAfter] = ['2026-11-30T10:00:00Z', '2026-12-01T10:00:01Z'];
const done = (step: string, choice = 'done', round = 1) => stepRecord(step, { round, decided: { choice } });

/** Where the flow stands, each step with its round. */
const reached = (record: HandoffRecord, opens: Readonly<Record<string, string>> = {}) =>
  flowFront({ record, opens, at }).reached.map(({ step, round }) => `${step} ${round}`);

const prepared = [
  done('schedule-internal-meeting', 'scheduled'),
  done('review-brief', 'accept'),
  done('hold-internal-meeting', 'held'),
];
const introduced = [...prepared, done('introduce-customer', 'approved')];
const confirmed = [
  ...introduced,
  ...['schedule-kickoff', 'hold-kickoff', 'map-stakeholders', 'align-success-plan', 'confirm-handoff'].map((step) =>
    done(step),
  ),
];

describe('the front of the flow', () => {
  it('goes past the package only where it is complete', () => {
    expect(reached(handoffRecord())).toEqual(['schedule-internal-meeting 1']);
    const record = handoffRecord({ state: { packageComplete: false } });
    expect(reached(record)).toEqual(['complete-package 1']);
  });

  it('goes on where the branches part, in each by itself, and past them only once all are done', () => {
    expect(reached(handoffRecord({ steps: prepared }))).toEqual(['introduce-customer 1', 'map-stakeholders 1']);
    const steps = confirmed.filter(({ step }) => step !== 'hold-kickoff' && step !== 'confirm-handoff');
    expect(reached(handoffRecord({ steps }))).toEqual(['hold-kickoff 1']);
    const kickedOff = confirmed.filter(({ step }) => step !== 'confirm-handoff');
    expect(reached(handoffRecord({ steps: kickedOff }))).toEqual(['confirm-handoff 1']);
  });

  it('is back at the package, a round later, when the brief is returned, and at the brief again after it', () => {
    const returned = [done('schedule-internal-meeting', 'scheduled'), done('review-brief', 'return')];
    const first = done('complete-package', 'complete');
    expect(reached(handoffRecord({ steps: returned }))).toEqual(['complete-package 2']);
    expect(reached(handoffRecord({ steps: [first, ...returned] }))).toEqual(['complete-package 2']);
    const second = done('complete-package', 'complete', 2);
    expect(reached(handoffRecord({ steps: [second, ...returned] }))).toEqual(['review-brief 2']);
  });

  it('is at no step before the moment at which it opens, and at it from that moment on', () => {
    const record = handoffRecord({ steps: confirmed });
    expect(reached(record)).toEqual([]);
    expect(reached(record, { 'rate-handoff': justAfter, 'give-feedback': justAfter })).toEqual([]);
    expect(reached(record, { 'rate-handoff': at, 'give-feedback': justAfter })).toEqual(['rate-handoff 1']);
  });

  it('goes to nothing behind what is to be told later', () => {
    const { playbook, ...rest } = handoffRecord();
    const record = { ...rest, playbook: { ...playbook, flow: ['close-availability', 'schedule-kickoff'] } };
    const [closes, ended] = ['close-availability/availability-closes', 'close-availability/availability-ended'];
    const front = (opens: Readonly<Record<string, string>>) => ({
      told: flowFront({ record, opens, at }).tellings.map((telling) => `${telling.say} ${telling.at}`),
      reached: reached(record, opens),
    });
    expect(front({})).toEqual({ told: [], reached: [] });
    expect(front({ [closes]: before, [ended]: justAfter })).toEqual({
      told: [`availability-closes ${before}`],
      reached: [],
    });
    expect(front({ [closes]: before, [ended]: at })).toEqual({
      told: [`availability-closes ${before}`, `availability-ended ${at}`],
      reached: ['schedule-kickoff 1'],
    });
  });
});
