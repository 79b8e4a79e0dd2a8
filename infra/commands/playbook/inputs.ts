import { readFile } from 'node:fs/promises';
import type { CalendarOf } from '../../../functions/domain/people/people.ts';
import type { Person } from '../../../functions/domain/people/person.ts';
import { businessCalendar } from '../../../functions/domain/time/calendar.ts';
import { publicHolidays } from '../../../functions/domain/time/holidays.ts';
import { parseRosterText } from '../../local/roster-text.ts';
import { UnusableOptions } from '../deployment.ts';

/** The JSON in a file. Throws UnusableOptions when it cannot be read. */
export async function readJson(path: string): Promise<unknown> {
  const text = await readText(path);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UnusableOptions(`${path} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}

/** The people of a roster file. Throws UnusableOptions that names every problem. */
export async function readRosterFile(path: string): Promise<readonly Person[]> {
  const parsed = parseRosterText(await readText(path));
  if ('people' in parsed) return parsed.people;
  throw new UnusableOptions(
    [`The roster ${path} cannot be used:`, ...parsed.problems.map((each) => `  ${each}`)].join('\n'),
  );
}

/** Everybody's working hours, with the public holidays of where they are. */
export const calendarOf: CalendarOf = ({ availability }) => businessCalendar(availability, publicHolidays);

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: Error) => {
    throw new UnusableOptions(`${path} cannot be read: ${error.message}`);
  });
}
