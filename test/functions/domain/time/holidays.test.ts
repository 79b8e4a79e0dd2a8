import { describe, expect, test } from 'vitest';
import { publicHolidays } from '../../../../functions/domain/time/holidays.ts';

describe('publicHolidays', () => {
  test('knows the country by English name', () => {
    expect(publicHolidays({ country: 'DE' }, 2026).get('2026-12-25')).toBe('Christmas Day');
    expect(publicHolidays({ country: 'US' }, 2026).get('2026-11-26')).toBe('Thanksgiving Day');
  });

  test('knows the region: Epiphany is off in Bavaria, not in Berlin', () => {
    expect(publicHolidays({ country: 'DE', region: 'BY' }, 2026).get('2026-01-06')).toBe('Epiphany');
    expect(publicHolidays({ country: 'DE', region: 'BE' }, 2026).has('2026-01-06')).toBe(false);
  });

  test('leaves out observances: nobody is off on Valentine’s Day', () => {
    expect(publicHolidays({ country: 'US' }, 2026).has('2026-02-14')).toBe(false);
  });

  test('has substitute days, also those that fall into the year before', () => {
    expect(publicHolidays({ country: 'GB', region: 'ENG' }, 2026).get('2026-12-28')).toBe(
      'Boxing Day (substitute day)',
    );
    expect(publicHolidays({ country: 'US' }, 2027).get('2027-12-31')).toContain("New Year's Day");
  });

  test('has each day of Golden Week', () => {
    const golden = [...publicHolidays({ country: 'JP' }, 2026).keys()].filter(
      (date) => date > '2026-04-28' && date < '2026-05-08',
    );
    expect(golden).toEqual(['2026-04-29', '2026-05-03', '2026-05-04', '2026-05-05', '2026-05-06']);
  });

  test('has every day of a festival of several days, on the local dates, also across New Year', () => {
    const emirates = publicHolidays({ country: 'AE' }, 2026);
    expect(
      ['2026-03-19', '2026-03-20', '2026-03-21', '2026-03-22', '2026-03-23'].map((date) => emirates.has(date)),
    ).toEqual([false, true, true, true, false]);
    expect(publicHolidays({ country: 'SZ' }, 2026).get('2026-01-02')).toBe('Incwala Festival');
  });

  test('an evening off leaves the day a business day', () => {
    expect(publicHolidays({ country: 'AU', region: 'NT' }, 2026).has('2026-12-24')).toBe(false);
  });

  test('reads codes in either case, and works each year out once', () => {
    expect(publicHolidays({ country: 'de', region: 'by' }, 2026)).toBe(
      publicHolidays({ country: 'DE', region: 'BY' }, 2026),
    );
  });

  test('holds only dates of the year asked for', () => {
    for (const country of ['US', 'AE', 'IL', 'CN', 'JP']) {
      const dates = [...publicHolidays({ country }, 2033).keys()];
      expect(dates.filter((date) => !date.startsWith('2033-'))).toEqual([]);
    }
  });

  test('before and after its years knows what falls on the same date every year', () => {
    const later = publicHolidays({ country: 'DE' }, 2060);
    expect(later.get('2060-12-25')).toBe('Christmas Day');
    expect([...later.values()]).not.toContain('Good Friday');
    expect(publicHolidays({ country: 'DE' }, 2040).get('2040-03-30')).toBe('Good Friday');
    expect(publicHolidays({ country: 'US' }, 1999).get('1999-07-04')).toBe('Independence Day');
  });

  test.each([
    [{ country: 'XX' }, /country "XX".*ISO 3166-1/],
    [{ country: '' }, /country ""/],
    [{ country: 'DE/BY' }, /country "DE\/BY"/],
    [{ country: 'constructor' }, /country "constructor"/],
    [{ country: 'DE', region: 'ZZ' }, /region "ZZ" of DE: expected .*BY/],
    [{ country: 'FO', region: 'A' }, /region "A" of FO: expected no region/],
  ])('names a place it does not know: %j', (place, message) => {
    expect(() => publicHolidays(place, 2026)).toThrow(message);
  });
});
