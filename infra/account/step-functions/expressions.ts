import type jsonata from 'jsonata';
import { limited, limitReached, nestsTooDeep, tooDeep } from './evaluation-limits.ts';
import { isObject, type JsonObject, typeName } from './json.ts';
import { type FunctionWorld, withStepFunctionsFunctions } from './jsonata-functions.ts';
import { ASK, shortcutFor } from './shortcut.ts';
import { syntaxTreeOf } from './syntax-trees.ts';

/** What `{% … %}` can see: the variables by name, and `states`. */
export type Bindings = JsonObject;

interface Prepared {
  readonly location: string;
  /** Whether it may look at `$states.context`, which is made only for those that do. */
  readonly usesContext: boolean;
}

/** A field of a state, prepared once: a constant, an expression, or a structure with expressions in it. */
export type Template =
  | (Prepared & { readonly kind: 'constant'; readonly value: unknown })
  | (Prepared & { readonly kind: 'expression'; readonly source: string; readonly run: Run })
  | (Prepared & { readonly kind: 'object'; readonly names: readonly string[]; readonly items: readonly Template[] })
  | (Prepared & { readonly kind: 'array'; readonly items: readonly Template[] });

/** Evaluates at once, or promises to. */
type Run = (bindings: Bindings) => unknown;

/** Why a field could not be evaluated, in AWS's words, without the sentence that names the state. */
export class EvaluationProblem extends Error {
  readonly location: string | undefined;

  constructor(message: string, location: string | undefined) {
    super(message);
    this.location = location;
  }
}

export interface Compiler {
  /** Prepares a field; `location` is its name as AWS reports it, e.g. `Output/result`. Throws SyntaxError for invalid JSONata. */
  readonly template: (value: unknown, location: string) => Template;
}

const MARKED = /^\{%([\s\S]*)%\}$/;
const CONTEXT = /\$states(?!\s*\.\s*(?:input|result|errorOutput)\b)/;

/** The JSONata source of a string field, or undefined when the string is to be taken as it is. */
export function expressionIn(value: unknown): string | undefined {
  const found = typeof value === 'string' ? MARKED.exec(value) : null;
  return found?.[1]?.trim();
}

/** Creates a compiler that keeps each distinct expression compiled once. */
export function createCompiler(world: FunctionWorld): Compiler {
  const cache = new Map<string, Run>();

  function compiled(source: string): Run {
    const known = cache.get(source);
    if (known !== undefined) return known;
    const run = parseExpression(source, world);
    cache.set(source, run);
    return run;
  }

  function template(value: unknown, location: string): Template {
    const source = expressionIn(value);
    if (source !== undefined) {
      return { kind: 'expression', source, run: compiled(source), location, usesContext: CONTEXT.test(source) };
    }
    if (Array.isArray(value)) {
      const items = value.map((item, index) => template(item, `${location}[${index}]`));
      if (items.every(isConstant)) return constant(value, location);
      return { kind: 'array', items, location, usesContext: items.some((item) => item.usesContext) };
    }
    if (isObject(value)) {
      const names = Object.keys(value);
      const items = names.map((name) => template(value[name], `${location}/${name}`));
      if (items.every(isConstant)) return constant(value, location);
      return { kind: 'object', names, items, location, usesContext: items.some((item) => item.usesContext) };
    }
    return constant(value, location);
  }

  return { template };
}

/** A field that is taken as it is, whatever its strings look like. */
export function constant(value: unknown, location: string): Template {
  return { kind: 'constant', value, location, usesContext: false };
}

function isConstant(template: Template): boolean {
  return template.kind === 'constant';
}

function parseExpression(source: string, world: FunctionWorld): Run {
  let tree: unknown;
  try {
    tree = syntaxTreeOf(source);
  } catch (error) {
    throw new SyntaxError(describe(error));
  }
  if (nestsTooDeep(tree)) return () => Promise.reject(tooDeep);
  // Most expressions never come to it.
  let expression: jsonata.Expression | undefined;
  const interpret: Run = async (bindings) => {
    expression ??= withStepFunctionsFunctions(limited(source), world);
    return plain(await expression.evaluate(undefined, bindings));
  };
  const shortcut = shortcutFor(tree);
  if (shortcut === undefined) return interpret;
  return (bindings) => {
    const value = shortcut(bindings);
    return value === ASK ? interpret(bindings) : value;
  };
}

function describe(error: unknown): string {
  if (!isObject(error)) return String(error);
  const code = typeof error['code'] === 'string' ? `${error['code']}: ` : '';
  return `${code}${String(error['message'])}`;
}

/**
 * Evaluates a field: at once where it can, else as a promise. Throws, or rejects with, EvaluationProblem
 * when an expression fails, or yields nothing or a function.
 */
export function evaluate(template: Template, bindings: Bindings): unknown {
  switch (template.kind) {
    case 'constant':
      return template.value;
    case 'expression':
      return evaluateExpression(template, bindings);
    case 'array':
      return evaluateAll(template.items, bindings);
    case 'object': {
      const { names, items } = template;
      const values = evaluateAll(items, bindings);
      return values instanceof Promise ? values.then((list) => objectOf(names, list)) : objectOf(names, values);
    }
  }
}

function objectOf(names: readonly string[], values: readonly unknown[]): JsonObject {
  // By assignment it would be no member of its own.
  if (names.includes('__proto__')) return Object.fromEntries(names.map((name, index) => [name, values[index]]));
  const object: JsonObject = {};
  let index = 0;
  for (const name of names) {
    object[name] = values[index];
    index += 1;
  }
  return object;
}

/** Evaluates several fields, one after the other. */
export function evaluateAll(templates: readonly Template[], bindings: Bindings): unknown[] | Promise<unknown[]> {
  const values: unknown[] = [];
  for (const template of templates) {
    const value = evaluate(template, bindings);
    if (value instanceof Promise)
      return evaluateRest(values, { first: value, rest: templates.slice(values.length + 1), bindings });
    values.push(value);
  }
  return values;
}

async function evaluateRest(
  values: unknown[],
  left: { readonly first: Promise<unknown>; readonly rest: readonly Template[]; readonly bindings: Bindings },
): Promise<unknown[]> {
  values.push(await left.first);
  for (const template of left.rest) values.push(await evaluate(template, left.bindings));
  return values;
}

type ExpressionTemplate = Template & { readonly kind: 'expression' };

function evaluateExpression(template: ExpressionTemplate, bindings: Bindings): unknown {
  const result = template.run(bindings);
  return result instanceof Promise
    ? result.then(
        (value) => defined(template, value),
        (error: unknown) => {
          throw explained(template, error);
        },
      )
    : defined(template, result);
}

function field({ source, location }: ExpressionTemplate): string {
  return `The JSONata expression '${source}' specified for the field '${location}'`;
}

function defined(template: ExpressionTemplate, value: unknown): unknown {
  if (value === undefined)
    throw new EvaluationProblem(`${field(template)} returned nothing (undefined).`, template.location);
  return value;
}

function explained(template: ExpressionTemplate, error: unknown): EvaluationProblem {
  return new EvaluationProblem(`${field(template)} ${whyFailed(error)}`, template.location);
}

/** AWS says an error that has no code of JSONata's after a colon. */
function whyFailed(error: unknown): string {
  if (error === UNSUPPORTED) return 'returned an unsupported result type.';
  const code = isObject(error) ? error['code'] : undefined;
  const limit = limitReached(code);
  if (limit !== undefined) return `threw an error during evaluation: ${limit}`;
  return `threw an error during evaluation${code === undefined ? ':' : '.'} ${describe(error)}`;
}

/** Throws EvaluationProblem unless the value has the type that the field needs. */
export function expectType(
  template: Template,
  value: unknown,
  expected: 'array' | 'boolean' | 'number' | 'string',
): void {
  const actual = typeName(value);
  if (actual === expected) return;
  const what =
    template.kind === 'expression'
      ? `The JSONata expression '${template.source}' specified for the field '${template.location}' returned an unexpected result type.`
      : `The field '${template.location}' has an unexpected type.`;
  throw new EvaluationProblem(
    `${what} Expected '${expected}', but was '${actual}' for value: ${JSON.stringify(value)}`,
    template.location,
  );
}

const UNSUPPORTED = new Error('unsupported result type');

/**
 * JSONata marks its sequences and functions with extra members; only the JSON in a result goes on. A number that JSON has not
 * goes on as its name, as AWS writes it: `1/0` is "Infinity".
 */
function plain(value: unknown): unknown {
  if (typeof value === 'function') throw UNSUPPORTED;
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return value.map((item) => (item === undefined ? null : plain(item)));
  if (!isObject(value)) return value;
  if ('_jsonata_lambda' in value || '_jsonata_function' in value) throw UNSUPPORTED;
  const object: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) object[key] = plain(item);
  }
  return object;
}
