import type { Instant } from '../time/calendar.ts';
import type { ListedStep } from './open-work-list.ts';

/** What is overdue with a manager's people, beside what they were told before. */
export interface OverdueDigest {
  /** Longest overdue first. */
  readonly steps: readonly ListedStep[];
  /** How many of them the last digest did not list. */
  readonly fresh: number;
  /** Since when, and how many of those that it listed are overdue no more; absent before there was one. */
  readonly since?: Instant;
  readonly cleared?: number;
}

/** The steps among these that are overdue; undefined when there are none, nor any to say that it is done (`done`): then there is nothing to send. */
export function overdueDigest(
  open: readonly ListedStep[],
  {
    at,
    last,
    done = 0,
  }: {
    readonly at: Instant;
    readonly last?: { readonly at: Instant; readonly lists: readonly string[] } | undefined;
    readonly done?: number;
  },
): OverdueDigest | undefined {
  const steps = open.filter(({ dueAt }) => Date.parse(dueAt) < Date.parse(at));
  if (steps.length === 0 && done === 0) return undefined;
  const told = new Set(last?.lists);
  const now = new Set(steps.map(({ key }) => key));
  return {
    steps,
    fresh: steps.filter(({ key }) => !told.has(key)).length,
    ...(last && { since: last.at, cleared: last.lists.filter((key) => !now.has(key)).length }),
  };
}
