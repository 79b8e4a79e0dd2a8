import { expressionIn } from './expressions.ts';
import { isObject, type JsonObject } from './json.ts';
import { syntaxTreeOf } from './syntax-trees.ts';

/** One thing wrong with an expression. */
interface Complaint {
  readonly code: 'INVALID_JSONATA_EXPRESSION' | 'UNSUPPORTED_JSONATA_EXPRESSION';
  readonly message: string;
}

/** Which members of `$states` a field may read beside `input` and `context`. */
export type StatesMembers = 'none' | 'result' | 'errorOutput';

interface Analysis {
  readonly complaints: readonly Complaint[];
  /** Members of `$states` that it names. */
  readonly members: ReadonlySet<string>;
}

/** A definition is read often, its expressions once. */
const known = new Map<string, Analysis>();

/** Calls `complain` for everything wrong with the expressions in a field, whose place is told with it. */
export function checkExpressions(
  value: unknown,
  field: { readonly location: string; readonly members: StatesMembers },
  complain: (complaint: Complaint, location: string) => void,
): void {
  const source = expressionIn(value);
  if (source !== undefined) {
    const analysis = known.get(source) ?? analyze(source);
    known.set(source, analysis);
    for (const complaint of analysis.complaints) complain(complaint, field.location);
    for (const member of analysis.members) {
      if (member === 'input' || member === 'context' || member === field.members) continue;
      const message = `Field '$states.${member}' does not exist.`;
      complain({ code: 'UNSUPPORTED_JSONATA_EXPRESSION', message }, field.location);
    }
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      checkExpressions(item, { ...field, location: `${field.location}[${index}]` }, complain);
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value))
      checkExpressions(item, { ...field, location: `${field.location}/${key}` }, complain);
  }
}

function analyze(source: string): Analysis {
  let ast: unknown;
  try {
    ast = syntaxTreeOf(source);
  } catch (error) {
    const message = isObject(error) ? String(error['message']) : String(error);
    return { complaints: [{ code: 'INVALID_JSONATA_EXPRESSION', message }], members: new Set() };
  }
  const found: Found = { messages: new Set(), members: new Set() };
  walk(ast, found, false);
  const complaints = [...found.messages].map(
    (message): Complaint => ({ code: 'UNSUPPORTED_JSONATA_EXPRESSION', message }),
  );
  return { complaints, members: found.members };
}

interface Found {
  readonly messages: Set<string>;
  readonly members: Set<string>;
}

/** An expression has no context item of its own: a path begins with a variable. Inside a path's steps and filters there is one. */
function walk(node: unknown, found: Found, inContext: boolean): void {
  if (Array.isArray(node)) {
    for (const item of node) walk(item, found, inContext);
    return;
  }
  if (!isObject(node)) return;
  const { type, value } = node;
  if (type === 'path' && Array.isArray(node['steps'])) {
    walkPath(node, node['steps'], found, inContext);
    return;
  }
  if (type === 'name' && !inContext)
    found.messages.add(`Reference to '${String(value)}' at the top level is not supported.`);
  if (type === 'variable' && value === '$') found.messages.add("Reference to '$$' is not supported.");
  const { predicate, stages, group, procedure, ...own } = node;
  for (const part of Object.values(own)) walk(part, found, inContext);
  if (isObject(procedure) && procedure['type'] !== 'variable') walk(procedure, found, inContext);
  for (const part of [predicate, stages, group]) walk(part, found, true);
}

function walkPath(node: JsonObject, steps: readonly unknown[], found: Found, inContext: boolean): void {
  const [first, second] = steps;
  walk(first, found, inContext);
  for (const step of steps.slice(1)) walk(step, found, true);
  walk(node['group'], found, true);
  if (isObject(first) && first['type'] === 'variable' && first['value'] === 'states' && isObject(second)) {
    if (second['type'] === 'name') found.members.add(String(second['value']));
  }
}
