import type { HistoryEvent } from '@aws-sdk/client-sfn';

/** The way an execution has gone: the states it entered, and the steps from one to the next. */
export interface TakenPath {
  readonly entered: ReadonlySet<string>;
  /** Parallel states whose branches have all ended. */
  readonly joined: ReadonlySet<string>;
  /** Where a state led, by its name; `start`, and `fork <name>` of a Parallel state, lead somewhere, too. */
  readonly led: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The name of the fork at which the branches of a Parallel state part in its picture, and where they meet again. */
export const forkOf = (parallel: string): string => `fork ${parallel}`;
export const joinOf = (parallel: string): string => `join ${parallel}`;

/** Reads the way an execution has gone from its history, the oldest event first. */
export function takenPath(events: readonly HistoryEvent[]): TakenPath {
  const entered = new Set<string>();
  const joined = new Set<string>();
  const led = new Map<string, Set<string>>();
  /** What an event came from, by its id: the last state that was left before it, or the fork it stands behind. */
  const origins = new Map<number, string>([[0, 'start']]);
  for (const event of events) {
    const { id = 0, type = '', previousEventId = 0 } = event;
    const origin = origins.get(previousEventId) ?? 'start';
    const into = event.stateEnteredEventDetails?.name;
    const out = event.stateExitedEventDetails?.name;
    if (into !== undefined) {
      entered.add(into);
      const seen = led.get(origin) ?? new Set();
      led.set(origin, seen.add(into));
    }
    if (type === 'ParallelStateExited' && out !== undefined) joined.add(out);
    const left = out !== undefined && type === 'ParallelStateExited' ? joinOf(out) : out;
    const parts = type === 'ParallelStateEntered' && into !== undefined ? forkOf(into) : undefined;
    origins.set(id, parts ?? left ?? origin);
  }
  return { entered, joined, led };
}
