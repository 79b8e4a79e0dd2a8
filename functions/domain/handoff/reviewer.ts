import { listed } from '../fields/words.ts';
import { absenceAt } from '../people/absence.ts';
import type { CalendarOf } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import type { AskStep } from '../playbook/playbook.ts';
import { roleTitle } from '../playbook/roles.ts';
import type { Instant } from '../time/calendar.ts';
import { type HandoffRecord, holderOf, type StepRecord } from './handoff.ts';

/** Who decides on an exception; or why nobody can, in sentences that say who could be added. */
export type Reviewer = { readonly reviewer: Person } | { readonly nobody: string };

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
  const { record, rule, asked, by, roster, at, calendarOf } = input;
  const roles = rule.reviewedBy ?? [record.playbook.accountable, 'revenueOperations'];
  const mayReview = ({ email }: Person): boolean => email !== by && email !== asked.owner;
  const isThere = (person: Person): boolean => person.active && !absenceAt(person, at, calendarOf);
  const named = (email: string | undefined) => roster.filter((person) => person.email === email);
  for (const role of roles) {
    const holders = [...named(holderOf(record, role)), ...roster.filter((person) => person.role === role)];
    const inTurn = [...holders, ...holders.flatMap(({ deputy }) => named(deputy))].filter(
      (person) => mayReview(person) && isThere(person),
    );
    const found = inTurn.find(({ unreachable }) => !unreachable) ?? inTurn[0];
    if (found) return { reviewer: found };
  }
  const titles = listed(roles.map((role) => roleTitle(record.playbook.roles, role)));
  return {
    nobody: `Nobody can decide on this now: everybody of ${titles} is away, has left, or asked for it themselves. Have somebody of that role added to the roster, or a deputy named.`,
  };
}
