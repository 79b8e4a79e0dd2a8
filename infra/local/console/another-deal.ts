import { handoffIdOf } from '../../../functions/domain/deal/deal.ts';
import type { Sample } from '../samples.ts';
import type { System } from '../system.ts';
import { type DealEvent, identifiedAs, readEvent, signedNow } from './deal-event.ts';
import { handoffIds } from './register.ts';

/** A sample deal as signed now, under an id that no handoff has yet, and that of its handoff; undefined where the sample can't be read. */
export function anotherDeal(
  system: System,
  sample: Sample | undefined,
): { readonly event: DealEvent; readonly handoff: string } | undefined {
  const read = sample && readEvent(sample.text);
  if (read === undefined || 'problems' in read) return undefined;
  const taken = new Set(handoffIds(system));
  const event = identifiedAs(signedNow(read.event, system.clock.now()), 'another', (deal) =>
    taken.has(handoffIdOf(deal)),
  );
  const { dealId, wonEpisode = 1 } = event.detail;
  return { event, handoff: handoffIdOf({ dealId: String(dealId), wonEpisode: Number(wonEpisode) }) };
}
