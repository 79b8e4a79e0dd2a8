import type { Instant } from '../time/calendar.ts';
import { unansweredRequest } from './exceptions.ts';
import { type EarlierRound, pauseAt } from './step-record.ts';

/** Why nothing is due now from whoever owns a step. Instants UTC. */
export type Rest =
  /** Somebody else is to decide on an exception, asked for then. */
  | { readonly for: 'decision'; readonly since: Instant }
  /** It is paused. */
  | { readonly for: 'customer'; readonly since: Instant; readonly until: Instant };

type Open = Pick<EarlierRound, 'decision' | 'exceptions' | 'pauses'>;

/**
 * What an open round waits for at an instant (UTC), so that it is not overdue, however late it was before; undefined where its owner
 * is to act. Of an exception that was asked for in a pause the decision is told: somebody here can make it.
 */
export function restOf(round: Open, at: Instant): Rest | undefined {
  if (round.decision) return undefined;
  const request = unansweredRequest(round);
  if (request) return { for: 'decision', since: request.at };
  const pause = pauseIn(round, at);
  return pause && { for: 'customer', since: pause.from, until: pause.until };
}

/** When the clock stopped that stands still at an instant (UTC): for an exception that was asked for in a pause, with the pause. */
export function stoppedAt(round: Open, at: Instant): Instant | undefined {
  const since = restOf(round, at)?.since;
  return since && (pauseIn(round, since)?.from ?? since);
}

const pauseIn = ({ pauses = [] }: Open, at: Instant) => pauseAt({ pauses }, at);
