import { askSteps, leavesUndone } from '../playbook/capabilities.ts';
import type { Anchor } from '../playbook/playbook.ts';
import type { Instant } from '../time/calendar.ts';
import type { HandoffRecord } from './handoff.ts';

/**
 * The moments reached so far (UTC). A step that marks one gives it by its evidence `heldAt`, else by the time it was decided.
 * `renewalDate` is known from the contract, at the start of that day in UTC.
 */
export function anchorsOf(record: HandoffRecord, renewalDate?: string): Partial<Record<Anchor, Instant>> {
  const anchors: Partial<Record<Anchor, Instant>> = { closedWon: record.deal.closedWonAt };
  if (record.state.packageComplete) anchors.packageReady = record.state.startedAt;
  if (renewalDate) anchors.renewalDate = `${renewalDate}T00:00:00Z`;
  for (const { id, rule } of askSteps(record.playbook)) {
    const decision = record.steps[id]?.decision;
    if (!rule.marks || !decision || leavesUndone(rule, decision.choice)) continue;
    const heldAt = decision.evidence['heldAt'];
    anchors[rule.marks] = typeof heldAt === 'string' ? heldAt : decision.at;
  }
  return anchors;
}
