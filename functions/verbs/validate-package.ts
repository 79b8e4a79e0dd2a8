import { checkPackage } from '../domain/deal/completeness.ts';
import { variantOfDeal } from '../domain/deal/variant.ts';
import type { HandoffState } from '../domain/handoff/handoff.ts';
import { assignCustomerSuccessManager } from '../domain/people/assignment.ts';
import { roleHolders, strangerNotes } from '../domain/people/role-holders.ts';
import { freezePlaybook } from '../domain/playbook/freeze.ts';
import type { Playbook } from '../domain/playbook/playbook.ts';
import { roleIds } from '../domain/playbook/roles.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';

export interface Validated {
  /** The steps this handoff has. */
  readonly steps: readonly string[];
  readonly packageComplete: boolean;
  /** The roles that nobody holds yet: the assignment rules found nobody, or the roster has nobody. */
  readonly unheldRoles: readonly string[];
  /** Whether the assignment rules found somebody: what state machines of the first version ask. */
  readonly assigned: boolean;
}

export const validatePackageUses = [
  'deals.read',
  'handoffs.begin',
  'handoffs.load',
  'roster.everybody',
  'roster.openHandoffs',
  'audit.write',
  'calendarOf',
] as const;

/**
 * Checks the package, assigns the customer success manager (S3) and freezes the playbook for this handoff, so that a later
 * deploy never changes the rules of a running one. Called again, it answers with what stands.
 * Throws when there is no such deal: the execution then fails loudly.
 */
export const validatePackage =
  (world: WorldOf<typeof validatePackageUses>, playbook: Playbook, hashOf: (text: string) => string) =>
  async ({ handoffId, at }: { handoffId: string; at: Instant }): Promise<Validated> => {
    const stored = await world.deals.read(handoffId);
    if (!stored) throw new Error(`There is no deal for handoff ${handoffId}: send the "Deal Closed Won" event again.`);
    const { deal, notes } = stored;
    const { variant, notes: fallbacks } = variantOfDeal(playbook, deal);
    const { segment, industry } = variant;
    const frozen = freezePlaybook(playbook, variant);
    const playbookHash = hashOf(JSON.stringify(frozen));
    const check = checkPackage({ package: deal.package, deal, rules: frozen });
    const roster = await world.roster.everybody();
    const successManagers = roster.filter(({ role }) => role === 'customerSuccessManager').map(({ email }) => email);
    const assignment = assignCustomerSuccessManager({
      deal,
      segment,
      roster,
      openHandoffs: await world.roster.openHandoffs(successManagers),
      at,
      calendarOf: world.calendarOf,
    });
    const assigned = 'assigned' in assignment ? assignment.assigned : undefined;
    const state = await world.handoffs.begin(
      {
        id: handoffId,
        status: 'open',
        segment,
        ...(industry !== undefined && { industry }),
        playbookHash,
        people: roleHolders({ deal, roster, assigned }),
        assignedBecause: 'because' in assignment ? assignment.because : assignment.nobody,
        packagePercent: check.percent,
        packageComplete: check.complete,
        startedAt: at,
        notes: [...notes, ...fallbacks, ...strangerNotes(deal, roster)],
      } satisfies HandoffState,
      frozen,
    );
    const applies = industry === undefined ? `Segment ${segment}` : `Segment ${segment}, industry ${industry}`;
    const detail = `${applies}; package ${check.percent} % complete, ${gapCount(check.gaps.length)}. ${[state.assignedBecause, ...fallbacks, ...strangerNotes(deal, roster)].join(' ')}`;
    await world.audit.write(handoffId, { at, who: 'system', what: 'handoff-started', detail, from: 'execution' });
    // Called again after a deploy, other rules may stand than those of today.
    const stands = state.playbookHash === playbookHash ? frozen : (await world.handoffs.load(handoffId))?.playbook;
    return {
      steps: Object.keys((stands ?? frozen).steps),
      packageComplete: state.packageComplete,
      unheldRoles: roleIds.filter((role) => state.people[role] === undefined),
      assigned: state.people.customerSuccessManager !== undefined,
    };
  };

const gapCount = (count: number): string => (count === 1 ? '1 gap' : `${count} gaps`);
