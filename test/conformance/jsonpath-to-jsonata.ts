import { queryLanguage } from '../../infra/account/step-functions/definition.ts';
import { expressionIn } from '../../infra/account/step-functions/expressions.ts';
import { isObject, type JsonObject } from '../../infra/account/step-functions/json.ts';
import { firstJsonPathField } from '../../infra/account/step-functions/jsonpath-fields.ts';
import { choiceCondition } from './jsonpath-choice.ts';

/** Thrown for what has no plain JSONata equivalent. */
export class NotTranslatable extends Error {
  constructor(what: string) {
    super(`no JSONata equivalent for ${what}`);
  }
}

const INPUT = '$states.input';
const RESULT = '$states.result';

/**
 * The JSONata equivalent of a JSONPath or mixed definition, so that recordings made under JSONPath
 * can test what does not depend on the language: callbacks, timeouts, retries, error names, the
 * order of events. A definition that names no path comes back as it is. Throws NotTranslatable.
 */
export function toJsonata(definition: JsonObject): JsonObject {
  if (firstJsonPathField(definition) === undefined) return definition;
  return { ...graph(definition, definition['QueryLanguage']), QueryLanguage: 'JSONata' };
}

function graph(source: JsonObject, machineLanguage: unknown): JsonObject {
  const states = isObject(source['States']) ? source['States'] : {};
  const translated = Object.entries(states).map(([name, state]) => [
    name,
    isObject(state) ? translateState(state, machineLanguage) : state,
  ]);
  return { ...source, States: Object.fromEntries(translated) };
}

function translateState(source: JsonObject, machineLanguage: unknown): JsonObject {
  const { QueryLanguage: _language, ...state } = source;
  const inner = {
    ...(Array.isArray(state['Branches'])
      ? { Branches: state['Branches'].map((branch) => (isObject(branch) ? graph(branch, machineLanguage) : branch)) }
      : {}),
    ...innerProcessor(state, machineLanguage),
  };
  const { Iterator: _iterator, ...rest }: JsonObject = { ...state, ...inner };
  return queryLanguage(source, machineLanguage) === 'JSONata' ? rest : fromJsonPath(rest);
}

function innerProcessor(state: JsonObject, machineLanguage: unknown): JsonObject {
  const processor = state['ItemProcessor'] ?? state['Iterator'];
  return isObject(processor) ? { ItemProcessor: graph(processor, machineLanguage) } : {};
}

const DROPPED = [
  'InputPath',
  'OutputPath',
  'ResultPath',
  'Parameters',
  'ResultSelector',
  'Result',
  'ItemsPath',
  'Assign',
];

function fromJsonPath(state: JsonObject): JsonObject {
  const kept = Object.fromEntries(
    Object.entries(state).filter(([key]) => !DROPPED.includes(key) && !key.endsWith('Path')),
  );
  const input = state['InputPath'] === null ? '{}' : path(state['InputPath'] ?? '$', INPUT);
  const moved: JsonObject = {};
  for (const key of [
    'Seconds',
    'Timestamp',
    'TimeoutSeconds',
    'HeartbeatSeconds',
    'MaxConcurrency',
    'ToleratedFailureCount',
    'ToleratedFailurePercentage',
    'Error',
    'Cause',
  ]) {
    if (state[`${key}Path`] !== undefined) moved[key] = mark(path(state[`${key}Path`], input));
  }
  return { ...kept, ...moved, ...byType(state, input), ...catchers(state) };
}

function byType(state: JsonObject, input: string): JsonObject {
  const parameters = state['Parameters'];
  switch (state['Type']) {
    case 'Pass': {
      const result =
        state['Result'] !== undefined
          ? JSON.stringify(state['Result'])
          : parameters === undefined
            ? input
            : expressionOf(parameters, input);
      return { Output: mark(output(state, result)), ...assignments(state, result) };
    }
    case 'Task':
    case 'Parallel':
    case 'Map': {
      const result = state['ResultSelector'] === undefined ? RESULT : expressionOf(state['ResultSelector'], RESULT);
      return { ...given(state, input), Output: mark(output(state, result)), ...assignments(state, result) };
    }
    case 'Choice':
      return { ...choices(state, input), ...whole(state, input) };
    case 'Fail':
      return {};
    default:
      return whole(state, input);
  }
}

/** States without a result pass their input on. */
function whole(state: JsonObject, input: string): JsonObject {
  const plain = state['OutputPath'] === undefined && input === INPUT;
  return { ...(plain ? {} : { Output: mark(output(state, input)) }), ...assignments(state, input) };
}

/** What a Task or Parallel is called with, or what a Map runs over. */
function given(state: JsonObject, input: string): JsonObject {
  const parameters = state['Parameters'];
  if (state['Type'] !== 'Map') {
    if (parameters !== undefined) return { Arguments: template(parameters, input) };
    return input === INPUT ? {} : { Arguments: mark(input) };
  }
  const selector = state['ItemSelector'] ?? parameters;
  return {
    Items: mark(path(state['ItemsPath'] ?? '$', input)),
    ...(selector === undefined ? {} : { ItemSelector: template(selector, input) }),
  };
}

function output(state: JsonObject, result: string): string {
  const target = state['ResultPath'];
  const combined = target === null ? INPUT : placed(target ?? '$', result);
  const outputPath = state['OutputPath'] ?? '$';
  if (state['OutputPath'] === null) return '{}';
  return outputPath === '$' ? combined : path(outputPath, `(${combined})`);
}

/** The state's input with a value put where a reference path points. */
function placed(target: unknown, value: string): string {
  if (target === '$') return value;
  const steps =
    typeof target === 'string' && /^\$(\.[A-Za-z_]\w*)+$/.test(target) ? target.split('.').slice(1) : undefined;
  if (steps === undefined) throw new NotTranslatable(`ResultPath ${JSON.stringify(target)}`);
  const place = (base: string, rest: readonly string[]): string => {
    const [step, ...deeper] = rest;
    if (step === undefined) return value;
    return `$merge([${base}, {"${step}": ${place(`${base}.${step}`, deeper)}}])`;
  };
  return place(INPUT, steps);
}

function catchers(state: JsonObject): JsonObject {
  if (!Array.isArray(state['Catch'])) return {};
  const error = '$states.errorOutput';
  return {
    Catch: state['Catch'].filter(isObject).map(({ ResultPath: target, ...catcher }) => ({
      ...catcher,
      ...(target === undefined ? {} : { Output: mark(target === null ? INPUT : placed(target, error)) }),
      ...assignments(catcher, error),
    })),
  };
}

function assignments(state: JsonObject, base: string): JsonObject {
  return isObject(state['Assign']) ? { Assign: template(state['Assign'], base) } : {};
}

function choices(state: JsonObject, input: string): JsonObject {
  const rules = Array.isArray(state['Choices']) ? state['Choices'].filter(isObject) : [];
  return {
    Choices: rules.map((rule) => ({
      Next: rule['Next'],
      Condition: mark(choiceCondition(rule, (value) => path(value, input))),
      ...assignments(rule, input),
    })),
  };
}

function mark(expression: string): string {
  return `{% ${expression} %}`;
}

/** A payload template as a structure with marked expressions. */
function template(value: unknown, base: string): unknown {
  if (Array.isArray(value)) return value.map((item) => template(item, base));
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) =>
        key.endsWith('.$') ? [key.slice(0, -2), mark(path(item, base))] : [key, template(item, base)],
      ),
    );
  }
  return expressionIn(value) === undefined ? value : mark(JSON.stringify(value));
}

/** A payload template as one expression. */
function expressionOf(value: unknown, base: string): string {
  if (Array.isArray(value)) return `[${value.map((item) => expressionOf(item, base)).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, item]) =>
    key.endsWith('.$')
      ? `${JSON.stringify(key.slice(0, -2))}: ${path(item, base)}`
      : `${JSON.stringify(key)}: ${expressionOf(item, base)}`,
  );
  return `{${members.join(', ')}}`;
}

const REFERENCE = /^(\$\$|\$[A-Za-z_]\w*|\$)((?:\.[A-Za-z_]\w*|\['[^'\]]+'\]|\[\d+\])*)$/;

/** A reference path as a JSONata path: `$` is the base, `$$` the context object, `$name` a variable. */
function path(value: unknown, base: string): string {
  const [, root, steps] = (typeof value === 'string' ? REFERENCE.exec(value) : null) ?? [];
  if (root === undefined || steps === undefined) throw new NotTranslatable(JSON.stringify(value));
  const start = root === '$' ? base : root === '$$' ? '$states.context' : root;
  return start + steps.replace(/\['([^'\]]+)'\]/g, '.`$1`');
}
