import { describe, expect, it } from 'vitest';
import { timeline } from '../../infra/local/play/timeline.ts';
import { course } from '../support/course.ts';
import { local, play } from '../support/play.ts';

describe('The measures', () => {
  it('count an open step as late once nobody has done it in time', course, async () => {
    const scenario = await play('complete-standard', { manner: 'silent' });
    expect(scenario.report.handoff.measures.lateSteps).toEqual(['schedule-internal-meeting']);
  });

  it('leave out what was skipped', course, async () => {
    const skip = {
      by: 'daniel.weiss@example.com',
      after: 'P12D',
      choice: 'skip',
      evidence: { reason: 'Held before.' },
    };
    const scenario = await play('complete-standard', { script: { 'hold-kickoff': [skip] } });
    expect(scenario.only('hold-kickoff').outcome).toBe('skipped');
    expect(scenario.report.handoff.measures.daysToKickoff).toBeUndefined();
    expect(scenario.report.handoff.measures.daysToIntroduction).toBeGreaterThan(0);
  });

  it('count waiting for the customer only until the step was decided', course, async () => {
    const wait = { choice: 'wait-for-customer', evidence: { until: '2026-12-10', reason: 'They are travelling.' } };
    const scenario = await play('complete-standard', {
      script: { 'align-success-plan': [wait, { after: 'P1D' }] },
    });
    const { daysWaitingForCustomer } = scenario.report.handoff.measures;
    const { decidedAt } = scenario.only('align-success-plan');
    expect(daysWaitingForCustomer).toBeLessThanOrEqual(
      (Date.parse(decidedAt ?? '') - Date.parse('2026-11-18')) / 86_400_000,
    );
  });
});

describe('A meeting that was held in time and reported late', () => {
  it('is not late, and its report is told apart', async () => {
    const scenario = await play('complete-standard', {
      script: { 'hold-internal-meeting': [{ after: 'P4D', evidence: { heldAt: '2026-11-17T10:00' } }] },
    });
    expect(scenario.only('hold-internal-meeting')).toMatchObject({
      late: false,
      timeliness: 'reported late',
      promiseMissed: false,
    });
    const { measures, phase, score } = scenario.report.handoff;
    expect(measures).toMatchObject({ lateSteps: [], reportedLate: ['hold-internal-meeting'], skipped: [] });
    expect(phase).toBe('complete');
    // What waited for the report reached its owners late: their promises were missed, though not by them.
    const promises = scenario.report.steps.filter(({ promiseMissed }) => promiseMissed).map(({ id }) => id);
    expect(measures.promises?.missedSteps.toSorted()).toEqual(promises.toSorted());
    expect(promises).toContain('introduce-customer');
    expect(score.points).toBe(measures.handoffScore);
    expect(score.notKnown).toEqual([]);
    const text = timeline({ report: scenario.report, mishaps: [], zone: 'Europe/Berlin' });
    expect(text).toContain('reported late  hold-internal-meeting: held');
    expect(text).toContain(`Phase: complete. Score: ${score.points} of 100. Package at the trigger 30 of 30`);
  });
});

describe('A manager in another zone', () => {
  it('is told in their own working hours', course, async () => {
    const scenario = await play('enterprise-across-zones', { script: { 'review-brief': { after: 'P7D' } } });
    const escalations = scenario.mails('escalate').filter(({ to }) => to[0] === 'grace.okafor@example.com');
    expect(escalations.length).toBeGreaterThan(0);
    for (const { at } of escalations) {
      const hour = Number(local(at, 'Europe/London').slice(-5, -3));
      expect(hour).toBeGreaterThanOrEqual(9);
      expect(hour).toBeLessThanOrEqual(17);
    }
  });
});
