import { recordOfDraft } from '../domain/handoff/draft.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import type { WorldOf } from '../ports/world.ts';

export const recordOrDraftUses = ['handoffs.load', 'drafts.load'] as const;

/** A handoff as it stands; before its deal is won, as its draft has it; undefined where there is neither. */
export async function recordOrDraft(
  world: WorldOf<typeof recordOrDraftUses>,
  id: string,
): Promise<HandoffRecord | undefined> {
  const record = await world.handoffs.load(id);
  if (record) return record;
  const draft = await world.drafts.load(id);
  return draft && recordOfDraft(draft);
}
