import type { Person } from '../../functions/domain/people/person.ts';
import { parseRoster } from '../../functions/domain/people/roster-file.ts';

/** The people of a roster's JSON text (an array of persons, or `{ people, closingDays }`), or every problem with it, one sentence or more each. */
export function parseRosterText(
  text: string,
): { readonly people: readonly Person[] } | { readonly problems: readonly string[] } {
  let value: unknown;
  try {
    // Editors on Windows begin a file with a mark that nobody sees.
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { problems: [`It is not JSON: ${error instanceof Error ? error.message : error}`] };
  }
  const parsed = parseRoster(value);
  if ('roster' in parsed) return { people: parsed.roster };
  return { problems: parsed.refused.map(({ field, problem, remedy }) => `${field} ${problem}. ${remedy}`) };
}
