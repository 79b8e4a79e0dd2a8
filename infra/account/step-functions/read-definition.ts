/** So many texts are remembered: accounts that are made one after the other are given the same few. */
const mostTexts = 8;

const known = new Map<string, unknown>();

/** What a definition says: for the same text the same object, which nobody may change. Throws SyntaxError for what is no JSON. */
export function readDefinition(text: string): unknown {
  const read = known.get(text);
  if (read !== undefined) return read;
  const definition: unknown = JSON.parse(text);
  if (known.size >= mostTexts) known.clear();
  known.set(text, definition);
  return definition;
}
