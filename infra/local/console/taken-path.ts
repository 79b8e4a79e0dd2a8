import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { forkOf, joinOf, type TakenPath } from '../../../functions/pages/operations/marked-picture.ts';

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
