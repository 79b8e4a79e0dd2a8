import { queryLanguage } from './definition.ts';
import type { JsonObject } from './json.ts';
import { pathFields } from './jsonpath-fields.ts';

const JSONPATH_ONLY = [...pathFields, 'Parameters', 'ResultSelector', 'Result'];
const JSONATA_ONLY = ['Output', 'Arguments', 'Items'];

const COMMON = ['Type', 'Comment', 'QueryLanguage', 'InputPath', 'OutputPath', 'Output', 'Assign', 'Next', 'End'];
const HANDLING = ['Retry', 'Catch', 'ResultPath', 'ResultSelector', 'Parameters', 'Arguments'];

/** The fields each type of state may have beside the common ones. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  Task: [
    ...HANDLING,
    'Resource',
    'Credentials',
    'TimeoutSeconds',
    'TimeoutSecondsPath',
    'HeartbeatSeconds',
    'HeartbeatSecondsPath',
  ],
  Pass: ['Result', 'ResultPath', 'Parameters'],
  Choice: ['Choices', 'Default'],
  Wait: ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'],
  Succeed: [],
  Fail: ['Error', 'ErrorPath', 'Cause', 'CausePath'],
  Parallel: [...HANDLING, 'Branches'],
  Map: [
    ...HANDLING,
    'ItemProcessor',
    'Iterator',
    'Items',
    'ItemsPath',
    'ItemSelector',
    'ItemReader',
    'ItemBatcher',
    'ResultWriter',
    'Label',
    'MaxConcurrency',
    'MaxConcurrencyPath',
    'ToleratedFailureCount',
    'ToleratedFailureCountPath',
    'ToleratedFailurePercentage',
    'ToleratedFailurePercentagePath',
  ],
};

/** What is wrong with the choice of a state's fields: those its type, or its query language, has not. */
export function fieldProblems(state: JsonObject, machineLanguage: unknown): string[] {
  const allowed = new Set([...COMMON, ...(OWN[String(state['Type'])] ?? [])]);
  const unsupported = Object.keys(state)
    .filter((field) => !allowed.has(field))
    .map((field) => `Field '${field}' is not supported`);
  const jsonata = queryLanguage(state, machineLanguage) === 'JSONata';
  if (!jsonata && machineLanguage === 'JSONata') return unsupported;
  const [is, other] = jsonata ? ['JSONata', 'JSONPath'] : ['JSONPath', 'JSONata'];
  const foreign = (jsonata ? JSONPATH_ONLY : JSONATA_ONLY)
    .filter((field) => state[field] !== undefined && allowed.has(field))
    .map(
      (field) =>
        `The QueryLanguage is set to '${is}', but field '${field}' is only supported for the '${other}' QueryLanguage`,
    );
  return [...unsupported, ...foreign];
}
