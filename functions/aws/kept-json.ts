// A process reads the same texts again and again: the deal and the package of a handoff, the people of the roster.

/** How many texts are remembered, and how long each may be in characters: 20 MB at the very most, usually one. */
const mostTexts = 100;
const longest = 100_000;

/** What texts said, those asked for last at the end. */
const kept = new Map<string, unknown>();

/** What a JSON text says, the same object for the same text, which nobody can change. Throws a SyntaxError for any other text. */
export function keptJson(text: string): unknown {
  if (text.length > longest) return JSON.parse(text);
  const known = kept.get(text);
  if (known !== undefined) kept.delete(text);
  const value = known ?? frozen(JSON.parse(text));
  kept.set(text, value);
  if (kept.size <= mostTexts) return value;
  const [oldest = text] = kept.keys();
  kept.delete(oldest);
  return value;
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const member of Object.values(value)) frozen(member);
  return Object.freeze(value);
}
