import { epochOf, type Instant } from '../domain/time/calendar-instant.ts';
import { type ClockChange, clockChangesAround, offsetText } from '../domain/time/clock-changes.ts';

/**
 * The VTIMEZONE component (RFC 5545, 3.6.5) of an IANA zone, line by line: the clock changes around a moment, as the zone
 * data have them, each as an observance of its own. Enough for an entry that does not repeat, and exact where a rule would not
 * be (a zone that changes its law, or moves its clocks for Ramadan).
 */
export function timeZoneRules(zone: string, around: Instant): readonly string[] {
  const changes = clockChangesAround(zone, around);
  const offset = offsetText(epochOf(around), zone);
  const always: ClockChange = { reading: new Date(0), from: offset, to: offset, isForward: false };
  const observances = (changes.length === 0 ? [always] : changes).flatMap(observance);
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...observances, 'END:VTIMEZONE'];
}

/** It begins at the time that the clocks showed until then. */
function observance({ reading, from, to, isForward }: ClockChange): readonly string[] {
  const kind = isForward ? 'DAYLIGHT' : 'STANDARD';
  return [
    `BEGIN:${kind}`,
    `DTSTART:${reading.toISOString().slice(0, 19).replaceAll('-', '').replaceAll(':', '')}`,
    `TZOFFSETFROM:${from.replaceAll(':', '')}`,
    `TZOFFSETTO:${to.replaceAll(':', '')}`,
    `END:${kind}`,
  ];
}
