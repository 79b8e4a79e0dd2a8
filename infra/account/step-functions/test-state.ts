import type { Parameters } from './api-checks.ts';
import { compileGraph, type State } from './definition.ts';
import type { Engine } from './engine.ts';
import { ApiError, NotEmulated, TaskError } from './errors.ts';
import { createScope, type Execution, newExecution } from './execution.ts';
import { createCompiler } from './expressions.ts';
import { detailsKey } from './history.ts';
import { runState } from './interpreter.ts';
import { dataFrom, type JsonObject } from './json.ts';
import { firstJsonPathField } from './jsonpath-fields.ts';
import { catcherFor, Failure, retrierDelay, retrierFor } from './retry.ts';
import { enter, type StateRuntime, type Step } from './states/frame.ts';
import { type Inspection, inspection } from './test-state-inspection.ts';
import { runMockedMap, runMockedParallel } from './test-state-mocks.ts';
import { readTestRequest, type TestRequest } from './test-state-request.ts';

/** AWS gives a state under test this long. */
const LONGEST_TEST = 5 * 60 * 1000;

/** TestState: runs one state, outside any execution, with mocked results where the caller gives them. Throws ApiError. */
export async function testState(engine: Engine, parameters: Parameters): Promise<unknown> {
  const request = readTestRequest(parameters);
  const compiled = compileAlone(engine, request);
  const input = dataFrom(request.input);
  const seen = inspection(request, input);
  const scope = createScope(loneExecution(engine, request), { last: 0, variables: { ...request.variables } });
  scope.execution.root = scope;
  const runtime = runtimeFor(engine, request, seen);
  const frame = enter(runtime, scope, { state: onlyAttempt(compiled, request), input });
  let answer: JsonObject;
  try {
    const { mock } = request;
    const { state } = frame;
    const step = await (state.type === 'Map' && mock !== undefined
      ? runMockedMap({ ...frame, state }, request, seen)
      : state.type === 'Parallel' && mock !== undefined
        ? runMockedParallel({ ...frame, state }, mock, seen)
        : runState(frame));
    const caught = failureNoted(scope.execution);
    if (caught !== undefined) seen.failed(caught);
    answer = succeeded(step, seen);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    seen.failed(error);
    answer = { status: 'FAILED', ...failureMembers(error) };
  }
  answer = afterFailure(compiled, { answer, request, seen });
  return request.level === 'INFO' ? answer : { ...answer, inspectionData: seen.data(scope.variables) };
}

function compileAlone(engine: Engine, { state, name }: TestRequest): State {
  const machine = { StartAt: name, States: { [name]: state } };
  const path = firstJsonPathField(machine);
  if (path !== undefined) throw new NotEmulated(`JSONPath (${path})`);
  const compiler = createCompiler({ now: () => engine.clock.now(), random: engine.runtime.random, uuid: engine.newId });
  const compiled = compileGraph(machine, compiler).states.get(name);
  if (compiled === undefined) throw new ApiError('ValidationException', 'State not found in definition');
  return compiled;
}

/** A retry is reported, not made; and a mocked result is there at once, whatever would have to be waited for. */
function onlyAttempt(state: State, { mock }: TestRequest): State {
  const once: State = 'retry' in state ? { ...state, retry: [] } : state;
  if (once.type !== 'Task' || once.resource.kind === 'lambda') return once;
  if (mock !== undefined) return { ...once, resource: { ...once.resource, pattern: 'request' } };
  if (once.resource.pattern !== 'request')
    throw new ApiError(
      'InvalidDefinition',
      `TestState API does not support the '.${once.resource.pattern}' service integration pattern unless a mock is specified`,
    );
  return once;
}

/** The engine's own runtime, with tasks answered by the mock, no waiting, and nothing told to listeners. */
function runtimeFor(engine: Engine, { mock, state }: TestRequest, seen: Inspection): StateRuntime {
  const { tasks, clock } = engine.runtime;
  const perform: typeof tasks.integrations = async (call) => {
    seen.called(call.parameters);
    if (mock === undefined) {
      const internal = tasks.internal(call, 'request');
      const answer = internal === undefined ? await tasks.integrations(call) : internal.answer;
      seen.answered(JSON.stringify(answer));
      return answer;
    }
    if (mock.failure !== undefined) throw new TaskError(mock.failure.error, mock.failure.cause);
    seen.answered(mock.result);
    return JSON.parse(mock.result);
  };
  const atOnce: typeof clock.at = (time, run, label) => {
    if (time - clock.now() > LONGEST_TEST) throw new Failure('States.Timeout', undefined);
    queueMicrotask(() => void run());
    return { at: time, label: label ?? '', cancel: () => undefined };
  };
  return {
    ...engine.runtime,
    onEvent: undefined,
    pace: undefined,
    clock: state['Type'] === 'Wait' ? { ...clock, at: atOnce } : clock,
    tasks: { ...tasks, internal: () => undefined, integrations: perform },
  };
}

function loneExecution(engine: Engine, { roleArn, input, context }: TestRequest): Execution {
  const [machineName, name] = [engine.newId(), engine.newId()];
  const arn = `arn:aws:states:${engine.region}:${engine.account}:stateMachine:${machineName}`;
  const now = engine.clock.now();
  return newExecution({
    arn: `arn:aws:states:${engine.region}:${engine.account}:express:${machineName}:${name}`,
    name,
    stateMachineArn: arn,
    versionArn: undefined,
    test: { roleArn: roleArn ?? null, context },
    machine: { arn, name: machineName, roleArn: roleArn ?? '', definition: '{}', updatedAt: now },
    graph: { startAt: '', states: new Map(), timeoutSeconds: undefined },
    input: dataFrom(input),
    startedAt: now,
  });
}

/** The failure that the history tells of, though the state went on. */
function failureNoted({ events }: Execution): Failure | undefined {
  const last = events.findLast(({ type }) => /(Failed|TimedOut)$/.test(type) && !/StateFailed$/.test(type));
  const details = last === undefined ? undefined : last[detailsKey(last.type) ?? 'noEventDetails'];
  if (last === undefined) return undefined;
  const text = (member: unknown) => (typeof member === 'string' ? member : undefined);
  return new Failure(text(details?.['error']), text(details?.['cause']));
}

function succeeded(step: Step, seen: Inspection): JsonObject {
  seen.ended(step.output);
  return {
    status: 'SUCCEEDED',
    output: step.output.text,
    ...(step.next === undefined ? {} : { nextState: step.next }),
  };
}

interface Attempted {
  readonly answer: JsonObject;
  readonly request: TestRequest;
  readonly seen: Inspection;
}

/** What a failure comes to: a retry that is due, a catcher that took over, or the end. */
function afterFailure(compiled: State, { answer, request, seen }: Attempted): JsonObject {
  const failure = seen.failure();
  if (failure === undefined || !('retry' in compiled)) return answer;
  const retrier = retrierFor(compiled.retry, failure);
  const used = request.retrierRetryCount;
  if (retrier !== undefined) seen.details({ retryIndex: compiled.retry.indexOf(retrier) });
  if (retrier !== undefined && used < retrier.maxAttempts) {
    seen.details({ retryBackoffIntervalSeconds: Math.round(retrierDelay(retrier, used, () => 1) / 1000) });
    return { status: 'RETRIABLE', ...failureMembers(failure) };
  }
  const catcher = catcherFor(compiled.catch, failure);
  if (catcher === undefined || answer['status'] === 'FAILED') return { status: 'FAILED', ...failureMembers(failure) };
  seen.details({ catchIndex: compiled.catch.indexOf(catcher) });
  return { ...answer, status: 'CAUGHT_ERROR', ...failureMembers(failure) };
}

function failureMembers({ error, cause }: Pick<Failure, 'error' | 'cause'>): JsonObject {
  return { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
}
