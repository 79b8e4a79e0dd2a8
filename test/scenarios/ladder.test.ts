import { describe, expect, it } from 'vitest';
import { local, play } from '../support/play.ts';

const ladderOf = (scenario: Awaited<ReturnType<typeof play>>, step: string) =>
  scenario.report.mails
    .filter((mail) => mail.step === step && mail.kind !== 'nag')
    .map(({ at, to, kind }) => `${local(at)} ${kind} ${to}`);

describe('A late step climbs the ladder', () => {
  it('warns before, says plainly when it is breached, and climbs one rung per business day', async () => {
    const scenario = await play('complete-standard', { script: { 'schedule-internal-meeting': 'never' } });
    expect(ladderOf(scenario, 'schedule-internal-meeting')).toEqual([
      'Tue 17 Nov 2026 09:30 ask anna.keller@example.com',
      'Tue 17 Nov 2026 13:30 warn anna.keller@example.com',
      'Wed 18 Nov 2026 09:30 breach anna.keller@example.com',
      'Thu 19 Nov 2026 09:30 escalate anna.keller@example.com',
      'Thu 19 Nov 2026 09:30 escalate klaus.brandt@example.com',
      'Fri 20 Nov 2026 09:30 escalate anna.keller@example.com',
      'Fri 20 Nov 2026 09:30 escalate ruth.lindqvist@example.com',
      'Mon 23 Nov 2026 09:30 stall anna.keller@example.com',
      'Mon 23 Nov 2026 09:30 stall klaus.brandt@example.com',
      'Mon 23 Nov 2026 09:30 stall ruth.lindqvist@example.com',
      'Tue 2 Nov 2027 09:30 handoff-abandoned anna.keller@example.com',
      'Tue 2 Nov 2027 09:30 handoff-abandoned lena.vogt@example.com',
      'Tue 2 Nov 2027 09:30 handoff-abandoned ruth.lindqvist@example.com',
      'Tue 2 Nov 2027 09:30 handoff-abandoned klaus.brandt@example.com',
    ]);
  });

  it('stops the moment the step is done, and the handoff goes on, late but complete', async () => {
    const scenario = await play('complete-standard', { manner: 'late' });
    expect(scenario.report.handoff.status).toBe('complete');
    expect(scenario.only('schedule-internal-meeting')).toMatchObject({ late: true, outcome: 'scheduled' });
    expect(scenario.mails('stall')).toEqual([]);
    const { measures } = scenario.report.handoff;
    expect(measures.lateSteps).toContain('review-brief');
    expect(measures.reachedOwnerLate).toContain('review-brief');
    expect(measures.reachedOwnerLate).not.toContain('schedule-internal-meeting');
  });

  it('holds whoever is asked after the promise to the least time from the ask on', async () => {
    const scenario = await play('complete-standard', { manner: 'late' });
    const [ask, ...rungs] = ladderOf(scenario, 'review-brief');
    expect(ask).toBe('Wed 18 Nov 2026 10:30 ask lena.vogt@example.com');
    expect(rungs).toEqual(['Wed 18 Nov 2026 14:30 breach lena.vogt@example.com']);
    expect(scenario.only('review-brief')).toMatchObject({
      promise: 'promised Wed 18 Nov 09:30 Europe/Berlin: 24 h after Tue 17 Nov 09:30 (package ready)',
      promiseMissed: true,
      due: 'due Wed 18 Nov 14:30 Europe/Berlin: 4 working hours after Wed 18 Nov 10:30 (asked)',
      late: true,
    });
  });

  it('warns about the package at the end of the signing day and after 24 hours', async () => {
    const scenario = await play('incomplete', { script: { 'complete-package': { after: 'P5D' } } });
    expect(ladderOf(scenario, 'complete-package').slice(0, 4)).toEqual([
      'Fri 20 Nov 2026 16:00 ask anna.keller@example.com',
      'Fri 20 Nov 2026 17:00 warn anna.keller@example.com',
      'Mon 23 Nov 2026 16:00 remind anna.keller@example.com',
      'Tue 24 Nov 2026 16:00 breach anna.keller@example.com',
    ]);
  });
});

describe('Nobody ever answers', () => {
  it('is stalled, nagged weekly, and given up before Step Functions would, with a short history', async () => {
    const scenario = await play('incomplete', { manner: 'silent' });
    const { handoff, execution, audit } = scenario.report;
    expect(audit.filter(({ what }) => what === 'stalled')).toHaveLength(1);
    const nags = scenario.mails('nag').filter(({ to }) => to[0] === 'ruth.lindqvist@example.com');
    expect(nags.length).toBeGreaterThan(45);
    const gaps = nags.slice(1).map(({ at }, i) => (Date.parse(at) - Date.parse(nags[i]?.at ?? '')) / 86_400_000);
    for (const gap of gaps) expect(gap).toBeLessThanOrEqual(11); // a holiday may push one a few days on
    expect(handoff.status).toBe('abandoned');
    expect(execution.status).toBe('FAILED');
    expect(execution.events).toBeLessThan(1000);
    // Everybody who answers for it, or was told anything of it, hears that it is over.
    expect(scenario.mails('handoff-abandoned').map(({ to }) => to[0])).toEqual([
      'anna.keller@example.com',
      'lena.vogt@example.com',
      'ruth.lindqvist@example.com',
      'klaus.brandt@example.com',
    ]);
  });

  it('lets follow-up asks end as unanswered instead of blocking', async () => {
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
