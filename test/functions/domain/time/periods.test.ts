import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  daysIn,
  isPeriod,
  periodAfter,
  periodsUntil,
  quarterOf,
  spanOf,
} from '../../../../functions/domain/time/periods.ts';
import { monthOf, weekOf } from '../../../../functions/domain/time/weeks.ts';

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'Australia/Lord_Howe',
];
const moment = fc
  .tuple(fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2099, 11, 31) }), fc.constantFrom(...zones))
  .map(([epoch, zone]) => ({ at: new Date(epoch).toISOString(), zone }));

describe('weeks, months and quarters', () => {
  it('are those of the zone, as the calendar has them', () => {
    fc.assert(
      fc.property(moment, ({ at, zone }) => {
        const there = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
        expect(quarterOf(at, zone)).toBe(`${there.year}-Q${Math.ceil(there.month / 3)}`);
      }),
      { numRuns: 500 },
    );
  });

  it('hold what happens in them, and nothing else', () => {
    fc.assert(
      fc.property(moment, ({ at, zone }) => {
        for (const period of [weekOf(at, zone), monthOf(at, zone), quarterOf(at, zone)]) {
          const { from, until } = spanOf(period, zone);
          expect(Date.parse(from)).toBeLessThanOrEqual(Date.parse(at));
          expect(Date.parse(at)).toBeLessThan(Date.parse(until));
          expect(spanOf(periodAfter(period, 1), zone).from).toBe(until);
          expect(periodAfter(periodAfter(period, 7), -7)).toBe(period);
        }
      }),
    );
  });

  it('are an hour shorter or longer when the clocks change', () => {
    const hours = (week: string) => {
      const { from, until } = spanOf(week, 'Europe/Berlin');
      return (Date.parse(until) - Date.parse(from)) / 3_600_000;
    };
    expect([hours('2026-W13'), hours('2026-W14'), hours('2026-W43')]).toEqual([167, 168, 169]);
  });

  it('count weeks over the turn of a year, with a 53rd where there is one', () => {
    expect(periodsUntil('2027-W01', 3)).toEqual(['2026-W52', '2026-W53', '2027-W01']);
    expect(periodsUntil('2026-Q1', 2)).toEqual(['2025-Q4', '2026-Q1']);
    expect(periodAfter('2026-11', 2)).toBe('2027-01');
    expect(daysIn('2026-W53')).toEqual({ first: '2026-12-28', last: '2027-01-03' });
    expect(daysIn('2026-02')).toEqual({ first: '2026-02-01', last: '2026-02-28' });
  });

  it('are told from what is none', () => {
    expect(['2026-W53', '2026-11', '2026-Q4'].map(isPeriod)).toEqual([true, true, true]);
    expect(['2025-W53', '2026-W00', '2026-13', '2026-Q5', '2026', ''].map(isPeriod)).toEqual(Array(6).fill(false));
    expect(() => spanOf('next week', 'UTC')).toThrow('"next week" is no week, month, or quarter');
  });
});
