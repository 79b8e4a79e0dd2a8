import { beforeAll, describe, expect, it } from 'vitest';
import { local, play, type Scenario } from '../support/play.ts';

describe('A complete standard deal, and people who answer promptly', () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await play('complete-standard');
  });

  it('walks through every step of the flow, in order, one owner at a time', () => {
    expect(scenario.report.steps.map(({ id, outcome }) => `${id}: ${outcome}`)).toEqual([
      'complete-package: complete at the trigger',
      'schedule-internal-meeting: scheduled',
      'review-brief: accept',
      'hold-internal-meeting: held',
      'introduce-customer: approved',
      'map-stakeholders: verified',
      'align-success-plan: aligned',
      'schedule-kickoff: scheduled',
      'hold-kickoff: held',
      'confirm-handoff: confirmed',
      'share-remarks: not used (optional)',
      'give-feedback: given',
      'rate-handoff: rated',
      'record-first-value: reached',
    ]);
  });

  it('holds each owner to the promise of their step, in their own calendar', () => {
    const due = (id: string) => local(scenario.only(id).dueAt);
    expect(scenario.report.execution.start).toBe('2026-11-17T08:30:00.000Z');
    expect({
      'schedule-internal-meeting': due('schedule-internal-meeting'),
      'review-brief': due('review-brief'),
      'hold-internal-meeting': due('hold-internal-meeting'),
      'introduce-customer': due('introduce-customer'),
      'schedule-kickoff': due('schedule-kickoff'),
      'hold-kickoff': due('hold-kickoff'),
      'map-stakeholders': due('map-stakeholders'),
      'align-success-plan': due('align-success-plan'),
      'confirm-handoff': due('confirm-handoff'),
    }).toEqual({
      'schedule-internal-meeting': 'Wed, Nov 18, 2026, 9:30 AM', // 24 h after close
      'review-brief': 'Wed, Nov 18, 2026, 9:30 AM', // 24 h after package complete
      'hold-internal-meeting': 'Thu, Nov 19, 2026, 9:30 AM', // 48 h after close
      'introduce-customer': 'Wed, Nov 18, 2026, 5 PM', // same business day as the meeting
      'schedule-kickoff': 'Fri, Nov 20, 2026, 5 PM', // 3 business days after close
      'hold-kickoff': 'Tue, Nov 24, 2026, 5 PM', // 5 business days after close
      'map-stakeholders': 'Fri, Nov 20, 2026, 5 PM',
      'align-success-plan': 'Tue, Nov 24, 2026, 5 PM',
      'confirm-handoff': 'Tue, Nov 24, 2026, 5 PM',
    });
  });

  it('asks again after two weeks and thirty days', () => {
    const asked = (id: string) => local(scenario.only(id).askedAt);
    expect(asked('give-feedback')).toBe('Thu, Dec 3, 2026, 9 AM'); // 14 days after the kickoff
    expect(asked('rate-handoff')).toBe('Thu, Dec 17, 2026, 9:30 AM'); // 30 days after close
    expect(asked('record-first-value')).toBe('Mon, Dec 21, 2026, 9 AM'); // 30 days after the kickoff, a Saturday
    expect(scenario.mails('availability-closes').map(({ at }) => local(at))).toEqual(['Wed, Dec 2, 2026, 9:48 AM']);
    expect(scenario.mails('availability-ended').map(({ at }) => local(at))).toEqual(['Thu, Dec 17, 2026, 9:30 AM']);
  });

  it('reminds of the renewal ninety days before, long after the execution has ended', () => {
    expect(scenario.mails('renewal-reminder')).toMatchObject([
      { at: '2028-08-21T07:00:00.000Z', to: ['lena.vogt@example.com', 'anna.keller@example.com'] },
    ]);
    expect(scenario.report.execution.end).toBe('2026-12-21T08:45:00.000Z');
  });

  it('is complete within 45 days, on time, and nobody was reminded', () => {
    const { handoff, execution } = scenario.report;
    expect(handoff.status).toBe('complete');
    expect(execution.status).toBe('SUCCEEDED');
    expect(Date.parse(execution.end ?? '') - Date.parse(execution.start)).toBeLessThan(45 * 86_400_000);
    expect(handoff.measures).toMatchObject({ lateSteps: [], steps: { asked: 12, done: 12, onTime: 12 }, score: 9 });
    for (const kind of ['warn', 'remind', 'breach', 'escalate', 'stall', 'nag', 'low-score'])
      expect(scenario.mails(kind), kind).toEqual([]);
  });

  it('sends the customer one introduction, in copy to sales, and one invitation', () => {
    const toCustomer = scenario.report.mails.filter(({ to }) => to.some((email) => !email.endsWith('@example.com')));
    expect(toCustomer.map(({ kind, cc }) => ({ kind, cc }))).toEqual([
      { kind: 'customer-introduction', cc: ['anna.keller@example.com'] },
      { kind: 'kickoff-invitation', cc: ['lena.vogt@example.com', 'anna.keller@example.com'] },
    ]);
  });

  it('costs at most 1.8 times its own mail', async () => {
    const { costUsd } = await import('../../infra/account/cost.ts');
    const cost = costUsd(scenario.usage);
    expect(cost.total / cost.items.mail).toBeLessThanOrEqual(1.8);
  });

  it('leaves no failure behind', () => {
    expect(scenario.failures).toEqual([]);
    expect(scenario.mishaps).toEqual([]);
  });
});
