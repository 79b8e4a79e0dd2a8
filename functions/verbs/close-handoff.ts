import { measuresOf } from '../domain/handoff/measures.ts';
import { reminderSchedules, type SchedulesToCreate, schedulesToCreate } from '../domain/handoff/reminder-schedules.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';
import { involvedPeople, involvedUses } from './involved-people.ts';
import { openCalledFor, openItemUses } from './open-item.ts';
import { stepNewsUses, tellReliefs } from './step-news.ts';

/**
 * What is to be told later, which state machines of earlier versions set at their end; today it is set at the trigger. Both
 * call a schedule by the same name, so that it is told once.
 */
export interface Closed {
  readonly reminders: SchedulesToCreate;
  /** The only one that state machines of the first version know of. */
  readonly renewalReminder?: SchedulesToCreate[string];
}

export const closeHandoffUses = [
  'handoffs.load',
  'handoffs.changeStatus',
  'audit.write',
  'calendarOf',
  'soonestReminder',
  ...involvedUses,
  ...openItemUses,
  ...stepNewsUses,
] as const;

/**
 * Marks the handoff complete, keeps its measures, and says what is to be told later, and when (S3: the renewal is coming).
 * Whoever made the last decision may have been interrupted before what follows from it: what it calls for is opened here, and
 * whoever was told of trouble is told that it is over. Throws MailThrottled to be called again.
 */
export const closeHandoff =
  (world: WorldOf<typeof closeHandoffUses>, hashOf: (text: string) => string) =>
  async ({ handoffId, at }: { handoffId: string; at: Instant }): Promise<Closed> => {
    const record = await world.handoffs.load(handoffId);
    if (!record) throw new Error(`Handoff ${handoffId} has no record: was the package validated?`);
    const completed = await world.handoffs.changeStatus({
      id: handoffId,
      from: ['open', 'stalled'],
      to: 'complete',
      at,
      measures: measuresOf(record, at),
    });
    // Called again at the same moment, or its answer lost, it was this very call that completed it.
    const stands = completed ? undefined : (await world.handoffs.load(handoffId))?.state;
    if (completed || (stands?.status === 'complete' && stands.endedAt === at))
      await world.audit.write(handoffId, {
        at,
        who: 'system',
        what: 'complete',
        detail: 'Every step is done, skipped, or unanswered.',
        from: 'execution',
      });
    const people = await involvedPeople(world, record);
    if (completed || record.state.status === 'complete') {
      await openCalledFor(world, { record, at });
      await tellReliefs(world, { record, people, at });
    }
    const { calendarOf } = world;
    const { ahead } = reminderSchedules(record, { people, calendarOf, soonest: world.soonestReminder(at), hashOf });
    const reminders = schedulesToCreate(ahead);
    const renewal = Object.values(reminders).find(({ input }) => input.say === 'renewal-reminder');
    return { reminders, ...(renewal && { renewalReminder: renewal }) };
  };
