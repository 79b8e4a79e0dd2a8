import { firstName } from '../people/first-name.ts';

/** Somebody whom a reader is not to be told by name. */
export interface Hidden {
  readonly name: string;
  readonly email: string;
  /** What stands in place of the name. */
  readonly words: string;
  /** Whether they have a part in the handoff that a text is about: colleagues call them by their first name there. */
  readonly takesPart: boolean;
}

/**
 * Takes people out of texts: their addresses and full names, however those are written, and the first names of whoever takes part. A first
 * name that one of `others` (full names) has, too, stays, as nobody can tell who is meant.
 */
export function withoutNames(hidden: readonly Hidden[], others: readonly string[]): (text: string) => string {
  const kept = new Set(others.map(firstName));
  const called = Map.groupBy(
    hidden.filter(({ name, takesPart }) => takesPart && firstName(name) !== name && !kept.has(firstName(name))),
    ({ name }) => firstName(name),
  );
  const firstNames = [...called].map(([name, all]) => ({
    name,
    pattern: firstNamePattern(name),
    words: new Set(all.map(({ words }) => words)).size === 1 ? (all[0]?.words ?? '') : 'a colleague',
  }));
  return (text) => {
    const whole = hidden.reduce(
      (shown, { email, name, words }) => without(without(shown, email, words), name, words),
      text,
    );
    return firstNames.reduce(
      (shown, { name, pattern, words }) => (shown.includes(name) ? shown.replace(pattern, words) : shown),
      whole,
    );
  };
}

/** A text with other words for a name or an address, however it is written; part of a longer one stays. */
function without(text: string, name: string, words: string): string {
  if (name === '' || !text.toLowerCase().includes(name.toLowerCase())) return text;
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${literally(name)}(?![\\p{L}\\p{N}])`, 'giu'), words);
}

/** Months are called so, too, and are in nearly every text. */
const months = /^(?:April|May|June|August|Mai|Juni|Juli)$/;

/** As dates write months: beside a number it is one. */
const shortMonths = /^(?:Jan|Mar|Jun|Jul|Aug)$/;

/** Words that begin sentences, in English or German: a name only where a word in small letters comes before it. */
const ordinary =
  /^(?:Al|An|Art|Bill|Chance|Chase|Chip|Daisy|Dawn|Dean|Do|Don|Drew|Ernst|Eve|Faith|Frank|Grace|Grant|Guy|Hope|Ivy|Joy|Long|Mark|Max|Miles|My|Olive|Pat|Pearl|Ray|Rich|Rob|Rose|Ruby|Skip|Sky|So|Sue|Summer|Van|Wade|Will|Wolf)$/;

/**
 * Where a first name stands as a word of its own, written as the roster writes it, and not as part of a longer name (`Anna Meyer`,
 * `Anna-Lena`) or of an address.
 */
function firstNamePattern(name: string): RegExp {
  if (months.test(name)) return /(?!)/;
  const afterSmall = ordinary.test(name) ? '(?<=(?<!\\p{L})\\p{Ll}+[,;]? \\(?)' : '';
  const [noDay, noDayAfter] = shortMonths.test(name) ? ['(?<!\\d\\.? )', '(?!\\.? \\d)'] : ['', ''];
  const before = `(?<![\\p{L}\\p{N}_@/]|\\p{L}[-.])${noDay}${afterSmall}`;
  const after = `(?![\\p{L}\\p{N}_@/]|[-.]\\p{L}| \\p{Lu}\\p{Ll})${noDayAfter}`;
  return new RegExp(`${before}${literally(name)}${after}`, 'gu');
}

/** A text as a pattern that means just it. */
export const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
