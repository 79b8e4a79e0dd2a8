import { checkPackage, type PackageCheck } from '../deal/completeness.ts';
import type { Deal } from '../deal/deal.ts';
import { handoffIdOf } from '../deal/deal.ts';
import { variantOfDeal } from '../deal/variant.ts';
import { assignCustomerSuccessManager } from '../people/assignment.ts';
import type { CalendarOf } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import { roleHolders, strangerNotes } from '../people/role-holders.ts';
import { freezePlaybook } from '../playbook/freeze.ts';
import type { FrozenPlaybook, Playbook } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import { type DraftState, keptAssignment } from './draft.ts';
import type { HandoffState } from './handoff.ts';
import { playbookHashOf } from './playbook-hash.ts';

export interface BeginningInput {
  readonly playbook: Playbook;
  readonly deal: Deal;
  /** What was odd about the event but accepted. */
  readonly notes: readonly string[];
  readonly roster: readonly Person[];
  /** Open handoffs by mail address; absent means 0. */
  readonly openHandoffs: ReadonlyMap<string, number>;
  /** UTC. */
  readonly at: Instant;
  readonly calendarOf: CalendarOf;
  readonly hashOf: (text: string) => string;
  /** What was known of it before the deal was won, its package among it as it stands with the deal. */
  readonly draft?: Pick<DraftState, 'people' | 'assignedBecause' | 'said'> & { readonly percent: number };
}

/** How a handoff begins: the rules it freezes, who holds which role, and what its package lacks. */
export interface Beginning {
  readonly state: HandoffState;
  readonly frozen: FrozenPlaybook;
  readonly check: PackageCheck;
  /** What fell back, and who is not known: sentences. */
  readonly fallbacks: readonly string[];
}

/** Resolves the playbook for a deal, checks its package, and assigns the customer success manager (S3). */
export function beginningOf(input: BeginningInput): Beginning {
  const { playbook, deal, roster, openHandoffs, at, calendarOf } = input;
  const { variant, notes } = variantOfDeal(playbook, deal);
  const { segment, industry } = variant;
  const frozen = freezePlaybook(playbook, variant);
  const check = checkPackage({ package: deal.package, deal, rules: frozen });
  const roleName = frozen.roles.customerSuccessManager.name;
  const assigning = { deal, roster, openHandoffs, at, calendarOf };
  const assignment =
    (input.draft && keptAssignment(input.draft, assigning)) ??
    assignCustomerSuccessManager({ ...assigning, segment, roleName });
  const assigned = 'assigned' in assignment ? assignment.assigned : undefined;
  const fallbacks = [...notes, ...strangerNotes(deal, roster)];
  const state: HandoffState = {
    id: handoffIdOf(deal),
    status: 'open',
    segment,
    ...(industry !== undefined && { industry }),
    playbookHash: playbookHashOf(frozen, input.hashOf),
    people: roleHolders({ deal, roster, assigned }),
    assignedBecause: 'because' in assignment ? assignment.because : assignment.nobody,
    packagePercent: check.percent,
    packageComplete: check.complete,
    ...(input.draft && { draftPercent: input.draft.percent }),
    startedAt: at,
    notes: [...input.notes, ...fallbacks],
  };
  return { state, frozen, check, fallbacks };
}
