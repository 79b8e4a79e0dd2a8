import type { AuditEntry } from '../domain/handoff/audit-entry.ts';

/** The audit trails of handoffs. */
export interface Audit {
  /** The same entry twice is one entry. */
  write(id: string, entry: AuditEntry): Promise<void>;
  /** Oldest first; of one instant, causes before effects. */
  trail(id: string): Promise<readonly AuditEntry[]>;
}
