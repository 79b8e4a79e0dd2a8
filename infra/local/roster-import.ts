import { isDeepStrictEqual } from 'node:util';
import { withoutNotes } from '../../functions/domain/people/away-note.ts';
import type { Person } from '../../functions/domain/people/person.ts';
import type { Roster } from '../../functions/ports/roster.ts';
import { askAgainFor, type OpenWork } from './ask-again.ts';
import { parseRosterText } from './roster-text.ts';

export interface ImportOptions {
  readonly roster: Roster & { save(person: Person): Promise<void> };
  /** The steps that wait for people, and the executions that wait for them. */
  readonly work: OpenWork;
  /** JSON: an array of persons, or `{ people, closingDays }`. */
  readonly text: string;
  /** Says what was done, line by line. */
  readonly say: (line: string) => void;
}

/**
 * Makes the roster what a file says: people who are new are added, those who differ are changed, and those who are no longer
 * in it become inactive; nobody is deleted, as running handoffs know them. Marks that bounces left stay, and so does what
 * people have said themselves. What waits for somebody who differs, or has left, is asked again, so that it moves to whoever is
 * there: run again, it makes good for a run that was interrupted.
 * Answers false, and changes nothing, when the file cannot be used: then every problem is said.
 */
export async function importRoster({ roster, work, text, say }: ImportOptions): Promise<boolean> {
  const parsed = parseRosterText(text);
  if ('problems' in parsed) {
    say('Nothing was changed. The roster cannot be used:');
    for (const problem of parsed.problems) say(`  ${problem}`);
    return false;
  }
  const followed = followedBy(parsed.people);
  const people = parsed.people.map(followed);
  const current = new Map((await roster.everybody()).map((person) => [person.email, person]));
  const counts = { added: 0, changed: 0, untouched: 0, deactivated: 0 };
  const changedPeople: Person[] = [];
  for (const person of people) {
    const before = current.get(person.email);
    const differs = before && differences(before, person);
    if (differs?.length === 0) {
      counts.untouched += 1;
      continue;
    }
    await roster.save(person);
    if (before) changedPeople.push(before);
    counts[before ? 'changed' : 'added'] += 1;
    say(before ? `changed      ${person.email}: ${differs?.join(', ')}` : `added        ${person.email}`);
  }
  const listed = new Set(people.map(({ email }) => email));
  const gone = [...current.values()].filter(({ email, active }) => active && !listed.has(email));
  const open = await roster.openHandoffs(gone.map(({ email }) => email));
  for (const person of gone) {
    await roster.save(followed({ ...person, active: false }));
    counts.deactivated += 1;
    const handoffs = open.get(person.email) ?? 0;
    const still = handoffs > 0 ? `; still holds ${handoffs} open ${handoffs === 1 ? 'handoff' : 'handoffs'}` : '';
    say(`deactivated  ${person.email}: not in the file${still}`);
  }
  // Of who has left, a run that was interrupted may have saved so much and moved nothing.
  const left = [...current.values()].filter(({ email, active }) => !active && !listed.has(email));
  for (const person of left) {
    if (followed(person) === person) continue;
    await roster.save(followed(person));
    counts.changed += 1;
    say(`changed      ${person.email}: deputy`);
  }
  const differing = [...changedPeople, ...gone, ...left].flatMap(({ email, manager, deputy }) => [
    email,
    manager,
    deputy,
  ]);
  const asked = await askAgainFor(
    differing.filter((email) => email !== undefined),
    work,
  );
  if (asked > 0) say(`asked again  ${asked} open ${asked === 1 ? 'step' : 'steps'} of these people`);
  const { added, changed, untouched, deactivated } = counts;
  say(`${added} added, ${changed} changed, ${untouched} left untouched, ${deactivated} deactivated.`);
  return true;
}

/**
 * Handoffs keep whom they began with in revenue operations, the last rung of every ladder (S2, S4). Where that person has left, and no
 * deputy of theirs is there, the first one of the roster stands in for them.
 */
function followedBy(people: readonly Person[]): (person: Person) => Person {
  const active = people.filter((person) => person.active);
  const next = active.find(({ role }) => role === 'revenueOperations')?.email;
  return (person) =>
    person.active ||
    person.role !== 'revenueOperations' ||
    next === undefined ||
    active.some(({ email }) => email === person.deputy)
      ? person
      : { ...person, deputy: next };
}

/** The members in which two entries differ. A mark that the file does not speak of is no difference. */
function differences(known: Person, after: Person): string[] {
  const before = withoutNotes(known);
  const names = new Set([...Object.keys(before), ...Object.keys(after)] as (keyof Person)[]);
  if (!after.unreachable) names.delete('unreachable');
  return [...names].filter((name) => !isDeepStrictEqual(before[name], after[name]));
}
