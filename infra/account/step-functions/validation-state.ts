import { queryLanguage } from './definition.ts';
import { isObject, type JsonObject, objectsIn } from './json.ts';
import { parseResource } from './task-resource.ts';
import { checkExpressions, type StatesMembers } from './validation-expressions.ts';
import { fieldProblems } from './validation-fields.ts';

export type MachineType = 'STANDARD' | 'EXPRESS';

const STATE_TYPES = new Set(['Task', 'Pass', 'Choice', 'Wait', 'Succeed', 'Fail', 'Parallel', 'Map']);
const TERMINAL = new Set(['Succeed', 'Fail', 'Choice']);
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  Task: ['Resource'],
  Choice: ['Choices'],
  Parallel: ['Branches'],
};
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
const WITH_RESULT: ReadonlySet<string> = new Set(['Task', 'Parallel', 'Map']);
const MOST_SECONDS = 99_999_999;

/** A validation under way. */
export interface Check {
  readonly type: MachineType;
  readonly machineLanguage: unknown;
  /** Names of all states of the machine: they are unique across branches. */
  readonly names: Set<string>;
  /** Validates a graph inside a state. */
  readonly graph: (graph: JsonObject, place: Place) => void;
  /** Without a location where none is to blame. */
  readonly add: (code: string, message: string, location?: string) => void;
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
  for (const problem of fieldProblems(state, check.machineLanguage)) schema(check, problem, at);
  if (queryLanguage(state, check.machineLanguage) === 'JSONata') checkJsonata(check, state, at);
  for (const [index, branch] of objectsIn(state['Branches']).entries()) {
    checkInner(check, branch, `${at}/Branches[${index}]`);
    check.graph(branch, { ...place, location: `${at}/Branches[${index}]` });
  }
  if (type === 'Map') checkProcessor(check, state, place);
}

function checkProcessor(check: Check, state: JsonObject, place: Place): void {
  const field = state['ItemProcessor'] === undefined ? 'Iterator' : 'ItemProcessor';
  const processor = state[field];
  if (isObject(processor)) {
    checkInner(check, processor, `${place.location}/${field}`);
    check.graph(processor, { ...place, location: `${place.location}/${field}` });
  } else schema(check, 'These fields are required: [ItemProcessor]', place.location);
}

/** A graph inside a state has no language of its own: its states have, or the machine. */
function checkInner(check: Check, graph: JsonObject, at: string): void {
  if (graph['QueryLanguage'] !== undefined) schema(check, "Field 'QueryLanguage' is not supported", at);
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
  const given = (
    source: JsonObject,
    fields: readonly string[],
    where: { readonly at: string; readonly members: StatesMembers },
  ): void => {
    for (const field of fields) {
      if (source[field] === undefined) continue;
      const members = field === 'Output' || field === 'Assign' ? where.members : 'none';
      checkExpressions(source[field], { location: `${where.at}/${field}`, members }, ({ code, message }, location) =>
        check.add(code, message, location),
      );
    }
  };
  given(state, JSONATA_FIELDS, { at, members: WITH_RESULT.has(String(state['Type'])) ? 'result' : 'none' });
  for (const [index, choice] of objectsIn(state['Choices']).entries()) {
    const where = `${at}/Choices[${index}]`;
    if (choice['Condition'] === undefined) schema(check, 'These fields are required: [Condition]', where);
    given(choice, ['Condition', 'Output', 'Assign'], { at: where, members: 'none' });
  }
  for (const [index, catcher] of objectsIn(state['Catch']).entries())
    given(catcher, ['Output', 'Assign'], { at: `${at}/Catch[${index}]`, members: 'errorOutput' });
}
