import type { HistoryEvent } from '@aws-sdk/client-sfn';

type Events = readonly HistoryEvent[];

const byId = (events: Events): Map<number, HistoryEvent> => new Map(events.map((event) => [event.id ?? 0, event]));

/** The states that were entered and not left, in the order of entering; those that only hold branches are left out. */
export function currentStates(events: Events): string[] {
  const known = byId(events);
  const open = new Map<number, { readonly name: string; readonly type: string }>();
  for (const event of events) {
    const type = event.type ?? '';
    if (type.endsWith('StateEntered'))
      open.set(event.id ?? 0, { name: event.stateEnteredEventDetails?.name ?? '', type });
    if (!/State(Exited|Aborted)$/.test(type)) continue;
    const name = event.stateExitedEventDetails?.name;
    for (let before = previous(event, known); before !== undefined; before = previous(before, known)) {
      const entered = open.get(before.id ?? 0);
      if (entered === undefined || (name !== undefined && entered.name !== name)) continue;
      open.delete(before.id ?? 0);
      break;
    }
  }
  return [...open.values()].filter(({ type }) => !/^(Parallel|Map)/.test(type)).map(({ name }) => name);
}

/** The name of the state each event happened in, by event id. */
export function statesOfEvents(events: Events): Map<number, string> {
  const names = new Map<number, string>();
  for (const { id = 0, type = '', previousEventId = 0, ...details } of events) {
    const own = details.stateEnteredEventDetails?.name ?? details.stateExitedEventDetails?.name;
    const name = own ?? (type.startsWith('Execution') ? undefined : names.get(previousEventId));
    if (name !== undefined) names.set(id, name);
  }
  return names;
}

const previous = (event: HistoryEvent, known: ReadonlyMap<number, HistoryEvent>): HistoryEvent | undefined =>
  known.get(event.previousEventId ?? 0);
