import type { HistoryEvent } from '@aws-sdk/client-sfn';

/** Each event as `[id, previous, type, state?]`. */
export function history(...rows: readonly (readonly [number, number, string, string?])[]): HistoryEvent[] {
  return rows.map(([id, previousEventId, type, name]) => ({
    ...{ id, previousEventId, timestamp: new Date(0), type: type as HistoryEvent['type'] },
    ...(type.endsWith('Entered') && { stateEnteredEventDetails: { name } }),
    ...(type.endsWith('Exited') && { stateExitedEventDetails: { name } }),
  })) as HistoryEvent[];
}
