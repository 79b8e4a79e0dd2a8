import { type BusinessCalendar, type Instant, nextWorkingMoment } from '../time/calendar.ts';

/**
 * When a reminder comes: one whose time has passed as soon as somebody works, as long as what it reminds of (`before`) still
 * lies ahead. Undefined when that has passed too. `at`: the first moment it may come.
 */
export function reminderTime(
  dueAt: Instant,
  { before, at, calendar }: { before: Instant; at: Instant; calendar: BusinessCalendar },
): Instant | undefined {
  if (Date.parse(dueAt) > Date.parse(at)) return dueAt;
  const soon = nextWorkingMoment(at, calendar);
  return Date.parse(soon) < Date.parse(before) ? soon : undefined;
}
