import { queryLanguage } from './definition.ts';
import { isObject, type JsonObject, objectsIn } from './json.ts';

/** The fields that hold a path. */
export const pathFields: readonly string[] = [
  'InputPath',
  'OutputPath',
  'ResultPath',
  'ItemsPath',
  'SecondsPath',
  'TimestampPath',
  'TimeoutSecondsPath',
  'HeartbeatSecondsPath',
  'MaxConcurrencyPath',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentagePath',
  'ErrorPath',
  'CausePath',
];

/**
 * The first field that needs JSONPath, as `State 'X': ResultPath`; undefined when the definition
 * names no path and can run whatever its query language says.
 */
export function firstJsonPathField(
  source: JsonObject,
  machineLanguage: unknown = source['QueryLanguage'],
): string | undefined {
  for (const [name, state] of Object.entries(statesIn(source))) {
    if (!isObject(state)) continue;
    if (queryLanguage(state, machineLanguage) === 'JSONPath') {
      const field = pathFieldOf(state);
      if (field !== undefined) return `state '${name}': ${field}`;
    }
    for (const inner of [...objectsIn(state['Branches']), state['ItemProcessor'], state['Iterator']]) {
      const found = isObject(inner) ? firstJsonPathField(inner, machineLanguage) : undefined;
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function pathFieldOf(state: JsonObject): string | undefined {
  const own = pathFields.find((key) => state[key] !== undefined);
  if (own !== undefined) return own;
  if (state['Type'] === 'Choice') return 'Choices';
  if (objectsIn(state['Catch']).some((catcher) => catcher['ResultPath'] !== undefined)) return 'Catch/ResultPath';
  const templates = ['Parameters', 'ResultSelector', 'ItemSelector', 'Assign', 'Credentials'];
  const inTemplate = templates.find((key) => hasPathKey(state[key]));
  if (inTemplate !== undefined) return inTemplate;
  return objectsIn(state['Catch']).some((catcher) => hasPathKey(catcher['Assign'])) ? 'Catch/Assign' : undefined;
}

function hasPathKey(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasPathKey);
  return isObject(value) && Object.entries(value).some(([key, item]) => key.endsWith('.$') || hasPathKey(item));
}

function statesIn(source: JsonObject): JsonObject {
  const states = source['States'];
  return isObject(states) ? states : {};
}
