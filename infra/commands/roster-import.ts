import { isDeepStrictEqual } from 'node:util';
import type { Person } from '../../functions/domain/people/person.ts';
import type { Roster } from '../../functions/ports/roster.ts';
import { parseRosterText } from '../local/roster-text.ts';

export interface ImportOptions {
  readonly roster: Roster & { save(person: Person): Promise<void> };
  /** JSON: an array of persons. */
  readonly text: string;
  /** Says what was done, line by line. */
  readonly say: (line: string) => void;
}

/**
 * Makes the roster what a file says: people who are new are added, those who differ are changed, and those who are no longer
 * in it become inactive; nobody is deleted, as running handoffs know them. Marks that bounces left stay. Answers false, and
 * changes nothing, when the file cannot be used: then every problem is said.
 */
export async function importRoster({ roster, text, say }: ImportOptions): Promise<boolean> {
  const parsed = parseRosterText(text);
  if ('problems' in parsed) {
    say('Nothing was changed. The roster cannot be used:');
    for (const problem of parsed.problems) say(`  ${problem}`);
    return false;
  }
  const current = new Map((await roster.everybody()).map((person) => [person.email, person]));
  const counts = { added: 0, changed: 0, untouched: 0, deactivated: 0 };
  for (const person of parsed.people) {
    const before = current.get(person.email);
    const differs = before && differences(before, person);
    if (differs?.length === 0) {
      counts.untouched += 1;
      continue;
    }
    await roster.save(person);
    counts[before ? 'changed' : 'added'] += 1;
    say(before ? `changed      ${person.email}: ${differs?.join(', ')}` : `added        ${person.email}`);
  }
  const listed = new Set(parsed.people.map(({ email }) => email));
  const gone = [...current.values()].filter(({ email, active }) => active && !listed.has(email));
  const open = await roster.openHandoffs(gone.map(({ email }) => email));
  for (const person of gone) {
    await roster.save({ ...person, active: false });
    counts.deactivated += 1;
    const handoffs = open.get(person.email) ?? 0;
    const still = handoffs > 0 ? `; still holds ${handoffs} open ${handoffs === 1 ? 'handoff' : 'handoffs'}` : '';
    say(`deactivated  ${person.email}: not in the file${still}`);
  }
  const { added, changed, untouched, deactivated } = counts;
  say(`${added} added, ${changed} changed, ${untouched} left untouched, ${deactivated} deactivated.`);
  return true;
}

/** The members in which two entries differ. A mark that the file does not speak of is no difference. */
function differences(before: Person, after: Person): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)] as (keyof Person)[]);
  if (!after.unreachable) names.delete('unreachable');
  return [...names].filter((name) => !isDeepStrictEqual(before[name], after[name]));
}
