/** The JSON of values that nobody changes any more. */
const lasting = new WeakMap<object, { readonly text: string; isAscii: boolean }>();

/** Says that a value will never change, and what its JSON is: it is not written again for each answer that it is part of. */
export function lastsAs(value: object, text: string): void {
  lasting.set(value, { text, isAscii: false });
}

/**
 * `JSON.stringify`, with what lasts as it was written. That is all in ASCII: a text with one other character takes twice the room,
 * and several times as long to be read.
 */
export function jsonText(value: unknown): string {
  const known = textOf(value);
  if (known !== undefined) return known;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  const members: string[] = [];
  for (const [name, member] of Object.entries(value)) {
    const isList = Array.isArray(member) && member.length > 0 && lasting.has(Object(member[0]));
    const text = isList ? `[${member.map(jsonText).join(',')}]` : (textOf(member) ?? JSON.stringify(member));
    if (text !== undefined) members.push(`${JSON.stringify(name)}:${text}`);
  }
  return `{${members.join(',')}}`;
}

function textOf(value: unknown): string | undefined {
  const found = lasting.get(Object(value));
  if (found === undefined || found.isAscii) return found?.text;
  const text = found.text.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  lasting.set(Object(value), { text, isAscii: true });
  return text;
}
