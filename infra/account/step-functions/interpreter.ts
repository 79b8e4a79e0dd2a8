import type { MapState, ParallelState, State, TaskState } from './definition.ts';
import { ABORTED, record, type Scope, sleepUntil } from './execution.ts';
import type { Data } from './json.ts';
import { type Attempts, catcherFor, Failure, retryDelay } from './retry.ts';
import { enter, type Frame, type GraphRun, leave, type StateRuntime, type Step, startAttempt } from './states/frame.ts';
import { attemptMap } from './states/map.ts';
import { attemptParallel } from './states/parallel.ts';
import { runChoice, runFail, runPass, runSucceed, runWait } from './states/simple.ts';
import { attemptTask } from './states/task.ts';

/** Runs a graph from its start, or from another state; answers the output of its last state. Throws Failure, or ABORTED when the scope is stopped. */
export async function runGraph(runtime: StateRuntime, scope: Scope, run: GraphRun): Promise<Data> {
  let name: string | undefined = run.resume?.state ?? run.graph.startAt;
  let data = run.resume?.input ?? run.input;
  let resumed = run.resume?.parts;
  while (name !== undefined) {
    const state: State | undefined = run.graph.states.get(name);
    if (state === undefined) throw new Failure('States.Runtime', `There is no state '${name}'.`, { fatal: true });
    if (runtime.pace !== undefined) await paced(runtime, scope, state.name);
    if (scope.execution.doomed) {
      runtime.terminate(scope.execution);
      throw ABORTED;
    }
    const frame: Frame = enter(runtime, scope, { state, input: data, resumed });
    resumed = undefined;
    const running = runState(frame);
    const step: Step = running instanceof Promise ? await running : running;
    data = step.output;
    name = step.next;
  }
  return data;
}

/** Waits until the account may make another transition: on AWS a throttled execution is late, and fails nowhere. */
async function paced(runtime: StateRuntime, scope: Scope, state: string): Promise<void> {
  const wait = runtime.pace?.() ?? 0;
  if (wait === 0) return;
  const time = runtime.clock.now() + wait;
  await sleepUntil(runtime, scope, { time, label: `${scope.execution.name}: ${state} (throttled)` });
}

/** Runs one state that has been entered. */
export function runState(frame: Frame): Step | Promise<Step> {
  const { state } = frame;
  switch (state.type) {
    case 'Pass':
      return runPass(frame as Frame<typeof state>);
    case 'Succeed':
      return runSucceed(frame as Frame<typeof state>);
    case 'Fail':
      return runFail(frame as Frame<typeof state>);
    case 'Choice':
      return runChoice(frame as Frame<typeof state>);
    case 'Wait':
      return runWait(frame as Frame<typeof state>);
    case 'Task':
      return attemptWithRetry(frame as Frame<typeof state>, () => attemptTask(frame as Frame<typeof state>));
    case 'Parallel':
      return attemptWithRetry(frame as Frame<typeof state>, () => attemptParallel(frame as Frame<typeof state>));
    case 'Map':
      return attemptWithRetry(frame as Frame<typeof state>, () => attemptMap(frame as Frame<typeof state>));
  }
}

/** Attempts a state until it succeeds, its retriers are used up, or a catcher takes over. */
export async function attemptWithRetry(
  frame: Frame<TaskState | ParallelState | MapState>,
  attempt: () => Promise<Data>,
): Promise<Step> {
  const { runtime, scope, state } = frame;
  const attempts: Attempts = new Map();
  for (;;) {
    startAttempt(frame);
    try {
      const result = await attempt();
      return await leave(frame, {
        output: state.output,
        assign: state.assign,
        otherwise: result,
        extra: { result: result.value },
        next: state.next,
      });
    } catch (failure) {
      if (!(failure instanceof Failure) || scope.aborted) throw scope.aborted ? ABORTED : failure;
      const delay = retryDelay(state.retry, failure, { attempts, random: runtime.random });
      if (delay === undefined) return handle(frame, failure);
      await sleepUntil(runtime, scope, {
        time: runtime.clock.now() + delay,
        label: `${scope.execution.name}: ${state.name} (retry)`,
      });
      if (runtime.pace !== undefined) await paced(runtime, scope, state.name);
      frame.retryCount += 1;
      scope.execution.transitions += 1;
    }
  }
}

async function handle(frame: Frame<TaskState | ParallelState | MapState>, failure: Failure): Promise<Step> {
  const { runtime, scope, state } = frame;
  if (state.type !== 'Task') record(runtime, scope, `${state.type}StateFailed`);
  const catcher = catcherFor(state.catch, failure);
  if (catcher === undefined) throw failure;
  const errorOutput = { Error: failure.error ?? null, Cause: failure.cause ?? null };
  startAttempt(frame);
  return leave(frame, {
    output: catcher.output,
    assign: catcher.assign,
    otherwise: { value: errorOutput, text: JSON.stringify(errorOutput) },
    extra: { errorOutput },
    next: catcher.next,
  });
}
