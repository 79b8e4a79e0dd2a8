import { queryLanguage } from './definition.ts';
import { expressionIn } from './expressions.ts';
import { isObject, type JsonObject } from './json.ts';
import { syntaxTreeOf } from './syntax-trees.ts';

/** The workflow variables that each state reads, as DescribeStateMachine lists them; states that read none are left out. */
export function variableReferences(definition: JsonObject): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  collect(definition, definition['QueryLanguage'], found);
  return found;
}

function collect(graph: JsonObject, machineLanguage: unknown, found: Record<string, string[]>): void {
  const states = graph['States'];
  if (!isObject(states)) return;
  for (const [name, state] of Object.entries(states)) {
    if (!isObject(state)) continue;
    const { Branches: branches, ItemProcessor: processor, Iterator: iterator, ...own } = state;
    const names = queryLanguage(state, machineLanguage) === 'JSONata' ? inJsonata(own) : inJsonPath(own);
    if (names.size > 0) found[name] = [...names].toSorted();
    for (const inner of [...(Array.isArray(branches) ? branches : []), processor, iterator]) {
      if (isObject(inner)) collect(inner, machineLanguage, found);
    }
  }
}

function inJsonata(value: unknown, names: Set<string> = new Set()): Set<string> {
  const source = expressionIn(value);
  if (source !== undefined) {
    try {
      walk(syntaxTreeOf(source), { names, local: new Set() });
    } catch {
      // An expression that does not parse was refused when the machine was created.
    }
  } else if (Array.isArray(value)) {
    for (const item of value) inJsonata(item, names);
  } else if (isObject(value)) {
    for (const item of Object.values(value)) inJsonata(item, names);
  }
  return names;
}

interface Walk {
  readonly names: Set<string>;
  readonly local: Set<string>;
}

function walk(node: unknown, context: Walk): void {
  if (Array.isArray(node)) {
    for (const item of node) walk(item, context);
    return;
  }
  if (!isObject(node)) return;
  const { type, value } = node;
  if (type === 'bind' && isObject(node['lhs'])) context.local.add(String(node['lhs']['value']));
  if (type === 'lambda' && Array.isArray(node['arguments'])) {
    for (const argument of node['arguments']) if (isObject(argument)) context.local.add(String(argument['value']));
  }
  if (
    type === 'variable' &&
    typeof value === 'string' &&
    value !== '' &&
    value !== '$' &&
    value !== 'states' &&
    !context.local.has(value)
  )
    context.names.add(value);
  for (const [key, item] of Object.entries(node)) {
    const called = key === 'procedure' && isObject(item) && item['type'] === 'variable';
    if (!called) walk(item, context);
  }
}

const PATH_VARIABLE = /(?<![\w$.@'])\$([A-Za-z_]\w*)/g;

function inJsonPath(value: unknown, names: Set<string> = new Set(), key = ''): Set<string> {
  if (typeof value === 'string') {
    const isPath = key.endsWith('.$') || key.endsWith('Path') || key === 'Variable';
    for (const match of isPath ? value.matchAll(PATH_VARIABLE) : []) if (match[1] !== undefined) names.add(match[1]);
  } else if (Array.isArray(value)) {
    for (const item of value) inJsonPath(item, names, key);
  } else if (isObject(value)) {
    for (const [inner, item] of Object.entries(value)) inJsonPath(item, names, inner);
  }
  return names;
}
