import { checkPackage } from '../deal/completeness.ts';
import { type Deal, handoffIdOf, unsigned } from '../deal/deal.ts';
import type { SaidDeal } from '../deal/said-deal.ts';
import { variantOfDeal } from '../deal/variant.ts';
import { type AssignmentInput, assignCustomerSuccessManager, obstacleTo } from '../people/assignment.ts';
import { roleHolders } from '../people/role-holders.ts';
import { packageStep } from '../playbook/capabilities.ts';
import { freezePlaybook } from '../playbook/freeze.ts';
import type { FrozenPlaybook, Playbook } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import type { SaidByCrm } from './deal-change.ts';
import type { HandoffRecord, HandoffState } from './handoff.ts';
import type { PackageHistory } from './package-history.ts';
import { playbookHashOf } from './playbook-hash.ts';

/**
 * What is known of a handoff-to-be, while its deal is past the proposal stage and not signed (S3, S4): kept small, in the
 * partition of the handoff that begins if the deal is won. Its package is saved as a handoff's is, and so becomes that.
 */
export interface DraftState
  extends Pick<HandoffState, 'segment' | 'industry' | 'playbookHash' | 'people' | 'assignedBecause'> {
  /** Of the handoff that begins if the deal is won. */
  readonly id: string;
  readonly wonEpisode: number;
  /** What the CRM says of the deal, and since when. */
  readonly said: SaidByCrm;
  /** `YYYY-MM-DD`. */
  readonly expectedCloseOn?: string;
  /** When the deal was proposed first, UTC. */
  readonly proposedAt: Instant;
  /** When the deal was lost or canceled, and why, if it was. */
  readonly ended?: { readonly at: Instant; readonly reason: string };
}

/** A draft with everything saved of it. */
export interface Draft {
  readonly state: DraftState;
  /** Grows by one with each change of the state. */
  readonly version: number;
  readonly playbook: FrozenPlaybook;
  readonly package?: unknown;
  /** 0 while nobody has typed anything. */
  readonly packageVersion: number;
  readonly packageHistory?: PackageHistory;
  readonly mails: HandoffRecord['mails'];
}

/** The deal of a draft, as far as it is one. */
const dealOf = (said: SaidDeal, wonEpisode: number): Deal => ({ ...said, wonEpisode, closedWonAt: unsigned });

/** A draft as its pages and mails see it: a handoff in which nobody is asked for anything; canceled, once its deal is lost. */
export function recordOfDraft({ state, playbook, mails, ...saved }: Draft): HandoffRecord {
  const { ended, id, said, segment, industry, playbookHash, people, assignedBecause, proposedAt, wonEpisode } = state;
  const deal = dealOf(said.facts, wonEpisode);
  const pkg = saved.package ?? deal.package;
  const { percent, complete } = checkPackage({ package: pkg, deal, rules: playbook });
  return {
    deal,
    package: pkg,
    packageVersion: saved.packageVersion,
    ...(saved.packageHistory && { packageHistory: saved.packageHistory }),
    state: {
      ...{
        id,
        status: ended ? 'cancelled' : 'open',
        segment,
        ...(industry !== undefined && { industry }),
        playbookHash,
        people,
        assignedBecause,
      },
      ...{ packagePercent: percent, packageComplete: complete, startedAt: proposedAt, notes: [] },
      ...(ended && { endedAt: ended.at, reason: ended.reason }),
    },
    playbook,
    steps: {},
    mails,
  };
}

export interface DraftingInput extends Pick<AssignmentInput, 'roster' | 'openHandoffs' | 'at' | 'calendarOf'> {
  readonly playbook: Playbook;
  readonly said: SaidByCrm;
  readonly wonEpisode: number;
  readonly expectedCloseOn: string | undefined;
  /** The draft as it stood before. */
  readonly before: DraftState | undefined;
  readonly hashOf: (text: string) => string;
}

/**
 * The draft of a deal as the CRM says it now: assigned by the rules of S3, as at the trigger. Whoever is assigned stays, unless
 * they are gone or away, or the deal names somebody else. Undefined where the playbook has no drafts, or no form for them.
 */
export function drafted(
  input: DraftingInput,
): { readonly state: DraftState; readonly frozen: FrozenPlaybook } | undefined {
  const { playbook, said, wonEpisode, expectedCloseOn, before, roster } = input;
  const deal = dealOf(said.facts, wonEpisode);
  const { variant } = variantOfDeal(playbook, deal);
  const { segment, industry } = variant;
  const frozen = freezePlaybook(playbook, variant);
  if (frozen.draftTarget === undefined || packageStep(frozen) === undefined) return undefined;
  const kept = before && keptAssignment(before, { ...input, deal });
  const roleName = frozen.roles.customerSuccessManager.name;
  const assignment = kept ?? assignCustomerSuccessManager({ ...input, deal, segment, roleName });
  const assigned = 'assigned' in assignment ? assignment.assigned : undefined;
  return {
    frozen,
    state: {
      id: handoffIdOf({ dealId: deal.dealId, wonEpisode }),
      wonEpisode,
      said,
      ...(expectedCloseOn !== undefined && { expectedCloseOn }),
      proposedAt: before?.proposedAt ?? said.at,
      segment,
      ...(industry !== undefined && { industry }),
      playbookHash: playbookHashOf(frozen, input.hashOf),
      people: roleHolders({ deal, roster, assigned }),
      assignedBecause: 'because' in assignment ? assignment.because : assignment.nobody,
    },
  };
}

/** Whoever was assigned while the deal was a draft, if they can take the customer and the deal names nobody else since. */
export function keptAssignment(
  { people, assignedBecause, said }: Pick<DraftState, 'people' | 'assignedBecause' | 'said'>,
  { deal, roster, ...when }: Pick<AssignmentInput, 'deal' | 'roster' | 'at' | 'calendarOf' | 'openHandoffs'>,
): { readonly assigned: AssignmentInput['roster'][number]; readonly because: string } | undefined {
  const assigned = roster.find(({ email }) => email === people.customerSuccessManager);
  const named = deal.customerSuccessManager;
  if (!assigned || (named !== undefined && named !== assigned.email && named !== said.facts.customerSuccessManager))
    return undefined;
  // They have counted on this customer since: a desk that is full by now is no reason.
  const obstacle = obstacleTo(assigned, { ...when, openHandoffs: new Map() });
  return obstacle === undefined ? { assigned, because: assignedBecause } : undefined;
}
