import type { AuditEntry } from '../domain/handoff/audit-entry.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import type { Instant } from '../domain/time/calendar.ts';

/** The audit trails of handoffs. */
export interface Audit {
  /** The same entry twice is one entry. */
  write(id: string, entry: AuditEntry): Promise<void>;
  /**
   * Oldest first; of one instant, causes before effects. With `since` (UTC), what happened at or after it. `maybeStale`:
   * as in `Handoffs`. `record`: of the handoff, where it has been read: its mails and decisions tell of themselves, and the table is
   * not asked for them once more.
   */
  trail(
    id: string,
    since?: Instant,
    options?: { readonly maybeStale?: boolean; readonly record?: Pick<HandoffRecord, 'mails' | 'steps'> },
  ): Promise<readonly AuditEntry[]>;
}
