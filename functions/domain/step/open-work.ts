import type { Instant } from '../time/calendar.ts';

/** What is open at one person. */
export interface OpenWork {
  /** The steps they own that nobody has decided, in every handoff, soonest due first. */
  readonly steps: readonly { readonly id: string; readonly step: string; readonly dueAt: Instant }[];
  /** The open handoffs whose customer is theirs, by id. */
  readonly handoffs: readonly string[];
}
