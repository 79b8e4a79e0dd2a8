import { describe, expect, it } from 'vitest';
import { playEvents } from '../../infra/local/play/play-events.ts';
import { course } from '../support/course.ts';
import { roster, sampleEvent } from '../support/deals.ts';
import { local, play } from '../support/play.ts';
import { full } from '../support/playbooks/full.ts';

describe('The brief is returned', () => {
  it('goes back to sales with the named gaps, and comes again for review', async () => {
    const scenario = await play('complete-standard', {
      script: { 'review-brief': [{ choice: 'return', evidence: { gaps: 'Who signs off the data migration?' } }] },
    });
    expect(scenario.step('review-brief').map(({ round, outcome }) => `${round} ${outcome}`)).toEqual([
      '1 return',
      '2 accept',
    ]);
    const again = scenario.step('complete-package').filter(({ askedAt }) => askedAt !== null);
    expect(again).toMatchObject([{ round: 2, outcome: 'complete', owner: 'anna.keller@example.com' }]);
    expect(again[0]?.due).toContain('24 h after Tue, Nov 17, 11 AM (returned)');
    // One for each of the two, with their own link.
    expect(scenario.mails('internal-meeting-invitation').map(({ to }) => to.length)).toEqual([2]);
    expect(scenario.report.handoff).toMatchObject({ status: 'complete', measures: { returns: 1 } });
  });
});

describe('An exception', () => {
  it('is asked for by sales and granted by the reviewer, as a debt with an owner and a date', course, async () => {
    const scenario = await play('incomplete', {
      script: {
        'complete-package': [
          { choice: 'request-exception', evidence: { reason: 'The customer decides on this in January.' } },
          {
            by: 'lena.vogt@example.com',
            choice: 'grant-exception',
            evidence: { reason: 'I can start without it.', owner: 'anna.keller@example.com', dueDate: '2026-12-15' },
          },
        ],
      },
    });
    expect(scenario.mails('exception-requested').map(({ to }) => to[0])).toEqual(['lena.vogt@example.com']);
    // Asked for in one mail with her next step, and brought from there.
    expect(scenario.only('settle-open-item-1')).toMatchObject({
      owner: 'anna.keller@example.com',
      outcome: 'supplied',
      late: false,
    });
    expect(scenario.only('complete-package')).toMatchObject({
      outcome: 'grant-exception',
      decidedBy: 'lena.vogt@example.com',
    });
    expect(scenario.report.handoff).toMatchObject({ status: 'complete', measures: { exceptions: 1 } });
  });
});

describe('What people can do besides "done"', () => {
  it('reassigns a step to a colleague, who is asked at once', course, async () => {
    const scenario = await play('complete-standard', {
      script: {
        'review-brief': [{ choice: 'reassign', evidence: { to: 'daniel.weiss@example.com' } }, {}],
      },
    });
    expect(scenario.mishaps).toEqual([]);
    expect(scenario.only('review-brief')).toMatchObject({
      owner: 'daniel.weiss@example.com',
      decidedBy: 'daniel.weiss@example.com',
      outcome: 'accept',
    });
  });

  it('hands over everything at once: open steps, and those still to come', course, async () => {
    const evidence = { to: 'tom.hughes@example.com', everything: true };
    const scenario = await play('complete-standard', {
      script: { 'map-stakeholders': [{ choice: 'reassign', evidence }] },
    });
    expect(scenario.mishaps.filter(({ who }) => who !== 'lena.vogt@example.com')).toEqual([]);
    const owners = (...steps: string[]) => steps.map((step) => scenario.only(step).owner);
    expect(owners('review-brief', 'hold-internal-meeting')).toEqual(['lena.vogt@example.com', 'lena.vogt@example.com']);
    const tom = 'tom.hughes@example.com';
    expect(owners('map-stakeholders', 'align-success-plan', 'confirm-handoff', 'rate-handoff')).toEqual([
      tom,
      tom,
      tom,
      tom,
    ]);
    expect(scenario.report.handoff).toMatchObject({ status: 'complete', owner: tom });
  });

  it('asks the manager in place of somebody who is away for longer', course, async () => {
    const people = roster().map((person) =>
      person.email === 'lena.vogt@example.com'
        ? {
            ...person,
            availability: { ...person.availability, away: [{ from: '2026-11-24', to: '2026-12-11' }] },
          }
        : person,
    );
    const scenario = await play('complete-standard', { roster: people, script: { 'hold-kickoff': { after: 'P6D' } } });
    // She was asked before she left, and would have been back long after it was due.
    expect(scenario.only('hold-kickoff').owner).toBe('daniel.weiss@example.com');
    expect(scenario.only('confirm-handoff')).toMatchObject({ owner: 'daniel.weiss@example.com', outcome: 'confirmed' });
    expect(scenario.only('rate-handoff').owner).toBe('lena.vogt@example.com'); // back by then
  });

  it('stops the clock while waiting for the customer', course, async () => {
    const scenario = await play('complete-standard', {
      script: {
        'align-success-plan': [
          { choice: 'wait-for-customer', evidence: { until: '2026-12-01', reason: 'They are at a trade fair.' } },
          {},
        ],
      },
    });
    expect(scenario.mishaps).toEqual([]);
    const step = scenario.only('align-success-plan');
    expect(step.late).toBe(false);
    expect(step.due).toContain('waiting for the customer');
    expect(scenario.mails('breach')).toEqual([]);
    expect(scenario.mails('remind', 'align-success-plan').map(({ at }) => local(at))).toEqual([
      'Tue, Dec 1, 2026, 9 AM',
    ]);
    expect(scenario.report.handoff.measures.daysWaitingForCustomer).toBeGreaterThan(12);
  });

  it('is skipped by a manager with a reason, and nothing is sent to the customer', course, async () => {
    const scenario = await play('complete-standard', {
      script: {
        'introduce-customer': [
          {
            by: 'daniel.weiss@example.com',
            after: 'P4D',
            choice: 'skip',
            evidence: { reason: 'They know Lena well.' },
          },
        ],
      },
    });
    expect(scenario.mishaps).toEqual([]);
    expect(scenario.only('introduce-customer')).toMatchObject({
      outcome: 'skipped',
      decidedBy: 'daniel.weiss@example.com',
    });
    expect(scenario.mails('customer-introduction')).toEqual([]);
    expect(scenario.report.handoff.status).toBe('complete');
  });

  it('is cancelled by a manager with a reason, and everybody is told once', async () => {
    const scenario = await play('complete-standard', {
      script: {
        'schedule-internal-meeting': [
          {
            by: 'klaus.brandt@example.com',
            after: 'P3D',
            choice: 'cancel',
            evidence: { reason: 'The customer withdrew.', confirm: 'Yes, stop this handoff for good' },
          },
        ],
      },
    });
    expect(scenario.mishaps).toEqual([]);
    expect(scenario.report.handoff.status).toBe('cancelled');
    expect(scenario.report.execution.status).toBe('ABORTED');
    expect(
      scenario
        .mails('handoff-cancelled')
        .map(({ to }) => to[0])
        .sort(),
    ).toEqual(['anna.keller@example.com', 'lena.vogt@example.com']);
  });
});

describe('The follow-ups', () => {
  it('alert the managers and revenue operations about a score below 8', course, async () => {
    const scenario = await play('complete-standard', { script: { 'rate-handoff': { evidence: { score: 6 } } } });
    expect(scenario.mails('low-score')).toMatchObject([
      { to: ['daniel.weiss@example.com', 'klaus.brandt@example.com', 'ruth.lindqvist@example.com'] },
    ]);
  });

  it('ask for the first value every 15 days, at most three times', course, async () => {
    const scenario = await play('complete-standard', { script: { 'record-first-value': { choice: 'not-yet' } } });
    expect(scenario.step('record-first-value').map(({ askedAt }) => local(askedAt))).toEqual([
      'Mon, Dec 21, 2026, 9 AM',
      'Tue, Jan 5, 2027, 9 AM',
      'Wed, Jan 20, 2027, 9 AM',
    ]);
    expect(scenario.report.handoff.status).toBe('complete');
  });
});

describe('Segments', () => {
  it(
    'enterprise: a phone introduction within 24 hours, outside the gate, and sixty days of availability',
    course,
    async () => {
      const scenario = await play('enterprise-across-zones', { script: { 'introduce-by-phone': 'never' } });
      expect(scenario.only('introduce-by-phone').outcome).toBe('unanswered');
      expect(scenario.report.handoff.status).toBe('complete');
      const introduced = Date.parse(scenario.mails('customer-introduction')[0]?.at ?? '');
      const closes = Date.parse(scenario.mails('availability-closes')[0]?.at ?? '');
      expect((closes - introduced) / 86_400_000).toBeGreaterThanOrEqual(60);
      expect(scenario.mails('availability-ended')).toEqual([]);
    },
  );

  it('self-serve: no kickoff; the customer gets the onboarding mails', course, async () => {
    const scenario = await play('self-serve');
    expect(scenario.step('schedule-kickoff')).toEqual([]);
    expect(scenario.step('hold-kickoff')).toEqual([]);
    const onboarding = scenario.report.mails.filter(({ kind }) => kind.startsWith('onboarding-'));
    expect(onboarding.map(({ kind }) => kind)).toEqual([
      'onboarding-faq',
      'onboarding-features',
      'onboarding-contacts',
    ]);
    for (const { to } of onboarding) expect(to.every((email) => !email.endsWith('@example.com'))).toBe(true);
  });
});

describe('A holiday week', () => {
  it('promises nothing for Christmas, and says why', async () => {
    const scenario = await play('holiday-week');
    expect(scenario.only('hold-internal-meeting').due).toContain('Christmas Day');
    for (const { dueAt } of scenario.report.steps) expect(local(dueAt)).not.toMatch(/2[56] Dec|^Sat|^Sun| 1 Jan/);
    expect(scenario.report.handoff.status).toBe('complete');
  });
});

describe('An owner abroad', () => {
  it('is asked in their own working hours, with due times of their own calendar', course, async () => {
    const scenario = await play('enterprise-across-zones');
    const review = scenario.only('review-brief');
    expect(review.due).toContain('Sydney time');
    expect(scenario.only('schedule-internal-meeting').due).toContain('New York time');
    const asks = scenario.mails('ask').filter(({ to }) => to[0] === 'chloe.nguyen@example.com');
    for (const { at } of asks) {
      const hour = Number(local(at, 'Australia/Sydney').slice(-5, -3));
      expect(hour).toBeGreaterThanOrEqual(9);
      expect(hour).toBeLessThan(17);
    }
  });
});

describe('A re-won deal', () => {
  /** How often the customer is introduced to their contact in each of two won episodes. */
  async function introductions(detail: object): Promise<readonly number[]> {
    const first = sampleEvent('complete-standard');
    const closedWonAt = '2027-01-12T09:30:00+01:00';
    const second = { ...first, time: closedWonAt, detail: { ...first.detail, ...detail, wonEpisode: 2, closedWonAt } };
    const played = await playEvents({
      events: [first, second],
      playbook: full,
      roster: roster(),
      manner: 'prompt',
      script: {},
    });
    expect(played.reports.map(({ handoff }) => handoff.status)).toEqual(['complete', 'complete']);
    return played.reports.map(({ mails }) => mails.filter(({ kind }) => kind === 'customer-introduction').length);
  }

  it('is not mailed to the customer a second time', course, async () => {
    expect(await introductions({ customerSuccessManager: 'lena.vogt@example.com' })).toEqual([1, 0]);
  });

  it('is introduced to a new contact, who has never written to them', course, async () => {
    expect(await introductions({ customerSuccessManager: 'jonas.hartmann@example.com' })).toEqual([1, 1]);
  });
});
