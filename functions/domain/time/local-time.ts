import { Temporal } from 'temporal-polyfill';
import type { Instant } from './calendar.ts';
import { parseInstant } from './formats.ts';
import { formatTime, formatWall } from './wall-format.ts';

/** A date and time as typed into a form. `second`: the same reading once more, when the clocks go back. */
export type LocalTime =
  | { readonly at: Instant; readonly second?: Instant; readonly shown: string }
  | { readonly problem: string };

/**
 * Reads the value of an `<input type=datetime-local>` (`2026-11-24T10:00`) on the wall clock of `zone`, or a full ISO 8601
 * instant. A time that the clocks skip in spring is a problem; one that they show twice in autumn is two moments.
 */
export function readLocalTime(typed: string, zone: string): LocalTime {
  const text = typed.trim().replace(' ', 'T');
  const instant = parseInstant(text);
  if (instant !== undefined) return { at: instant, shown: localTimeText(instant, zone) };
  let plain: Temporal.PlainDateTime;
  try {
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text)) throw new RangeError('not a date and time');
    plain = Temporal.PlainDateTime.from(text, { overflow: 'reject' });
  } catch {
    return { problem: 'Enter a date and a time that exist, such as 2026-11-24 10:00.' };
  }
  const first = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const second = plain.toZonedDateTime(zone, { disambiguation: 'later' });
  const at = utc(first);
  if (!first.toPlainDateTime().equals(plain)) {
    // The clocks go on at the change that lies between the two readings.
    const change = first.getTimeZoneTransition('next') ?? second;
    return { problem: `Clocks skip ${clockText(plain)} that night; use ${clockText(change)}.` };
  }
  const shown = localTimeText(at, zone);
  return utc(second) === at ? { at, shown } : { at, second: utc(second), shown };
}

const clockText = (time: { toString(): string }): string => formatTime(Date.parse(`${time.toString().slice(0, 16)}Z`));

/** The value of an `<input type=datetime-local>` that shows `at` in `zone`, to the minute. */
export function localTimeValue(at: Instant, zone: string): string {
  return wallOf(at, zone).slice(0, 16);
}

/** 'Tue, Nov 24, 2026, 10 AM' in `zone`, which is not named. */
export function localTimeText(at: Instant, zone: string): string {
  return formatWall(Date.parse(`${wallOf(at, zone)}Z`), Number.NaN);
}

function wallOf(at: Instant, zone: string): string {
  return Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'second' });
}

function utc(zoned: Temporal.ZonedDateTime): Instant {
  return new Date(zoned.epochMilliseconds).toISOString().replace('.000Z', 'Z');
}
