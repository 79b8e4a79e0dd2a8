import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { reminderNames, reminderSchedules } from '../domain/handoff/reminder-schedules.ts';
import type { People } from '../domain/people/people.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';

export const followRenewalUses = [
  'schedules.put',
  'schedules.remove',
  'soonestReminder',
  'hash',
  'calendarOf',
] as const;

/**
 * Sets every reminder of a handoff for the day that holds now (S3): the renewal date was corrected, became known, or is known
 * no more. Done again, it changes nothing.
 */
export async function followRenewal(
  world: WorldOf<typeof followRenewalUses>,
  { record, people, at }: { readonly record: HandoffRecord; readonly people: People; readonly at: Instant },
): Promise<void> {
  const { calendarOf, hash: hashOf } = world;
  const { ahead } = reminderSchedules(record, { people, calendarOf, soonest: world.soonestReminder(at), hashOf });
  for (const schedule of ahead) await world.schedules.put(schedule);
  const wanted = new Set(ahead.map(({ name }) => name));
  for (const name of reminderNames(record, world.hash)) if (!wanted.has(name)) await world.schedules.remove(name);
}
