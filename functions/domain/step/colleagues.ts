import type { HandoffRecord } from '../handoff/handoff.ts';
import type { StepRecord } from '../handoff/step-record.ts';
import { absenceAt } from '../people/absence.ts';
import type { CalendarOf, People } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import type { AskStep } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';

/** A step that is open, and everybody in the company. */
interface StepAmong {
  readonly record: HandoffRecord;
  readonly rule: AskStep;
  readonly asked: StepRecord;
  readonly people: People;
  readonly roster: readonly Person[];
  /** UTC. */
  readonly at: Instant;
  readonly calendarOf: CalendarOf;
}

/** Who may stand in for somebody: active, and of the same side, which a playbook tells; without one, of the same role. */
export function deputiesOf(
  person: Person,
  { record, roster }: { readonly record: HandoffRecord | undefined; readonly roster: readonly Person[] },
): Person[] {
  const sideOf = (role: Person['role']) => record?.playbook.roles[role].side ?? role;
  return roster
    .filter(({ active, email, role }) => active && email !== person.email && sideOf(role) === sideOf(person.role))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/**
 * Colleagues who may take over from the owner of a step: active, there, of the same side, those of the same role first. An open
 * item is nobody's by role: it stays on the side of whoever owes it.
 */
export function colleaguesOf(of: StepAmong): Person[] {
  const { rule, asked, roster, at, calendarOf, people } = of;
  const { owner, standInFor = owner } = asked;
  const { roles } = of.record.playbook;
  const owing = asked.item && (roster.find(({ email }) => email === standInFor) ?? people.get(standInFor));
  const ofRole = owing?.role ?? rule.owner;
  const { side } = roles[ofRole];
  const rank = ({ role }: Person) => (role === ofRole ? 0 : 1);
  return roster
    .filter(({ active, email, role }) => active && email !== owner && roles[role].side === side)
    .filter((person) => absenceAt(person, at, calendarOf) === undefined)
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'en'));
}

/**
 * Whom the owner of a step may name in its form: their colleagues; where none of them is there, whoever else has a part in the handoff,
 * and who is away on their side. Empty only where the owner is alone.
 */
export function whoCanBeNamed(of: StepAmong): readonly Person[] {
  const colleagues = colleaguesOf(of);
  if (colleagues.length > 0) return colleagues;
  const { record, rule, asked, roster } = of;
  const { roles } = record.playbook;
  const taking = new Set(Object.values(record.state.people));
  return roster
    .filter(({ active, email, role }) => {
      const isOfSide = roles[role].side === roles[rule.owner].side;
      return active && email !== asked.owner && (isOfSide || taking.has(email));
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
