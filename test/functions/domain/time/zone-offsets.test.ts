import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { epochAt, epochOf, instantOf, wallAt } from '../../../../functions/domain/time/calendar-instant.ts';
import { offsetText } from '../../../../functions/domain/time/clock-changes.ts';
import { dayIn, startOfDay, timeZone } from '../../../../functions/domain/time/formats.ts';
import { readTypedDate } from '../../../../functions/domain/time/typed-date.ts';
import { momentsOf, offsetAt } from '../../../../functions/domain/time/zone-offsets.ts';

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Asia/Kathmandu',
  'Africa/Casablanca',
];
const zone = fc.constantFrom(...zones);
const epoch = fc.integer({ min: Date.UTC(1960, 0), max: Date.UTC(2120, 0) });

const zoned = (at: number, where: string) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(where);

/** Moments within two hours of a change of the clocks, where there is one. */
const nearChange = fc
  .tuple(
    fc.integer({ min: Date.UTC(1979, 6), max: Date.UTC(2040, 0) }),
    zone,
    fc.integer({ min: -7_200_000, max: 7_200_000 }),
  )
  .map(([at, where, off]) => ({
    where,
    at: (zoned(at, where).getTimeZoneTransition('next')?.epochMilliseconds ?? at) + off,
  }));
const anywhen = fc.oneof(fc.record({ where: zone, at: epoch }), nearChange);

describe('a zone', () => {
  it('is one in any spelling that clocks are read by, before and after it was asked for, and an offset is none', () => {
    const isZone = (text: string) => timeZone().safeParse(text).success;
    const spelled = ['Europe/Vienna', 'europe/vienna', 'EST5EDT', '+01:00', 'Europe/Nowhere', 'Europe', ''];
    const before = spelled.map(isZone);
    expect(before).toEqual([true, true, true, false, false, false, false]);
    for (const text of spelled)
      try {
        offsetAt(Date.UTC(2026, 0, 5), text);
      } catch {
        expect(isZone(text)).toBe(false);
      }
    expect(spelled.map(isZone)).toEqual(before);
  });
});

describe('the offset of a zone', () => {
  it('is what its rules say, at any moment', () => {
    fc.assert(
      fc.property(anywhen, ({ where, at }) => {
        expect(offsetAt(at, where)).toBe(zoned(at, where).offsetNanoseconds / 1_000_000);
      }),
    );
  });

  it('leads from a reading of the clock to its moment as the rules do', () => {
    fc.assert(
      fc.property(anywhen, fc.option(epoch, { nil: undefined }), ({ where, at }, notBefore) => {
        const wall = wallAt(at, where);
        const plain = zoned(wall, 'UTC').toPlainDateTime();
        const [earlier, later] = (['earlier', 'later'] as const).map(
          (disambiguation) => plain.toZonedDateTime(where, { disambiguation }).epochMilliseconds,
        );
        expect(epochAt(wall, where, notBefore)).toBe(
          notBefore !== undefined && Number(earlier) < notBefore ? later : earlier,
        );
      }),
    );
  });

  it('leads from a reading of the clock, and of one that it skips, to what Temporal says', () => {
    fc.assert(
      fc.property(nearChange, ({ where, at }) => {
        // As if clocks had not changed: half of these readings are skipped, or come twice.
        const wall = at + offsetAt(at - 14_400_000, where);
        const plain = zoned(wall, 'UTC').toPlainDateTime();
        const [first, second] = (['earlier', 'later'] as const).map((disambiguation) =>
          plain.toZonedDateTime(where, { disambiguation }),
        );
        const skippedAt = first?.getTimeZoneTransition('next')?.epochMilliseconds;
        expect(momentsOf(wall, where)).toEqual(
          first?.toPlainDateTime().equals(plain)
            ? { first: first.epochMilliseconds, second: second?.epochMilliseconds }
            : { skippedAt },
        );
      }),
    );
  });

  it('is written, and its days begin and end, as Temporal has them', () => {
    fc.assert(
      fc.property(anywhen, ({ where, at }) => {
        expect(offsetText(at, where)).toBe(zoned(at, where).offset);
        const day = zoned(at, where).toPlainDate();
        expect(dayIn(instantOf(at), where)).toBe(day.toString());
        expect(startOfDay(day.toString(), where)).toBe(instantOf(day.toZonedDateTime(where).epochMilliseconds));
        expect(readTypedDate(day.toString())).toEqual({ day: epochOf(`${day}T00:00:00Z`) / 86_400_000, rest: '' });
      }),
    );
  });

  it('asks for a zone that there is, and a moment', () => {
    expect(() => wallAt(0, 'Nowhere/Land')).toThrow(RangeError);
    expect(() => wallAt(Number.NaN, 'UTC')).toThrow(RangeError);
    expect(() => wallAt(9e15, 'UTC')).toThrow(RangeError);
  });
});

describe('an instant', () => {
  it.each(['2026-11-20T15:00:00Z', '2026-11-20T15:00:00.000Z', '2026-11-20T15:00:00.120Z', '2026-11-20T16:00+01:00'])(
    'is read as it is written: %s',
    (at) => {
      expect(epochOf(at)).toBe(Temporal.Instant.from(at).epochMilliseconds);
    },
  );

  it.each(['2026-11-20', '2026-02-30T00:00:00Z', '2026-11-20T15:00:00', 'Nov 20, 2026', ''])('is not %s', (at) => {
    expect(() => epochOf(at)).toThrow(RangeError);
  });
});
