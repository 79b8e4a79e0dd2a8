import type { Instant } from '../time/calendar.ts';
import type { DealStopped } from './deal.ts';

/** A `Deal Closed Won` that came in. */
export interface KnownWin {
  /** The handoff that it began; undefined where it began none. */
  readonly handoffId?: string;
  /** Of a handoff, or as the CRM counts. */
  readonly wonEpisode?: number;
  readonly closedWonAt: Instant;
  /** The CRM names the day of signature only. */
  readonly closedWonOn?: string;
  /** The deal was deleted before, and has the signature that it had. */
  readonly isRestored?: true;
  /** When its event happened, UTC. */
  readonly at: Instant;
  /** When its handoff ended, whatever became of it, UTC. */
  readonly endedAt?: Instant;
}

/** A `Deal Reopened`, `Deal Lost` or `Deal Cancelled` that came in. */
export interface KnownStop extends Omit<DealStopped, 'dealId'> {
  /** When its event happened, UTC. */
  readonly at: Instant;
}

/** From one time a deal was won to the next. */
export interface WonEpisode {
  /** All that were said of it, the oldest first: repetitions, and corrections of a CRM that does not count. */
  readonly wins: readonly KnownWin[];
  /** What says that it is over, the oldest first. */
  readonly stops: readonly KnownStop[];
}

/** EventBridge delivers for a day. */
const mostDisorder = 86_400_000;

/**
 * Sorts all that was heard of a deal into its won episodes, the oldest first: a re-won deal is a new one (P). The same events
 * give the same episodes, in whatever order they came in and however often, because only their own times count.
 *
 * A new episode begins where the deal was stopped in between, where the CRM counts one more, or where the handoff before it
 * has ended and the signature is newer. A stop means the episode it names; else the one won last before it. If that is over
 * already, or there is none, it means one that was signed before it and whose event came within a day after it.
 */
export function wonEpisodes(wins: readonly KnownWin[], stops: readonly KnownStop[]): readonly WonEpisode[] {
  const episodes: { wins: KnownWin[]; stops: KnownStop[] }[] = [];
  const byTime = wins.toSorted((a, b) => ms(a.at) - ms(b.at) || (a.wonEpisode ?? last) - (b.wonEpisode ?? last));
  for (const win of byTime) {
    const current = episodes.at(-1);
    if (current && !isNext(current.wins, win, stops)) current.wins.push(win);
    else episodes.push({ wins: [win], stops: [] });
  }
  for (const stop of stops.toSorted((a, b) => ms(a.at) - ms(b.at))) meantBy(stop, episodes)?.stops.push(stop);
  return episodes;
}

/** The handoff of an episode, if it has one. */
export const handoffOf = ({ wins }: WonEpisode): KnownWin | undefined => wins.find(({ handoffId }) => handoffId);

/** Whether the deal is won as things stand and no handoff has begun for it. */
export const isToBegin = (episode: WonEpisode | undefined): episode is WonEpisode =>
  episode !== undefined && episode.stops.length === 0 && handoffOf(episode) === undefined;

const ms = (at: Instant): number => Date.parse(at);
const last = Number.POSITIVE_INFINITY;

function isNext(before: readonly KnownWin[], win: KnownWin, stops: readonly KnownStop[]): boolean {
  const number = numberOf(before);
  if (number !== undefined && win.wonEpisode !== undefined) return number !== win.wonEpisode;
  const latest = before.at(-1);
  if (latest === undefined) return true;
  if (stops.some(({ at }) => ms(latest.at) <= ms(at) && ms(at) < ms(win.at))) return true;
  const ended = before.find(({ endedAt }) => endedAt !== undefined);
  return ended?.endedAt !== undefined && ms(win.at) > ms(ended.endedAt) && ms(win.closedWonAt) > ms(ended.closedWonAt);
}

const numberOf = (wins: readonly KnownWin[]): number | undefined =>
  wins.find(({ wonEpisode }) => wonEpisode !== undefined)?.wonEpisode;

function meantBy<E extends WonEpisode>(stop: KnownStop, episodes: readonly E[]): E | undefined {
  const named = episodes.filter(({ wins }) => stop.wonEpisode === undefined || numberOf(wins) === stop.wonEpisode);
  const at = ms(stop.at);
  const before = named.findLast(({ wins }) => wins.some((win) => ms(win.at) <= at));
  const overSince = before?.stops[0]?.at;
  if (before && overSince === undefined) return before;
  const signed = named.find(({ wins: [first] }) => {
    if (first === undefined || ms(first.at) <= at || ms(first.at) - at > mostDisorder) return false;
    const signedAt = signatureOf(first);
    return signedAt <= at && (overSince === undefined || signedAt > ms(overSince));
  });
  return signed ?? before;
}

/** Whoever restores a deal does so after what stopped it. Of a signature of which the day is all that is known, the event tells the time on that day. */
function signatureOf({ closedWonAt, closedWonOn, isRestored, at }: KnownWin): number {
  if (isRestored) return ms(at);
  const signed = ms(closedWonAt);
  return closedWonOn === undefined ? signed : Math.min(Math.max(ms(at), signed), signed + 86_400_000);
}
