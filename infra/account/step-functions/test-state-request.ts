import { oneOf, type Parameters } from './api-checks.ts';
import { ApiError } from './errors.ts';
import { isObject, type JsonObject, objectsIn } from './json.ts';
import { jsonProblem } from './json-problem.ts';
import { parseResource } from './task-resource.ts';
import { checkMockedContext } from './test-state-context.ts';
import { describeDiagnostics, parseDefinition, validateDefinition, validateState } from './validation.ts';

/** A mocked result (JSON), or a mocked failure. */
export interface Mock {
  readonly result: string;
  readonly failure: { readonly error: string | undefined; readonly cause: string | undefined } | undefined;
}

/** What TestState is asked, checked. */
export interface TestRequest {
  readonly level: 'INFO' | 'DEBUG' | 'TRACE';
  /** With the language it inherits written out. */
  readonly state: JsonObject;
  readonly name: string;
  readonly input: string;
  readonly variables: JsonObject;
  readonly roleArn: string | undefined;
  readonly mock: Mock | undefined;
  readonly context: JsonObject | undefined;
  readonly retrierRetryCount: number;
  readonly mapIterationFailureCount: number;
}

const MOCKABLE: readonly unknown[] = ['Task', 'Map', 'Parallel'];

/** Reads and checks a call of TestState. Throws ValidationException and InvalidDefinition. */
export function readTestRequest(parameters: Parameters): TestRequest {
  const level = oneOf('inspectionLevel', parameters.text('inspectionLevel'), ['INFO', 'DEBUG', 'TRACE']) ?? 'INFO';
  const { state, name } = stateIn(parameters.required('definition'), parameters.text('stateName'));
  const type = state['Type'];
  const roleArn = parameters.text('roleArn');
  const mock = mockIn(parameters, state);
  if (mock === undefined && (type === 'Map' || type === 'Parallel'))
    throw new ApiError(
      'InvalidDefinition',
      'TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]',
    );
  if (mock === undefined && type === 'Task' && roleArn === undefined)
    throw invalid('RoleArn must be specified when testing a Task state');
  const context = parameters.text('context');
  if (context !== undefined && mock === undefined)
    throw invalid('TestState supports a Context object only when a mock is specified.');
  const configuration = parameters.within('stateConfiguration', {
    retrierRetryCount: 'number',
    errorCausedByState: 'text',
    mapIterationFailureCount: 'number',
    mapItemReaderData: 'text',
  });
  const count = (member: string): number =>
    configuration?.number(member, { least: 0, most: Number.MAX_SAFE_INTEGER }) ?? 0;
  return {
    level,
    state,
    name,
    roleArn,
    mock,
    input: checkedJson('input', parameters.text('input') ?? '{}'),
    variables: objectIn('variables', parameters.text('variables')) ?? {},
    context: context === undefined ? undefined : checkMockedContext(objectIn('context', context) ?? {}, waits(state)),
    retrierRetryCount: count('retrierRetryCount'),
    mapIterationFailureCount: count('mapIterationFailureCount'),
  };
}

function invalid(message: string): ApiError {
  return new ApiError('ValidationException', message);
}

function waits(state: JsonObject): boolean {
  const resource = parseResource(String(state['Resource']));
  return resource?.kind === 'service' && resource.pattern !== 'request';
}

function checkedJson(name: string, text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    throw invalid(`Invalid ${name}: '${jsonProblem(text)?.message ?? `Invalid ${name}.`}'`);
  }
}

function objectIn(name: string, text: string | undefined): JsonObject | undefined {
  if (text === undefined) return undefined;
  const value: unknown = JSON.parse(checkedJson(name, text));
  if (!isObject(value)) throw invalid(`Invalid ${name}: must be a JSON object`);
  return value;
}

/** The lone state of a definition, or the named one of a machine, wherever in it. */
function stateIn(text: string, stateName: string | undefined): { readonly state: JsonObject; readonly name: string } {
  const parsed = parseDefinition(text);
  if ('problem' in parsed) throw new ApiError('InvalidDefinition', describeDiagnostics([parsed.problem]));
  const { definition } = parsed;
  if (stateName === undefined) {
    refuse(validateState(definition));
    return { state: definition, name: 'StateName' };
  }
  if (stateName === '')
    throw invalid(
      "1 validation error detected: Value '' at 'stateName' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  refuse(validateDefinition(text));
  const state = namedState(definition, stateName);
  if (state === undefined) throw invalid('State not found in definition');
  return { state: { QueryLanguage: definition['QueryLanguage'] ?? 'JSONPath', ...state }, name: stateName };
}

function refuse(diagnostics: ReturnType<typeof validateDefinition>): void {
  if (diagnostics.length > 0) throw new ApiError('InvalidDefinition', describeDiagnostics(diagnostics));
}

function namedState(graph: JsonObject, name: string): JsonObject | undefined {
  const states = isObject(graph['States']) ? graph['States'] : {};
  const own = Object.hasOwn(states, name) ? states[name] : undefined;
  if (isObject(own)) return own;
  for (const state of Object.values(states).filter(isObject)) {
    for (const inner of [...objectsIn(state['Branches']), state['ItemProcessor'], state['Iterator']]) {
      const found = isObject(inner) ? namedState(inner, name) : undefined;
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function mockIn(parameters: Parameters, state: JsonObject): Mock | undefined {
  const mock = parameters.within('mock', { result: 'text', errorOutput: 'object', fieldValidationMode: 'text' });
  if (mock === undefined) return undefined;
  const type = String(state['Type']);
  if (!MOCKABLE.includes(type)) throw invalid(`State type '${type}' is not supported when a mock is specified`);
  if (parameters.flag('revealSecrets'))
    throw invalid('TestState does not support RevealSecrets when a mock is specified.');
  oneOf('mock.fieldValidationMode', mock.text('fieldValidationMode'), ['STRICT', 'PRESENT', 'NONE']);
  const result = mock.text('result');
  const failure = mock.within('errorOutput', { error: 'text', cause: 'text' });
  if ((result === undefined) === (failure === undefined))
    throw invalid('A test mock should have only one of the following fields: [result, errorOutput].');
  if (failure !== undefined)
    return { result: '', failure: { error: failure.text('error'), cause: failure.text('cause') } };
  checkResult(state, JSON.parse(checkedJson('mock.result', result ?? '')));
  return { result: result ?? '', failure: undefined };
}

/** A Map and a Parallel answer a list, unless the Map's results are written elsewhere. */
function checkResult(state: JsonObject, result: unknown): void {
  const type = state['Type'];
  if (type === 'Map' && state['ResultWriter'] !== undefined) {
    if (!isObject(result)) throw invalid('Mocked result must be a JSON object.');
  } else if ((type === 'Map' || type === 'Parallel') && !Array.isArray(result))
    throw invalid('Mocked result must be an array.');
  if (type === 'Parallel' && Array.isArray(result) && result.length !== objectsIn(state['Branches']).length)
    throw invalid('Mocked result must contain the same number of items as number of Parallel branches.');
}
