import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../account/clock.ts';

const hour = 3_600_000;
const day = 24 * hour;

const spans = { hour, day, week: 7 * day } as const;

/** How far "to the end" goes at a time. */
export const longestRun = 90 * day;

/** What the clock's buttons do that move it at once. */
const moves = ['next', 'hour', 'day', 'week', 'end'] as const;
export type Move = (typeof moves)[number];

export const isMove = (text: string): text is Move => moves.some((move) => move === text);

/**
 * Moves the clock. `end` goes from timer to timer while `running` says that some execution runs, at most ninety days.
 * Resolves when everything that came of it has settled.
 */
export async function moveClock(clock: Clock, move: Move, running: () => boolean): Promise<void> {
  switch (move) {
    case 'next':
      await clock.jumpToNext();
      return;
    case 'end':
      return toTheEnd(clock, running);
    default:
      await clock.advanceTo(clock.now() + spans[move]);
  }
}

async function toTheEnd(clock: Clock, running: () => boolean): Promise<void> {
  const until = clock.now() + longestRun;
  while (running()) {
    const next = clock.next();
    if (next === undefined) return;
    if (next > until) return clock.advanceTo(until);
    await clock.jumpToNext();
    // Pages are answered meanwhile.
    await setImmediate();
  }
}

/** Fires what is due at this very moment and waits until it has settled; time does not move by it. */
export async function comeToRest(clock: Clock): Promise<void> {
  await clock.runToEnd({ until: clock.now() });
}
