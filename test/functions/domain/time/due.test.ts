import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  type Availability,
  type BusinessCalendar,
  businessCalendar,
  NoWorkingTimeError,
} from '../../../../functions/domain/time/calendar.ts';
import { dueAfter, parseWithin, type Within } from '../../../../functions/domain/time/due.ts';
import { publicHolidays } from '../../../../functions/domain/time/holidays.ts';

const nineToFive = { from: '09:00', to: '17:00' };
const weekdays = { mon: nineToFive, tue: nineToFive, wed: nineToFive, thu: nineToFive, fri: nineToFive };
const munich: Availability = { zone: 'Europe/Berlin', hours: weekdays, holidays: { country: 'DE', region: 'BY' } };

/** The due rule at a local time in the owner's zone: the local due time, and the sentence. */
function due(
  within: Within,
  anchor: string,
  owner: Availability | BusinessCalendar = munich,
  anchorName = 'closed won',
) {
  const calendar = 'hours' in owner ? businessCalendar(owner, publicHolidays) : owner;
  const instant = Temporal.PlainDateTime.from(anchor).toZonedDateTime(calendar.zone).toInstant().toString();
  const { at, because } = dueAfter({ within, anchor: instant, anchorName, calendar });
  expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/);
  const local = Temporal.Instant.from(at)
    .toZonedDateTimeISO(calendar.zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });
  return { local, because };
}

describe('hours run on business days only', () => {
  test('24 h from Friday 16:00 is Monday 16:00', () => {
    expect(due('24 hours', '2026-11-20T16:00')).toEqual({
      local: '2026-11-23T16:00',
      because: 'due Mon, Nov 23, 4 PM Berlin time: 24 h after Fri, Nov 20, 4 PM (closed won), weekend skipped',
    });
  });

  test('an anchor outside working time counts from the next working moment', () => {
    expect(due('24 hours', '2026-11-21T12:00')).toEqual({
      local: '2026-11-24T09:00',
      because:
        'due Tue, Nov 24, 9 AM Berlin time: 24 h after Sat, Nov 21, 12 PM (closed won), counted from Mon, Nov 23, 9 AM, the next working moment, weekend skipped',
    });
    expect(due('24 hours', '2026-11-17T19:30').because).toBe(
      'due Thu, Nov 19, 9 AM Berlin time: 24 h after Tue, Nov 17, 7:30 PM (closed won), counted from Wed, Nov 18, 9 AM, the next working moment',
    );
  });

  test('a result outside working time moves forward', () => {
    expect(due('4 hours', '2026-11-20T16:00')).toEqual({
      local: '2026-11-23T09:00',
      because:
        'due Mon, Nov 23, 9 AM Berlin time: 4 h after Fri, Nov 20, 4 PM (closed won), weekend skipped, moved to the next working moment',
    });
  });

  test.each([
    ['48 hours', '2026-11-20T16:00', '2026-11-24T16:00'],
    ['20 hours', '2026-11-20T16:00', '2026-11-23T12:00'],
    ['8 hours', '2026-11-20T09:00', '2026-11-20T17:00'],
    ['0 hours', '2026-11-20T18:00', '2026-11-23T09:00'],
    ['1.5 hours', '2026-11-20T10:00', '2026-11-20T11:30'],
    ['1 hour', '2026-11-20T10:00', '2026-11-20T11:00'],
    ['72 hours', '2026-11-20T16:00', '2026-11-25T16:00'],
    ['120 hours', '2026-11-20T16:00', '2026-11-27T16:00'],
  ] satisfies [Within, string, string][])('%s from %s: %s', (within, anchor, local) => {
    expect(due(within, anchor).local).toBe(local);
  });

  test('a day has the same local time at both clock changes', () => {
    expect(due('24 hours', '2026-03-27T16:00').local).toBe('2026-03-30T16:00');
    expect(due('24 hours', '2026-10-23T16:00').local).toBe('2026-10-26T16:00');
  });

  test('a half Friday is a business day, but 16:00 on it is not working time', () => {
    const halfFridays = { ...munich, hours: { ...weekdays, fri: { from: '09:00', to: '13:00' } } };
    expect(due('24 hours', '2026-11-19T16:00', halfFridays)).toEqual({
      local: '2026-11-23T09:00',
      because:
        'due Mon, Nov 23, 9 AM Berlin time: 24 h after Thu, Nov 19, 4 PM (closed won), weekend skipped, moved to the next working moment',
    });
    expect(due('24 hours', '2026-11-20T12:00', halfFridays).local).toBe('2026-11-23T12:00');
  });

  test('is never before its anchor in the hour that the clock shows twice', () => {
    const nights = businessCalendar(
      { zone: 'Europe/Berlin', hours: { sun: { from: '00:00', to: '06:00' } } },
      publicHolidays,
    );
    const secondHalfPastTwo = '2026-10-25T01:30:00Z';
    const { at } = dueAfter({
      within: '0.25 hours',
      anchor: secondHalfPastTwo,
      anchorName: 'closed won',
      calendar: nights,
    });
    expect(at).toBe('2026-10-25T01:45:00Z');
    const noDays = dueAfter({
      within: '0 days',
      anchor: secondHalfPastTwo,
      anchorName: 'closed won',
      calendar: nights,
    });
    expect(noDays.at).toBe(secondHalfPastTwo);
  });

  test('a time that the clock skips is the moment it springs forward, so a later anchor is never due earlier', () => {
    const nights = {
      zone: 'Europe/Berlin',
      hours: { sat: { from: '00:00', to: '06:00' }, sun: { from: '00:00', to: '06:00' } },
    };
    expect(due('24 hours', '2026-03-28T02:15', nights).local).toBe('2026-03-29T03:00');
    expect(due('24 hours', '2026-03-28T02:59', nights).local).toBe('2026-03-29T03:00');
    expect(due('24 hours', '2026-03-28T03:00', nights).local).toBe('2026-03-29T03:00');
  });

  test('elapsed hours are the wall clock, weekend or not', () => {
    expect(due('24 elapsed hours', '2026-11-20T16:00')).toEqual({
      local: '2026-11-21T16:00',
      because: 'due Sat, Nov 21, 4 PM Berlin time: 24 elapsed h after Fri, Nov 20, 4 PM (closed won)',
    });
    expect(due('24 elapsed hours', '2026-03-28T16:00').local).toBe('2026-03-29T17:00');
  });

  test('are due at a whole minute, the one that is told, whatever seconds they count from', () => {
    const calendar = businessCalendar(munich, publicHolidays);
    const request = { within: '24 hours', anchorName: 'closed won', calendar } as const;
    expect(dueAfter({ ...request, anchor: '2026-11-20T15:00:17Z' }).at).toBe('2026-11-23T15:00:00Z');
    expect(dueAfter({ ...request, anchor: '2026-11-20T15:00:59.999Z' }).at).toBe('2026-11-23T15:00:00Z');
  });
});

describe('business days end with the close of business', () => {
  test('3 business days from Friday: Wednesday evening', () => {
    expect(due('3 business days', '2026-11-20T16:00')).toEqual({
      local: '2026-11-25T17:00',
      because:
        'due Wed, Nov 25, 5 PM Berlin time: close of business, 3 business days after Fri, Nov 20, 4 PM (closed won), weekend skipped',
    });
  });

  test("the anchor's day is day 0, also at night and when nobody works on it", () => {
    expect(due('1 business day', '2026-11-16T23:00').local).toBe('2026-11-17T17:00');
    expect(due('1 business day', '2026-11-16T00:30').local).toBe('2026-11-17T17:00');
    expect(due('1 business day', '2026-11-21T12:00')).toEqual({
      local: '2026-11-23T17:00',
      because:
        'due Mon, Nov 23, 5 PM Berlin time: close of business, 1 business day after Sat, Nov 21, 12 PM (closed won), weekend skipped',
    });
    expect(due('1 business day', '2026-11-22T12:00').because).not.toContain('skipped');
  });

  test('closing days are named as their company calls them, and a public holiday among them by its own name', () => {
    const closed = { ...munich, closingDays: [{ from: '12-24', to: '12-31', name: 'Winter break' }] };
    expect(due('3 business days', '2026-12-22T11:00', closed).because).toBe(
      "due Tue, Jan 5, 2027, 5 PM Berlin time: close of business, 3 business days after Tue, Dec 22, 11 AM (closed won), Winter break, Christmas Day, 2 weekends, and New Year's Day skipped",
    );
    expect(due('24 hours', '2026-12-23T16:00', closed).local).toBe('2027-01-04T16:00');
  });

  test('5 business days over Christmas and New Year name what they skip, and the new year', () => {
    expect(due('5 business days', '2026-12-23T11:00')).toEqual({
      local: '2026-12-31T17:00',
      because:
        'due Thu, Dec 31, 5 PM Berlin time: close of business, 5 business days after Wed, Dec 23, 11 AM (closed won), Christmas Day and weekend skipped',
    });
    expect(due('7 business days', '2026-12-23T11:00')).toEqual({
      local: '2027-01-05T17:00',
      because:
        "due Tue, Jan 5, 2027, 5 PM Berlin time: close of business, 7 business days after Wed, Dec 23, 11 AM (closed won), Christmas Day, 2 weekends, and New Year's Day skipped",
    });
  });
});

describe('same day', () => {
  test.each([
    ['of the day', '2026-11-20T10:00', '2026-11-20T17:00'],
    ['of the day, before work', '2026-11-20T04:00', '2026-11-20T17:00'],
    ['at the close itself', '2026-11-20T17:00', '2026-11-20T17:00'],
    ['of the next business day when that is over', '2026-11-20T17:01', '2026-11-23T17:00'],
    ['of the next business day on a Sunday', '2026-11-22T10:00', '2026-11-23T17:00'],
  ])('is the close of business %s', (_, from, to) => {
    expect(due('same day', from).local).toBe(to);
  });

  test("the close of the anchor's day", () => {
    expect(due('same day', '2026-11-20T10:00', munich, 'internal meeting held')).toEqual({
      local: '2026-11-20T17:00',
      because:
        'due Fri, Nov 20, 5 PM Berlin time: close of business on the day of Fri, Nov 20, 10 AM (internal meeting held)',
    });
  });

  test('the close of the next business day when that has passed', () => {
    expect(due('same day', '2026-11-20T18:00', munich, 'internal meeting held')).toEqual({
      local: '2026-11-23T17:00',
      because:
        'due Mon, Nov 23, 5 PM Berlin time: close of business, next business day after Fri, Nov 20, 6 PM (internal meeting held), weekend skipped',
    });
  });
});

describe('calendar days and months', () => {
  test('14 days: two weeks later at the same local time, also over a clock change', () => {
    expect(due('14 days', '2026-10-20T11:00', munich, 'customer introduction')).toEqual({
      local: '2026-11-03T11:00',
      because: 'due Tue, Nov 3, 11 AM Berlin time: 14 days after Tue, Oct 20, 11 AM (customer introduction)',
    });
  });

  test('30 days after close land on a Sunday and move to Monday', () => {
    expect(due('30 days', '2026-11-20T16:00')).toEqual({
      local: '2026-12-21T09:00',
      because:
        'due Mon, Dec 21, 9 AM Berlin time: 30 days after Fri, Nov 20, 4 PM (closed won), weekend skipped, moved to the next working moment',
    });
  });

  test('an anchor at night counts as it is', () => {
    expect(due('1 day', '2026-11-16T23:00').because).toBe(
      'due Wed, Nov 18, 9 AM Berlin time: 1 day after Mon, Nov 16, 11 PM (closed won), moved to the next working moment',
    );
  });

  test('90 days before the renewal date', () => {
    expect(due('-90 days', '2027-11-19T12:00', munich, 'renewal date')).toEqual({
      local: '2027-08-23T09:00',
      because:
        'due Mon, Aug 23, 9 AM Berlin time: 90 days before Fri, Nov 19, 12 PM (renewal date), weekend skipped, moved to the next working moment',
    });
    expect(due('-90 days', '2027-02-01T12:00', munich, 'renewal date').because).toBe(
      'due Tue, Nov 3, 2026, 12 PM Berlin time: 90 days before Mon, Feb 1, 12 PM (renewal date)',
    );
  });

  test.each([
    ['1 month', '2026-01-30T12:00', '2026-03-02T09:00'],
    ['3 months', '2026-08-31T12:00', '2026-11-30T12:00'],
    ['12 months', '2026-11-20T12:00', '2027-11-22T09:00'],
    ['-1 month', '2026-03-31T12:00', '2026-03-02T09:00'],
    ['-13 months', '2028-03-29T12:00', '2027-03-01T09:00'],
  ] satisfies [Within, string, string][])('%s from %s: %s', (within, anchor, local) => {
    expect(due(within, anchor).local).toBe(local);
  });

  test('a month without that day ends sooner, and says so', () => {
    expect(due('1 month', '2026-08-31T12:00').because).toBe(
      'due Wed, Sep 30, 12 PM Berlin time: 1 month after Mon, Aug 31, 12 PM (closed won), to Wed, Sep 30, the end of that month',
    );
  });
});

describe("the owner's calendar", () => {
  test('names the holiday', () => {
    expect(due('24 hours', '2026-05-13T10:00').because).toBe(
      'due Fri, May 15, 10 AM Berlin time: 24 h after Wed, May 13, 10 AM (closed won), Ascension Day skipped',
    );
  });

  test('names an absence once, with the holiday and the weekend inside it', () => {
    const away = { ...munich, away: [{ from: '2026-12-23', to: '2026-12-27' }] };
    expect(due('24 hours', '2026-12-22T10:00', away)).toEqual({
      local: '2026-12-28T10:00',
      because: 'due Mon, Dec 28, 10 AM Berlin time: 24 h after Tue, Dec 22, 10 AM (closed won), away Dec 23–27 skipped',
    });
  });

  test('names absences over the turn of month and year, and of one day', () => {
    const away = {
      ...munich,
      away: [
        { from: '2026-12-28', to: '2027-01-08' },
        { from: '2026-12-22', to: '2026-12-22' },
      ],
    };
    expect(due('3 business days', '2026-12-21T10:00', away)).toEqual({
      local: '2027-01-11T17:00',
      because:
        'due Mon, Jan 11, 2027, 5 PM Berlin time: close of business, 3 business days after Mon, Dec 21, 10 AM (closed won), away Dec 22, Christmas Day, 2 weekends, and away Dec 28, 2026 – Jan 8, 2027 skipped',
    });
  });

  test('Tel Aviv: Friday and Saturday are the weekend, Sunday is a working day', () => {
    const hours = { sun: nineToFive, mon: nineToFive, tue: nineToFive, wed: nineToFive, thu: nineToFive };
    expect(due('24 hours', '2026-11-19T16:00', { zone: 'Asia/Jerusalem', hours })).toEqual({
      local: '2026-11-22T16:00',
      because: 'due Sun, Nov 22, 4 PM Jerusalem time: 24 h after Thu, Nov 19, 4 PM (closed won), weekend skipped',
    });
  });

  test('a lone day off is named by its weekday, and counted', () => {
    const { wed: _, ...hours } = weekdays;
    expect(due('24 hours', '2026-11-17T16:00', { zone: 'Europe/Berlin', hours }).because).toBe(
      'due Thu, Nov 19, 4 PM Berlin time: 24 h after Tue, Nov 17, 4 PM (closed won), Wednesday skipped',
    );
    expect(due('6 business days', '2026-11-17T16:00', { zone: 'Europe/Berlin', hours }).because).toContain(
      '2 Wednesdays and weekend skipped',
    );
    const shop = { zone: 'Europe/Berlin', hours: { ...weekdays, sat: nineToFive } };
    expect(due('24 hours', '2026-11-21T16:00', shop).because).toContain('Sunday skipped');
  });

  test('Tokyo: Golden Week', () => {
    const tokyo = { zone: 'Asia/Tokyo', hours: weekdays, holidays: { country: 'JP' } };
    expect(due('24 hours', '2026-05-01T16:00', tokyo)).toEqual({
      local: '2026-05-07T16:00',
      because:
        "due Thu, May 7, 4 PM Tokyo time: 24 h after Fri, May 1, 4 PM (closed won), weekend, Greenery Day, Children's Day, and Constitution Day (substitute day) skipped",
    });
  });

  test.each([
    ['Asia/Kathmandu', '24 hours', '2026-11-20T16:00', '2026-11-23T16:00'],
    ['Australia/Lord_Howe', '24 hours', '2026-04-03T16:00', '2026-04-06T16:00'],
    ['Australia/Lord_Howe', '24 hours', '2026-10-02T16:00', '2026-10-05T16:00'],
    ['Pacific/Apia', '2 business days', '2026-11-20T16:00', '2026-11-24T17:00'],
    ['America/St_Johns', '14 days', '2026-10-20T11:00', '2026-11-03T11:00'],
  ] satisfies [string, Within, string, string][])('%s: %s from %s is %s', (zone, within, anchor, local) => {
    expect(due(within, anchor, { zone, hours: weekdays }).local).toBe(local);
  });

  test('Lord Howe puts its clock back by half an hour: Sunday has the same local times all the same', () => {
    const sundays = { zone: 'Australia/Lord_Howe', hours: { ...weekdays, sat: nineToFive, sun: nineToFive } };
    expect(due('24 hours', '2026-04-04T10:00', sundays).local).toBe('2026-04-05T10:00');
    expect(due('23.5 hours', '2026-04-04T10:00', sundays).local).toBe('2026-04-05T09:30');
  });

  test('reassigning recomputes: the same rule and anchor in two calendars', () => {
    const anchor = '2026-11-25T22:00:00Z';
    const of = (availability: Availability) =>
      dueAfter({
        within: '24 hours',
        anchor,
        anchorName: 'closed won',
        calendar: businessCalendar(availability, publicHolidays),
      }).because;
    expect(of(munich)).toBe(
      'due Fri, Nov 27, 9 AM Berlin time: 24 h after Wed, Nov 25, 11 PM (closed won), counted from Thu, Nov 26, 9 AM, the next working moment',
    );
    expect(of({ zone: 'America/New_York', hours: weekdays, holidays: { country: 'US' } })).toBe(
      'due Fri, Nov 27, 5 PM New York time: 24 h after Wed, Nov 25, 5 PM (closed won), Thanksgiving Day skipped',
    );
  });

  test('gives up by name when the owner is off for more than two years', () => {
    expect(() =>
      due('24 hours', '2026-11-20T16:00', { ...munich, away: [{ from: '2026-11-21', to: '2030-01-01' }] }),
    ).toThrow(NoWorkingTimeError);
  });
});

describe('parseWithin', () => {
  test.each([
    ['24 hours', { unit: 'hours', amount: 24 }],
    ['1 hour', { unit: 'hours', amount: 1 }],
    ['24 elapsed hours', { unit: 'elapsed hours', amount: 24 }],
    ['3 business days', { unit: 'business days', amount: 3 }],
    ['1 business day', { unit: 'business days', amount: 1 }],
    ['-90 days', { unit: 'days', amount: -90 }],
    ['3 months', { unit: 'months', amount: 3 }],
    ['same day', { unit: 'same day' }],
  ])('%s', (text, amount) => {
    expect(parseWithin(text)).toEqual(amount);
  });

  test.each([
    ['', /"" is not a due rule: '24 hours'/],
    ['soon', /"soon"/],
    ['24', /"24"/],
    ['24h', /"24h"/],
    ['1e3 hours', /"1e3 hours"/],
    ['24 hours ', /"24 hours "/],
    ['-24 hours', /"-24 hours".*only days and months/],
    ['-1 business days', /only days and months/],
    ['0 business days', /'same day'/],
    ['1.5 business days', /whole business days/],
    ['1.5 days', /whole days/],
    ['4000 days', /at most 3650 days/],
  ])('refuses "%s", naming it', (text, message) => {
    const error = parseWithin(text);
    expect(error).toBeInstanceOf(RangeError);
    expect(String(error)).toMatch(message);
  });

  test('dueAfter throws that error', () => {
    expect(() => due('-24 hours', '2026-11-20T16:00')).toThrow(/"-24 hours" is not a due rule/);
  });
});
