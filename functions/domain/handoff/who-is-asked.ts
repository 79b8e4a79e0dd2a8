import { type Absence, absenceAfter, absenceAt } from '../people/absence.ts';
import type { CalendarOf, People } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import { managerRoles } from '../playbook/roles.ts';
import type { Instant } from '../time/calendar.ts';
import { dayIn } from '../time/formats.ts';
import type { HandoffRecord } from './handoff.ts';

/** Who is to be asked about a step, and until when that holds. Times are UTC. */
export interface Standing {
  readonly asked: Person;
  /** Why it is not the holder: they are away, or have left the company. */
  readonly why?: 'away' | 'left';
  /** The absence that somebody stands in for. */
  readonly absence?: Absence;
  /** When somebody else is to be asked, by the roster of today. */
  readonly changesAt?: Instant;
  /** Everybody who could be asked is away or has left: revenue operations should know. */
  readonly nobodyThere?: true;
}

export interface StandingInput {
  readonly record: HandoffRecord;
  readonly people: People;
  readonly at: Instant;
  readonly calendarOf: CalendarOf;
  /** The step, if it was asked: an absence that begins after its due time moves it no more. */
  readonly asked?: { readonly owner: string; readonly dueAt: Instant } | undefined;
  /** Who may be asked in their place; everybody unless said. */
  readonly mayBeAsked?: (person: Person) => boolean;
  /** Who else can do it, in turn, where neither deputy nor manager is there: mail addresses. */
  readonly others?: readonly string[];
}

/**
 * Who is asked for somebody who is away for a business day or more, or who has left: their deputy, their manager, the manager
 * of their side, revenue operations; the first who is there. Whoever stands in keeps the step while they are there, and it
 * goes back when the holder returns. Where nobody is there the holder is asked all the same, or, if they have left, the
 * first who has not.
 */
export function standingOf(holder: Person, input: StandingInput): Standing {
  const { at, calendarOf, asked } = input;
  const absence = missed(holder, input);
  if (holder.active && !absence) {
    const next = absenceAfter(holder, at, calendarOf);
    const moves = next && (!asked || !isBefore(asked.dueAt, next.from));
    return { asked: holder, ...(moves && { changesAt: next.from }) };
  }
  const why = holder.active ? 'away' : 'left';
  const candidates = standInsOf(holder, { ...input, absence });
  const there = candidates.filter((person) => !missed(person, input));
  const standIn = there.find(({ email }) => email === asked?.owner) ?? there[0];
  const known = { why, ...(absence && { absence }) } as const;
  if (!standIn) {
    const back = [...(absence ? [absence] : []), ...candidates.flatMap((person) => missed(person, input) ?? [])];
    const first = earliest(back.map(({ until }) => until));
    const left = holder.active ? undefined : candidates[0];
    return {
      asked: left ?? holder,
      ...(left && known),
      ...(first && { changesAt: first }),
      nobodyThere: true,
    };
  }
  const changesAt = earliest([absence?.until, absenceAfter(standIn, at, calendarOf)?.from]);
  return { asked: standIn, ...known, ...(changesAt && { changesAt }) };
}

/** The absence that keeps somebody from a step: one that has begun, if they were asked, and began before it was due. */
function missed(person: Person, { at, calendarOf, asked }: StandingInput): Absence | undefined {
  const absence = absenceAt(person, at, calendarOf);
  if (!absence || asked?.owner !== person.email) return absence;
  // A step changes hands on the first morning, when people work, and not the night or the weekend before it.
  // Whoever stands in was asked during the absence, and so before the due time.
  return isBefore(at, absence.from) || isBefore(asked.dueAt, absence.from) ? undefined : absence;
}

/**
 * Those who may be asked in somebody's place, each once, the nearest first: everybody who has not left. Without a handoff nobody knows who
 * leads their side, and they are left out.
 */
export function standInsOf(
  holder: Person,
  {
    record,
    people,
    absence,
    others = [],
    mayBeAsked = () => true,
  }: Pick<StandingInput, 'people' | 'others' | 'mayBeAsked'> & {
    readonly record: HandoffRecord | undefined;
    readonly absence?: Absence | undefined;
  },
): readonly Person[] {
  const roles: Partial<HandoffRecord['state']['people']> = record?.state.people ?? {};
  const leading = record && managerRoles[record.playbook.roles[holder.role].side];
  const inTurn = [
    absence && deputyNoted(holder, absence),
    holder.deputy,
    holder.manager,
    ...others,
    leading && roles[leading],
    record && operationsOf(record, people)?.email,
  ];
  return [...new Set(inTurn)]
    .filter((email) => email !== holder.email)
    .flatMap((email) => people.get(email ?? '') ?? [])
    .filter((person) => person.active && mayBeAsked(person));
}

/** Whom they named themself for this absence. */
function deputyNoted({ awayNotes = [], availability: { zone } }: Person, { from, until }: Absence): string | undefined {
  const [first, back] = [dayIn(from, zone), until && dayIn(until, zone)];
  return awayNotes.find((note) => note.deputy && note.to >= first && (!back || note.from < back))?.deputy;
}

const isBefore = (a: Instant, b: Instant): boolean => Date.parse(a) < Date.parse(b);

function earliest(times: readonly (Instant | undefined)[]): Instant | undefined {
  const known = times.filter((at) => at !== undefined);
  return known.length === 0 ? undefined : known.reduce((a, b) => (isBefore(b, a) ? b : a));
}

/**
 * The next rung above somebody (S4): their manager, else the manager of their side, else revenue operations; the first of
 * them whom mail reaches, if there is one. Undefined when nobody is above them.
 */
export function managerOf(record: HandoffRecord, people: People, owner: Person): Person | undefined {
  const above = managersOf(record, people, owner);
  return above.find((person) => !person.unreachable) ?? above[0];
}

/** Those above somebody who have not left, the nearest first. */
export function managersOf(record: HandoffRecord, people: People, owner: Person): readonly Person[] {
  const leading = managerRoles[record.playbook.roles[owner.role].side];
  return [owner.manager, record.state.people[leading], operationsOf(record, people)?.email]
    .filter((email): email is string => email !== undefined && email !== owner.email)
    .flatMap((email) => people.get(email) ?? [])
    .filter((person) => person.active);
}

/** Who is revenue operations to a handoff: whom it began with, or their deputy since they left. Undefined where neither is there. */
export function operationsOf({ state }: Pick<HandoffRecord, 'state'>, people: People): Person | undefined {
  const first = people.get(state.people.revenueOperations ?? '');
  return [first, people.get(first?.deputy ?? '')].find((person) => person?.active);
}
