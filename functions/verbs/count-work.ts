import type { Deal } from '../domain/deal/deal.ts';
import { variantOfDeal } from '../domain/deal/variant.ts';
import { type AssignmentInput, whoseWorkCounts } from '../domain/people/assignment.ts';
import type { Playbook } from '../domain/playbook/playbook.ts';
import type { WorldOf } from '../ports/world.ts';

export const countWorkUses = ['roster.openHandoffs', 'calendarOf'] as const;

interface Counting extends Pick<AssignmentInput, 'roster' | 'at'> {
  readonly playbook: Playbook;
  readonly deal: AssignmentInput['deal'] & Pick<Deal, 'segment' | 'package'>;
}

/**
 * The open handoffs (by mail address) of those among whom the rules of S3 choose: each is a call of its own, and in a large company
 * few of all managers fit a deal.
 */
export async function countWork(
  world: WorldOf<typeof countWorkUses>,
  { playbook, deal, roster, at }: Counting,
): Promise<AssignmentInput['openHandoffs']> {
  const { segment } = variantOfDeal(playbook, deal).variant;
  const known = new Map<string, number>();
  const input = { deal, segment, roster, at, calendarOf: world.calendarOf, openHandoffs: known };
  for (;;) {
    const asked = whoseWorkCounts(input).filter((email) => !known.has(email));
    if (asked.length === 0) return known;
    const counted = await world.roster.openHandoffs(asked);
    for (const email of asked) known.set(email, counted.get(email) ?? 0);
  }
}
