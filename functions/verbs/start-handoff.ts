import { type Deal, handoffIdOf, parseDealEvent } from '../domain/deal/deal.ts';
import { handoffOf, isToBegin, type WonEpisode, wonEpisodes } from '../domain/deal/won-episodes.ts';
import type { Refusal } from '../domain/fields/refusal.ts';
import { isClosed } from '../domain/handoff/handoff.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { ArrivedDeal } from '../ports/deals.ts';
import type { WorldOf } from '../ports/world.ts';
import { beginEpisodeUses, stopReason, storeEpisode } from './begin-episode.ts';
import { knownWin, nextEpisode, type ReadHistory, readHistory, readHistoryUses } from './deal-history.ts';

export type Started =
  | { readonly handoffId: string; readonly outcome: 'started' | 'exists' | 'called off' }
  | { readonly refused: readonly Refusal[] };

export const startHandoffUses = [
  'deals.history',
  'deals.noteAgain',
  'deals.callOff',
  'deals.read',
  'handoffs.load',
  'refusals.store',
  'audit.write',
  'executions.start',
  ...beginEpisodeUses,
  ...readHistoryUses,
] as const;

type Start = WorldOf<typeof startHandoffUses>;

/**
 * A deal was closed won (S4: the one system event that starts a handoff): stores it once and starts its execution. The same
 * deal twice, or ten times at once, is one handoff. A deal that was stopped and is won again begins its next won episode,
 * whether the CRM counts episodes or not, and in whatever order the events come in: what a CRM that does not count says while
 * a handoff runs is kept, and begins an episode once the stop in between has come. A win that was over before its event came
 * begins nothing, and that is on record. An event that cannot be used is kept with the reason, never dropped.
 * `at`: when the event happened, UTC.
 */
export const startHandoff =
  (world: Start) =>
  async ({ event, at }: { event: unknown; at: Instant }): Promise<Started> => {
    const parsed = parseDealEvent(event, at);
    if ('refused' in parsed) return refuse(world, { event, refused: parsed.refused, at });
    const arrived = { ...parsed, at };
    const counts = Object(Object(event).detail).wonEpisode !== undefined;
    const placed = counts ? { begins: arrived } : await placeUncounted(world, arrived);
    if ('refused' in placed) return refuse(world, { event, refused: placed.refused, at });
    const { dealId } = arrived.deal;
    if ('ended' in placed) return { handoffId: placed.ended, outcome: 'exists' };
    // Started even if it is known: the attempt that stored it may have broken off before it came this far.
    if ('part' in placed) return startUnlessOver(world, { handoffId: placed.part, dealId });
    const { handoffId, stored } = await storeEpisode(world, placed.begins);
    if (stored === 'exists') {
      const ended = counts ? await endedEpisode(world, handoffId, arrived.deal) : undefined;
      if (ended) return refuse(world, { event, refused: ended, at });
      if (!counts) await keepIfAnother(world, handoffId, arrived);
    }
    return startUnlessOver(world, { handoffId, dealId });
  };

/** Of two wins that take the same number at the same moment, the second is kept beside the first. */
async function keepIfAnother(world: Start, handoffId: string, arrived: ArrivedDeal): Promise<void> {
  const known = (await world.deals.read(handoffId))?.deal;
  if (known && Date.parse(known.closedWonAt) !== Date.parse(arrived.deal.closedWonAt))
    await world.deals.noteAgain(arrived);
}

async function refuse(
  world: Pick<Start, 'refusals'>,
  kept: { event: unknown; refused: readonly Refusal[]; at: Instant },
): Promise<Started> {
  await world.refusals.store(kept);
  return { refused: kept.refused };
}

/**
 * Starts the execution of a handoff whose deal is stored. One that has not begun is called off in its place when the deal is
 * known to be over, or to have been won again since. A stop that came before the deal was stored is found here; one that comes
 * later finds the deal.
 */
async function startUnlessOver(
  world: Start,
  { handoffId, dealId }: { readonly handoffId: string; readonly dealId: string },
): Promise<Started> {
  const start = async () => ({ handoffId, outcome: await world.executions.start(handoffId) });
  const heard = await world.deals.history(dealId);
  if (heard.stops.length === 0 && heard.episodes.length < 2) return start();
  const known = await world.deals.read(handoffId);
  if (known?.calledOff !== undefined) return { handoffId, outcome: 'called off' };
  const { wins, stops } = await readHistory(world, dealId);
  const episodes = wonEpisodes(wins, stops);
  const episode = episodes.find((each) => handoffOf(each)?.handoffId === handoffId);
  const over = episode && whyOver(episode, episodes);
  if (!known || !over || (await world.handoffs.load(handoffId))) return start();
  const { deal, notes, at = deal.closedWonAt } = known;
  await world.deals.callOff(handoffId, { deal, notes, at }, over.why);
  const detail = `${over.why}. It was over before the handoff began.`;
  await world.audit.write(handoffId, { at: over.at, who: 'crm', what: 'cancelled', detail, from: 'event' });
  return { handoffId, outcome: 'called off' };
}

function whyOver(episode: WonEpisode, episodes: readonly WonEpisode[]): { why: string; at: Instant } | undefined {
  const [stop] = episode.stops;
  if (stop) return { why: stopReason(stop), at: stop.at };
  const since = episodes.slice(episodes.indexOf(episode) + 1).find(handoffOf)?.wins[0];
  return since && { why: 'The deal was won again since', at: since.at };
}

/**
 * What a win is of a CRM that does not count: the first of an episode, which `begins`; or part of one whose handoff is known,
 * a repetition or a correction. Signed at the very moment of an episode that was stopped since, it is refused: nobody can
 * tell a repetition from a deal that was won once more. One that was deleted and restored says so, and begins anew,
 * unless its handoff had ended before that.
 */
async function placeUncounted(
  world: Start,
  arrived: ArrivedDeal,
): Promise<{ begins: ArrivedDeal } | { part: string } | { ended: string } | { refused: readonly Refusal[] }> {
  const { deal, at } = arrived;
  const history = await readHistory(world, deal.dealId);
  const { begun, wins, stops } = history;
  const win = knownWin(arrived);
  const episodes = wonEpisodes([...wins, win], stops);
  const mine = episodes.find((each) => each.wins.includes(win));
  const own = mine && handoffOf(mine)?.handoffId;
  const { same, stopped, hadEnded } = signedLike(deal, { begun, episodes });
  if (deal.isRestored && same?.handoffId && hadEnded) return { ended: same.handoffId };
  if (same?.handoffId && (own === same.handoffId || deal.closedWonOn === undefined)) {
    const isNew = stopped && Date.parse(stopped.at) < Date.parse(at) && mine === episodes.at(-1) && own === undefined;
    // It begins once the deletion has come that was before it.
    if (deal.isRestored && !stopped) await world.deals.noteAgain(arrived);
    if (!isNew) return { part: own ?? same.handoffId };
    if (!deal.isRestored) return { refused: wonAtTheSameMoment(same.deal) };
  }
  if (mine && mine === episodes.at(-1) && own === undefined) return { begins: firstOf(mine, arrived, history) };
  await world.deals.noteAgain(arrived);
  return { part: own ?? begun.at(-1)?.handoffId ?? handoffIdOf(deal) };
}

/** The handoff that was begun last by the same signature, with what stopped it; `hadEnded`: it was over before that. */
function signedLike(
  { closedWonAt }: Pick<Deal, 'closedWonAt'>,
  { begun, episodes }: Pick<ReadHistory, 'begun'> & { readonly episodes: readonly WonEpisode[] },
) {
  const same = begun.findLast((each) => Date.parse(each.closedWonAt) === Date.parse(closedWonAt));
  const stopped = same && episodes.find((each) => handoffOf(each) === same)?.stops[0];
  const ended = same?.endedAt === undefined ? Number.NaN : Date.parse(same.endedAt);
  return { same, stopped, hadEnded: stopped !== undefined && ended < Date.parse(stopped.at) };
}

/** What an episode begins with that has no handoff: its first win, under the next number. */
function firstOf({ wins: [first] }: WonEpisode, arrived: ArrivedDeal, { again, begun }: ReadHistory): ArrivedDeal {
  const begins = again.find(({ at }) => at === first?.at) ?? arrived;
  return { ...begins, deal: { ...begins.deal, wonEpisode: nextEpisode(begun) } };
}

/** What is to begin now that a stop has come: the deal was won again since, as was kept. */
export function toBegin(episodes: readonly WonEpisode[], history: ReadHistory): ArrivedDeal | undefined {
  const newest = episodes.at(-1);
  const [first] = history.again.filter(({ at }) => at === newest?.wins[0]?.at);
  if (!first || !isToBegin(newest)) return undefined;
  // Deleted after its handoff was over, and restored: nothing was stopped that could begin anew.
  const isOver = first.deal.closedWonOn === undefined && signedLike(first.deal, { ...history, episodes }).hadEnded;
  return isOver ? undefined : firstOf(newest, first, history);
}

const wonAtTheSameMoment = ({ closedWonAt, wonEpisode }: Deal): readonly Refusal[] => [
  {
    field: 'detail.closedWonAt',
    problem: `is ${closedWonAt}, the signature of won episode ${wonEpisode}, which was stopped since`,
    remedy: `If the deal was won again, move it out of the won stage in the CRM and back again. Whoever sends events of their own sends the time of the new signature, or "wonEpisode": ${wonEpisode + 1}.`,
  },
];

/** A deal that was won again under the number of an episode that has ended: not a repetition, and not to be lost. */
async function endedEpisode(world: Start, handoffId: string, deal: Deal): Promise<readonly Refusal[] | undefined> {
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
