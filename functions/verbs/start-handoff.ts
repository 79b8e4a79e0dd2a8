import { type Deal, handoffIdOf, parseDealEvent } from '../domain/deal/deal.ts';
import type { Refusal } from '../domain/fields/refusal.ts';
import { isClosed } from '../domain/handoff/handoff.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';

export type Started =
  | { readonly handoffId: string; readonly outcome: 'started' | 'exists' }
  | { readonly refused: readonly Refusal[] };

const episodeUses = ['deals.episodes', 'deals.read', 'handoffs.load'] as const;

export const startHandoffUses = [
  'deals.store',
  'refusals.store',
  'audit.write',
  'executions.start',
  ...episodeUses,
] as const;

/**
 * A deal was closed won (S4: the one system event that starts a handoff): stores it once and starts its execution. The same
 * deal twice, or ten times at once, is one handoff. A deal that is won again after its handoff has ended begins its next won
 * episode, whether the CRM counts episodes or not. An event that cannot be used is kept with the reason, never dropped.
 * `at`: when the event arrived, UTC.
 */
export const startHandoff =
  (world: WorldOf<typeof startHandoffUses>) =>
  async ({ event, at }: { event: unknown; at: Instant }): Promise<Started> => {
    const parsed = parseDealEvent(event, at);
    if ('refused' in parsed) {
      await world.refusals.store({ event, refused: parsed.refused, at });
      return { refused: parsed.refused };
    }
    const counts = Object(Object(event).detail).wonEpisode !== undefined;
    const deal = counts ? parsed.deal : await inItsEpisode(world, parsed.deal);
    const handoffId = handoffIdOf(deal);
    const stored = await world.deals.store(handoffId, deal, { notes: parsed.notes, at });
    const ended = stored === 'exists' ? await endedEpisode(world, handoffId, deal) : undefined;
    if (ended) {
      await world.refusals.store({ event, refused: ended, at });
      return { refused: ended };
    }
    if (stored === 'stored')
      await world.audit.write(handoffId, {
        at,
        who: 'crm',
        what: 'deal-won',
        detail: parsed.notes.join('; '),
        from: 'event',
      });
    // Started even if stored before: the attempt that stored it may not have come this far.
    return { handoffId, outcome: await world.executions.start(handoffId) };
  };

/** A deal that was won again under the number of an episode that has ended: not a repetition, and not to be lost. */
async function endedEpisode(
  world: WorldOf<typeof episodeUses>,
  handoffId: string,
  deal: Deal,
): Promise<readonly Refusal[] | undefined> {
  const known = (await world.deals.read(handoffId))?.deal;
  if (!known || Date.parse(deal.closedWonAt) <= Date.parse(known.closedWonAt)) return undefined;
  const record = await world.handoffs.load(handoffId);
  if (!record || !isClosed(record.state.status)) return undefined;
  return [
    {
      field: 'detail.wonEpisode',
      problem: `names episode ${deal.wonEpisode} of this deal, whose handoff has ended (${record.state.status})`,
      remedy: `Send "wonEpisode": ${deal.wonEpisode + 1}, one more each time the deal is won again; or leave it out.`,
    },
  ];
}

/**
 * Which won episode an event of a CRM that does not count them is about: the one signed at the same moment; the next one, if
 * it was signed after the newest and that has ended; else the newest.
 */
async function inItsEpisode(world: WorldOf<typeof episodeUses>, deal: Deal): Promise<Deal> {
  const ids = await world.deals.episodes(deal.dealId);
  let wonEpisode = deal.wonEpisode;
  for (const id of ids) {
    const known = (await world.deals.read(id))?.deal;
    if (!known) continue;
    if (Date.parse(known.closedWonAt) === Date.parse(deal.closedWonAt)) return known;
    wonEpisode = known.wonEpisode;
    if (id !== ids.at(-1) || Date.parse(deal.closedWonAt) < Date.parse(known.closedWonAt)) continue;
    const record = await world.handoffs.load(id);
    if (record && isClosed(record.state.status)) wonEpisode += 1;
  }
  return { ...deal, wonEpisode };
}
