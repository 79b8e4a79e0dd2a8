import { epochOf, type Instant, wallAt } from './calendar-instant.ts';
import { clockChange, momentsOf, offsetAt } from './zone-offsets.ts';

/** A change of the clocks of a zone. Offsets are '+02:00', those of the past '+05:41:16'. */
export interface ClockChange {
  /** What the clocks showed when it came, as if that were UTC. */
  readonly reading: Date;
  readonly from: string;
  readonly to: string;
  /** Whether the clocks are further on after it than at some other time around. */
  readonly isForward: boolean;
}

/** The clock changes of a zone (IANA) around a moment: the last two that have come, and the next one; none where clocks never change. */
export function clockChangesAround(zone: string, around: Instant): readonly ClockChange[] {
  const at = epochOf(around);
  // The previous one comes before that moment; a change at the moment itself counts, too.
  const last = clockChange(at + 1, zone, 'previous');
  const before = last === undefined ? undefined : clockChange(last, zone, 'previous');
  const changes = [before, last, clockChange(at, zone, 'next')].filter((change) => change !== undefined);
  const least = Math.min(...changes.map((change) => offsetAt(change, zone)));
  return changes.map((change) => ({
    reading: new Date(wallAt(change - 1, zone) + 1),
    from: offsetText(change - 1, zone),
    to: offsetText(change, zone),
    isForward: offsetAt(change, zone) > least,
  }));
}

/** '+02:00', with seconds where a zone of the past has some. */
export function offsetText(epoch: number, zone: string): string {
  const offset = offsetAt(epoch, zone);
  const text = new Date(Math.abs(offset)).toISOString().slice(11, 19);
  return `${offset < 0 ? '-' : '+'}${text.replace(/:00$/, '')}`;
}

/** Whether the clocks showed this reading before, because they went back in between. */
export function isSecondReading(epoch: number, zone: string): boolean {
  const moments = momentsOf(wallAt(epoch, zone), zone);
  return 'first' in moments && moments.first !== epoch;
}
