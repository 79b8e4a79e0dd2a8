/** One event as GetExecutionHistory answers it: `<type>EventDetails` members hold JSON as text. */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  /** Epoch seconds, with milliseconds. */
  readonly timestamp: number;
  readonly type: string;
  readonly [details: `${string}EventDetails`]: Readonly<Record<string, unknown>>;
}

/** AWS ends an execution that would write more events. */
export const EVENT_LIMIT = 25_000;

/** Says that a text in the history is complete; shared, because every event carries it. */
export const COMPLETE = Object.freeze({ truncated: false });

const types = ['Pass', 'Task', 'Choice', 'Wait', 'Succeed', 'Fail', 'Parallel', 'Map'] as const;

/** By the state's type: `PassStateEntered`, … Made once, because one put together for each event is looked up slowly, and kept with it. */
const ofStates = (what: string) =>
  Object.fromEntries(types.map((type) => [type, `${type}State${what}`])) as Record<(typeof types)[number], string>;

export const ENTERED = ofStates('Entered');
export const EXITED = ofStates('Exited');

const keys = new Map<string, `${string}EventDetails` | undefined>();

/** An event with its details, where its type carries any. Those that most events have are written out: a computed name takes longer. */
export function eventOf(
  { id, previousEventId, timestamp, type }: Pick<HistoryEvent, 'id' | 'previousEventId' | 'timestamp' | 'type'>,
  details: Readonly<Record<string, unknown>> | undefined,
): HistoryEvent {
  const key = details === undefined ? undefined : detailsKey(type);
  if (details === undefined || key === undefined) return { id, previousEventId, timestamp, type };
  switch (key) {
    case 'stateEnteredEventDetails':
      return { id, previousEventId, timestamp, type, stateEnteredEventDetails: details };
    case 'stateExitedEventDetails':
      return { id, previousEventId, timestamp, type, stateExitedEventDetails: details };
    default:
      return { id, previousEventId, timestamp, type, [key]: details } as HistoryEvent;
  }
}

/** The member an event's details are kept under; undefined for types that carry none. */
export function detailsKey(type: string): `${string}EventDetails` | undefined {
  const known = keys.get(type);
  if (known !== undefined || keys.has(type)) return known;
  const key = findKey(type);
  keys.set(type, key);
  return key;
}

const WITHOUT_DETAILS = /^(Map|Parallel|Wait|Task)State(?!Started$)|^ParallelStateStarted$|^LambdaFunctionStarted$/;

function findKey(type: string): `${string}EventDetails` | undefined {
  if (type.endsWith('StateEntered')) return 'stateEnteredEventDetails';
  if (type.endsWith('StateExited')) return 'stateExitedEventDetails';
  if (WITHOUT_DETAILS.test(type)) return undefined;
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
}
