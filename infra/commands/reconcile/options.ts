import { calendarDate, parseInstant, startOfDay } from '../../../functions/domain/time/formats.ts';
import { UnusableOptions } from '../deployment.ts';

/** The first moment (UTC) of a day that an option names. Throws UnusableOptions for what is none. */
export function dayOption(option: string, typed: string): string {
  const start = calendarDate().safeParse(typed).success ? startOfDay(typed, 'UTC') : undefined;
  if (start !== undefined) return start;
  throw new UnusableOptions(`${option} is a day such as 2026-10-01, not "${typed}".`);
}

/** A moment (UTC) that an option names. Throws UnusableOptions for what is none. */
export function momentOption(option: string, typed: string): string {
  const moment = parseInstant(typed);
  if (moment !== undefined) return moment;
  throw new UnusableOptions(`${option} is a moment such as 2026-10-01T09:00:00Z, not "${typed}".`);
}
