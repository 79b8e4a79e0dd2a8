import { parseResource, queryLanguage } from './definition.ts';
import { createCompiler } from './expressions.ts';
import { isObject, type JsonObject, objectsIn } from './json.ts';

export type MachineType = 'STANDARD' | 'EXPRESS';

/** Only syntax is checked here, so that time and chance do not matter. */
const compiler = createCompiler({ now: () => 0, random: () => 0, uuid: () => '' });

const STATE_TYPES = new Set(['Task', 'Pass', 'Choice', 'Wait', 'Succeed', 'Fail', 'Parallel', 'Map']);
const TERMINAL = new Set(['Succeed', 'Fail', 'Choice']);
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  Task: ['Resource'],
  Choice: ['Choices'],
  Parallel: ['Branches'],
};
const JSONPATH_ONLY = [
  'InputPath',
  'OutputPath',
  'ResultPath',
  'Parameters',
  'ResultSelector',
  'Result',
  'ItemsPath',
  'SecondsPath',
  'TimestampPath',
  'TimeoutSecondsPath',
  'HeartbeatSecondsPath',
  'MaxConcurrencyPath',
  'ErrorPath',
  'CausePath',
];
const JSONATA_ONLY = ['Arguments', 'Output', 'Items'];
const JSONATA_FIELDS = [
  'Arguments',
  'Output',
  'Assign',
  'Items',
  'ItemSelector',
  'Seconds',
  'Timestamp',
  'TimeoutSeconds',
  'HeartbeatSeconds',
  'MaxConcurrency',
  'ToleratedFailureCount',
  'ToleratedFailurePercentage',
  'Error',
  'Cause',
];
const MOST_SECONDS = 99_999_999;

/** A validation under way. */
export interface Check {
  readonly type: MachineType;
  readonly machineLanguage: unknown;
  /** Names of all states of the machine: they are unique across branches. */
  readonly names: Set<string>;
  /** Validates a graph inside a state. */
  readonly graph: (graph: JsonObject, place: Place) => void;
  readonly add: (code: string, message: string, location: string) => void;
}

/** Notes a violation of the schema. */
export function schema(check: Check, message: string, location: string): void {
  check.add('SCHEMA_VALIDATION_FAILED', message, location === '' ? '/' : location);
}

export interface Place {
  readonly location: string;
  /** Variables that the graphs around this one assign; an inner scope may read but not assign them. */
  readonly outer: ReadonlySet<string>;
}

/** Validates what a state says, and the graphs in it. */
export function checkFields(check: Check, state: JsonObject, place: Place): void {
  const at = place.location;
  const type = state['Type'];
  if (typeof type !== 'string') {
    schema(check, 'These fields are required: [Type]', at);
    return;
  }
  if (!STATE_TYPES.has(type)) {
    schema(check, `Value of 'Type' must be one of: [${[...STATE_TYPES].join(', ')}]`, `${at}/Type`);
    return;
  }
  const missing = (REQUIRED[type] ?? []).filter((field) => state[field] === undefined);
  if (missing.length > 0) schema(check, `These fields are required: [${missing.join(', ')}]`, at);
  const inGraph = at !== '';
  if (inGraph && !TERMINAL.has(type) && state['Next'] === undefined && state['End'] !== true)
    schema(check, "One of these fields is required: ['Next', 'End']", at);
  if (state['Next'] !== undefined && state['End'] === true)
    schema(check, "These fields are mutually exclusive: ['Next', 'End']", at);
  if (type === 'Wait') checkWait(check, state, at);
  if (type === 'Task') checkTask(check, state, at);
  checkRetriers(check, state, at);
  if (queryLanguage(state, check.machineLanguage) === 'JSONata') checkJsonata(check, state, at);
  else
    for (const field of JSONATA_ONLY)
      if (state[field] !== undefined)
        schema(check, `Field '${field}' is supported only with JSONata`, `${at}/${field}`);
  for (const [index, branch] of objectsIn(state['Branches']).entries())
    check.graph(branch, { ...place, location: `${at}/Branches[${index}]` });
  if (type === 'Map') checkProcessor(check, state, place);
}

function checkProcessor(check: Check, state: JsonObject, place: Place): void {
  const field = state['ItemProcessor'] === undefined ? 'Iterator' : 'ItemProcessor';
  const processor = state[field];
  if (isObject(processor)) check.graph(processor, { ...place, location: `${place.location}/${field}` });
  else schema(check, 'These fields are required: [ItemProcessor]', place.location);
}

function checkWait(check: Check, state: JsonObject, at: string): void {
  const given = ['Seconds', 'Timestamp', 'SecondsPath', 'TimestampPath'].filter((field) => state[field] !== undefined);
  if (given.length !== 1)
    schema(check, 'Exactly one of these fields is required: [Seconds, Timestamp, SecondsPath, TimestampPath]', at);
  checkSeconds(check, state['Seconds'], `${at}/Seconds`);
}

function checkTask(check: Check, state: JsonObject, at: string): void {
  const resource = state['Resource'];
  if (typeof resource !== 'string') return;
  const parsed = parseResource(resource);
  if (parsed === undefined && !resource.startsWith('arn:'))
    schema(check, 'Value is not a valid resource ARN', `${at}/Resource`);
  if (check.type === 'EXPRESS') checkExpress(check, resource, at);
  checkSeconds(check, state['TimeoutSeconds'], `${at}/TimeoutSeconds`);
  checkSeconds(check, state['HeartbeatSeconds'], `${at}/HeartbeatSeconds`);
  const { TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat } = state;
  if (typeof timeout === 'number' && typeof heartbeat === 'number' && heartbeat >= timeout) {
    schema(check, 'HeartbeatSeconds must be smaller than TimeoutSeconds', `${at}/HeartbeatSeconds`);
  }
}

function checkExpress(check: Check, resource: string, at: string): void {
  const parsed = parseResource(resource);
  if (parsed?.kind === 'service' && parsed.pattern !== 'request') {
    schema(check, `Express state machine does not support '.${parsed.pattern}' service integration `, `${at}/Resource`);
  }
  if (/:activity:/.test(resource))
    schema(check, "Express state machine does not support 'Activity' ", `${at}/Resource`);
}

/** Validates a literal number of seconds. */
export function checkSeconds(check: Check, value: unknown, location: string): void {
  if (typeof value !== 'number') return;
  if (!Number.isInteger(value) || value < 0 || value > MOST_SECONDS)
    schema(check, `Value must be an integer between 0 and ${MOST_SECONDS}`, location);
}

function checkRetriers(check: Check, state: JsonObject, at: string): void {
  for (const field of ['Retry', 'Catch']) {
    const entries = objectsIn(state[field]);
    for (const [index, entry] of entries.entries()) {
      const names = entry['ErrorEquals'];
      const where = `${at}/${field}[${index}]`;
      if (!Array.isArray(names) || names.length === 0) {
        schema(check, 'These fields are required: [ErrorEquals]', where);
      } else if (names.includes('States.ALL') && (names.length > 1 || index < entries.length - 1)) {
        schema(check, "'States.ALL' must appear alone and in the last entry", `${where}/ErrorEquals`);
      }
      if (field === 'Catch' && entry['Next'] === undefined) schema(check, 'These fields are required: [Next]', where);
    }
  }
}

function checkJsonata(check: Check, state: JsonObject, at: string): void {
  for (const field of JSONPATH_ONLY) {
    if (state[field] !== undefined) schema(check, `Field '${field}' is not supported with JSONata`, `${at}/${field}`);
  }
  const given = (source: JsonObject, fields: readonly string[], prefix: string): void => {
    for (const field of fields)
      if (source[field] !== undefined) checkSyntax(check, source[field], `${prefix}/${field}`);
  };
  given(state, JSONATA_FIELDS, at);
  for (const [index, choice] of objectsIn(state['Choices']).entries()) {
    if (choice['Condition'] === undefined)
      schema(check, 'These fields are required: [Condition]', `${at}/Choices[${index}]`);
    given(choice, ['Condition', 'Output', 'Assign'], `${at}/Choices[${index}]`);
  }
  for (const [index, catcher] of objectsIn(state['Catch']).entries())
    given(catcher, ['Output', 'Assign'], `${at}/Catch[${index}]`);
}

function checkSyntax(check: Check, value: unknown, location: string): void {
  try {
    compiler.template(value, location);
  } catch (error) {
    schema(
      check,
      `The JSONata expression is not valid: ${error instanceof Error ? error.message : String(error)}`,
      location,
    );
  }
}
