import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  type Availability,
  businessCalendar,
  type HolidayLookup,
  isAway,
  isWorkingMoment,
  type Weekday,
} from '../../../../functions/domain/time/calendar.ts';
import { type Due, dueAfter, type Within } from '../../../../functions/domain/time/due.ts';
import { publicHolidays } from '../../../../functions/domain/time/holidays.ts';

const seeded = { seed: 20261120, numRuns: 400 };
const weekdayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const satisfies readonly Weekday[];

const zone = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'Asia/Tokyo',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Pacific/Apia',
);
const holidays = fc.constantFrom(
  undefined,
  { country: 'DE', region: 'BY' },
  { country: 'US' },
  { country: 'JP' },
  { country: 'AE' },
);

const clockTime = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const hours = fc
  .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 1439 }))
  .filter(([a, b]) => Math.abs(a - b) > 60) // or a clock change can swallow the day
  .map(([a, b]) => ({ from: clockTime(Math.min(a, b)), to: clockTime(Math.max(a, b)) }));
const week = fc
  .oneof(
    hours.map((daily) => ({ mon: daily, tue: daily, wed: daily, thu: daily, fri: daily })),
    hours.map((daily) => ({ sun: daily, mon: daily, tue: daily, wed: daily, thu: daily })),
    fc.record(Object.fromEntries(weekdayNames.map((day) => [day, hours])) as Record<Weekday, typeof hours>, {
      requiredKeys: [],
    }),
  )
  .filter((days) => Object.keys(days).length > 0);

const moment = fc
  .integer({ min: Date.parse('2025-01-01T00:00:00Z') / 1000, max: Date.parse('2028-12-31T00:00:00Z') / 1000 })
  .map((seconds) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z'));
const absence = fc.tuple(moment, fc.integer({ min: 0, max: 40 })).map(([from, days]) => ({
  from: from.slice(0, 10),
  to: Temporal.PlainDate.from(from.slice(0, 10)).add({ days }).toString(),
}));
const availability: fc.Arbitrary<Availability> = fc.record({
  zone,
  hours: week,
  holidays,
  away: fc.array(absence, { maxLength: 6 }),
});

type Unit = 'hours' | 'business days' | 'days' | 'months';
const counted = fc.oneof(
  fc.record({
    unit: fc.constant<Unit>('hours'),
    amount: fc.integer({ min: 0, max: 400 }).map((quarters) => quarters / 4),
  }),
  fc.record({ unit: fc.constant<Unit>('business days'), amount: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ unit: fc.constant<Unit>('days'), amount: fc.integer({ min: -120, max: 120 }) }),
  fc.record({ unit: fc.constant<Unit>('months'), amount: fc.integer({ min: -12, max: 12 }) }),
);
const inWords = ({ unit, amount }: { unit: Unit; amount: number }): Within => `${amount} ${unit}`;
const workingRule: fc.Arbitrary<Within> = fc.oneof(counted.map(inWords), fc.constant<Within>('same day'));
const anyRule: fc.Arbitrary<Within> = fc.oneof(
  { weight: 5, arbitrary: workingRule },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 400 }).map((amount): Within => `${amount} elapsed hours`) },
);

function due(within: Within, anchor: string, owner: Availability, lookup: HolidayLookup = publicHolidays): Due {
  return dueAfter({ within, anchor, anchorName: 'closed won', calendar: businessCalendar(owner, lookup) });
}

const local = (at: string, owner: Availability) =>
  Temporal.Instant.from(at).toZonedDateTimeISO(owner.zone).toPlainDateTime();

describe('every due rule, for every owner', () => {
  test('is never due outside working time', () => {
    fc.assert(
      fc.property(availability, moment, workingRule, (owner, anchor, within) => {
        const { at } = due(within, anchor, owner);
        const calendar = businessCalendar(owner, publicHolidays);
        expect(isWorkingMoment(at, calendar)).toBe(true);
        expect(isAway(at, calendar)).toBe(false);
        const date = local(at, owner).toPlainDate();
        const open = owner.hours[weekdayNames[date.dayOfWeek - 1] ?? 'mon'];
        expect(open).toBeDefined();
        const time = local(at, owner).toPlainTime().toString().slice(0, 5);
        // At a clock change the day may begin as late as the clock springs forward, by at most an hour.
        expect(time >= (open?.from ?? '')).toBe(true);
        expect(time <= clockTime(Math.min(1439, minutesOf(open?.to ?? '') + 60))).toBe(true);
        if (owner.holidays !== undefined)
          expect(publicHolidays(owner.holidays, date.year).has(date.toString())).toBe(false);
      }),
      seeded,
    );
  });

  test('is never due before the minute of its anchor, unless it counts backwards', () => {
    fc.assert(
      fc.property(availability, moment, anyRule, (owner, anchor, within) => {
        fc.pre(!within.startsWith('-'));
        const { at } = due(within, anchor, owner);
        expect(epoch(at) % 60_000).toBe(0);
        expect(epoch(at)).toBeGreaterThan(epoch(anchor) - 60_000);
      }),
      seeded,
    );
  });

  test('a later anchor is never due earlier', () => {
    const close = fc.oneof(fc.integer({ min: 0, max: 7200 }), fc.integer({ min: 0, max: 30 * 86_400 }));
    fc.assert(
      fc.property(availability, moment, close, anyRule, (owner, anchor, seconds, within) => {
        const later = new Date(epoch(anchor) + seconds * 1000).toISOString();
        // In the hour that a clock shows twice, the later moment may have the earlier local time.
        fc.pre(Temporal.PlainDateTime.compare(local(anchor, owner), local(later, owner)) <= 0);
        expect(epoch(due(within, later, owner).at)).toBeGreaterThanOrEqual(epoch(due(within, anchor, owner).at));
      }),
      seeded,
    );
  });

  test('a larger amount is never due earlier', () => {
    fc.assert(
      fc.property(availability, moment, counted, fc.integer({ min: 1, max: 30 }), (owner, anchor, rule, more) => {
        const larger = { ...rule, amount: rule.amount + (rule.unit === 'hours' ? more / 4 : more) };
        expect(epoch(due(inWords(larger), anchor, owner).at)).toBeGreaterThanOrEqual(
          epoch(due(inWords(rule), anchor, owner).at),
        );
      }),
      seeded,
    );
  });

  test('depends on nothing but the anchor and the calendar: reassigned away and back, it is the same', () => {
    fc.assert(
      fc.property(availability, availability, moment, anyRule, (owner, other, anchor, within) => {
        const first = due(within, anchor, owner);
        due(within, anchor, other);
        const calendar = businessCalendar(JSON.parse(JSON.stringify(owner)) as Availability, publicHolidays);
        expect(dueAfter({ within, anchor, anchorName: 'closed won', calendar })).toEqual(first);
        expect(dueAfter({ within, anchor, anchorName: 'closed won', calendar })).toEqual(first);
      }),
      { ...seeded, numRuns: 300 },
    );
  });
});

describe('the explanation agrees with the result', () => {
  test('the printed times are the due time and the anchor, with the year only where it differs', () => {
    fc.assert(
      fc.property(availability, moment, anyRule, (owner, anchor, within) => {
        const { at, because } = due(within, anchor, owner);
        const year = local(anchor, owner).year;
        const [, dueText, zoneText, anchorText] =
          /^due (.+? [AP]M) (.+?): .*?(?:after|before|on the day of) (\w{3}, .+? [AP]M) \(closed won\)/.exec(because) ??
          [];
        expect(zoneText).toBe(owner.zone.replace(/^.*\/(.*)$/, '$1 time').replaceAll('_', ' '));
        expect(dueText).toBe(inPrint(at, owner, year));
        expect(anchorText).toBe(inPrint(anchor, owner, year));
      }),
      seeded,
    );
  });

  test('it names a day off exactly when one was passed over', () => {
    fc.assert(
      fc.property(availability, moment, workingRule, (owner, anchor, within) => {
        const { at, because } = due(within, anchor, owner);
        const passed = passedOver(owner, firstPassed(within, anchor, owner), local(at, owner).toPlainDate());
        expect(because.includes(' skipped')).toBe(passed.length > 0);
        for (const reason of passed) expect(because).toMatch(reason);
      }),
      seeded,
    );
  });

  test('it says that the anchor or the result was moved exactly when it was', () => {
    fc.assert(
      fc.property(availability, moment, workingRule, (owner, anchor, within) => {
        const { because } = due(within, anchor, owner);
        const working = isWorkingMoment(anchor, businessCalendar(owner, publicHolidays));
        expect(because.includes('counted from')).toBe(within.endsWith(' hours') && !working);
        if (within.endsWith('business days') || within === 'same day') expect(because).not.toContain('moved to');
        if (within === '0 days') expect(because.includes('moved to')).toBe(!working);
      }),
      seeded,
    );
  });
});

describe('business days, against counting by hand', () => {
  test('as many business days lie after the anchor’s date up to the due date as were asked for', () => {
    fc.assert(
      fc.property(availability, moment, fc.integer({ min: 1, max: 30 }), (owner, anchor, count) => {
        const last = local(due(`${count} business days`, anchor, owner).at, owner).toPlainDate();
        const first = local(anchor, owner).toPlainDate().add({ days: 1 });
        const dates = first.until(last).days + 1;
        expect(dates - passedOver(owner, first, last).length).toBe(count);
      }),
      { ...seeded, numRuns: 300 },
    );
  });

  test('24 h between working moments is one business day later at the same local time, where that is working time', () => {
    fc.assert(
      fc.property(availability, moment, fc.integer({ min: 1, max: 10 }), (owner, anchor, days) => {
        const calendar = businessCalendar(owner, publicHolidays);
        fc.pre(isWorkingMoment(anchor, calendar));
        const { at, because } = due(`${days * 24} hours`, anchor, owner);
        fc.pre(!because.includes('moved to'));
        const close = due(`${days} business days`, anchor, owner).at;
        expect(local(at, owner).toPlainDate().toString()).toBe(local(close, owner).toPlainDate().toString());
        const { hour, minute } = local(anchor, owner);
        const sameTime = local(close, owner).withPlainTime({ hour, minute });
        const skippedByClock = !sameTime.toZonedDateTime(owner.zone).toPlainDateTime().equals(sameTime);
        expect(local(at, owner).equals(sameTime) || skippedByClock).toBe(true);
      }),
      seeded,
    );
  });
});

function epoch(at: string): number {
  return Temporal.Instant.from(at).epochMilliseconds;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function inPrint(at: string, owner: Availability, year: number): string {
  const moment = local(at, owner);
  const date = `${dayName(moment).slice(0, 3)}, ${monthNames[moment.month - 1]} ${moment.day}`;
  const minutes = moment.minute === 0 ? '' : `:${moment.toPlainTime().toString().slice(3, 5)}`;
  const time = `${moment.hour % 12 || 12}${minutes} ${moment.hour < 12 ? 'AM' : 'PM'}`;
  return moment.year === year ? `${date}, ${time}` : `${date}, ${moment.year}, ${time}`;
}

const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const dayName = ({ dayOfWeek }: Pick<Temporal.PlainDate, 'dayOfWeek'>): string => dayNames[dayOfWeek - 1] ?? '';

/** The first date whose being a day off matters: calendar days run through days off until they land. */
function firstPassed(within: Within, anchor: string, owner: Availability): Temporal.PlainDate {
  const start = local(anchor, owner);
  const amount = Number.parseFloat(within);
  if (within.endsWith('business days')) return start.toPlainDate().add({ days: 1 });
  if (within.endsWith('days')) return start.add({ days: amount }).toPlainDate();
  if (within.endsWith('months')) return start.add({ months: amount }).toPlainDate();
  return start.toPlainDate();
}

/** For each day off from `first` up to and without `last`, what the sentence must say of it. */
function passedOver(
  owner: Availability,
  first: Temporal.PlainDate,
  last: Temporal.PlainDate,
): readonly (string | RegExp)[] {
  const reasons: (string | RegExp)[] = [];
  for (let date = first; Temporal.PlainDate.compare(date, last) < 0; date = date.add({ days: 1 })) {
    const day = date.toString();
    const holiday = owner.holidays === undefined ? undefined : publicHolidays(owner.holidays, date.year).get(day);
    if (owner.away?.some(({ from, to }) => from <= day && day <= to)) reasons.push(/away [A-Z][a-z]{2} \d/);
    else if (owner.hours[weekdayNames[date.dayOfWeek - 1] ?? 'mon'] === undefined) {
      reasons.push(new RegExp(`weekend|${dayName(date)}`));
    } else if (holiday !== undefined) reasons.push(new RegExp(holiday.replace(/[()]/g, '\\$&')));
  }
  return reasons;
}
