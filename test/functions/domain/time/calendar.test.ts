import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  type Availability,
  addBusinessDays,
  addWorkingTime,
  businessCalendar,
  CalendarError,
  isAway,
  isWorkingMoment,
  NoWorkingTimeError,
  nextWorkingMoment,
  workingTimeBetween,
} from '../../../../functions/domain/time/calendar.ts';
import { publicHolidays } from '../../../../functions/domain/time/holidays.ts';

const nineToFive = { from: '09:00', to: '17:00' };
const weekdays = { mon: nineToFive, tue: nineToFive, wed: nineToFive, thu: nineToFive, fri: nineToFive };
const berlin = calendar({ zone: 'Europe/Berlin', hours: weekdays, holidays: { country: 'DE', region: 'BY' } });

function closing(from: string, to: string): Availability {
  return { zone: 'UTC', hours: weekdays, closingDays: [{ from, to, name: 'Closed' }] };
}

function calendar(availability: Availability) {
  return businessCalendar(availability, publicHolidays);
}

/** The instant at a local time: at('Europe/Berlin', '2026-11-20T16:00'). */
function at(zone: string, local: string): string {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant().toString();
}

const inBerlin = (local: string) => at('Europe/Berlin', local);

describe('businessCalendar', () => {
  test.each([
    [{ zone: 'Europe/Atlantis', hours: weekdays }, /time zone "Europe\/Atlantis"/],
    [{ zone: '+01:00', hours: weekdays }, /time zone "\+01:00"/],
    [{ zone: '', hours: weekdays }, /time zone ""/],
    [{ zone: 'UTC', hours: { mon: { from: '17:00', to: '09:00' } } }, /hours on mon: 17:00 to 09:00/],
    [{ zone: 'UTC', hours: { mon: { from: '09:00', to: '09:00' } } }, /end must be after/],
    [{ zone: 'UTC', hours: { tue: { from: '9:00', to: '17:00' } } }, /hours on tue: "9:00"/],
    [{ zone: 'UTC', hours: { tue: { from: '09:00', to: '24:00' } } }, /"24:00" is not a time/],
    [{ zone: 'UTC', hours: {} }, /No working day at all/],
    [{ zone: 'UTC', hours: { friday: nineToFive } as Availability['hours'] }, /weekday "friday"/],
    [{ zone: 'UTC', hours: weekdays, away: [{ from: '2026-02-30', to: '2026-03-01' }] }, /"2026-02-30" is not a date/],
    [{ zone: 'UTC', hours: weekdays, away: [{ from: '2026-03-02', to: '2026-03-01' }] }, /ends before it starts/],
    [closing('2026-02-30', '2026-03-01'), /closing days: "2026-02-30" is not a date/],
    [closing('02-30', '03-01'), /closing days: "02-30" is not a date such as 2026-12-23, or 12-23 for every year/],
    [closing('24.12.', '31.12.'), /"24\.12\." is not a date/],
    [closing('2026-12-24', '12-31'), /give the year of both dates, or of none/],
    [closing('2026-12-31', '2026-12-24'), /ends before it starts/],
    [closing('12-31', '12-24'), /are 360 days; at most 92/],
    [closing('2026-01-01', '2026-12-31'), /are 365 days; at most 92/],
  ] satisfies [Availability, RegExp][])('refuses %j', (availability, message) => {
    expect(() => calendar(availability)).toThrow(CalendarError);
    expect(() => calendar(availability)).toThrow(message);
  });

  test('names a country without known holidays when a holiday matters', () => {
    const lost = calendar({ zone: 'UTC', hours: weekdays, holidays: { country: 'XX' } });
    expect(() => isWorkingMoment('2026-11-20T15:00:00Z', lost)).toThrow(/country "XX"/);
  });

  test('asks for the holidays of a year once', () => {
    const years: number[] = [];
    const counted = businessCalendar({ zone: 'UTC', hours: weekdays, holidays: { country: 'DE' } }, (_, year) => {
      years.push(year);
      return new Map();
    });
    workingTimeBetween('2026-01-01T00:00:00Z', '2027-12-31T00:00:00Z', counted);
    workingTimeBetween('2026-01-01T00:00:00Z', '2027-12-31T00:00:00Z', counted);
    expect(years).toEqual([2026, 2027]);
  });
});

describe('isWorkingMoment', () => {
  test.each([
    ['2026-11-20T08:59:59', false],
    ['2026-11-20T09:00', true],
    ['2026-11-20T17:00', true],
    ['2026-11-20T17:00:00.001', false],
    ['2026-11-21T12:00', false],
    ['2026-12-25T12:00', false],
    ['2026-01-06T12:00', false],
  ])('%s in Bavaria: %s', (local, working) => {
    expect(isWorkingMoment(inBerlin(local), berlin)).toBe(working);
  });

  test('names text that is not an instant', () => {
    expect(() => isWorkingMoment('yesterday', berlin)).toThrow(/"yesterday" is not an instant/);
    expect(() => isWorkingMoment('2026-11-20', berlin)).toThrow(/"2026-11-20" is not an instant/);
  });
});

describe('closing days', () => {
  const closed = (from: string, to: string) =>
    calendar({
      zone: 'Europe/Berlin',
      hours: weekdays,
      holidays: { country: 'DE', region: 'BY' },
      closingDays: [{ from, to, name: 'Winter break' }],
    });
  const worksOn = (day: string, at: ReturnType<typeof calendar>) => isWorkingMoment(inBerlin(`${day}T12:00`), at);

  test.each([
    [
      '2026-12-23',
      '2026-12-30',
      ['2026-12-22', '2026-12-31'],
      ['2026-12-23', '2026-12-25', '2026-12-28', '2026-12-30'],
    ],
    ['12-23', '12-30', ['2026-12-22', '2026-12-31', '2030-12-31'], ['2026-12-23', '2030-12-30']],
    [
      '12-28',
      '01-05',
      ['2026-12-24', '2027-01-07'],
      ['2026-12-28', '2026-12-31', '2027-01-04', '2027-01-05', '2028-12-29'],
    ],
    ['02-29', '02-29', ['2027-03-01', '2028-02-28', '2028-03-01'], ['2028-02-29']],
  ])('from %s to %s', (from, to, open, shut) => {
    const days = closed(from, to);
    expect(open.filter((day) => !worksOn(day, days))).toEqual([]);
    expect(shut.filter((day) => worksOn(day, days))).toEqual([]);
  });

  test('are days off, and no absence', () => {
    const days = closed('2026-12-21', '2026-12-23');
    expect(isAway(inBerlin('2026-12-22T12:00'), days)).toBe(false);
    expect(nextWorkingMoment(inBerlin('2026-12-18T18:00'), days)).toBe(inBerlin('2026-12-24T09:00'));
    expect(workingTimeBetween(inBerlin('2026-12-18T16:00'), inBerlin('2026-12-24T10:00'), days)).toBe(2 * 3_600_000);
  });
});

describe('nextWorkingMoment', () => {
  test.each([
    ['inside: itself', '2026-11-20T16:00', '2026-11-20T16:00'],
    ['before work', '2026-11-20T06:00', '2026-11-20T09:00'],
    ['Friday evening', '2026-11-20T20:00', '2026-11-23T09:00'],
    ['Christmas Eve 2026, a Thursday, after work', '2026-12-24T18:00', '2026-12-28T09:00'],
  ])('%s', (_, from, to) => {
    expect(nextWorkingMoment(inBerlin(from), berlin)).toBe(inBerlin(to));
  });

  test('gives up with a named error when somebody is away for more than two years', () => {
    const gone = calendar({ zone: 'Europe/Berlin', hours: weekdays, away: [{ from: '2026-11-21', to: '2029-12-31' }] });
    expect(() => nextWorkingMoment(inBerlin('2026-11-20T18:00'), gone)).toThrow(NoWorkingTimeError);
    expect(() => nextWorkingMoment(inBerlin('2026-11-20T18:00'), gone)).toThrow(
      'No working time in Europe/Berlin within two years of Sat, Nov 21, 2026',
    );
    expect(nextWorkingMoment(inBerlin('2026-11-20T16:00'), gone)).toBe(inBerlin('2026-11-20T16:00'));
  });

  test('waits out an absence of a year', () => {
    const leave = calendar({
      zone: 'Europe/Berlin',
      hours: weekdays,
      away: [{ from: '2026-01-01', to: '2026-12-31' }],
    });
    expect(nextWorkingMoment(inBerlin('2026-02-01T12:00'), leave)).toBe(inBerlin('2027-01-01T09:00'));
  });
});

describe('addBusinessDays', () => {
  const halfFridays = calendar({ zone: 'Europe/Berlin', hours: { ...weekdays, fri: { from: '09:00', to: '13:00' } } });

  test.each([
    ['same local time', '2026-11-18T11:00', 2, '2026-11-20T11:00'],
    ['over the weekend', '2026-11-20T11:00', 1, '2026-11-23T11:00'],
    ['kept within a half Friday', '2026-11-19T16:00', 1, '2026-11-20T13:00'],
    ['from the evening: the close', '2026-11-18T22:00', 1, '2026-11-19T17:00'],
    ['from the small hours: the opening', '2026-11-18T03:00', 1, '2026-11-19T09:00'],
    ['0 days: the next working moment', '2026-11-20T14:00', 0, '2026-11-23T09:00'],
    ['across the clock change of 29 March', '2026-03-27T11:00', 1, '2026-03-30T11:00'],
  ])('%s', (_, from, days, to) => {
    expect(addBusinessDays(inBerlin(from), days, halfFridays)).toBe(inBerlin(to));
  });

  test.each([-1, 1.5, Number.NaN])('refuses %s days', (days) => {
    expect(() => addBusinessDays(inBerlin('2026-11-20T12:00'), days, berlin)).toThrow(/Cannot add/);
  });
});

describe('working time', () => {
  const hour = 3_600_000;

  test('counts working hours only', () => {
    expect(workingTimeBetween(inBerlin('2026-11-20T16:00'), inBerlin('2026-11-23T10:00'), berlin)).toBe(2 * hour);
    expect(workingTimeBetween(inBerlin('2026-11-23T10:00'), inBerlin('2026-11-20T16:00'), berlin)).toBe(0);
    expect(workingTimeBetween(inBerlin('2026-12-24T16:00'), inBerlin('2026-12-28T09:00'), berlin)).toBe(hour);
  });

  test('ends at the close rather than at the next opening', () => {
    expect(addWorkingTime(inBerlin('2026-11-20T16:00'), hour, berlin)).toBe(inBerlin('2026-11-20T17:00'));
    expect(addWorkingTime(inBerlin('2026-11-20T16:00'), hour + 1, berlin)).toBe(inBerlin('2026-11-23T09:00:00.001'));
  });

  test.each([-1, Number.POSITIVE_INFINITY, Number.NaN])('refuses to add %s', (milliseconds) => {
    expect(() => addWorkingTime(inBerlin('2026-11-20T16:00'), milliseconds, berlin)).toThrow(/Cannot add/);
  });

  test('a night shift has the hours that the clock really shows', () => {
    const nights = calendar({ zone: 'Europe/Berlin', hours: { sun: { from: '00:30', to: '06:30' } } });
    expect(workingTimeBetween(inBerlin('2026-03-29T00:00'), inBerlin('2026-03-30T00:00'), nights)).toBe(5 * hour);
    expect(workingTimeBetween(inBerlin('2026-10-25T00:00'), inBerlin('2026-10-26T00:00'), nights)).toBe(7 * hour);
  });

  test('hours that the clock skips are a day off', () => {
    const early = calendar({ zone: 'Europe/Berlin', hours: { sun: { from: '02:00', to: '03:00' } } });
    expect(nextWorkingMoment(inBerlin('2026-03-29T00:00'), early)).toBe(inBerlin('2026-04-05T02:00'));
  });

  test('a date that never was has no hours: Samoa, 30 December 2011', () => {
    const apia = calendar({ zone: 'Pacific/Apia', hours: weekdays });
    expect(addBusinessDays(at('Pacific/Apia', '2011-12-29T10:00'), 1, apia)).toBe(
      at('Pacific/Apia', '2012-01-02T10:00'),
    );
  });

  test('what was added is what lies between, in every zone', () => {
    const start = fc.date({
      min: new Date('2025-01-01T00:00:00Z'),
      max: new Date('2028-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    const zones = fc.constantFrom(
      'Europe/Berlin',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'America/Sao_Paulo',
    );
    fc.assert(
      fc.property(zones, start, fc.integer({ min: 0, max: 60 * 24 * hour }), (zone, date, amount) => {
        const owner = calendar({
          zone,
          hours: { ...weekdays, sun: { from: '00:00', to: '23:59' } },
          holidays: { country: 'JP' },
        });
        const end = addWorkingTime(date.toISOString(), amount, owner);
        expect(workingTimeBetween(date.toISOString(), end, owner)).toBe(amount);
        expect(isWorkingMoment(end, owner)).toBe(true);
      }),
      { seed: 20261120, numRuns: 200 },
    );
  });
});

describe('isAway', () => {
  const kathmandu = calendar({
    zone: 'Asia/Kathmandu',
    hours: weekdays,
    away: [{ from: '2026-12-23', to: '2026-12-27' }],
  });

  test('counts both ends, as local dates', () => {
    expect(isAway('2026-12-22T18:14:59Z', kathmandu)).toBe(false);
    expect(isAway('2026-12-22T18:15:00Z', kathmandu)).toBe(true);
    expect(isAway('2026-12-27T18:14:59Z', kathmandu)).toBe(true);
    expect(isAway('2026-12-27T18:15:00Z', kathmandu)).toBe(false);
  });
});
