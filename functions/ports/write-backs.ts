import type { Instant } from '../domain/time/calendar.ts';
import type { WriteBackValues } from './crm.ts';

/** What stands in the CRM because of a handoff, as far as we put it there. */
export interface WrittenBack {
  /** In which deal of the CRM, where that is not the one that was won: it was merged. */
  readonly dealId?: string;
  readonly values: WriteBackValues;
  /** The milestones that have their note. */
  readonly notes: readonly string[];
  /** What the CRM would not take, until somebody changes it there or here. */
  /** Who writes at this moment (the id of a message), and since when, UTC: two at once would write the older over the newer. */
  readonly busy?: { readonly by: string; readonly at: Instant };
  readonly refused?: { readonly values: WriteBackValues; readonly why: string } | undefined;
}

/** A version of it, to write over. */
export interface WrittenVersion {
  readonly written: WrittenBack;
  readonly version: number;
}

/** Handoffs of which something is to be written back. */
export interface WriteBackQueue {
  /** Some may be queued twice. Rejects with `ServiceUnavailable` where not all of them are. */
  put(handoffIds: readonly string[]): Promise<void>;
}

export interface WriteBacks {
  load(handoffId: string): Promise<WrittenVersion | undefined>;
  /** The new version; undefined when somebody wrote in the meantime. `over`: the version it replaces, 0 for none. */
  save(handoffId: string, written: WrittenBack, over: number): Promise<number | undefined>;
}
