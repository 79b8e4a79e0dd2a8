import type { People } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import type { RoleId } from '../playbook/roles.ts';
import type { Handing } from './handing.ts';
import type { HandoffRecord } from './handoff.ts';
import { holderOf } from './roles-held.ts';
import type { StepRecord } from './step-record.ts';
import { toldOfTrouble } from './trouble.ts';
import { managerOf } from './who-is-asked.ts';

type HandedRecord = StepRecord & { readonly handed: Handing };

export const wasHanded = (step: StepRecord): step is HandedRecord => step.handed !== undefined;

/**
 * The steps that went from one person to another at once with a step, in the order of the playbook: they are told of
 * together.
 */
export function handedTogether(record: HandoffRecord, { owner, handed }: HandedRecord): readonly StepRecord[] {
  const order = Object.keys(record.playbook.steps);
  const placeOf = ({ step, item }: StepRecord) => (item ? order.length : order.indexOf(step));
  return Object.values(record.steps)
    .filter((each) => each.owner === owner && each.handed?.at === handed.at && each.handed.from === handed.from)
    .sort((a, b) => placeOf(a) - placeOf(b) || (a.step < b.step ? -1 : 1));
}

/** Somebody who hears that steps have another owner. */
export interface HandingReader {
  readonly person: Person;
  /** `before`: they had it. */
  readonly as: 'before' | 'concerned';
}

/**
 * Who hears that a step has another owner, beside that owner and whoever did it: both people, both managers, the other side,
 * and whoever was told that it is in trouble; of another stand-in also the one who is away. When they are back, those hear it
 * who were told of a stand-in.
 */
export function handingReaders(record: HandoffRecord, step: HandedRecord, people: People): readonly HandingReader[] {
  const { handed, owner, standInFor } = step;
  const [from, to] = [people.get(handed.from), people.get(owner)];
  const managers = [from, to].flatMap((person) => (person && managerOf(record, people, person)?.email) ?? []);
  const concerned = new Set([
    ...(handed.why === 'back'
      ? toldOfStandIns(record, step)
      : [...managers, ...otherSide(record, from), ...(standInFor === undefined ? [] : [standInFor])]),
    ...handedTogether(record, step).flatMap((each) =>
      toldOfTrouble(record, each, { since: each.openedAt ?? each.askedAt, before: handed.at }),
    ),
  ]);
  const hears = (email: string): Person[] => {
    const person = people.get(email);
    return person?.active && ![handed.by, owner].includes(email) ? [person] : [];
  };
  return [
    ...hears(handed.from).map((person): HandingReader => ({ person, as: 'before' })),
    ...[...concerned]
      .filter((email) => email !== handed.from)
      .flatMap(hears)
      .map((person): HandingReader => ({ person, as: 'concerned' })),
  ];
}

/**
 * Whoever was told, by a mail of this handoff, of one who stood in for somebody: of the last stand-in, of those they took over
 * from, and these themselves.
 */
function toldOfStandIns(record: HandoffRecord, { handed, owner }: HandedRecord): readonly string[] {
  const told = Object.keys(record.mails).flatMap((key) => {
    const [, from, to, person] = /^handed-over\/until [^/]+\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(key) ?? [];
    return from && to && person ? [{ from, to, person }] : [];
  });
  const standIns = new Set([handed.from]);
  for (const standIn of standIns) {
    for (const { from, to } of told) if (to === standIn && from !== owner) standIns.add(from);
  }
  return [...standIns, ...told.filter(({ to }) => standIns.has(to)).map(({ person }) => person)];
}

const pair: readonly RoleId[] = ['accountExecutive', 'customerSuccessManager'];

/** Those who hand over and take over the customer, as far as they are of another side than somebody. */
const otherSide = (record: HandoffRecord, person: Person | undefined): string[] => {
  const { roles } = record.playbook;
  return pair
    .filter((role) => !person || roles[role].side !== roles[person.role].side)
    .flatMap((role) => holderOf(record, role) ?? []);
};
