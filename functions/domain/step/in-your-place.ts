import { listed } from '../fields/words.ts';
import { inCharge } from '../handoff/exceptions.ts';
import { customerOf, type HandoffRecord } from '../handoff/handoff.ts';
import { titleOf } from '../handoff/step-rule.ts';
import { standInsOf } from '../handoff/who-is-asked.ts';
import { type Absence, absenceAfter, absenceAt } from '../people/absence.ts';
import { personAway, withoutNotes } from '../people/away-note.ts';
import { type CalendarOf, nameOf, type People } from '../people/people.ts';
import type { AwayNote, Person } from '../people/person.ts';
import { managerRoles } from '../playbook/roles.ts';
import type { Instant } from '../time/calendar.ts';
import { startOfDay } from '../time/formats.ts';
import { dateIn } from '../time/wording.ts';

/** Among whom somebody is to stand in. */
interface Among {
  /** The handoff in which it is said; a desk may be opened from none. */
  readonly record: HandoffRecord | undefined;
  readonly people: People;
}

/** What the form says of who is asked in somebody's place, whether or not there is anybody whom they could name. */
export function awayHint(person: Person, { canName, ...among }: Among & { readonly canName: boolean }): string {
  const who = inPlaceOf(person, standInsOf(person, among), among.record);
  const asked = who === undefined ? 'your steps stay with you' : `we ask ${who}, or the next one who is there`;
  if (canName) return `If you leave it empty, ${asked}.`;
  return who === undefined ? 'Nobody can stand in for you yet: your steps stay with you.' : `In your place ${asked}.`;
}

/** A step that is open, in its handoff. */
interface OpenStep {
  readonly record: HandoffRecord;
  readonly step: string;
}

/** What is said to whoever has just noted an absence. `at`: UTC; `waiting`: what is open for them, in all handoffs. */
export function awayText(
  person: Person,
  said: AwayNote,
  {
    record,
    people,
    at,
    calendarOf,
    waiting,
  }: Among & { readonly at: Instant; readonly calendarOf: CalendarOf; readonly waiting: readonly OpenStep[] },
): string {
  const { zone } = person.availability;
  const [from, to] = [said.from, said.to].map((day) => dateIn(zone, startOfDay(day, zone) ?? at, at));
  const days = from === to ? `On ${from},` : `From ${from} to ${to},`;
  const away = personAway(withoutNotes(person), [said]);
  const start = startOfDay(said.from, zone) ?? at;
  const first = Date.parse(start) < Date.parse(at) ? at : start;
  const absence = absenceAt(away, first, calendarOf) ?? absenceAfter(away, first, calendarOf);
  const isThere = (other: Person) => !absence || absenceAt(other, absence.from, calendarOf) === undefined;
  const there = standInsOf(away, { record, people, absence }).filter(isThere);
  const who = said.deputy === undefined ? inPlaceOf(person, there, record) : nameOf(people, said.deputy);
  return who === undefined
    ? `${days} nobody is there who could stand in for you: what is open stays with you.`
    : `${days} ${who} is asked in your place. What is still open then comes back to you.${staysText(staying(person, absence, waiting))}`;
}

/** Steps named at most. */
const most = 3;

/** What is asked of somebody, and due before they go: an absence moves only what is due after it begins. */
const staying = ({ email }: Person, absence: Absence | undefined, waiting: readonly OpenStep[]): readonly OpenStep[] =>
  waiting.filter(({ record, step }) => {
    const asked = inCharge(record, step)?.asked;
    return absence && asked?.owner === email && Date.parse(asked.dueAt) < Date.parse(absence.from);
  });

function staysText(steps: readonly OpenStep[]): string {
  if (steps.length === 0) return '';
  const named = steps
    .slice(0, most)
    .map(
      ({ record, step }) =>
        `“${inCharge(record, step)?.rule.title ?? titleOf(record, step)}” for ${customerOf(record)}`,
    );
  const more = steps.length > most ? [`${steps.length - most} more`] : [];
  const [they, it] = steps.length === 1 ? ['it stays', 'it'] : ['they stay', 'them'];
  return ` Due before you go, so ${they} yours: ${listed([...named, ...more])}. If that can’t wait for you, reassign ${it}.`;
}

/**
 * The nearest of those who could be asked, for a sentence. Somebody's deputy and manager are the same in every handoff; who leads a side
 * is not. Undefined where it is nobody.
 */
function inPlaceOf(
  { role, deputy, manager }: Person,
  [nearest]: readonly Person[],
  record: HandoffRecord | undefined,
): string | undefined {
  const own = nearest && [deputy, manager].includes(nearest.email);
  if (!record) return own ? nearest.name : 'whoever leads your side of a handoff';
  const { roles } = record.playbook;
  const leading = managerRoles[roles[role].side];
  if (own || nearest?.email !== record.state.people[leading]) return nearest?.name;
  return nearest && `each handoff’s ${roles[leading].name} (such as ${nearest.name})`;
}
