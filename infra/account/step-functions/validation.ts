import { isObject, type JsonObject, objectsIn } from './json.ts';
import { jsonProblem } from './json-problem.ts';
import { readDefinition } from './read-definition.ts';
import { type Check, checkFields, checkSeconds, type MachineType, type Place, schema } from './validation-state.ts';
import { checkDoubts } from './validation-warnings.ts';

/** One finding, as ValidateStateMachineDefinition answers it. */
export interface Diagnostic {
  readonly severity: 'ERROR' | 'WARNING';
  readonly code: string;
  readonly message: string;
  readonly location?: string;
}

/** Reads the text of a definition; what is no JSON object comes back as the finding it is. */
export function parseDefinition(text: string): { readonly definition: JsonObject } | { readonly problem: Diagnostic } {
  try {
    const definition = readDefinition(text);
    if (isObject(definition)) return { definition };
  } catch {
    const problem = jsonProblem(text);
    if (problem !== undefined) {
      const { message, location } = problem;
      const code = 'INVALID_JSON_DESCRIPTION';
      return { problem: { severity: 'ERROR', code, location, message: `${message}\n at ${location}` } };
    }
  }
  const message = 'Definition must be a valid JSON object';
  return { problem: { severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message } };
}

/** What was found in the definitions that are remembered. */
const validated = new WeakMap<JsonObject, Map<MachineType, readonly Diagnostic[]>>();

/** Validates the text of a definition; an empty answer means it can be created. */
export function validateDefinition(text: string, type: MachineType = 'STANDARD'): readonly Diagnostic[] {
  const parsed = parseDefinition(text);
  if ('problem' in parsed) return [parsed.problem];
  const { definition } = parsed;
  const byType = validated.get(definition) ?? new Map<MachineType, readonly Diagnostic[]>();
  const found = byType.get(type) ?? findingsIn(definition, type);
  validated.set(definition, byType.set(type, found));
  return found;
}

function findingsIn(definition: JsonObject, type: MachineType): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const check: Check = {
    type,
    machineLanguage: definition['QueryLanguage'],
    names: new Set(),
    graph: (graph, place) => checkGraph(check, graph, place),
    add: (code, message, location) => found.push(finding(code, message, location)),
  };
  checkLanguageName(check, definition, '');
  if (definition['Version'] !== undefined && definition['Version'] !== '1.0')
    schema(check, "Value of 'Version' must be '1.0'", '/Version');
  checkSeconds(check, definition['TimeoutSeconds'], '/TimeoutSeconds');
  checkGraph(check, definition, { location: '', outer: new Set() });
  return found;
}

/** What AWS warns of in a definition that is JSON, whether or not it can be created. */
export function definitionWarnings(text: string): Diagnostic[] {
  const parsed = parseDefinition(text);
  if ('problem' in parsed) return [];
  const found: Diagnostic[] = [];
  checkDoubts(parsed.definition, parsed.definition['QueryLanguage'], (code, message, location) =>
    found.push({ severity: 'WARNING', code, message, location }),
  );
  return found;
}

function finding(code: string, message: string, location: string | undefined): Diagnostic {
  return { severity: 'ERROR', code, message, ...(location === undefined ? {} : { location }) };
}

/** Validates a lone state, as TestState takes it. */
export function validateState(state: JsonObject): Diagnostic[] {
  const found: Diagnostic[] = [];
  const check: Check = {
    type: 'STANDARD',
    machineLanguage: state['QueryLanguage'],
    names: new Set(),
    graph: (graph, place) => checkGraph(check, graph, place),
    add: (code, message, location) => found.push(finding(code, message, location)),
  };
  checkFields(check, state, { location: '', outer: new Set() });
  return found;
}

function checkGraph(check: Check, graph: JsonObject, place: Place): void {
  const { location } = place;
  const missing = ['States', 'StartAt'].filter((field) => graph[field] === undefined);
  if (missing.length > 0) {
    schema(check, `These fields are required: [${missing.join(', ')}]`, location);
    return;
  }
  const states = graph['States'];
  const startAt = graph['StartAt'];
  if (!isObject(states) || Object.keys(states).length === 0) {
    schema(check, 'States must be an object with at least one state', `${location}/States`);
    return;
  }
  if (typeof startAt !== 'string') {
    schema(check, 'StartAt must be a string', `${location}/StartAt`);
    return;
  }
  if (!Object.hasOwn(states, startAt))
    check.add('MISSING_TRANSITION_TARGET', `Missing 'Next' target: ${startAt}`, `${location}/StartAt`);

  const reached = new Set([startAt]);
  let ends = place.location !== '';
  for (const [name, state] of Object.entries(states)) {
    const at = `${location}/States/${name}`;
    if (name.length > 80) schema(check, `State name '${name}' is longer than 80 characters`, at);
    if (check.names.has(name)) check.add('DUPLICATE_STATE_NAME', `Duplicate State name: ${name}`, at);
    check.names.add(name);
    if (!isObject(state)) {
      schema(check, 'State must be an object', at);
      continue;
    }
    for (const [target, where] of targets(state)) {
      reached.add(target);
      if (!Object.hasOwn(states, target))
        check.add('MISSING_TRANSITION_TARGET', `Missing 'Next' target: ${target}`, `${at}/${where}`);
    }
    ends ||= state['End'] === true || state['Type'] === 'Succeed' || state['Type'] === 'Fail';
    checkLanguage(check, state, at);
    checkFields(check, state, { location: at, outer: new Set([...place.outer, ...assignedIn(states, state)]) });
    for (const variable of assignedBy(state)) {
      if (place.outer.has(variable))
        schema(
          check,
          `Variable '${variable}' is assigned in an outer scope and cannot be assigned here`,
          `${at}/Assign`,
        );
    }
  }
  if (!ends) check.add('MISSING_END_STATE', 'Workflow has no terminal state');
  for (const name of ends ? Object.keys(states) : []) {
    if (!reached.has(name))
      check.add('MISSING_TRANSITION_TARGET', `State "${name}" is not reachable.`, `${location}/States/${name}`);
  }
}

function checkLanguage(check: Check, state: JsonObject, at: string): void {
  checkLanguageName(check, state, at);
  if (check.machineLanguage === 'JSONata' && state['QueryLanguage'] === 'JSONPath') {
    schema(check, "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine", at);
  }
}

function checkLanguageName(check: Check, source: JsonObject, at: string): void {
  const { QueryLanguage: language } = source;
  if (language === undefined || language === 'JSONata' || language === 'JSONPath') return;
  const wrong =
    typeof language === 'string'
      ? 'Value should be one of the following: [JSONPath, JSONata]'
      : 'Expected value of type [STRING]';
  schema(check, wrong, `${at}/QueryLanguage`);
}

function targets(state: JsonObject): [string, string][] {
  const all: [unknown, string][] = [
    [state['Next'], 'Next'],
    [state['Default'], 'Default'],
    ...objectsIn(state['Choices']).map((choice, index): [unknown, string] => [
      choice['Next'],
      `Choices[${index}]/Next`,
    ]),
    ...objectsIn(state['Catch']).map((catcher, index): [unknown, string] => [catcher['Next'], `Catch[${index}]/Next`]),
  ];
  return all.filter((entry): entry is [string, string] => typeof entry[0] === 'string');
}

/** What the states beside a Parallel or Map assign; what it assigns itself comes after its branches. */
function assignedIn(states: JsonObject, container: JsonObject): string[] {
  return Object.values(states).flatMap((state) => (isObject(state) && state !== container ? assignedBy(state) : []));
}

function assignedBy(state: JsonObject): string[] {
  const places = [state, ...objectsIn(state['Choices']), ...objectsIn(state['Catch'])];
  return places.flatMap((place) =>
    isObject(place['Assign']) ? Object.keys(place['Assign']).map((name) => name.replace(/\.\$$/, '')) : [],
  );
}

/** The sentence that InvalidDefinition carries. */
export function describeDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const each = diagnostics.map(({ code, message, location }) => `${code}: ${message} at ${location ?? 'null'}`);
  return `Invalid State Machine Definition: '${each.join(', ')}'`;
}
