import { describe, expect, it } from 'vitest';
import { course } from '../support/course.ts';
import { local, play } from '../support/play.ts';

const ladderOf = (scenario: Awaited<ReturnType<typeof play>>, step: string) =>
  scenario.report.mails
    .filter((mail) => mail.step === step && mail.kind !== 'nag')
    .map(({ at, to, kind }) => `${local(at)} ${kind} ${to}`);

describe('A late step climbs the ladder', () => {
  it('warns before, says plainly when it is breached, and climbs one rung per business day', async () => {
    const scenario = await play('complete-standard', { script: { 'schedule-internal-meeting': 'never' } });
    expect(ladderOf(scenario, 'schedule-internal-meeting')).toEqual([
      'Tue, Nov 17, 2026, 9:30 AM ask anna.keller@example.com',
      'Tue, Nov 17, 2026, 1:30 PM warn anna.keller@example.com',
      'Wed, Nov 18, 2026, 9:30 AM breach anna.keller@example.com',
      'Thu, Nov 19, 2026, 9:30 AM escalate anna.keller@example.com',
      'Thu, Nov 19, 2026, 9:30 AM escalate klaus.brandt@example.com',
      'Fri, Nov 20, 2026, 9:30 AM escalate anna.keller@example.com',
      'Fri, Nov 20, 2026, 9:30 AM escalate ruth.lindqvist@example.com',
      'Mon, Nov 23, 2026, 9:30 AM stall anna.keller@example.com',
      'Mon, Nov 23, 2026, 9:30 AM stall klaus.brandt@example.com',
      'Mon, Nov 23, 2026, 9:30 AM stall ruth.lindqvist@example.com',
      'Tue, Nov 2, 2027, 9:30 AM handoff-abandoned anna.keller@example.com',
      'Tue, Nov 2, 2027, 9:30 AM handoff-abandoned lena.vogt@example.com',
      'Tue, Nov 2, 2027, 9:30 AM handoff-abandoned klaus.brandt@example.com',
      'Tue, Nov 2, 2027, 9:30 AM handoff-abandoned ruth.lindqvist@example.com',
    ]);
  });

  it('stops the moment the step is done, and the handoff goes on, late but complete', course, async () => {
    const scenario = await play('complete-standard', { manner: 'late' });
    expect(scenario.report.handoff.status).toBe('complete');
    expect(scenario.only('schedule-internal-meeting')).toMatchObject({ late: true, outcome: 'scheduled' });
    expect(scenario.mails('stall')).toEqual([]);
    const { measures } = scenario.report.handoff;
    expect(measures.lateSteps).toContain('review-brief');
    expect(measures.reachedOwnerLate).toContain('review-brief');
    expect(measures.reachedOwnerLate).not.toContain('schedule-internal-meeting');
  });

  it('holds whoever is asked after the promise to the least time from the ask on', course, async () => {
    const scenario = await play('complete-standard', { manner: 'late' });
    const [ask, ...rungs] = ladderOf(scenario, 'review-brief');
    expect(ask).toBe('Wed, Nov 18, 2026, 10:30 AM ask lena.vogt@example.com');
    expect(rungs).toEqual(['Wed, Nov 18, 2026, 2:30 PM breach lena.vogt@example.com']);
    expect(scenario.only('review-brief')).toMatchObject({
      promise: 'promised Wed, Nov 18, 9:30 AM Berlin time: 24 h after Tue, Nov 17, 9:30 AM (package ready)',
      promiseMissed: true,
      due: 'due Wed, Nov 18, 2:30 PM Berlin time: 4 working hours after Wed, Nov 18, 10:30 AM (asked)',
      late: true,
    });
  });

  it('warns about the package at the end of the signing day and after 24 hours', course, async () => {
    const scenario = await play('incomplete', { script: { 'complete-package': { after: 'P5D' } } });
    expect(ladderOf(scenario, 'complete-package').slice(0, 4)).toEqual([
      'Fri, Nov 20, 2026, 4 PM ask anna.keller@example.com',
      'Fri, Nov 20, 2026, 5 PM warn anna.keller@example.com',
      'Mon, Nov 23, 2026, 4 PM remind anna.keller@example.com',
      'Tue, Nov 24, 2026, 4 PM breach anna.keller@example.com',
    ]);
  });
});

describe('Nobody ever answers', () => {
  it('is stalled, nagged weekly, and given up before Step Functions would, with a short history', course, async () => {
    const scenario = await play('incomplete', { manner: 'silent' });
    const { handoff, execution, audit } = scenario.report;
    expect(audit.filter(({ what }) => what === 'stalled')).toHaveLength(1);
    for (const told of ['anna.keller@example.com', 'klaus.brandt@example.com', 'ruth.lindqvist@example.com']) {
      const nags = scenario.mails('nag').filter(({ to }) => to[0] === told);
      expect(nags.length).toBeGreaterThan(45);
      const gaps = nags.slice(1).map(({ at }, i) => (Date.parse(at) - Date.parse(nags[i]?.at ?? '')) / 86_400_000);
      for (const gap of gaps) expect(gap).toBeLessThanOrEqual(11); // a holiday may push one a few days on
    }
    expect(handoff.status).toBe('abandoned');
    expect(execution.status).toBe('FAILED');
    expect(execution.events).toBeLessThan(1000);
    // Everybody who answers for it, or was told anything of it, hears that it is over.
    expect(scenario.mails('handoff-abandoned').map(({ to }) => to[0])).toEqual([
      'anna.keller@example.com',
      'lena.vogt@example.com',
      'klaus.brandt@example.com',
      'ruth.lindqvist@example.com',
    ]);
  });

  it('lets follow-up asks end as unanswered instead of blocking', course, async () => {
    const never = 'never' as const;
    const scenario = await play('complete-standard', {
      script: { 'give-feedback': never, 'rate-handoff': never, 'record-first-value': never },
    });
    expect(scenario.report.handoff.status).toBe('complete');
    expect(scenario.only('give-feedback').outcome).toBe('unanswered');
    expect(scenario.only('rate-handoff').outcome).toBe('unanswered');
    expect(scenario.step('record-first-value').map(({ outcome }) => outcome)).toEqual([
      'unanswered',
      'unanswered',
      'unanswered',
    ]);
    expect(scenario.mails('low-score')).toEqual([]);
  });
});
