import { anchorsOf, customerSuccessManagerOf } from '../domain/handoff/handoff.ts';
import { renewalDateOf } from '../domain/handoff/handoff-package.ts';
import { measuresOf } from '../domain/handoff/measures.ts';
import { reminderTime } from '../domain/handoff/reminder-time.ts';
import { personOf } from '../domain/people/people.ts';
import { anchorNames } from '../domain/playbook/playbook.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { dueAfter } from '../domain/time/due.ts';
import type { WorldOf } from '../ports/world.ts';
import { involvedPeople, involvedUses } from './involved-people.ts';

export interface Closed {
  /** What EventBridge Scheduler is to do, if the moment still lies ahead. */
  readonly renewalReminder?: {
    readonly name: string;
    readonly scheduleExpression: string;
    readonly input: { readonly handoffId: string; readonly step: string; readonly say: string; readonly at: Instant };
  };
}

export const closeHandoffUses = [
  'handoffs.load',
  'handoffs.changeStatus',
  'audit.write',
  'calendarOf',
  ...involvedUses,
] as const;

/** Marks the handoff complete, keeps its measures, and says when the renewal reminder is due (S3: 90 days before renewal). */
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
    const step = 'remind-of-renewal';
    const rule = record.playbook.steps[step];
    const tell = rule?.kind === 'tell' ? rule.tells[0] : undefined;
    const anchor = anchorsOf(record, renewalDateOf(record)).renewalDate;
    if (!tell || !anchor) return {};
    const people = await involvedPeople(world, record);
    const owner = personOf(people, customerSuccessManagerOf(record) ?? record.deal.accountExecutive);
    const calendar = world.calendarOf(owner);
    const { within } = tell.opens;
    const due = dueAfter({ within, anchor, anchorName: anchorNames.renewalDate, calendar });
    const remindAt = reminderTime(due.at, { renewal: anchor, at, calendar });
    if (!remindAt) {
      const detail = 'The renewal date has passed already.';
      await world.audit.write(handoffId, {
        at,
        who: 'system',
        what: 'nothing-to-tell',
        step,
        detail,
        from: 'execution',
      });
      return {};
    }
    return {
      renewalReminder: {
        name: scheduleName(handoffId, hashOf),
        scheduleExpression: `at(${remindAt.slice(0, 19)})`,
        input: { handoffId, step, say: tell.say, at: remindAt },
      },
    };
  };

/** EventBridge Scheduler takes 64 characters; a longer id is told by its hash. */
function scheduleName(handoffId: string, hashOf: (text: string) => string): string {
  const name = `renewal-${handoffId}`;
  return name.length <= 64 ? name : `renewal-${hashOf(handoffId).slice(0, 40)}`;
}
