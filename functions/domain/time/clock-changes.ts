import { Temporal } from 'temporal-polyfill';
import type { Instant } from './calendar.ts';

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
  const at = zonedTime(zone, around);
  // The previous one comes before that moment; a change at the moment itself counts, too.
  const before = at.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  const changes = [before?.getTimeZoneTransition('previous'), before, at.getTimeZoneTransition('next')].filter(
    (change) => change !== null && change !== undefined,
  );
  const least = Math.min(...changes.map(({ offsetNanoseconds }) => offsetNanoseconds));
  return changes.map((change) => {
    const last = change.subtract({ nanoseconds: 1 });
    return {
      reading: new Date(change.epochMilliseconds + last.offsetNanoseconds / 1_000_000),
      from: last.offset,
      to: change.offset,
      isForward: change.offsetNanoseconds > least,
    };
  });
}

/** A moment on the clocks of a zone. */
export const zonedTime = (zone: string, at: Instant): Temporal.ZonedDateTime =>
  Temporal.Instant.from(at).toZonedDateTimeISO(zone);

/** Whether the clocks showed this reading before, because they went back in between. */
export const isSecondReading = (zoned: Temporal.ZonedDateTime): boolean =>
  !zoned.toPlainDateTime().toZonedDateTime(zoned.timeZoneId, { disambiguation: 'earlier' }).equals(zoned);
