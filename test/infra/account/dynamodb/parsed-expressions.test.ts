import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { type ExpressionParser, rememberExpressions } from '../../../../infra/account/dynamodb/parsed-expressions.ts';

const require = createRequire(import.meta.url);

/** Parsers as dynalite ships them, loaded afresh. */
function parsers(name: string): { readonly plain: ExpressionParser; readonly remembering: ExpressionParser } {
  const path = require.resolve(`dynalite/db/${name}`);
  const load = (): ExpressionParser => {
    const known = require.cache[path];
    delete require.cache[path];
    const fresh = require(path) as ExpressionParser;
    if (known) require.cache[path] = known;
    return fresh;
  };
  const [plain, remembering] = [load(), load()];
  rememberExpressions(remembering);
  return { plain, remembering };
}

interface Case {
  readonly parser: string;
  readonly expression: string;
  readonly names?: Readonly<Record<string, string>>;
  /** Those of each call in turn. */
  readonly values: readonly Readonly<Record<string, object>>[];
}

const s = (S: string) => ({ S });
const n = (N: string) => ({ N });

const cases: readonly Case[] = [
  {
    parser: 'conditionParser',
    expression: 'attribute_exists(pk) AND (#status = :a OR begins_with(sk, :b))',
    names: { '#status': 'status', '#unused': 'other' },
    values: [
      { ':a': s('x'), ':b': s('y') },
      { ':a': s('z'), ':b': s('y'), ':c': s('unused') },
      { ':a': n('1'), ':b': s('') },
    ],
  },
  // The kind of a value is part of what is right.
  { parser: 'conditionParser', expression: 'begins_with(sk, :b)', values: [{ ':b': s('y') }, { ':b': n('1') }] },
  // These look at the values themselves.
  {
    parser: 'conditionParser',
    expression: 'a BETWEEN :a AND :b',
    values: [
      { ':a': n('1'), ':b': n('2') },
      { ':a': n('2'), ':b': n('1') },
      { ':a': n('3'), ':b': n('3') },
      { ':a': n('3'), ':b': s('3') },
    ],
  },
  {
    parser: 'conditionParser',
    expression: 'pk = :p AND (a BETWEEN b AND :b OR c BETWEEN :a AND :b AND :p BETWEEN :p AND d)',
    values: [
      { ':p': s('x'), ':a': n('1'), ':b': n('2') },
      { ':p': s('y'), ':a': n('1'), ':b': n('0') },
      { ':p': s('y'), ':a': n('0'), ':b': n('2') },
    ],
  },
  {
    parser: 'conditionParser',
    expression: 'attribute_type(a, :a)',
    values: [{ ':a': s('S') }, { ':a': s('nothing') }],
  },
  { parser: 'conditionParser', expression: 'a = :missing', values: [{ ':a': s('x') }, { ':missing': s('x') }] },
  {
    parser: 'updateParser',
    expression: 'SET a = if_not_exists(a, :a), b = list_append(b, :l) REMOVE c.d[2] ADD e :n',
    values: [
      { ':a': s('x'), ':l': { L: [s('1')] }, ':n': n('1') },
      { ':a': s('y'), ':l': { L: [] }, ':n': n('2') },
      { ':a': s('y'), ':l': s('no list'), ':n': n('2') },
    ],
  },
  { parser: 'updateParser', expression: 'SET a = :a, b = :a', values: [{ ':a': s('x') }, { ':a': s('y') }] },
  { parser: 'updateParser', expression: 'SET a = :a,, b = :a', values: [{ ':a': s('x') }, { ':a': s('y') }] },
  { parser: 'projectionParser', expression: 'a, #b.c[1]', names: { '#b': 'size' }, values: [{}, {}] },
];

function readBy(parser: ExpressionParser, { expression, names }: Case, values: Readonly<Record<string, object>>) {
  const unused = (of: object = {}) => Object.fromEntries(Object.keys(of).map((name) => [name, true]));
  const context = {
    ...(names && { attrNames: names }),
    attrVals: values,
    unusedAttrNames: unused(names),
    unusedAttrVals: unused(values),
    isReserved: () => false,
    compare: (_: string, { N: a = '' }: { N?: string }, { N: b = '' }: { N?: string }) => Number(a) > Number(b),
  };
  let read: unknown;
  try {
    read = parser.parse(expression, { context });
  } catch (error) {
    read = `${error}`;
  }
  // Where something is wrong, nobody asks any more.
  return { read, unused: typeof read === 'string' ? undefined : [context.unusedAttrNames, context.unusedAttrVals] };
}

describe('a parser that remembers expressions', () => {
  it.each(cases)('reads $expression as it did before, each time with the values at hand', (each) => {
    const { plain, remembering } = parsers(each.parser);
    for (const values of [...each.values, ...each.values])
      expect(readBy(remembering, each, values)).toEqual(readBy(plain, each, values));
  });

  it('gives everybody a reading of their own', () => {
    const { remembering } = parsers('updateParser');
    const each: Case = { parser: 'updateParser', expression: 'SET a = :a', values: [] };
    const values = [s('x'), s('y'), s('z')].map((value) => ({ ':a': value }));
    for (const value of values) {
      const { read } = readBy(remembering, each, value);
      const [section] = (read as { sections: { val: unknown }[] }).sections;
      expect(section?.val).toBe(value[':a']);
      if (section) section.val = 'changed';
    }
  });
});
