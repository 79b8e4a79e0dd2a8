import { Temporal } from 'temporal-polyfill';
import type { Instant } from './calendar.ts';
import { parseInstant } from './formats.ts';
import { type Nearest, nearestTo, readTypedDate } from './typed-date.ts';
import { formatTime, formatWall } from './wall-format.ts';

/** A date and time as typed into a form. `second`: the same reading once more, when the clocks go back. */
export type LocalTime =
  | { readonly at: Instant; readonly second?: Instant; readonly shown: string }
  | { readonly problem: string };

/**
 * Reads a date and time on the wall clock of `zone`: the value of an `<input type=datetime-local>` (`2026-11-24T10:00`), or as
 * people type it ('24.11.2026 10:00', '11/24/2026 3pm', 'Nov 24, 3 PM'); also a full ISO 8601 instant. A time that the clocks skip
 * in spring is a problem; one that they show twice in autumn is two moments. `near`: which year is meant where none is typed.
 */
export function readLocalTime(
  typed: string,
  zone: string,
  near?: { readonly at: Instant; readonly is: Nearest['is'] },
): LocalTime {
  const instant = parseInstant(typed.trim().replace(' ', 'T'));
  if (instant !== undefined) return { at: instant, shown: localTimeText(instant, zone) };
  const date = readTypedDate(typed, near && nearestTo({ at: near.at, zone }, near.is));
  if (date === undefined) return { problem: notATime };
  if ('problem' in date) return date;
  const time = readTypedTime(date.rest);
  if ('problem' in time) return time;
  const plain = date.day.toPlainDateTime(time.time);
  const first = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const second = plain.toZonedDateTime(zone, { disambiguation: 'later' });
  const at = utc(first);
  if (!first.toPlainDateTime().equals(plain)) {
    // The clocks go on at the change that lies between the two readings.
    const change = first.getTimeZoneTransition('next') ?? second;
    return { problem: `Clocks skip ${clockText(plain)} that night; use ${clockText(change)}` };
  }
  const shown = localTimeText(at, zone);
  return utc(second) === at ? { at, shown } : { at, second: utc(second), shown };
}

/** What to do about a text that is no date and time. */
export const notATime = 'Enter a real date and time, like Nov 24, 2026, 3 PM';

const clock = /^(\d{1,2})(?:[:.](\d\d)(?:[:.](\d\d)(?:\.\d+)?)?)? ?(?:([ap])\.?m\.?)?$/i;

/** The time behind a date: ', 3 PM', 'T15:00', ' at 3:30pm'. */
function readTypedTime(rest: string): { readonly time: Temporal.PlainTime } | { readonly problem: string } {
  const text = rest.replace(/^(?:,| |T|at\b|\u202f)+/i, '').trim();
  if (text === '') return { problem: 'Add a time, like 3 PM' };
  const [match, hours = '', minutes, seconds = '0', half] = clock.exec(text) ?? [];
  if (!match) return { problem: notATime };
  const hour = Number(hours);
  if (half === undefined && minutes === undefined)
    return { problem: `Is ${hour} in the morning or afternoon? Add AM or PM` };
  const isPossible = half === undefined ? hour <= 23 : hour >= 1 && hour <= 12;
  if (!isPossible || Number(minutes ?? 0) > 59 || Number(seconds) > 59)
    return { problem: `There is no ${text}. Enter a time, like 3 PM` };
  const of24 = half === undefined ? hour : (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  return { time: Temporal.PlainTime.from({ hour: of24, minute: Number(minutes ?? 0), second: Number(seconds) }) };
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
