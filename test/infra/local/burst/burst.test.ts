import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { burstReport } from '../../../../infra/local/burst/burst-report.ts';
import { documentedQuotas, type Quotas } from '../../../../infra/local/burst/quotas.ts';
import { runBurst } from '../../../../infra/local/burst/run-burst.ts';
import { course } from '../../../support/course.ts';
import { roster } from '../../../support/deals.ts';

const burst = (options: { deals: number; minutes?: number; horizonHours?: number; quotas?: Partial<Quotas> }) =>
  runBurst({
    deals: options.deals,
    minutes: options.minutes ?? 0,
    quotas: { ...documentedQuotas, ...options.quotas },
    roster: roster(),
    horizonHours: options.horizonHours ?? 12,
  });

const rate = (perSecond: number) => ({ burst: perSecond, perSecond });

// Functions that are throttled say so on the error stream.
beforeEach(() => {
  vi.spyOn(console, 'error').mockReturnValue(undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('A burst of deals', () => {
  it('goes through at once while no quota is reached', async () => {
    const calm = await burst({ deals: 8, minutes: 5 });
    expect(calm).toMatchObject({
      started: 8,
      mailed: 8,
      duplicates: 0,
      failed: { count: 0 },
      deadLetters: 0,
      retries: 0,
    });
    expect(calm.waits.at(-1)).toBeLessThan(1);
    expect(calm.attempts.every((calls) => calls === 1)).toBe(true);
    expect(burstReport(calm, documentedQuotas)).toContain('No quota binds.');
  });

  it('sends each first mail once when SES takes few a second, and says what to raise', course, async () => {
    const quotas = { mail: rate(4) };
    const storm = await burst({ deals: 40, quotas });
    expect(storm).toMatchObject({ started: 40, mailed: 40, duplicates: 0, failed: { count: 0 } });
    expect(storm.tallies.mail).toMatchObject({ peak: expect.any(Number), granted: storm.usage.mail.recipients });
    // More come at once than it takes in a second: they take turns, and nothing fails.
    expect(storm.tallies.mail.refused).toBeGreaterThan(20);
    expect(storm.lastFirstMail.recipients).toBeGreaterThanOrEqual(40);
    expect(storm.lastFirstMail.after).toBeLessThan((1.5 * storm.lastFirstMail.recipients) / quotas.mail.perSecond);
    expect(storm.pages.failed).toBe(0);
    const report = burstReport(storm, { ...documentedQuotas, ...quotas });
    expect(report).toContain('SES, recipients binds.');
    expect(report).toMatch(/mails sent more than once +0 of \d+ +goal 0 +met/);
  });

  it('starts every handoff when everything else is scarce, too', course, async () => {
    const scarce = await burst({
      deals: 30,
      quotas: { startExecution: { burst: 4, perSecond: 1 }, transitions: rate(6), concurrency: 5, writes: rate(40) },
    });
    expect(scarce).toMatchObject({ started: 30, mailed: 30, duplicates: 0, failed: { count: 0 }, deadLetters: 0 });
    const { startExecution, transitions, concurrency, writes } = scarce.tallies;
    for (const tally of [startExecution, transitions, concurrency, writes]) expect(tally.refused).toBeGreaterThan(0);
    expect(concurrency.peak).toBe(5);
  });

  it('rides out a day without quota, in few retries', course, async () => {
    const full = await burst({ deals: 5, quotas: { mailPerDay: 100, mailSentBefore: 97 }, horizonHours: 72 });
    expect(full).toMatchObject({ started: 5, mailed: 5, duplicates: 0, failed: { count: 0 } });
    expect(full.waits.at(-1)).toBeGreaterThan(24 * 3600);
    expect(full.waits.at(-1)).toBeLessThan(27 * 3600);
    expect(full.longestHistory).toBeLessThan(400);
  });

  it('is the same each time', course, async () => {
    const [once, again] = [
      await burst({ deals: 8, quotas: { mail: rate(1) } }),
      await burst({ deals: 8, quotas: { mail: rate(1) } }),
    ];
    expect(again).toEqual(once);
  });
});
