/** A parser of DynamoDB's expressions, as PEG.js makes them; what is wrong comes as a text, or as an error thrown. */
export interface ExpressionParser {
  parse(expression: string, options: { readonly context: ExpressionContext }): unknown;
}

type Value = object;

interface ExpressionContext {
  /** Whether a comparison (`GT`, …) holds between two values. */
  readonly compare?: (comparison: string, left: Value, right: Value) => boolean;
  readonly attrNames?: Readonly<Record<string, string>>;
  readonly attrVals?: Readonly<Record<string, Value>>;
  /** Names and values that no expression has used yet: a parser takes out those that it comes upon. */
  readonly unusedAttrNames?: Record<string, boolean>;
  readonly unusedAttrVals?: Record<string, boolean>;
}

/** What was read of an expression, with a blank in place of each value. */
interface Parsed {
  readonly template: unknown;
  readonly names: readonly string[];
  readonly values: readonly string[];
  /** The names of the values between which something is to be: they have to be in order. */
  readonly bounds: readonly (readonly [string, string])[];
}

/** Stands for a value in what was read. */
interface Blank {
  readonly [nameOfValue]: string;
}

const nameOfValue = Symbol('the name of the value');

/** This looks at the values themselves. */
const looksAtValues = /attribute_type/i;

const most = 1000;

/**
 * Has a parser read an expression once for the names and kinds of value it comes with, and fill in the values ever after: a few
 * hundred expressions come again and again, and reading one takes longer than all else about a call. Broken ones are read anew.
 */
export function rememberExpressions(parser: ExpressionParser): void {
  const read = parser.parse.bind(parser);
  const known = new Map<string, Parsed>();
  parser.parse = (expression, options) => {
    if (looksAtValues.test(expression)) return read(expression, options);
    const { attrNames, attrVals = {}, unusedAttrNames = {}, unusedAttrVals = {} } = options.context;
    const key = JSON.stringify([expression, attrNames, kindsOf(attrVals)]);
    const found = known.get(key);
    const isInOrder = ([low, high]: readonly [string, string]) =>
      options.context.compare?.('GT', attrVals[low] ?? {}, attrVals[high] ?? {}) === false;
    if (found?.bounds.every(isInOrder)) {
      for (const name of found.names) delete unusedAttrNames[name];
      for (const name of found.values) delete unusedAttrVals[name];
      return filled(found.template, attrVals);
    }
    const [names, values] = [{}, {}];
    for (const name in attrNames) Object.assign(names, { [name]: true });
    for (const name in attrVals) Object.assign(values, { [name]: true });
    const parsed = read(expression, {
      context: { ...options.context, unusedAttrNames: names, unusedAttrVals: values },
    });
    const isUsed = (left: object) => (name: string) => !Object.hasOwn(left, name);
    const used = {
      names: Object.keys(attrNames ?? {}).filter(isUsed(names)),
      values: Object.keys(attrVals).filter(isUsed(values)),
    };
    for (const name of used.names) delete unusedAttrNames[name];
    for (const name of used.values) delete unusedAttrVals[name];
    if (typeof parsed === 'string') return parsed;
    if (known.size >= most) known.clear();
    const blanks = new Map(Object.entries(attrVals).map(([name, value]) => [value, { [nameOfValue]: name }]));
    const template = copied(parsed, (part) => blanks.get(part));
    known.set(key, { ...used, template, bounds: boundsIn(template) });
    return parsed;
  };
}

/** `{':a': {S: 'x'}}` → `{':a': 'S'}` */
function kindsOf(values: Readonly<Record<string, object>>): Record<string, string> {
  const kinds: Record<string, string> = {};
  for (const name in values) kinds[name] = Object.keys(values[name] ?? {}).join();
  return kinds;
}

const filled = (template: unknown, values: Readonly<Record<string, object>>): unknown =>
  copied(template, (part) => (nameOfValue in part ? values[(part as Blank)[nameOfValue]] : undefined));

/** Of each `BETWEEN` in what was read. Where a bound is no value, nothing looks at it. */
function boundsIn(template: unknown): (readonly [string, string])[] {
  if (typeof template !== 'object' || template === null) return [];
  const { type, args } = template as { readonly type?: unknown; readonly args?: readonly Partial<Blank>[] };
  const [low, high] = type === 'between' ? (args?.slice(1) ?? []).map((bound) => bound[nameOfValue]) : [];
  const own = low === undefined || high === undefined ? [] : [[low, high] as const];
  return [...own, ...Object.values(template).flatMap(boundsIn)];
}

/** A copy, but for the parts that something else stands for. */
function copied(whole: unknown, insteadOf: (part: object) => unknown): unknown {
  if (typeof whole !== 'object' || whole === null) return whole;
  const other = insteadOf(whole);
  if (other !== undefined) return other;
  if (Array.isArray(whole)) return whole.map((part) => copied(part, insteadOf));
  const copy: Record<string, unknown> = Object.create(Object.getPrototypeOf(whole));
  for (const name of Object.keys(whole)) copy[name] = copied((whole as Record<string, unknown>)[name], insteadOf);
  return copy;
}
