import { type BusinessCalendar, type Instant, nextWorkingMoment } from '../time/calendar.ts';

/** A reminder whose time has passed comes as soon as somebody works, while the renewal itself still lies ahead. */
export function reminderTime(
  dueAt: Instant,
  { renewal, at, calendar }: { renewal: Instant; at: Instant; calendar: BusinessCalendar },
): Instant | undefined {
  if (Date.parse(dueAt) > Date.parse(at)) return dueAt;
  const soon = nextWorkingMoment(new Date(Date.parse(at) + 60_000).toISOString(), calendar);
  return Date.parse(soon) < Date.parse(renewal) ? soon : undefined;
}
