import type { AuditEntry } from '../domain/handoff/audit-entry.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { openItemsOf } from '../domain/handoff/open-items.ts';
import type { Person } from '../domain/people/person.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { noticeUses, sendNotice } from '../mailing/send-notice.ts';
import { tellEach } from '../mailing/tell-each.ts';
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

export const finishCancelUses = ['audit.write', 'executions.stop', ...takeBackUses, ...tellAllUses] as const;

export const cancelHandoffUses = [
  'handoffs.load',
  'handoffs.changeStatus',
  ...finishCancelUses,
  ...endItemsUses,
] as const;

/**
 * Stops a handoff: the record says so first, which kills its links and silences its ladder; then what follows from it is done
 * (see `finishCancel`). Called again, it goes on where it was. A handoff that has ended stays as it is.
 */
export const cancelHandoff =
  (world: WorldOf<typeof cancelHandoffUses>) =>
  async ({ handoffId, by, reason, at, from }: Cancellation): Promise<'cancelled' | 'not open' | 'unknown'> => {
    const before = await world.handoffs.load(handoffId);
    if (!before) return 'unknown';
    const stopped = await world.handoffs.changeStatus({
      id: handoffId,
      from: ['open', 'stalled'],
      to: 'cancelled',
      at,
      reason,
      ended: { by, from },
    });
    // It may have been this very cancellation, the answer to which was lost.
    const record = (await world.handoffs.load(handoffId)) ?? before;
    if (!stopped && record.state.status !== 'cancelled') {
      // The deal is over, not only the handoff: nothing is left to renew, and nothing that it left open to bring.
      if (from === 'event') {
        await takeBackReminders(world, { record, reason, at, from });
        await endItems(world, { record, by, reason, at, from });
      }
      return 'not open';
    }
    await finishCancel(world, { record, by, reason, at, from });
    return 'cancelled';
  };

/**
 * What follows from canceling a handoff, in the words of whoever canceled it: it is on record, its reminders are taken back,
 * its meetings are called off, everybody is told, and last its executions are stopped. Until then its own execution, which
 * asks nobody any more, goes on with this where others broke off. What is given counts where the record does not say it: of
 * handoffs that were canceled before it was kept.
 */
export async function finishCancel(
  world: WorldOf<typeof finishCancelUses>,
  { record, ...unlessKnown }: Omit<Cancellation, 'handoffId'> & { readonly record: HandoffRecord },
): Promise<void> {
  const { id, endedAt, endedBy, endedFrom, reason: kept } = record.state;
  const {
    at: since,
    by,
    from,
    reason,
  } = {
    at: endedAt ?? unlessKnown.at,
    by: endedBy ?? unlessKnown.by,
    from: endedFrom ?? unlessKnown.from,
    reason: kept ?? unlessKnown.reason,
  };
  if (endedBy !== undefined)
    await world.audit.write(id, { at: since, who: by, what: 'cancelled', detail: reason, from });
  await takeBackReminders(world, { record, reason, at: since, from });
  const stop = async () => {
    for (const { step } of openItemsOf(record)) await world.executions.stop(id, reason, step);
    await world.executions.stop(id, reason);
  };
  try {
    await tellAll(world, { record, by, reason, at: unlessKnown.at });
  } catch (error) {
    // An event is tried again until all have been told, whether an execution still runs or not.
    if (from === 'event') await stop();
    throw error;
  }
  await stop();
}

/**
 * Everybody who has a part in the handoff, or was told anything of it, and is of the company; but not whoever ended it. Throws
 * the first trouble when all have been tried.
 */
async function tellAll(
  world: WorldOf<typeof tellAllUses>,
  { record, by, reason, at }: { record: HandoffRecord; by: string; reason: string; at: Instant },
): Promise<void> {
  const { people, concerned } = await concernedByEnd(world, record);
  const { entries, mails } = await endMeetings(world, { record, people, by, reason, at });
  const tell = async (person: Person) => {
    // Whoever ended it knows, but their calendar does not.
    if (person.email === by && !entries.has(by)) return;
    const notice = { kind: 'handoff-cancelled', by, reason } as const;
    const key = `handoff-cancelled/${person.email}`;
    const invitation = entries.get(person.email);
    await sendNotice(world, { record, people, person, notice, key, step: '', at, invitation });
  };
  await tellEach([...mails, ...concerned.map((person) => () => tell(person))]);
}
