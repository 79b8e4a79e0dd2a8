import { NotEmulated } from './errors.ts';
import { type Compiler, constant, type Template } from './expressions.ts';
import { isObject, type JsonObject, objectsIn } from './json.ts';
import { parseResource, type TaskResource } from './task-resource.ts';

/** A state machine, branch or item processor, ready to run. */
export interface Graph {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
  /** Of the whole execution; only at the top. */
  readonly timeoutSeconds: number | undefined;
}

type Assignments = readonly (readonly [string, Template])[];

interface Common {
  readonly name: string;
  readonly next: string | undefined;
  readonly output: Template | undefined;
  readonly assign: Assignments | undefined;
}

export interface Retrier {
  readonly errors: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number | undefined;
  readonly jitter: boolean;
}

export interface Catcher {
  readonly errors: readonly string[];
  readonly next: string;
  readonly output: Template | undefined;
  readonly assign: Assignments | undefined;
}

interface Failing {
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

export interface PassState extends Common {
  readonly type: 'Pass';
}

export interface TaskState extends Common, Failing {
  readonly type: 'Task';
  readonly resource: TaskResource;
  readonly arguments: Template | undefined;
  readonly timeoutSeconds: Template | undefined;
  readonly heartbeatSeconds: Template | undefined;
}

interface Choice {
  readonly condition: Template;
  readonly next: string;
  readonly output: Template | undefined;
  readonly assign: Assignments | undefined;
}

export interface ChoiceState extends Common {
  readonly type: 'Choice';
  readonly choices: readonly Choice[];
}

export interface WaitState extends Common {
  readonly type: 'Wait';
  readonly seconds: Template | undefined;
  readonly timestamp: Template | undefined;
}

export interface SucceedState extends Common {
  readonly type: 'Succeed';
}

export interface FailState extends Common {
  readonly type: 'Fail';
  readonly error: Template | undefined;
  readonly cause: Template | undefined;
}

export interface ParallelState extends Common, Failing {
  readonly type: 'Parallel';
  readonly branches: readonly Graph[];
  readonly arguments: Template | undefined;
}

export interface MapState extends Common, Failing {
  readonly type: 'Map';
  readonly processor: Graph;
  readonly items: Template | undefined;
  readonly itemSelector: Template | undefined;
  readonly maxConcurrency: Template | undefined;
  readonly toleratedFailureCount: Template | undefined;
  readonly toleratedFailurePercentage: Template | undefined;
}

export type State =
  | PassState
  | TaskState
  | ChoiceState
  | WaitState
  | SucceedState
  | FailState
  | ParallelState
  | MapState;

/** The query language of a state: its own, or the machine's, or JSONPath. A misspelled one counts as JSONata, as on AWS. */
export function queryLanguage(state: JsonObject, machine: unknown): 'JSONata' | 'JSONPath' {
  return (state['QueryLanguage'] ?? machine ?? 'JSONPath') === 'JSONPath' ? 'JSONPath' : 'JSONata';
}

/**
 * Prepares a validated definition. In a JSONPath state only what names no path can run; see
 * `firstJsonPathField`. Throws NotEmulated for what the engine does not do.
 */
export function compileGraph(
  source: JsonObject,
  compiler: Compiler,
  machineLanguage: unknown = source['QueryLanguage'],
): Graph {
  const states = new Map<string, State>();
  for (const [name, state] of Object.entries(objectAt(source, 'States'))) {
    if (isObject(state)) states.set(name, compileState(name, state, { compiler, machineLanguage }));
  }
  const timeout = source['TimeoutSeconds'];
  return {
    startAt: String(source['StartAt']),
    states,
    timeoutSeconds: typeof timeout === 'number' ? timeout : undefined,
  };
}

interface CompileContext {
  readonly compiler: Compiler;
  readonly machineLanguage: unknown;
}

type Field = (key: string, location?: string) => Template | undefined;

function compileState(name: string, source: JsonObject, context: CompileContext): State {
  const jsonata = queryLanguage(source, context.machineLanguage) === 'JSONata';
  const template = (value: unknown, location: string): Template =>
    jsonata ? context.compiler.template(value, location) : constant(value, location);
  const assignments = (value: unknown, location: string): Assignments | undefined =>
    isObject(value)
      ? Object.entries(value).map(([key, item]) => [key, template(item, `${location}/${key}`)] as const)
      : undefined;
  const field: Field = (key, location = key) =>
    source[key] === undefined ? undefined : template(source[key], location);
  const common: Common = {
    name,
    next: typeof source['Next'] === 'string' ? source['Next'] : undefined,
    output: field('Output') ?? (source['ResultSelector'] === undefined ? undefined : field('ResultSelector')),
    assign: assignments(source['Assign'], 'Assign'),
  };
  const graph = (value: unknown): Graph =>
    compileGraph(isObject(value) ? value : {}, context.compiler, context.machineLanguage ?? 'JSONPath');
  const failing = (): Failing => ({
    retry: objectsIn(source['Retry']).map(compileRetrier),
    catch: objectsIn(source['Catch']).map((catcher, index) => ({
      errors: strings(catcher['ErrorEquals']),
      next: String(catcher['Next']),
      output: catcher['Output'] === undefined ? undefined : template(catcher['Output'], `Catch[${index}]/Output`),
      assign: assignments(catcher['Assign'], `Catch[${index}]/Assign`),
    })),
  });

  switch (source['Type']) {
    case 'Pass':
      return { type: 'Pass', ...common, output: common.output ?? field('Result') ?? field('Parameters') };
    case 'Succeed':
      return { type: 'Succeed', ...common };
    case 'Fail':
      return { type: 'Fail', ...common, error: field('Error'), cause: field('Cause') };
    case 'Wait':
      return { type: 'Wait', ...common, seconds: field('Seconds'), timestamp: field('Timestamp') };
    case 'Choice':
      return {
        type: 'Choice',
        ...common,
        next: typeof source['Default'] === 'string' ? source['Default'] : undefined,
        choices: objectsIn(source['Choices']).map((choice, index) => ({
          condition: template(choice['Condition'], `Choices[${index}]/Condition`),
          next: String(choice['Next']),
          output: choice['Output'] === undefined ? undefined : template(choice['Output'], `Choices[${index}]/Output`),
          assign: assignments(choice['Assign'], `Choices[${index}]/Assign`),
        })),
      };
    case 'Task':
      return {
        type: 'Task',
        ...common,
        ...failing(),
        resource: taskResource(name, String(source['Resource'])),
        arguments: field('Arguments') ?? field('Parameters'),
        timeoutSeconds: field('TimeoutSeconds'),
        heartbeatSeconds: field('HeartbeatSeconds'),
      };
    case 'Parallel':
      return {
        type: 'Parallel',
        ...common,
        ...failing(),
        branches: objectsIn(source['Branches']).map(graph),
        arguments: field('Arguments') ?? field('Parameters'),
      };
    case 'Map':
      return { type: 'Map', ...common, ...failing(), ...mapFields(name, source, { field, graph }) };
    default:
      throw new NotEmulated(`states of type '${String(source['Type'])}' (state '${name}')`);
  }
}

function mapFields(
  name: string,
  source: JsonObject,
  make: { readonly field: Field; readonly graph: (value: unknown) => Graph },
) {
  const processor = source['ItemProcessor'] ?? source['Iterator'];
  const mode =
    isObject(processor) && isObject(processor['ProcessorConfig']) ? processor['ProcessorConfig']['Mode'] : undefined;
  if (mode === 'DISTRIBUTED') throw new NotEmulated(`distributed Map states (state '${name}')`);
  for (const key of ['ItemReader', 'ItemBatcher', 'ResultWriter']) {
    if (source[key] !== undefined) throw new NotEmulated(`'${key}' of Map states (state '${name}')`);
  }
  const { field, graph } = make;
  return {
    processor: graph(processor),
    items: field('Items'),
    itemSelector: field('ItemSelector') ?? field('Parameters'),
    maxConcurrency: field('MaxConcurrency'),
    toleratedFailureCount: field('ToleratedFailureCount'),
    toleratedFailurePercentage: field('ToleratedFailurePercentage'),
  };
}

function taskResource(name: string, arn: string): TaskResource {
  const resource = parseResource(arn);
  if (resource === undefined) throw new NotEmulated(`the task resource '${arn}' (state '${name}')`);
  return resource;
}

function compileRetrier(source: JsonObject): Retrier {
  const number = (key: string, otherwise: number): number =>
    typeof source[key] === 'number' ? source[key] : otherwise;
  return {
    errors: strings(source['ErrorEquals']),
    intervalSeconds: number('IntervalSeconds', 1),
    maxAttempts: number('MaxAttempts', 3),
    backoffRate: number('BackoffRate', 2),
    maxDelaySeconds: typeof source['MaxDelaySeconds'] === 'number' ? source['MaxDelaySeconds'] : undefined,
    jitter: source['JitterStrategy'] === 'FULL',
  };
}

function objectAt(source: JsonObject, key: string): JsonObject {
  const value = source[key];
  return isObject(value) ? value : {};
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
