import type { Outcome } from '../domain/deal/outcome.ts';
import type { AuditEntry } from '../domain/handoff/audit-entry.ts';
import type { HandoffRecord, HandoffState, HandoffStatus, Note } from '../domain/handoff/handoff.ts';
import type { FrozenPlaybook } from '../domain/playbook/playbook.ts';
import type { Instant } from '../domain/time/calendar.ts';

/** The handoffs that have begun. */
export interface Handoffs {
  /** Freezes playbook and state; the first call wins, a repeated one returns what stands. `isNew`: it began with this call. */
  begin(
    state: HandoffState,
    playbook: FrozenPlaybook,
  ): Promise<{ readonly state: HandoffState; readonly isNew: boolean }>;
  /**
   * Everything recorded of a handoff; undefined when no such handoff has begun. `maybeStale`: at half the price, and what was written
   * a moment ago may be missing, for whoever only shows it or looks again another night. `withTrail`: with the audit trail, at once.
   */
  load(
    id: string,
    options?: { readonly maybeStale?: boolean; readonly withTrail?: boolean },
  ): Promise<HandoffRecord | undefined>;
  /** The state of each of the handoffs that have begun; what changed a moment ago may be missing. */
  statesOf(ids: readonly string[]): Promise<readonly HandoffState[]>;
  /** Changes the status while it is one of `from`; false when it is not. */
  changeStatus(input: {
    id: string;
    from: readonly HandoffStatus[];
    to: HandoffStatus;
    at: Instant;
    reason?: string;
    measures?: HandoffState['measures'];
    /** Who ended it, and from where. */
    ended?: { readonly by: string; readonly from: AuditEntry['from'] };
  }): Promise<boolean>;
  /**
   * Moves an open handoff from the frozen playbook with the hash `from` to this one, with the hash `to`; false when it has
   * ended, or follows another one by now.
   */
  adopt(input: { id: string; from: string; to: string; playbook: FrozenPlaybook }): Promise<boolean>;
  /** Hands a role over to somebody else for the rest of the handoff. */
  changePerson(id: string, role: string, email: string): Promise<void>;
  /**
   * The handoffs that have ended, or of whose customer something was told, since they were last measured; what changed a moment ago
   * may be missing.
   */
  unmeasured(): Promise<readonly string[]>;
  /** A handoff was measured as it stood in this record: what has changed since is still to be. */
  noteMeasured(record: Pick<HandoffRecord, 'state' | 'outcomes'>): Promise<void>;
  /** Adds a note to a handoff; the same note twice is one note. */
  addNote(id: string, note: Note): Promise<void>;
  /**
   * Adds what became of the customer, also to a handoff that has ended. What is said later of the same outcome corrects what was
   * said before; what comes late changes nothing.
   */
  addOutcome(id: string, outcome: Outcome): Promise<void>;
}
