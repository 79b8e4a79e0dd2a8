import { handoffIdOf } from '../domain/deal/deal.ts';
import { type Outcome, sameOutcome } from '../domain/deal/outcome.ts';
import { parseOutcome } from '../domain/deal/outcome-event.ts';
import type { Refusal } from '../domain/fields/refusal.ts';
import { capitalized } from '../domain/fields/words.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { RecordsUnavailable } from '../ports/errors.ts';
import type { WorldOf } from '../ports/world.ts';
import { placeOf, placeUses } from './merged-deal.ts';

/** `known`: it says nothing new. */
export type OutcomeRecorded =
  | { readonly handoffId: string; readonly outcome: 'recorded' | 'known' }
  | { readonly refused: readonly Refusal[] };

export const recordOutcomeUses = [
  'deals.episodes',
  'deals.read',
  'handoffs.load',
  'handoffs.addOutcome',
  'refusals.store',
  'audit.write',
  ...placeUses,
] as const;

type Recording = WorldOf<typeof recordOutcomeUses>;

/**
 * The CRM, or whoever sends events, says what became of a customer (S2, S4): it is kept with the handoff of the won episode
 * that is named, else the newest one, whether that runs or has ended. The same twice is once; said again under the same
 * reference it is corrected. What names no handoff is kept with the reason. Nobody is mailed:
 * the reminder of the renewal reads it when it fires.
 * `at`: when the event was put on the bus, UTC. Throws RecordsUnavailable, to be called again, while the handoff has not begun.
 */
export const recordOutcome =
  (world: Recording) =>
  async ({ event, at }: { event: unknown; at: Instant }): Promise<OutcomeRecorded> => {
    const parsed = parseOutcome(event, at);
    const refuse = async (refused: readonly Refusal[]): Promise<OutcomeRecorded> => {
      await world.refusals.store({ event, refused, at });
      return { refused };
    };
    if ('refused' in parsed) return refuse(parsed.refused);
    const { dealId, wonEpisode, outcome, notes } = parsed;
    const { dealId: won, known } = await episodesOf(world, dealId);
    const named = wonEpisode === undefined ? known.at(-1) : handoffIdOf({ dealId: won, wonEpisode });
    const handoffId = known.find((id) => id === named);
    const deal = handoffId === undefined ? undefined : await world.deals.read(handoffId);
    if (handoffId === undefined || !deal || deal.calledOff !== undefined)
      return refuse(known.length === 0 || wonEpisode === undefined ? noHandoff(dealId) : noEpisode(dealId, wonEpisode));
    const record = await world.handoffs.load(handoffId);
    if (!record) throw new RecordsUnavailable(`Handoff ${handoffId} was won, but has not begun: try again.`);
    const stands = record.outcomes?.find((each) => sameOutcome(each) === sameOutcome(outcome));
    if (stands && !saysMore(outcome, stands)) return { handoffId, outcome: 'known' };
    const detail = [textOf(outcome, stands), ...notes].join(' ');
    // First on the trail: whoever was interrupted finds nothing that stands, and does both.
    await world.audit.write(handoffId, { at, who: 'crm', what: 'outcome', detail, from: 'event' });
    await world.handoffs.addOutcome(handoffId, outcome);
    return { handoffId, outcome: 'recorded' };
  };

/** The episodes of a deal, which the CRM may have given another id since: it was merged. */
async function episodesOf(world: Pick<Recording, 'deals' | 'seenDeals'>, id: string) {
  const known = await world.deals.episodes(id);
  if (known.length > 0) return { dealId: id, known };
  const { dealId } = await placeOf(world, id);
  return { dealId, known: dealId === id ? known : await world.deals.episodes(dealId) };
}

/** Whether it differs from what stands, and was said later. */
const saysMore = (outcome: Outcome, stands: Outcome): boolean =>
  Date.parse(outcome.saidAt) > Date.parse(stands.saidAt) &&
  (Date.parse(outcome.at) !== Date.parse(stands.at) ||
    outcome.amount !== stands.amount ||
    outcome.currency !== stands.currency);

function textOf({ outcome, at, amount, currency, reference }: Outcome, stands: Outcome | undefined): string {
  const what = outcome === 'onboarding completed' ? capitalized(outcome) : `Customer ${outcome}`;
  const money = amount === undefined ? '' : `, ${amount} ${currency}`;
  const called = reference === undefined ? '' : ` (${reference})`;
  return `${what} on ${at.slice(0, 10)}${money}${called}.${stands ? ' This corrects what was said before.' : ''}`;
}

const noHandoff = (dealId: string): readonly Refusal[] => [
  {
    field: 'detail.dealId',
    problem: `names a deal without a handoff: ${dealId}`,
    remedy: 'Send the id of the deal that was won with this customer, not that of its renewal.',
  },
];

const noEpisode = (dealId: string, wonEpisode: number): readonly Refusal[] => [
  {
    field: 'detail.wonEpisode',
    problem: `names episode ${wonEpisode} of deal ${dealId}, which has no handoff`,
    remedy: 'Send the number of an episode that has one; without a number, the one won last is meant.',
  },
];
