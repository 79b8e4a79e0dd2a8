import { type DealStopped, handoffIdOf, parseDealStopped } from '../domain/deal/deal.ts';
import { handoffOf, type KnownStop, type WonEpisode, wonEpisodes } from '../domain/deal/won-episodes.ts';
import type { Refusal } from '../domain/fields/refusal.ts';
import { listed } from '../domain/fields/words.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { RecordsUnavailable } from '../ports/errors.ts';
import type { WorldOf } from '../ports/world.ts';
import { beginEpisode, beginEpisodeUses, stopReason } from './begin-episode.ts';
import { cancelHandoff, cancelHandoffUses } from './cancel-handoff.ts';
import { nextEpisode, type ReadHistory, readHistory, readHistoryUses } from './deal-history.ts';
import { toBegin } from './start-handoff.ts';

export type Stopped =
  | { readonly handoffId: string; readonly outcome: 'cancelled' | 'not open' | 'called off' }
  | { readonly refused: readonly Refusal[] };

export const stopDealUses = [
  'deals.noteStop',
  'drafts.load',
  'drafts.save',
  'deals.read',
  'executions.stop',
  'refusals.store',
  ...readHistoryUses,
  ...cancelHandoffUses,
  ...beginEpisodeUses,
] as const;

type Stop = WorldOf<typeof stopDealUses>;

/**
 * The CRM says that a deal reopened, was lost again or was canceled (P). It is kept first, so that it also stops a win whose
 * event comes later. Then the handoff of the won episode it means is stopped: the one it names, else the one won last before
 * it; one that comes late or once more stops no newer one. What was won again since begins. A stop that means no episode is
 * kept for operations, with what is known of the deal.
 * `at`: when the event happened, UTC. Throws RecordsUnavailable, to be called again, while the handoff has not begun.
 */
export const stopDeal =
  (world: Stop) =>
  async ({ event, at }: { event: unknown; at: Instant }): Promise<Stopped> => {
    const parsed = parseDealStopped(event);
    if ('refused' in parsed) {
      await world.refusals.store({ event, refused: parsed.refused, at });
      return parsed;
    }
    const { dealId, ...said } = parsed.stopped;
    const stop: KnownStop = { ...said, at };
    await world.deals.noteStop(dealId, stop);
    const history = await readHistory(world, dealId);
    const episodes = wonEpisodes(history.wins, history.stops);
    const ended = await endDraft(world, { dealId, stop, begun: history.begun });
    const meant = episodes.findIndex(({ stops }) => stops.some((each) => isSame(each, stop)));
    const refused = meant < 0 && ended === undefined ? notMeant(parsed.stopped, episodes, at) : undefined;
    if (refused) {
      await world.refusals.store({ event, refused, at });
      return { refused };
    }
    // What was won again without a handoff of its own is still the work of the one before it.
    const target = episodes.slice(0, meant + 1).findLast(handoffOf);
    const stopped = await stopEpisode(world, target, stop);
    const begins = toBegin(episodes, history);
    if (begins) await beginEpisode(world, begins);
    if (ended !== undefined && stopped?.outcome !== 'cancelled') return { handoffId: ended, outcome: 'called off' };
    return stopped ?? { handoffId: history.begun.at(-1)?.handoffId ?? '', outcome: 'not open' };
  };

/** A draft whose deal is lost ends quietly: nobody was asked for anything. The id of the handoff that would have begun. */
async function endDraft(
  world: Stop,
  { dealId, stop, begun }: { readonly dealId: string; readonly stop: KnownStop; readonly begun: ReadHistory['begun'] },
): Promise<string | undefined> {
  const wonEpisode = nextEpisode(begun);
  const draft = await world.drafts.load(handoffIdOf({ dealId, wonEpisode }));
  if (!draft || stop.kind === 'reopened' || Date.parse(stop.at) < Date.parse(draft.state.said.at)) return undefined;
  const { id } = draft.state;
  if (draft.state.ended !== undefined) return id;
  const reason = stopReason(stop);
  const ended = { ...draft.state, ended: { at: stop.at, reason } };
  if (!(await world.drafts.save(ended, draft.playbook, draft.version)))
    throw new RecordsUnavailable(`The draft of deal ${dealId} was changed at this moment: try again.`);
  await world.audit.write(id, { at: stop.at, who: 'crm', what: 'draft-ended', detail: reason, from: 'event' });
  return id;
}

const isSame = (one: KnownStop, other: KnownStop): boolean =>
  one.at === other.at && one.kind === other.kind && one.wonEpisode === other.wonEpisode;

async function stopEpisode(
  world: Stop,
  episode: WonEpisode | undefined,
  stop: KnownStop,
): Promise<Exclude<Stopped, { refused: unknown }> | undefined> {
  const handoffId = episode && handoffOf(episode)?.handoffId;
  if (handoffId === undefined) return undefined;
  const cancellation = { handoffId, by: 'crm', reason: stopReason(stop), at: stop.at, from: 'event' } as const;
  const outcome = await cancelHandoff(world)(cancellation);
  if (outcome !== 'unknown') return { handoffId, outcome };
  if ((await world.deals.read(handoffId))?.calledOff === undefined)
    throw new RecordsUnavailable(`Handoff ${handoffId} was won, but has not begun: try again.`);
  // Another event of the same win may have started it before the stop was known.
  await world.executions.stop(handoffId, stopReason(stop));
  return { handoffId, outcome: 'called off' };
}

/** Why operations should look at a stop that means no episode; undefined for one that is older than all there is. */
function notMeant(
  { dealId, wonEpisode }: DealStopped,
  episodes: readonly WonEpisode[],
  at: Instant,
): readonly Refusal[] | undefined {
  const known = episodes.flatMap((episode) => handoffOf(episode) ?? []);
  if (known.length === 0)
    return [
      {
        field: 'detail.dealId',
        problem: `names a deal without a handoff: ${dealId}`,
        remedy: 'Nothing needs to be stopped. If the deal was won, check why its event never arrived.',
      },
    ];
  if (wonEpisode === undefined) return undefined;
  const named = known.find((win) => win.wonEpisode === wonEpisode);
  const numbers = known.map((win) => String(win.wonEpisode));
  return [
    {
      field: 'detail.wonEpisode',
      problem: named
        ? `names episode ${wonEpisode} of deal ${dealId}, which was won at ${named.at}, after this event (${at})`
        : `names episode ${wonEpisode} of deal ${dealId}, of which ${numbers.length === 1 ? 'only episode' : 'only the episodes'} ${listed(numbers)} ${numbers.length === 1 ? 'is' : 'are'} known`,
      remedy:
        'Nothing was stopped. Send the number of the episode that is over; without a number, the one won last before the event is stopped.',
    },
  ];
}
