import type { Instant } from '../domain/time/calendar.ts';

/** Two times of one record that are no further apart were written by one save. Milliseconds. */
const oneSave = 60_000;

/** Whether a deal was won by the save that made it, as an import or another program makes it. Both UTC. */
export const isPutInAsWon = (wonAt: Instant, createdAt: Instant): boolean =>
  Math.abs(Date.parse(wonAt) - Date.parse(createdAt)) <= oneSave;

/** A day without a time may be one anywhere on earth: it is over so long after its start in UTC. Milliseconds. */
const widestDay = 36 * 3_600_000;

/**
 * When a deal was won that came into the CRM as won: on its close date where that was over by then, for an import brings what was
 * signed long before. `closed`: an instant, UTC, or a day.
 */
export function signedBefore(enteredAt: Instant, closed: string | undefined): string {
  if (closed === undefined) return enteredAt;
  const over = Date.parse(closed) + (closed.length === 10 ? widestDay : 0);
  return over <= Date.parse(enteredAt) ? closed : enteredAt;
}
