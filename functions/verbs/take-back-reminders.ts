import type { AuditEntry } from '../domain/handoff/audit-entry.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { reminderNames } from '../domain/handoff/reminder-schedules.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';

export const takeBackUses = ['schedules.remove', 'hash', 'audit.write'] as const;

export interface TakingBack {
  readonly record: HandoffRecord;
  /** Why the handoff or the deal is over. */
  readonly reason: string;
  readonly at: Instant;
  readonly from: AuditEntry['from'];
}

/** Takes back what was to be told later: there is nothing to renew any more. */
export async function takeBackReminders(
  world: WorldOf<typeof takeBackUses>,
  { record, reason, at, from }: TakingBack,
): Promise<void> {
  for (const name of reminderNames(record, world.hash)) {
    if (!(await world.schedules.remove(name))) continue;
    await world.audit.write(record.state.id, {
      at,
      who: 'system',
      what: 'reminder-taken-back',
      detail: reason,
      from,
    });
  }
}
