import { contextObject } from '../context-object.ts';
import type { Catcher, Graph, State } from '../definition.ts';
import { ABORTED, note, type Part, type Resume, type Runtime, record, type Scope } from '../execution.ts';
import { type Bindings, EvaluationProblem, evaluate, evaluateAll, expectType, type Template } from '../expressions.ts';
import { COMPLETE, ENTERED, EXITED } from '../history.ts';
import type { Tasks } from '../integrations.ts';
import { type Data, dataOf, exceedsLimit, type JsonObject } from '../json.ts';
import { Failure } from '../retry.ts';

/** Everything a state needs while it runs. */
export interface StateRuntime extends Runtime {
  readonly tasks: Tasks;
  readonly runGraph: (scope: Scope, run: GraphRun) => Promise<Data>;
}

/** A graph to be run from its start, or from where it was when it was stopped. */
export interface GraphRun {
  readonly graph: Graph;
  readonly input: Data;
  readonly resume?: Resume | undefined;
}

/** One visit to a state. */
export interface Frame<S extends State = State> {
  readonly runtime: StateRuntime;
  readonly scope: Scope;
  readonly state: S;
  readonly input: Data;
  /** Id of the …StateEntered event, and of the one before it. */
  readonly entered: number;
  readonly before: number;
  readonly enteredAt: number;
  retryCount: number;
  /** What the branches or iterations had come to before a redrive; for the first attempt. */
  resumed: readonly Part[] | undefined;
  /** For `$states.context.Task.Token`. */
  token: string | undefined;
  /** What the last evaluation saw; the next one often sees the same. */
  view: { readonly extra: Extra; readonly context: boolean; readonly bindings: Bindings } | undefined;
}

/** What `$states` has beside `input` and `context`. */
export type Extra = { readonly result?: unknown; readonly errorOutput?: unknown };

export interface Step {
  readonly output: Data;
  /** Undefined at the end of the graph. */
  readonly next: string | undefined;
}

/** Enters a state: writes the event and counts the transition. */
export function enter(
  runtime: StateRuntime,
  scope: Scope,
  visit: { readonly state: State; readonly input: Data; readonly resumed?: readonly Part[] | undefined },
): Frame {
  const { state, input } = visit;
  const before = scope.last;
  scope.execution.transitions += 1;
  const entered = record(runtime, scope, ENTERED[state.type], {
    name: state.name,
    input: input.text,
    inputDetails: COMPLETE,
  });
  scope.open = state;
  scope.openInput = input;
  scope.parts = undefined;
  return {
    runtime,
    scope,
    state,
    input,
    entered,
    before,
    enteredAt: runtime.clock.now(),
    retryCount: 0,
    resumed: visit.resumed,
    token: undefined,
    view: undefined,
  };
}

const NOTHING: Extra = {};

/** Variables and `$states` for the expressions of a state. */
function bindingsOf(frame: Frame, extra: Extra, context: boolean): Bindings {
  const { view } = frame;
  if (view !== undefined && view.extra === extra && (view.context || !context)) return view.bindings;
  const states: JsonObject = { input: frame.input.value, ...extra };
  if (context) states['context'] = contextObject(frame);
  const bindings = { ...frame.scope.variables, states };
  frame.view = { extra, context, bindings };
  return bindings;
}

/** The next attempt is another moment: what expressions see is made again. */
export function startAttempt(frame: Frame): void {
  frame.view = undefined;
  frame.token = undefined;
}

/** Continues with a value that may still be promised. */
export function following<T, U>(value: T | Promise<T>, next: (value: T) => U | Promise<U>): U | Promise<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/**
 * Evaluates a field; on failure writes EvaluationFailed and throws (or rejects with) the Failure that
 * Retry and Catch see.
 */
export function evaluateField(frame: Frame, template: Template, extra: Extra = NOTHING): unknown {
  if (template.kind === 'constant') return template.value;
  // As `guarded` does, without a function for each field, which takes longer.
  try {
    const value = evaluate(template, bindingsOf(frame, extra, template.usesContext));
    return value instanceof Promise ? awaited(frame, value) : value;
  } catch (error) {
    return failed(frame, error);
  }
}

/** Evaluates a field that must have a type. */
export function evaluateTyped(
  frame: Frame,
  template: Template,
  type: 'array' | 'boolean' | 'number' | 'string',
): unknown {
  return following(evaluateField(frame, template), (value) =>
    guarded(frame, () => {
      expectType(template, value, type);
      return value;
    }),
  );
}

function guarded<T>(frame: Frame, work: () => T | Promise<T>): T | Promise<T> {
  try {
    const value = work();
    return value instanceof Promise ? awaited(frame, value) : value;
  } catch (error) {
    return failed(frame, error);
  }
}

function awaited<T>(frame: Frame, value: Promise<T>): Promise<T> {
  return value.then(
    (settled) => {
      if (frame.scope.aborted) throw ABORTED;
      return settled;
    },
    (error: unknown) => failed(frame, error),
  );
}

function failed(frame: Frame, error: unknown): never {
  throw error instanceof EvaluationProblem ? evaluationFailure(frame, error) : error;
}

/** The sentence that AWS puts before what went wrong in a state, except in one under test. */
export function inState(frame: Frame, what: string): string {
  if (frame.scope.execution.test !== undefined) return what;
  return `An error occurred while executing the state '${frame.state.name}' (entered at the event id #${frame.entered}). ${what}`;
}

/**
 * Writes EvaluationFailed. It follows the event before the state's entry, as AWS recorded it: a
 * state that fails at once was not begun. A Wait was, and so was a state that has events of its own.
 */
export function evaluationFailure(
  frame: Frame,
  problem: { readonly message: string; readonly location: string | undefined },
): Failure {
  const { runtime, scope, state } = frame;
  const cause = inState(frame, problem.message);
  const begun = state.type === 'Wait' || scope.last !== frame.entered;
  scope.last = note(runtime, scope, {
    type: 'EvaluationFailed',
    previous: begun ? scope.last : frame.before,
    details: {
      error: 'States.QueryEvaluationError',
      cause,
      ...(problem.location === undefined ? {} : { location: problem.location }),
      state: state.name,
    },
  });
  return new Failure('States.QueryEvaluationError', cause);
}

interface Leaving {
  readonly output: Template | undefined;
  readonly assign: Catcher['assign'];
  /** The output when the state defines none. */
  readonly otherwise: Data;
  readonly extra?: Extra;
  readonly next: string | undefined;
}

/** Evaluates Output and Assign, both on the variables as they were, then exits the state. */
export function leave(frame: Frame, leaving: Leaving): Step | Promise<Step> {
  const extra = leaving.extra ?? NOTHING;
  const { output, assign } = leaving;
  if (assign === undefined) {
    if (output === undefined) return exit(frame, leaving, leaving.otherwise);
    const value = evaluateField(frame, output, extra);
    return value instanceof Promise
      ? value.then((settled) => exit(frame, leaving, dataOf(settled)))
      : exit(frame, leaving, dataOf(value));
  }
  const templates = [...(output === undefined ? [] : [output]), ...assign.map(([, template]) => template)];
  const context = templates.some((template) => template.usesContext);
  const values = guarded(frame, () => evaluateAll(templates, bindingsOf(frame, extra, context)));
  return following(values, (list) => {
    const data = output === undefined ? leaving.otherwise : dataOf(list[0]);
    return exit(frame, leaving, data, output === undefined ? list : list.slice(1));
  });
}

function exit(frame: Frame, leaving: Leaving, output: Data, assigned: readonly unknown[] = []): Step {
  const { runtime, scope, state } = frame;
  if (output !== frame.input && exceedsLimit(output.text)) {
    scope.parts = undefined;
    throw tooLarge(state.name);
  }
  scope.open = undefined;
  scope.parts = undefined;
  const exited = { name: state.name, output: output.text, outputDetails: COMPLETE };
  const names = leaving.assign?.map(([name], index) => [name, assigned[index]] as const) ?? [];
  record(runtime, scope, EXITED[state.type], names.length === 0 ? exited : { ...exited, ...assignmentDetails(names) });
  for (const [name, value] of names) scope.variables[name] = value;
  return { output, next: leaving.next };
}

function assignmentDetails(assigned: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const sorted = assigned.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    assignedVariables: Object.fromEntries(sorted.map(([name, value]) => [name, JSON.stringify(value)])),
    assignedVariablesDetails: COMPLETE,
  };
}

/** The failure for a result above 256 KiB; `who` is the state, or the service of a task. */
export function tooLarge(who: string): Failure {
  return new Failure(
    'States.DataLimitExceeded',
    `The state/task '${who}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}
