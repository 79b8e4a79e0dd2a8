/** A statement of a role's policy, as IAM takes it in JSON. */
export interface Statement {
  readonly Effect: 'Allow';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** What IAM is asked of one call. */
export interface Call {
  /** `dynamodb:GetItem`. */
  readonly action: string;
  /** ARNs: it has to be allowed on each. */
  readonly resources: readonly string[];
  /** Condition keys. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

const list = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

/** The statements that name an action, whatever they say of it. */
export const about = (statements: readonly Statement[], action: string): readonly Statement[] =>
  statements.filter((statement) => list(statement.Action).some((pattern) => isLike(action, pattern)));

/** The statement that allows an action on one resource; undefined when none does. Throws for a condition it does not know. */
export function allowing(statements: readonly Statement[], call: Call, resource: string): Statement | undefined {
  return statements.find(
    (statement) =>
      list(statement.Action).some((pattern) => isLike(call.action, pattern)) &&
      list(statement.Resource).some((pattern) => isLike(resource, pattern)) &&
      conditionsHold(statement, call),
  );
}

function conditionsHold({ Condition = {} }: Statement, { context }: Call): boolean {
  return Object.entries(Condition).every(([operator, tests]) =>
    Object.entries(tests).every(([key, patterns]) => {
      const values = context[key] ?? [];
      if (operator === 'ForAllValues:StringLike')
        return values.every((value) => list(patterns).some((pattern) => isLike(value, pattern)));
      if (operator === 'StringEquals') return values.length === 1 && list(patterns).includes(values[0] ?? '');
      throw new Error(`The local account does not understand the condition ${operator}.`);
    }),
  );
}

/** Each thing that statements allow, finely: an action, and the leading keys of a table one by one. */
export function grantsIn(statements: readonly Statement[]): string[] {
  return statements.flatMap(({ Action, Condition }) => {
    const keys = Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
    return list(Action).flatMap((action) => (keys ? list(keys).map((key) => `${action} ${key}`) : [action]));
  });
}

/** Those of a statement's grants that a call it allows makes use of. */
export function exercised(statement: Statement, { action, context }: Call): string[] {
  const keys = context['dynamodb:LeadingKeys'] ?? [];
  return grantsIn([statement]).filter((grant) => {
    const [granted = '', pattern] = grant.split(' ');
    return isLike(action, granted) && (pattern === undefined || keys.some((key) => isLike(key, pattern)));
  });
}

const patterns = new Map<string, RegExp>();

/** IAM's wildcards: `*` for any characters, `?` for one. */
function isLike(value: string, pattern: string): boolean {
  const known = patterns.get(pattern);
  if (known) return known.test(value);
  if (!/[*?]/.test(pattern)) return value === pattern;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const made = new RegExp(`^${source}$`, 's');
  patterns.set(pattern, made);
  return made.test(value);
}
