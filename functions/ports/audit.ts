import type { AuditEntry } from '../domain/handoff/audit-entry.ts';
import type { Instant } from '../domain/time/calendar.ts';

/** The audit trails of handoffs. */
export interface Audit {
  /** The same entry twice is one entry. */
  write(id: string, entry: AuditEntry): Promise<void>;
  /**
   * Oldest first; of one instant, causes before effects. With `since` (UTC), what happened at or after it. `maybeStale`:
   * as in `Handoffs`.
   */
  trail(id: string, since?: Instant, options?: { readonly maybeStale?: boolean }): Promise<readonly AuditEntry[]>;
}
