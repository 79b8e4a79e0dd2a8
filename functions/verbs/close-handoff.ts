import { measuresOf } from '../domain/handoff/measures.ts';
import { remindersOf } from '../domain/handoff/planned.ts';
import type { Announcement } from '../domain/playbook/announcements.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';
import { involvedPeople, involvedUses } from './involved-people.ts';

/** What EventBridge Scheduler is to do. */
interface Schedule {
  readonly name: string;
  /** One time, in UTC. */
  readonly scheduleExpression: string;
  /** What `notify` is then given. */
  readonly input: {
    readonly handoffId: string;
    readonly step: string;
    readonly say: Announcement;
    readonly at: Instant;
  };
}

export interface Closed {
  /** What is to be told later, by `<step>/<what it says>`, as far as the moment still lies ahead. */
  readonly reminders: Readonly<Record<string, Schedule>>;
  /** The only one that state machines of the first version know of. */
  readonly renewalReminder?: Schedule;
}

export const closeHandoffUses = [
  'handoffs.load',
  'handoffs.changeStatus',
  'audit.write',
  'calendarOf',
  ...involvedUses,
] as const;

/** Marks the handoff complete, keeps its measures, and says what is to be told later, and when (S3: the renewal is coming). */
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
      measures: measuresOf(record),
    });
    if (completed)
      await world.audit.write(handoffId, {
        at,
        who: 'system',
        what: 'complete',
        detail: 'Every step is done, skipped or unanswered.',
        from: 'execution',
      });
    const people = await involvedPeople(world, record);
    const reminders: Record<string, Schedule> = {};
    for (const { step, say, at: remindAt } of remindersOf(record, { people, calendarOf: world.calendarOf, at })) {
      if (remindAt === undefined) {
        const detail = `${say}: its date has passed already.`;
        const entry = { at, who: 'system', what: 'nothing-to-tell', step, detail, from: 'execution' } as const;
        await world.audit.write(handoffId, entry);
        continue;
      }
      reminders[`${step}/${say}`] = {
        name: scheduleName({ handoffId, say }, hashOf),
        scheduleExpression: `at(${remindAt.slice(0, 19)})`,
        input: { handoffId, step, say, at: remindAt },
      };
    }
    const renewal = Object.values(reminders).find(({ input }) => input.say === 'renewal-reminder');
    return { reminders, ...(renewal && { renewalReminder: renewal }) };
  };

/** Each has a name of its own: what it says, and the handoff. EventBridge Scheduler takes 64 characters; the rest is hashed. */
function scheduleName(
  { handoffId, say }: { readonly handoffId: string; readonly say: Announcement },
  hashOf: (text: string) => string,
): string {
  const name = `${say}-${handoffId}`;
  return name.length <= 64 ? name : `${say.slice(0, 23)}-${hashOf(name).slice(0, 40)}`;
}
