import { checkPackage } from '../domain/deal/completeness.ts';
import type { Deal } from '../domain/deal/deal.ts';
import { segmentOf } from '../domain/deal/segment.ts';
import type { HandoffState } from '../domain/handoff/handoff.ts';
import { assignCustomerSuccessManager } from '../domain/people/assignment.ts';
import type { Person } from '../domain/people/person.ts';
import { freezePlaybook, type Playbook } from '../domain/playbook/playbook.ts';
import type { RoleId } from '../domain/playbook/roles.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { World } from '../ports.ts';

export interface Validated {
  /** The steps this handoff has. */
  readonly steps: readonly string[];
  readonly packageComplete: boolean;
  /** Whether the assignment rules found a customer success manager. */
  readonly assigned: boolean;
}

/**
 * Checks the package, assigns the customer success manager (S3) and freezes the playbook for this handoff, so that a later
 * deploy never changes the rules of a running one. Called again, it answers with what stands.
 * Throws when there is no such deal: the execution then fails loudly.
 */
export const validatePackage =
  (world: Pick<World, 'handoffs' | 'roster' | 'calendarOf'>, playbook: Playbook, hashOf: (text: string) => string) =>
  async ({ handoffId, at }: { handoffId: string; at: Instant }): Promise<Validated> => {
    const stored = await world.handoffs.deal(handoffId);
    if (!stored) throw new Error(`There is no deal for handoff ${handoffId}: send the "Deal Closed Won" event again.`);
    const { deal, notes } = stored;
    const segment = segmentOf(deal);
    const frozen = freezePlaybook(playbook, segment);
    const playbookHash = hashOf(JSON.stringify(frozen));
    const check = checkPackage({ package: deal.package, deal, required: frozen });
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
        playbookHash,
        people: peopleOf({ deal, roster, assigned }),
        assignedBecause: 'because' in assignment ? assignment.because : assignment.nobody,
        packagePercent: check.percent,
        packageComplete: check.complete,
        startedAt: at,
        notes: [...notes, ...strangers(deal, roster)],
      } satisfies HandoffState,
      frozen,
    );
    const detail = `Segment ${segment}; package ${check.percent} % complete, ${gapCount(check.gaps.length)}. ${[state.assignedBecause, ...strangers(deal, roster)].join(' ')}`;
    await world.handoffs.audit(handoffId, { at, who: 'system', what: 'handoff-started', detail, from: 'execution' });
    // Called again after a deploy, other rules may stand than those of today.
    const stands = state.playbookHash === playbookHash ? frozen : (await world.handoffs.load(handoffId))?.playbook;
    return {
      steps: Object.keys((stands ?? frozen).steps),
      packageComplete: state.packageComplete,
      assigned: state.people.customerSuccessManager !== undefined,
    };
  };

/** Who holds each role. An account executive who has left is replaced by their manager (P: no work for absent people). */
function peopleOf(input: {
  deal: Deal;
  roster: readonly Person[];
  assigned: Person | undefined;
}): Partial<Record<RoleId, string>> {
  const { deal, roster, assigned } = input;
  const active = (email: string | undefined) => roster.find((person) => person.email === email && person.active);
  const first = (role: RoleId) => roster.find((person) => person.role === role && person.active);
  const seller = roster.find((person) => person.email === deal.accountExecutive);
  const salesManager = active(seller?.manager) ?? first('salesManager');
  const successManager = active(assigned?.manager) ?? first('successManager');
  const accountExecutive = seller && !seller.active ? (salesManager?.email ?? seller.email) : deal.accountExecutive;
  const people: Partial<Record<RoleId, string | undefined>> = {
    accountExecutive,
    customerSuccessManager: assigned?.email,
    salesManager: salesManager?.email,
    successManager: successManager?.email,
    revenueOperations: first('revenueOperations')?.email,
  };
  return Object.fromEntries(Object.entries(people).filter(([, email]) => email !== undefined));
}

const gapCount = (count: number): string => (count === 1 ? '1 gap' : `${count} gaps`);

/** Somebody whom the roster does not know is asked all the same, without a manager or a calendar of their own. */
const strangers = (deal: Deal, roster: readonly Person[]): string[] =>
  roster.some(({ email }) => email === deal.accountExecutive)
    ? []
    : [`${deal.accountExecutive}, who sold it, is not in the roster: usual office hours are assumed.`];
