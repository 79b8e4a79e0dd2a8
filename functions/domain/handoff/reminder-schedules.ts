import type { CalendarOf, People } from '../people/people.ts';
import type { Announcement } from '../playbook/announcements.ts';
import { tellsOf } from '../playbook/capabilities.ts';
import type { Instant } from '../time/calendar.ts';
import type { HandoffRecord } from './handoff.ts';
import { remindersOf } from './planned.ts';

/** Something that is to be told at one moment, whatever becomes of the execution until then. */
export interface ReminderSchedule {
  /** Its own among all handoffs: the same reminder always gets the same name. */
  readonly name: string;
  /** UTC. */
  readonly at: Instant;
  /** What `notify` is then given. */
  readonly input: {
    readonly handoffId: string;
    readonly step: string;
    readonly say: Announcement;
    readonly at: Instant;
  };
}

export interface SchedulesInput {
  readonly people: People;
  readonly calendarOf: CalendarOf;
  /** The first moment that may be set (`soonestReminder`), UTC. */
  readonly soonest: Instant;
  readonly hashOf: (text: string) => string;
}

/** What is to be told later as things stand; `passed`: what will not be told, because what it reminds of is over. */
export function reminderSchedules(
  record: HandoffRecord,
  { people, calendarOf, soonest, hashOf }: SchedulesInput,
): { readonly ahead: readonly ReminderSchedule[]; readonly passed: readonly { step: string; say: Announcement }[] } {
  const handoffId = record.state.id;
  const reminders = remindersOf(record, { people, calendarOf, at: soonest });
  return {
    ahead: reminders.flatMap(({ step, say, at }) =>
      at === undefined ? [] : [{ name: nameOf({ handoffId, say }, hashOf), at, input: { handoffId, step, say, at } }],
    ),
    passed: reminders.flatMap(({ step, say, at }) => (at === undefined ? [{ step, say }] : [])),
  };
}

/** The name of everything that may be scheduled for a handoff. */
export const reminderNames = (record: HandoffRecord, hashOf: (text: string) => string): readonly string[] =>
  tellsOf(record.playbook)
    .filter(({ rule }) => rule.by === 'scheduler')
    .map(({ tell: { say } }) => nameOf({ handoffId: record.state.id, say }, hashOf));

/** EventBridge Scheduler takes 64 characters; the rest is hashed. */
function nameOf(
  { handoffId, say }: { readonly handoffId: string; readonly say: Announcement },
  hashOf: (text: string) => string,
): string {
  const name = `${say}-${handoffId}`;
  return name.length <= 64 ? name : `${say.slice(0, 23)}-${hashOf(name).slice(0, 40)}`;
}

/** What state machines of earlier versions create schedules from, by `<step>/<what it says>`. */
export type SchedulesToCreate = Readonly<Record<string, ScheduleToCreate>>;

interface ScheduleToCreate extends Pick<ReminderSchedule, 'name' | 'input'> {
  /** One time, in UTC. */
  readonly scheduleExpression: string;
}

export const schedulesToCreate = (schedules: readonly ReminderSchedule[]): SchedulesToCreate =>
  Object.fromEntries(
    schedules.map(({ name, at, input }) => [
      `${input.step}/${input.say}`,
      { name, scheduleExpression: onceAt(at), input },
    ]),
  );

/** EventBridge Scheduler's expression for one moment, in UTC. */
export const onceAt = (at: Instant): string => `at(${new Date(at).toISOString().slice(0, 19)})`;
