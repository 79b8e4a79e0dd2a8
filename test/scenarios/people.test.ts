import { describe, expect, it } from 'vitest';
import { playEvents } from '../../infra/local/play/play-events.ts';
import { timeline } from '../../infra/local/play/timeline.ts';
import { course } from '../support/course.ts';
import { roster, sampleEvent } from '../support/deals.ts';
import { local, play } from '../support/play.ts';
import { full } from '../support/playbooks/full.ts';

describe('After an answer that leaves the step open', () => {
  it('the next one counts from the mail that says that the customer’s time is over', course, async () => {
    const until = { until: '2026-12-01', reason: 'They are at a trade fair.' };
    const waited = (next: object) =>
      play('complete-standard', {
        script: { 'align-success-plan': [{ choice: 'wait-for-customer', evidence: until }, next] },
      });
    const prompt = await waited({});
    expect(prompt.mishaps).toEqual([]);
    expect(local(prompt.only('align-success-plan').decidedAt)).toBe('Tue, Dec 1, 2026, 9:45 AM');
    const days = await waited({ after: 'P2D' });
    expect(local(days.only('align-success-plan').decidedAt)).toBe('Thu, Dec 3, 2026, 9 AM');
  });

  it('the next one counts from a note', course, async () => {
    const scenario = await play('complete-standard', {
      script: {
        'schedule-internal-meeting': [
          { after: 'PT1H', choice: 'note', evidence: { text: 'Looking for a time.' } },
          { after: 'PT2H' },
        ],
        'review-brief': { choice: 'note', evidence: { text: 'Reading it.' } },
      },
    });
    expect(scenario.mishaps).toEqual([]);
    const { askedAt, decidedAt } = scenario.only('schedule-internal-meeting');
    expect(Date.parse(decidedAt ?? '') - Date.parse(askedAt ?? '')).toBe(3 * 3_600_000);
    const review = scenario.only('review-brief');
    expect(Date.parse(review.decidedAt ?? '') - Date.parse(review.askedAt ?? '')).toBe(90 * 60_000);
  });
});

describe('An answer that cannot be given', () => {
  const skip = { choice: 'skip', by: 'klaus.brandt@example.com', evidence: { reason: 'They meet every day.' } };

  it('waits until a mail brings whoever gives it a link to the step', course, async () => {
    const scenario = await play('complete-standard', { script: { 'schedule-internal-meeting': [skip] } });
    expect(scenario.mishaps).toEqual([]);
    const [escalated] = scenario.mails('escalate', 'schedule-internal-meeting').filter(({ to }) => to[0] === skip.by);
    expect(local(escalated?.at ?? null)).toBe('Thu, Nov 19, 2026, 9:30 AM');
    const { outcome, decidedBy, decidedAt } = scenario.only('schedule-internal-meeting');
    expect([outcome, decidedBy, local(decidedAt)]).toEqual(['skipped', skip.by, 'Thu, Nov 19, 2026, 10:15 AM']);
  });

  it('is a mishap when no such mail ever comes', course, async () => {
    const by = 'jonas.hartmann@example.com';
    const scenario = await play('complete-standard', {
      script: { 'give-feedback': { choice: 'skip', by, evidence: { reason: 'Said it all.' } } },
    });
    expect(scenario.mishaps).toMatchObject([{ who: by, problem: 'never got a mail with a link to this step' }]);
  });

  it.each([
    ['a choice', { choice: 'shedule' }],
    ['evidence', { evidence: { meetingAt: 'yesterday' } }],
    ['an address', { by: 'ana.keller@example.com' }],
  ])('is a mishap when %s is misspelt, and the owner goes on as if promptly', course, async (_, answer) => {
    const scenario = await play('complete-standard', { script: { 'schedule-internal-meeting': answer } });
    expect(scenario.mishaps).toMatchObject([{ handoff: 'D-2026-1041-1', step: 'schedule-internal-meeting' }]);
    expect(scenario.only('schedule-internal-meeting')).toMatchObject({ outcome: 'scheduled', late: false });
    expect(scenario.report.handoff.status).toBe('complete');
  });
});

describe('Handing over', () => {
  it('leaves empty what the script does not name', course, async () => {
    const tom = 'tom.hughes@example.com';
    const scenario = await play('complete-standard', {
      script: { 'map-stakeholders': [{ choice: 'reassign', evidence: { to: tom } }] },
    });
    expect(scenario.only('map-stakeholders').owner).toBe(tom);
    expect(scenario.only('align-success-plan').owner).toBe('lena.vogt@example.com');
    const [handed, ...more] = scenario.report.audit.filter(({ what }) => what === 'reassigned');
    expect(more).toEqual([]);
    expect(handed?.detail).toMatch(
      /^From lena\.vogt@example\.com to tom\.hughes@example\.com\. Due .+ London time: .+\.$/,
    );
  });
});

describe('The report', () => {
  it('tells each mishap with its handoff', course, async () => {
    const first = sampleEvent('complete-standard');
    const second = { ...first, detail: { ...first.detail, dealId: 'D-2' } };
    const { reports, mishaps } = await playEvents({
      events: [first, second],
      playbook: full,
      roster: roster(),
      manner: 'prompt',
      script: { 'schedule-internal-meeting': [{ choice: 'shedule' }] },
    });
    expect(mishaps.map(({ handoff }) => handoff)).toEqual(['D-2026-1041-1', 'D-2-1']);
    for (const report of reports)
      expect(timeline({ report, mishaps, zone: 'UTC' }).match(/"shedule"/g)).toHaveLength(1);
  });

  it('writes all times the same way', course, async () => {
    const { report } = await play('incomplete');
    const written = JSON.stringify(report).matchAll(/"(?:at|\w+At|start|end)":"([^"]+)"/g);
    const odd = [...written]
      .map(([, at]) => at)
      .filter((at) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(at ?? ''));
    expect(odd).toEqual([]);
  });

  it('calls a step late that is still open when the handoff is cancelled after its due time', async () => {
    const cancel = { reason: 'The customer withdrew.', confirm: 'Yes, stop this handoff for good' };
    const by = 'klaus.brandt@example.com';
    const scenario = await play('complete-standard', {
      script: { 'schedule-internal-meeting': { by, after: 'P3D', choice: 'cancel', evidence: cancel } },
    });
    expect(scenario.only('schedule-internal-meeting')).toMatchObject({ outcome: 'open', late: true });
  });
});
