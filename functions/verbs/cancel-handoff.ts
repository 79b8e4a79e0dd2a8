import type { AuditEntry } from '../domain/handoff/audit-entry.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { openItemsOf } from '../domain/handoff/open-items.ts';
import type { MeetingInvitation } from '../domain/messages/message.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { noticeUses, sendNotice } from '../mailing/send-notice.ts';
import type { WorldOf } from '../ports/world.ts';
import { endItems, endItemsUses } from './end-items.ts';
import { endMeetings, endMeetingsUses } from './end-meetings.ts';
import { concernedByEnd, involvedUses } from './involved-people.ts';
import { takeBackReminders, takeBackUses } from './take-back-reminders.ts';

export interface Cancellation {
  readonly handoffId: string;
  /** A mail address, or `crm`. */
  readonly by: string;
  readonly reason: string;
  readonly at: Instant;
  readonly from: AuditEntry['from'];
}

const tellAllUses = [...involvedUses, ...noticeUses, ...endMeetingsUses] as const;

export const cancelHandoffUses = [
  'handoffs.load',
  'handoffs.changeStatus',
  'audit.write',
  'executions.stop',
  ...takeBackUses,
  ...endItemsUses,
  ...tellAllUses,
] as const;

/**
 * Stops a handoff: the record says so first, which kills its links and silences its ladder; then the execution is stopped
 * and its reminders are taken back; then the people involved are told. Called again, it goes on where it was. A handoff that has ended stays as it is.
 */
export const cancelHandoff =
  (world: WorldOf<typeof cancelHandoffUses>) =>
  async ({ handoffId, by, reason, at, from }: Cancellation): Promise<'cancelled' | 'not open' | 'unknown'> => {
    const record = await world.handoffs.load(handoffId);
    if (!record) return 'unknown';
    const stopped = await world.handoffs.changeStatus({
      id: handoffId,
      from: ['open', 'stalled'],
      to: 'cancelled',
      at,
      reason,
    });
    if (!stopped && record.state.status !== 'cancelled') {
      // The deal is over, not only the handoff: nothing is left to renew, and nothing that it left open to bring.
      if (from === 'event') {
        await takeBackReminders(world, { record, reason, at, from });
        await endItems(world, { record, by, reason, at, from });
      }
      return 'not open';
    }
    if (stopped) await world.audit.write(handoffId, { at, who: by, what: 'cancelled', detail: reason, from });
    await world.executions.stop(handoffId, reason);
    for (const { step } of openItemsOf(record)) await world.executions.stop(handoffId, reason, step);
    await takeBackReminders(world, { record, reason, at, from });
    await tellAll(world, { record, by, reason, at });
    return 'cancelled';
  };

/**
 * Everybody who has a part in the handoff, or was told anything of it, and is of the company; but not whoever ended it.
 * One mail that cannot go out keeps nobody else from hearing of it; the first trouble is thrown when all have been tried.
 */
async function tellAll(
  world: WorldOf<typeof tellAllUses>,
  { record, by, reason, at }: { record: HandoffRecord; by: string; reason: string; at: Instant },
): Promise<void> {
  const { people, concerned } = await concernedByEnd(world, record);
  const troubles: unknown[] = [];
  const entries = await endMeetings(world, { record, people, by, reason, at }).catch((error: unknown) => {
    troubles.push(error);
    return new Map<string, MeetingInvitation>();
  });
  for (const person of concerned) {
    // Whoever ended it knows, but their calendar does not.
    if (person.email === by && !entries.has(by)) continue;
    const notice = { kind: 'handoff-cancelled', by, reason } as const;
    const key = `handoff-cancelled/${person.email}`;
    const invitation = entries.get(person.email);
    await sendNotice(world, { record, people, person, notice, key, step: '', at, invitation }).catch(
      (error: unknown) => {
        troubles.push(error);
      },
    );
  }
  if (troubles.length > 0) throw troubles[0];
}
