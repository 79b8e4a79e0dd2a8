import jsonata from 'jsonata';

const known = new Map<string, unknown>();

/**
 * The syntax tree of an expression, which nobody may change. The same few expressions are validated and prepared for one account
 * after the other, and read once. Throws as JSONata does for what is no JSONata.
 */
export function syntaxTreeOf(source: string): unknown {
  const read = known.get(source);
  if (read !== undefined) return read;
  const tree = jsonata(source).ast();
  known.set(source, tree);
  return tree;
}
