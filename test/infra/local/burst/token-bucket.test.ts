import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDailyQuota, createTokenBucket } from '../../../../infra/local/burst/token-bucket.ts';

const hour = 3_600_000;

describe('A quota with a burst', () => {
  it('grants the burst at once, then as fast as it fills', () => {
    const bucket = createTokenBucket({ burst: 3, perSecond: 2 });
    const granted = [0, 0, 0, 0, 400, 500, 500, 1000].map((now) => bucket.take(1, now));
    expect(granted).toEqual([true, true, true, false, false, true, false, true]);
  });

  it('never grants more than burst and rate allow, whatever is asked when', () => {
    const asks = fc.array(
      fc.record({ pause: fc.integer({ min: 0, max: 3000 }), amount: fc.integer({ min: 1, max: 5 }) }),
    );
    fc.assert(
      fc.property(asks, fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 10 }), (given, burst, perSecond) => {
        const bucket = createTokenBucket({ burst, perSecond });
        let now = 0;
        let granted = 0;
        for (const { pause, amount } of given) {
          now += pause;
          if (bucket.take(amount, now)) granted += amount;
          expect(granted).toBeLessThanOrEqual(burst + (now * perSecond) / 1000 + 1e-6);
        }
      }),
    );
  });

  it('tells how long what is taken in any case has to wait', () => {
    const bucket = createTokenBucket({ burst: 2, perSecond: 4 });
    expect([bucket.reserve(2, 0), bucket.reserve(1, 0), bucket.reserve(1, 0)]).toEqual([0, 250, 500]);
    expect(bucket.reserve(1, 1000)).toBe(0);
  });
});

describe('A quota of a day', () => {
  it('frees what was taken a day before, no sooner', () => {
    const quota = createDailyQuota(3);
    expect([quota.take(2, 0), quota.take(2, hour), quota.take(1, 2 * hour)]).toEqual([true, false, true]);
    expect([quota.has(1, 24 * hour - 1), quota.has(2, 24 * hour), quota.has(3, 24 * hour)]).toEqual([
      false,
      true,
      false,
    ]);
    expect([quota.take(2, 24 * hour), quota.take(1, 25 * hour), quota.take(1, 26 * hour)]).toEqual([true, false, true]);
  });
});
