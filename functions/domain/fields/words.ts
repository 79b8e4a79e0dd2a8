/** 'Ana, Bo and Cem'. */
export function listed(names: readonly string[]): string {
  const [last, ...before] = [...names].reverse();
  if (last === undefined) return '';
  return before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`;
}

export function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** The one of the names that a text means, whatever its case, spaces and hyphens; undefined when it means none. */
export function nameIn(names: readonly string[], text: string): string | undefined {
  const bare = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return names.find((name) => bare(name) === bare(text));
}
