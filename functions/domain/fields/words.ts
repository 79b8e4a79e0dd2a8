import { lister } from '../texts/list.ts';

/** 'Ana, Bo, and Cem'. */
export const listed = lister({ two: ' and ', last: ', and ' }).format;

/** 'Ana, Bo, or Cem'. */
export const either = lister({ two: ' or ', last: ', or ' }).format;

export function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** The one of the names that a text means, whatever its case, spaces and hyphens; undefined when it means none. */
export function nameIn(names: readonly string[], text: string): string | undefined {
  const bare = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return names.find((name) => bare(name) === bare(text));
}
