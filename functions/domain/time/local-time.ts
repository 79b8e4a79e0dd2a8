import { dayLength, epochOf, type Instant, instantOf, type Wall, wallAt } from './calendar-instant.ts';
import { parseInstant } from './formats.ts';
import { type Nearest, nearestTo, readTypedDate } from './typed-date.ts';
import { formatTime, formatWall } from './wall-format.ts';
import { momentsOf } from './zone-offsets.ts';

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
  const wall = date.day * dayLength + time.time;
  const moments = momentsOf(wall, zone);
  if ('skippedAt' in moments)
    return { problem: `Clocks skip ${clockText(wall)} that night; use ${clockText(wallAt(moments.skippedAt, zone))}` };
  const [at, second] = [instantOf(moments.first), instantOf(moments.second)];
  const shown = localTimeText(at, zone);
  return second === at ? { at, shown } : { at, second, shown };
}

/** What to do about a text that is no date and time. */
export const notATime = 'Enter a real date and time, like Nov 24, 2026, 3 PM';

const clock = /^(\d{1,2})(?:[:.](\d\d)(?:[:.](\d\d)(?:\.\d+)?)?)? ?(?:([ap])\.?m\.?)?$/i;

/** The time behind a date: ', 3 PM', 'T15:00', ' at 3:30pm'; in milliseconds after midnight. */
function readTypedTime(rest: string): { readonly time: number } | { readonly problem: string } {
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
  return { time: 1000 * (3600 * of24 + 60 * Number(minutes ?? 0) + Number(seconds)) };
}

const clockText = (wall: Wall): string => formatTime(wall - (wall % 60_000));

/** The value of an `<input type=datetime-local>` that shows `at` in `zone`, to the minute. */
export function localTimeValue(at: Instant, zone: string): string {
  return new Date(wallAt(epochOf(at), zone)).toISOString().slice(0, 16);
}

/** 'Tue, Nov 24, 2026, 10 AM' in `zone`, which is not named. */
export function localTimeText(at: Instant, zone: string): string {
  return formatWall(wallAt(epochOf(at), zone), Number.NaN);
}
