import { listed } from '../fields/words.ts';
import { absenceAt } from '../people/absence.ts';
import type { CalendarOf } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import type { AskStep } from '../playbook/playbook.ts';
import { type RoleId, roleTitle } from '../playbook/roles.ts';
import type { Instant } from '../time/calendar.ts';
import type { HandoffRecord } from './handoff.ts';
import { holderOf } from './roles-held.ts';
import type { StepRecord } from './step-record.ts';

/** Who decides on an exception; or why nobody can, in sentences that say who could be added. */
export type Reviewer =
  | { readonly reviewer: Person /** Who else may, in turn: mail addresses. */; readonly others: readonly string[] }
  | { readonly nobody: string };

export interface ReviewerInput {
  readonly record: HandoffRecord;
  readonly rule: AskStep;
  readonly asked: StepRecord;
  /** Who asks for it: a mail address. */
  readonly by: string;
  readonly roster: readonly Person[];
  readonly at: Instant;
  readonly calendarOf: CalendarOf;
}

/**
 * Who reviews an exception: never who asked for it, never the owner who benefits. For each role of the step's rule in turn:
 * whoever holds it in this handoff, else the next active person of that role, else a deputy of theirs; nobody who is away.
 */
export function reviewerFor(input: ReviewerInput): Reviewer {
  const { record, at, calendarOf } = input;
  const inTurn = rolesOf(input).map((role) => inTurnOf(role, input));
  const others = (reviewer: Person) =>
    unique(inTurn.flat().map(({ email }) => email)).filter((email) => email !== reviewer.email);
  for (const candidates of inTurn) {
    const there = candidates.filter((person) => !absenceAt(person, at, calendarOf));
    const found = there.find(({ unreachable }) => !unreachable) ?? there[0];
    if (found) return { reviewer: found, others: others(found) };
  }
  const titles = listed(rolesOf(input).map((role) => roleTitle(record.playbook.roles, role)));
  return {
    nobody: `Nobody can decide on this now: everybody of ${titles} is away, has left, or asked for it themselves. Have somebody of that role added to the roster, or a deputy named.`,
  };
}

/** To whom a reviewer can hand the review: whoever else may decide, and is there. */
export function otherReviewers(input: ReviewerInput, reviewer: string): readonly Person[] {
  const { at, calendarOf } = input;
  return unique(rolesOf(input).flatMap((role) => inTurnOf(role, input))).filter(
    (person) => person.email !== reviewer && !absenceAt(person, at, calendarOf),
  );
}

const rolesOf = ({ record, rule }: ReviewerInput): readonly RoleId[] =>
  rule.reviewedBy ?? [record.playbook.accountable, 'revenueOperations'];

/** Those who may review for a role, whether they are there or not. */
function inTurnOf(role: RoleId, { record, asked, by, roster }: ReviewerInput): readonly Person[] {
  const named = (email: string | undefined) => roster.filter((person) => person.email === email);
  const holders = [...named(holderOf(record, role)), ...roster.filter((person) => person.role === role)];
  return [...holders, ...holders.flatMap(({ deputy }) => named(deputy))].filter(
    ({ active, email }) => active && email !== by && email !== asked.owner,
  );
}

const unique = <Each>(all: readonly Each[]): readonly Each[] => [...new Set(all)];
