import { oneOf, type Parameters } from './api-checks.ts';
import { compileGraph, type State } from './definition.ts';
import type { Engine } from './engine.ts';
import { ApiError, NotEmulated, TaskError } from './errors.ts';
import { createScope, type Execution, newExecution } from './execution.ts';
import { createCompiler } from './expressions.ts';
import { runState } from './interpreter.ts';
import { dataFrom, isObject, type JsonObject } from './json.ts';
import { firstJsonPathField } from './jsonpath-fields.ts';
import { catcherFor, Failure, retryDelay } from './retry.ts';
import { enter, type StateRuntime, type Step } from './states/frame.ts';
import { describeDiagnostics, validateState } from './validation.ts';

const LEVELS = ['INFO', 'DEBUG', 'TRACE'] as const;

/** TestState: runs one state with mocked results, outside any execution. Throws ApiError. */
export async function testState(engine: Engine, parameters: Parameters): Promise<unknown> {
  const level = oneOf('inspectionLevel', parameters.text('inspectionLevel'), LEVELS) ?? 'INFO';
  const { state, name } = stateIn(parameters);
  const compiled = compileAlone(engine, name, state);
  const input = dataFrom(parameters.text('input') ?? '{}');
  const variables = JSON.parse(parameters.text('variables') ?? '{}');
  const mock = parameters.object('mock');
  const seen: JsonObject = { input: input.text };
  const runtime = mockedRuntime(engine, mock, seen);
  const execution = loneExecution(
    engine,
    parameters.text('roleArn') ?? `arn:aws:iam::${engine.account}:role/TestState`,
    input,
  );
  const scope = createScope(execution, { last: 0, variables: isObject(variables) ? variables : {} });
  execution.root = scope;
  const frame = enter(runtime, scope, { state: withoutRetry(compiled), input });
  let answer: JsonObject;
  try {
    const step = await runState(frame);
    answer = succeeded(step, { compiled, seen, failure: mockedFailure(mock) });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    answer = failed(error, { compiled, seen });
  }
  if (Object.keys(scope.variables).length > 0) seen['variables'] = JSON.stringify(scope.variables);
  return level === 'INFO' ? answer : { ...answer, inspectionData: seen };
}

function stateIn(parameters: Parameters): { readonly state: JsonObject; readonly name: string } {
  const definition: unknown = parseDefinition(parameters.required('definition'));
  const stateName = parameters.text('stateName');
  if (!isObject(definition))
    throw new ApiError(
      'InvalidDefinition',
      describeDiagnostics([
        { severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message: 'Definition must be a valid JSON object' },
      ]),
    );
  if (!isObject(definition['States'])) return { state: definition, name: stateName ?? 'StateName' };
  const state = stateName === undefined ? undefined : definition['States'][stateName];
  if (!isObject(state)) throw new ApiError('ValidationException', `State not found: '${stateName ?? ''}'`);
  return {
    state: { QueryLanguage: definition['QueryLanguage'] ?? 'JSONPath', ...state },
    name: stateName ?? 'StateName',
  };
}

function parseDefinition(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function compileAlone(engine: Engine, name: string, state: JsonObject): State {
  const diagnostics = validateState(state);
  if (diagnostics.length > 0) throw new ApiError('InvalidDefinition', describeDiagnostics(diagnostics));
  const machine = { StartAt: name, States: { [name]: state } };
  const path = firstJsonPathField(machine);
  if (path !== undefined) throw new NotEmulated(`JSONPath (${path})`);
  const compiler = createCompiler({ now: () => engine.clock.now(), random: engine.runtime.random, uuid: engine.newId });
  const compiled = compileGraph(machine, compiler).states.get(name);
  if (compiled === undefined) throw new ApiError('ValidationException', `State not found: '${name}'`);
  return compiled;
}

function mockedFailure(mock: JsonObject | undefined): Failure | undefined {
  const output = mock?.['errorOutput'];
  if (!isObject(output)) return undefined;
  return new Failure(String(output['error']), output['cause'] === undefined ? undefined : String(output['cause']));
}

/** The engine's own runtime, with every call answered by the mock and nothing told to listeners. */
function mockedRuntime(engine: Engine, mock: JsonObject | undefined, seen: JsonObject): StateRuntime {
  const failure = mockedFailure(mock);
  const answer = (parameters: unknown): unknown => {
    seen['afterArguments'] = JSON.stringify(parameters);
    if (failure !== undefined) throw new TaskError(failure.error, failure.cause);
    const result = mock?.['result'];
    if (typeof result !== 'string') throw new NotEmulated('TestState of a task without a mock');
    seen['result'] = result;
    return JSON.parse(result);
  };
  return {
    ...engine.runtime,
    onEvent: undefined,
    tasks: {
      ...engine.runtime.tasks,
      internal: () => undefined,
      integrations: async ({ parameters }) => answer(parameters),
    },
  };
}

function loneExecution(engine: Engine, roleArn: string, input: Execution['input']): Execution {
  const [machineName, name] = [engine.newId(), engine.newId()];
  const arn = `arn:aws:states:${engine.region}:${engine.account}:stateMachine:${machineName}`;
  const now = engine.clock.now();
  return newExecution({
    arn: `arn:aws:states:${engine.region}:${engine.account}:express:${machineName}:${name}`,
    name,
    stateMachineArn: arn,
    versionArn: undefined,
    machine: { arn, name: machineName, roleArn, definition: '{}', updatedAt: now },
    graph: { startAt: '', states: new Map(), timeoutSeconds: undefined },
    input,
    startedAt: now,
  });
}

/** A retry is reported, not made. */
function withoutRetry(state: State): State {
  return 'retry' in state ? { ...state, retry: [] } : state;
}

interface Outcome {
  readonly compiled: State;
  readonly seen: JsonObject;
}

function succeeded(
  step: Step,
  { compiled, seen, failure }: Outcome & { readonly failure: Failure | undefined },
): JsonObject {
  const next = step.next === undefined ? {} : { nextState: step.next };
  if (failure === undefined || !('catch' in compiled))
    return { status: 'SUCCEEDED', output: step.output.text, ...next };
  const retry = retryReport(compiled, failure, seen);
  if (retry !== undefined) return retry;
  const catcher = catcherFor(compiled.catch, failure);
  seen['errorDetails'] = { catchIndex: catcher === undefined ? -1 : compiled.catch.indexOf(catcher) };
  return { status: 'CAUGHT_ERROR', ...failureMembers(failure), output: step.output.text, ...next };
}

function failed(failure: Failure, { compiled, seen }: Outcome): JsonObject {
  const retry = 'retry' in compiled ? retryReport(compiled, failure, seen) : undefined;
  return retry ?? { status: 'FAILED', ...failureMembers(failure) };
}

function retryReport(
  compiled: Extract<State, { retry: unknown }>,
  failure: Failure,
  seen: JsonObject,
): JsonObject | undefined {
  const attempts = new Map();
  const delay = retryDelay(compiled.retry, failure, { attempts, random: () => 1 });
  if (delay === undefined) return undefined;
  const [retrier] = attempts.keys();
  seen['errorDetails'] = {
    retryIndex: compiled.retry.indexOf(retrier),
    retryBackoffIntervalSeconds: Math.round(delay / 1000),
  };
  return { status: 'RETRIABLE', ...failureMembers(failure) };
}

function failureMembers(failure: Failure): JsonObject {
  return {
    ...(failure.error === undefined ? {} : { error: failure.error }),
    ...(failure.cause === undefined ? {} : { cause: failure.cause }),
  };
}
