import { isObject, type JsonObject } from '../../infra/account/step-functions/json.ts';

const COMPARISONS: Readonly<Record<string, string>> = {
  Equals: '=',
  LessThan: '<',
  LessThanEquals: '<=',
  GreaterThan: '>',
  GreaterThanEquals: '>=',
};

const TYPES: Readonly<Record<string, string>> = {
  String: 'string',
  Numeric: 'number',
  Boolean: 'boolean',
  Timestamp: 'string',
};

/** The JSONata condition for a JSONPath choice rule; `path` translates reference paths. Throws RangeError for an unknown operator. */
export function choiceCondition(rule: JsonObject, path: (reference: unknown) => string): string {
  for (const [operator, word] of [
    ['And', ' and '],
    ['Or', ' or '],
  ] as const) {
    const rules = rule[operator];
    if (Array.isArray(rules))
      return `(${rules
        .filter(isObject)
        .map((inner) => choiceCondition(inner, path))
        .join(word)})`;
  }
  if (isObject(rule['Not'])) return `$not(${choiceCondition(rule['Not'], path)})`;
  const variable = path(rule['Variable']);
  for (const [operator, operand] of Object.entries(rule)) {
    const condition = comparison(variable, operator, operand, path);
    if (condition !== undefined) return condition;
  }
  throw new RangeError(`no operator in the choice rule ${JSON.stringify(rule)}`);
}

function comparison(
  variable: string,
  operator: string,
  operand: unknown,
  path: (reference: unknown) => string,
): string | undefined {
  const is = typeTest(variable, operator);
  if (is !== undefined) return operand === false ? `$not(${is})` : `(${is})`;
  if (operator === 'StringMatches')
    return `($type(${variable}) = "string" and $contains(${variable}, /${globPattern(String(operand))}/))`;
  const [, kind, compare, byPath] =
    /^(String|Numeric|Boolean|Timestamp)(Equals|(?:Less|Greater)Than(?:Equals)?)(Path)?$/.exec(operator) ?? [];
  if (kind === undefined || compare === undefined) return undefined;
  const other = byPath === undefined ? JSON.stringify(operand) : path(operand);
  const values = kind === 'Timestamp' ? [`$toMillis(${variable})`, `$toMillis(${other})`] : [variable, other];
  return `($type(${variable}) = "${TYPES[kind]}" and ${values.join(` ${COMPARISONS[compare]} `)})`;
}

function typeTest(variable: string, operator: string): string | undefined {
  switch (operator) {
    case 'IsPresent':
      return `$exists(${variable})`;
    case 'IsNull':
      return `$type(${variable}) = "null"`;
    case 'IsNumeric':
      return `$type(${variable}) = "number"`;
    case 'IsString':
      return `$type(${variable}) = "string"`;
    case 'IsBoolean':
      return `$type(${variable}) = "boolean"`;
    case 'IsTimestamp':
      return `($type(${variable}) = "string" and $contains(${variable}, /^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$/))`;
    default:
      return undefined;
  }
}

function globPattern(glob: string): string {
  const parts = glob
    .split(/(?<!\\)\*/)
    .map((part) => part.replaceAll('\\*', '*').replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  return `^${parts.join('[\\s\\S]*')}$`;
}
