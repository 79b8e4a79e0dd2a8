import type { Instant } from '../time/calendar.ts';

/** What is open at one person. */
export interface OpenWork {
  /** The steps they own that nobody has decided, in every handoff, soonest due first. */
  readonly steps: readonly { readonly id: string; readonly step: string; readonly dueAt: Instant }[];
  /** The open handoffs whose customer is theirs, by id. */
  readonly handoffs: readonly string[];
}

/** No handoff runs longer, and no open item: what was due before that stays open for good, as remarks that nobody made. */
const longestDays = 400;

/** The handoffs in which something is open at somebody at an instant (UTC), by id, some more than once. */
export function runningIn({ steps, handoffs }: OpenWork, at: Instant): readonly string[] {
  const since = Date.parse(at) - longestDays * 86_400_000;
  return [...handoffs, ...steps.filter(({ dueAt }) => Date.parse(dueAt) > since).map(({ id }) => id)];
}
