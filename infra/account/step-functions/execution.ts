import type { Clock } from '../clock.ts';
import type { Graph, State } from './definition.ts';
import type { Bindings } from './expressions.ts';
import { COMPLETE, EVENT_LIMIT, eventOf, type HistoryEvent } from './history.ts';
import type { Data, JsonObject } from './json.ts';
import type { Failure } from './retry.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** What others may see of an execution. */
export interface ExecutionView {
  readonly arn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  readonly status: ExecutionStatus;
  /** Virtual milliseconds since the epoch. */
  readonly startedAt: number;
  readonly stoppedAt: number | undefined;
  /** States entered, plus retries: what AWS bills. */
  readonly transitions: number;
  /** Events written to the history. */
  readonly eventCount: number;
}

export interface Execution extends ExecutionView {
  readonly machine: {
    readonly arn: string;
    readonly name: string;
    readonly roleArn: string;
    readonly definition: string;
    readonly updatedAt: number;
  };
  readonly versionArn: string | undefined;
  /** Set for a state under test, which belongs to no execution. */
  readonly test: { readonly roleArn: string | null; readonly context: JsonObject | undefined } | undefined;
  readonly graph: Graph;
  readonly input: Data;
  readonly traceHeader: string | undefined;
  status: ExecutionStatus;
  stoppedAt: number | undefined;
  transitions: number;
  eventCount: number;
  output: string | undefined;
  error: string | undefined;
  cause: string | undefined;
  events: HistoryEvent[];
  root: Scope;
  redriveCount: number;
  redrivenAt: number | undefined;
  /** What the caller of the last redrive gave, to know the same call again. */
  redriveToken: string | undefined;
  /** Its machine is being deleted: it ends at its next transition. */
  doomed: boolean;
  /** Where it was when it ended without success. */
  failedAt: Resume | undefined;
  readonly onClose: Set<() => void>;
}

/** Where a redrive goes on: at a state that was not exited, with the input it had and the variables it saw. */
export interface Resume {
  readonly state: string;
  readonly input: Data;
  readonly variables: Bindings;
  /** Inside a Parallel or Map: what its branches or iterations had come to. */
  readonly parts: readonly Part[] | undefined;
}

/** A branch or iteration: its output, or where it goes on; undefined when it goes from its start. */
export type Part = { readonly output: unknown } | Resume | undefined;

/**
 * One line of control: the execution itself, a branch of a Parallel, or an iteration of a Map.
 * Aborting it rejects everything it waits for with ABORTED, so that it unwinds and is forgotten.
 */
export interface Scope {
  readonly execution: Execution;
  /** Id of the event that the next one follows. */
  last: number;
  variables: Bindings;
  aborted: boolean;
  readonly pending: Set<() => void>;
  readonly children: Set<Scope>;
  /** The state that was entered and not yet exited, and its input. */
  open: State | undefined;
  openInput: Data | undefined;
  /** Tells how far the branches or iterations of the open state have come. */
  parts: (() => readonly Part[]) | undefined;
  /** The Map iteration it runs, for the context object. */
  readonly item: { readonly Index: number; readonly Value: unknown } | undefined;
}

/** Thrown inside a scope that was aborted; nobody handles it, everybody lets it pass. */
export const ABORTED = new Error('this branch was aborted');

/** The part of the engine that states need. */
export interface Runtime {
  readonly clock: Clock;
  readonly random: () => number;
  /** Virtual milliseconds that the next transition has to wait. */
  readonly pace: (() => number) | undefined;
  /** Ends the execution when its history is full. */
  readonly overflow: (execution: Execution) => void;
  /** Ends an execution whose machine is being deleted. */
  readonly terminate: (execution: Execution) => void;
  readonly onEvent: ((execution: ExecutionView, event: HistoryEvent) => void) | undefined;
}

/** An execution at its first moment; its root scope is for whoever makes it to set. */
export function newExecution(
  facts: Pick<
    Execution,
    'arn' | 'name' | 'stateMachineArn' | 'versionArn' | 'machine' | 'graph' | 'input' | 'startedAt'
  > &
    Partial<Pick<Execution, 'test' | 'traceHeader'>>,
): Execution {
  const execution: Omit<Execution, 'root'> = {
    test: undefined,
    traceHeader: undefined,
    ...facts,
    status: 'RUNNING',
    stoppedAt: undefined,
    transitions: 0,
    eventCount: 0,
    output: undefined,
    error: undefined,
    cause: undefined,
    events: [],
    redriveCount: 0,
    redrivenAt: undefined,
    redriveToken: undefined,
    doomed: false,
    failedAt: undefined,
    onClose: new Set(),
  };
  return execution as Execution;
}

export function createScope(
  execution: Execution,
  start: Pick<Scope, 'last' | 'variables'> & { readonly item?: Scope['item'] },
): Scope {
  return {
    execution,
    last: start.last,
    variables: start.variables,
    item: start.item,
    aborted: false,
    pending: new Set(),
    children: new Set(),
    open: undefined,
    openInput: undefined,
    parts: undefined,
  };
}

/** Where a redrive of what ran in a scope goes on; undefined when no state of it is open. */
export function resumeOf(scope: Scope): Resume | undefined {
  const { open, openInput, variables, parts } = scope;
  if (open === undefined || openInput === undefined) return undefined;
  return { state: open.name, input: openInput, variables: { ...variables }, parts: parts?.() };
}

/** Stops a scope and everything inside it. */
export function abort(scope: Scope): void {
  scope.aborted = true;
  for (const child of scope.children) abort(child);
  scope.children.clear();
  for (const cancel of scope.pending) cancel();
  scope.pending.clear();
}

type Details = Readonly<Record<string, unknown>>;

interface Entry {
  readonly type: string;
  /** Id of the event that it follows. */
  readonly previous: number;
  readonly details?: Details | undefined;
}

/** Writes an event without moving the scope's own thread of events; answers its id. Throws ABORTED in a stopped scope. */
export function note(runtime: Runtime, scope: Scope, entry: Entry): number {
  if (scope.aborted) throw ABORTED;
  const { execution } = scope;
  if (execution.eventCount >= EVENT_LIMIT - 1) {
    runtime.overflow(execution);
    throw ABORTED;
  }
  return append(runtime, execution, entry);
}

/** Writes an event that the scope's next one follows. */
export function record(runtime: Runtime, scope: Scope, type: string, details?: Details): number {
  scope.last = note(runtime, scope, { type, previous: scope.last, details });
  return scope.last;
}

/** Writes an event whatever the state of the execution's scopes. */
export function append(runtime: Runtime, execution: Execution, { type, previous, details }: Entry): number {
  execution.eventCount += 1;
  const id = execution.eventCount;
  const event = eventOf({ id, previousEventId: previous, timestamp: runtime.clock.now() / 1000, type }, details);
  execution.events.push(event);
  runtime.onEvent?.(execution, event);
  return id;
}

/** Details of an event with a failure: AWS leaves out what nobody named. */
export function failureDetails(failure: Pick<Failure, 'error' | 'cause'>): Record<string, unknown> {
  return {
    ...(failure.error === undefined ? {} : { error: failure.error }),
    ...(failure.cause === undefined ? {} : { cause: failure.cause }),
  };
}

export function inputDetails(data: Data): Record<string, unknown> {
  return { input: data.text, inputDetails: COMPLETE };
}

export function outputDetails(data: Data): Record<string, unknown> {
  return { output: data.text, outputDetails: COMPLETE };
}

/** Waits until a virtual time; rejects with ABORTED when the scope is stopped. */
export function sleepUntil(
  runtime: Runtime,
  scope: Scope,
  wait: { readonly time: number; readonly label: string },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = runtime.clock.at(
      wait.time,
      () => {
        scope.pending.delete(cancel);
        resolve();
      },
      wait.label,
    );
    const cancel = (): void => {
      timer.cancel();
      reject(ABORTED);
    };
    scope.pending.add(cancel);
  });
}

const ABORTABLE = new Set(['Task', 'Wait', 'Parallel', 'Map']);

/** When a branch fails, AWS notes the states that were entered and will never be exited, innermost first. */
export function noteAborted(runtime: Runtime, scope: Scope): void {
  for (const child of scope.children) noteAborted(runtime, child);
  if (scope.open !== undefined && ABORTABLE.has(scope.open.type))
    note(runtime, scope, { type: `${scope.open.type}StateAborted`, previous: scope.last });
}
