import { type BusinessCalendar, type Instant, nextWorkingMoment } from '../time/calendar.ts';
import { aLittleLater } from './a-little-later.ts';

/**
 * When a reminder comes: one whose time has passed as soon as somebody works, as long as what it reminds of (`before`) still
 * lies ahead; a little later than that, so as not to be a second mail beside what is asked at that moment. Undefined when that has
 * passed too. `at`: the first moment it may come.
 */
export function reminderTime(
  dueAt: Instant,
  { before, at, calendar }: { before: Instant; at: Instant; calendar: BusinessCalendar },
): Instant | undefined {
  if (Date.parse(dueAt) > Date.parse(at)) return dueAt;
  const soon = nextWorkingMoment(at, calendar);
  if (Date.parse(soon) >= Date.parse(before)) return undefined;
  const later = nextWorkingMoment(aLittleLater(soon), calendar);
  return Date.parse(later) < Date.parse(before) ? later : soon;
}
