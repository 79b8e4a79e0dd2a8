import { openTable } from '../../../functions/aws/dynamodb.ts';
import { roster } from '../../../functions/aws/roster.ts';
import { withoutNotes } from '../../../functions/domain/people/away-note.ts';
import type { Person } from '../../../functions/domain/people/person.ts';
import { tableName } from '../local-names.ts';
import { importRoster } from '../roster-import.ts';
import type { System } from '../system.ts';
import type { Actions, Done } from './action.ts';
import { comeToRest } from './clock-moves.ts';

const path = '/roster';
const bad = (...lines: readonly string[]): Done => ({ said: { tone: 'bad', lines }, path });
const good = (...lines: readonly string[]): Done => ({ said: { tone: 'good', lines }, path });

/** What the buttons beside somebody on the roster do, by their values. */
const changes: Readonly<
  Record<string, (system: System, person: Person, form: URLSearchParams) => Done | Promise<Done>>
> = {
  away: (system, person, form) => {
    const [from = '', to = ''] = [form.get('from')?.trim(), form.get('to')?.trim()];
    if (from === '' || to === '') return bad('Enter the first and the last day away.');
    const away = [...(person.availability.away ?? []), { from, to }];
    const next = { ...person, availability: { ...person.availability, away } };
    return save(system, next, `${person.name} is away from ${from} to ${to}.`);
  },
  back: async (system, person) => {
    const { away: _away, ...availability } = person.availability;
    await system.world.roster.noteAway({ email: person.email, notes: [], before: person.awayNotes });
    return save(system, { ...withoutNotes(person), availability }, `${person.name} is at work on all working days.`);
  },
  deputy: (system, person, form) => {
    const email = form.get('deputy') ?? '';
    const { deputy: _deputy, ...rest } = person;
    if (email === '') return save(system, rest, `Nobody in particular stands in for ${person.name}.`);
    return save(system, { ...rest, deputy: email }, `${email} stands in for ${person.name}.`);
  },
  bounce: (system, person) => {
    system.account.mailTrouble.bounce(person.email);
    return good(`Emails to ${person.name} bounce from now on.`);
  },
  arrive: async (system, person) => {
    system.account.mailTrouble.arrive(person.email);
    const since = new Date(system.clock.now() + 1).toISOString();
    if (person.unreachable) await system.world.roster.markReachable(person.email, since);
    return good(`Emails to ${person.name} arrive again.`);
  },
};

/** Changes somebody on the roster: what waits for them is asked again at once, as after an import. */
export async function changeRoster({ system }: Actions, form: URLSearchParams): Promise<Done> {
  const email = form.get('email') ?? '';
  const person = (await system.world.roster.everybody()).find((each) => each.email === email);
  if (person === undefined) return bad(`Nobody on the roster has the address "${email}".`);
  const asked = form.get('change') ?? '';
  const change = Object.hasOwn(changes, asked) ? changes[asked] : undefined;
  if (change === undefined) return bad(`There is no change called "${asked}".`);
  const done = await change(system, person, form);
  await comeToRest(system.clock);
  return done;
}

/** Imports the roster with one person changed, as `npm run roster` does. */
async function save(system: System, changed: Person, what: string): Promise<Done> {
  const { world, clients } = system;
  const people = (await world.roster.everybody()).map((person) => (person.email === changed.email ? changed : person));
  // What bounces and people themselves have said is none of the file's business.
  const file = people.map((person) => ({ ...withoutNotes(person), unreachable: undefined }));
  const said: string[] = [];
  const taken = await importRoster({
    roster: roster(openTable(clients.dynamodb, tableName)),
    work: world,
    text: JSON.stringify(file),
    say: (line) => said.push(line.trim()),
  });
  if (!taken) return bad(...said);
  const again = said
    .find((line) => line.startsWith('asked again'))
    ?.replace(/^asked again\s+(.*)$/, 'Asked again: $1.');
  return good(what, ...(again === undefined ? [] : [again]));
}
