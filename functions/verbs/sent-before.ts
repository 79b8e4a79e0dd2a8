import { givenList } from '../domain/handoff/decisions.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { everSent, gotBefore, mailOfStep, sentBeforeText } from '../domain/handoff/sent-before.ts';
import type { Decision } from '../domain/handoff/step-record.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';

export const sentBeforeUses = ['deals.episodes', 'handoffs.load'] as const;

type Reading = WorldOf<typeof sentBeforeUses>;

/** The other won episodes of a handoff's deal. */
export async function otherEpisodes(
  world: Reading,
  record: HandoffRecord,
  options?: { readonly maybeStale: boolean },
): Promise<readonly HandoffRecord[]> {
  // One that began a moment ago has told nobody anything that the customer could get twice.
  const all = await world.deals.episodes(record.deal.dealId, { maybeStale: true });
  const ids = all.filter((id) => id !== record.state.id);
  const others = await Promise.all(ids.map((id) => world.handoffs.load(id, options)));
  return others.filter((other) => other !== undefined);
}

/** What the page of a step says of people who have its mail from an earlier won episode; undefined where nobody has. */
export async function sentBefore(
  world: Reading,
  record: HandoffRecord,
  { step, zone, at }: { readonly step: string; readonly zone: string; readonly at: Instant },
): Promise<string | undefined> {
  const say = mailOfStep(record, step);
  const sent = say ? everSent(await otherEpisodes(world, record, { maybeStale: true }), say) : [];
  return say && sent.length > 0 ? sentBeforeText(say, sent, { zone, at }) : undefined;
}

/** Those of the approved recipients to whom the mail of a decision does not go: they have it, in the same words. */
export async function leftOut(
  world: Reading,
  record: HandoffRecord,
  { step, decision }: { readonly step: string; readonly decision: Decision },
): Promise<readonly string[]> {
  const [say, asked] = [mailOfStep(record, step), record.steps[step]];
  if (!say || !asked) return [];
  const decided = { ...record, steps: { ...record.steps, [step]: { ...asked, decision } } };
  const got = gotBefore(decided, await otherEpisodes(world, record), say);
  return givenList(decision, 'recipients').filter((email) => got.has(email.toLowerCase()));
}
