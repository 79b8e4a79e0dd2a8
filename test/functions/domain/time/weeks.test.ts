import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { epochOfOurs, instantOf } from '../../../../functions/domain/time/calendar-instant.ts';
import { mondayOf, monthOf, weekOf } from '../../../../functions/domain/time/weeks.ts';

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia'];

describe('weeks and months', () => {
  it('are those of Temporal in every zone, at any time', () => {
    const instants = fc.date({ min: new Date('1999-12-01'), max: new Date('2040-02-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), (date, zone) => {
        const local = Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO(zone);
        const week = `${local.yearOfWeek}-W${String(local.weekOfYear).padStart(2, '0')}`;
        const at = date.toISOString();
        expect([weekOf(at, zone), monthOf(at, zone)]).toEqual([week, local.toPlainDate().toString().slice(0, 7)]);
        const monday = local.toPlainDate().subtract({ days: local.dayOfWeek - 1 });
        expect(mondayOf(week)).toBe(monday.toString());
      }),
    );
  });

  it.each([
    ['2026-11-22T23:59:59Z', 'UTC', '2026-W47', '2026-11'],
    ['2026-11-22T23:30:00Z', 'Europe/Berlin', '2026-W48', '2026-11'],
    ['2027-01-01T12:00:00Z', 'UTC', '2026-W53', '2027-01'],
    ['2024-12-30T00:00:00Z', 'UTC', '2025-W01', '2024-12'],
    // The night the clocks go back.
    ['2026-10-25T00:59:59Z', 'Europe/Berlin', '2026-W43', '2026-10'],
    ['2026-10-25T22:59:59Z', 'Europe/Berlin', '2026-W43', '2026-10'],
    ['2026-10-25T23:00:00Z', 'Europe/Berlin', '2026-W44', '2026-10'],
  ])('of %s in %s are %s and %s', (at, zone, week, month) => {
    expect([weekOf(at, zone), monthOf(at, zone)]).toEqual([week, month]);
  });

  it('are of moments that are read as Date.parse reads them, to the second and to the millisecond', () => {
    const instants = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, fc.boolean(), (date, isWhole) => {
        const at = instantOf(isWhole ? Math.floor(date.getTime() / 1000) * 1000 : date.getTime());
        expect(epochOfOurs(at)).toBe(Date.parse(at));
      }),
    );
    const leapDays = ['2000-02-29T23:59:59Z', '2024-02-29T00:00:00Z', '1900-03-01T00:00:00Z', '2100-02-28T23:59:59Z'];
    expect(leapDays.map(epochOfOurs)).toEqual(leapDays.map((at) => Date.parse(at)));
  });

  it('refuse what is none', () => {
    expect(() => weekOf('soon', 'UTC')).toThrow('"soon" is not an instant');
    expect(() => mondayOf('2026-W54')).toThrow('"2026-W54" is no week');
    expect(() => mondayOf('2026-11')).toThrow('is no week');
  });
});
