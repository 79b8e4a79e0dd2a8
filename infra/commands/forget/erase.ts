import type { Item } from '../../../functions/aws/dynamodb.ts';
import { jsonOrNothing } from '../../../functions/aws/json-or-nothing.ts';
import { literally } from '../../../functions/domain/reports/without-names.ts';

/** Somebody who is to be forgotten, and what stands in their place. */
export interface Erasing {
  /** In lower case. */
  readonly email: string;
  /** Full names they are known by. */
  readonly names: readonly string[];
  /** An address that leads nowhere, and that nobody can work out from theirs. */
  readonly placeholder: string;
  /** In place of their names. */
  readonly calledNow: string;
}

/** Blanks as people type them; in JSON the end of a line is two characters. */
const blanks = '(?:\\s|\\\\[nrt])+';

/** A text in whatever form its letters with accents are written, as one character each or as letter and accent. */
const inAnyForm = (text: string): string =>
  [...text.normalize('NFC')]
    .map((letter) => {
      const apart = letter.normalize('NFD');
      return apart === letter ? literally(letter) : `(?:${letter}|${apart})`;
    })
    .join('');

/** The end of a line as it stands in JSON, or a tab: its letter belongs to no word. */
const afterEscape = '(?<=\\\\[bfnrt])';

/** The address by itself: not as the end or the beginning of a longer one. */
const addressPattern = (email: string): RegExp =>
  new RegExp(`(?:(?<![\\w.%+'&=-])|${afterEscape})${inAnyForm(email)}(?![\\w-]|\\.\\w)`, 'gi');

/** A full name in any case, with any blanks between its words. */
const namePattern = (name: string): RegExp => {
  const words = name.trim().split(/\s+/).map(inAnyForm).join(blanks);
  return new RegExp(`(?:(?<![\\p{L}\\p{N}])|${afterEscape})${words}(?![\\p{L}\\p{N}\\p{M}])`, 'giu');
};

/** Whether a value, however deep, has the address in it. */
export function hasAddress(email: string): (value: unknown) => boolean {
  const pattern = addressPattern(email);
  const isIn = (value: unknown): boolean => {
    if (typeof value === 'string') return value.search(pattern) >= 0;
    if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return false;
    if (Array.isArray(value) || value instanceof Set) return [...value].some(isIn);
    return Object.entries(value).some(([name, member]) => isIn(name) || isIn(member));
  };
  return isIn;
}

/**
 * The item without the person: address and, if asked, full names replaced in every text of it, in JSON within texts, in keys and
 * in the names of attributes. What else it says, and how much of it there is, stays.
 */
export function erased(item: Item, { email, names, placeholder, calledNow }: Erasing, withNames: boolean): Item {
  const address = addressPattern(email);
  const patterns = withNames ? names.map(namePattern) : [];
  const inText = (text: string): string =>
    patterns.reduce((now, pattern) => now.replace(pattern, calledNow), text.replace(address, placeholder));
  const inValue = (value: unknown): unknown => {
    if (typeof value === 'string') return inText(value);
    if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(inValue);
    if (value instanceof Set) return new Set([...value].map(inValue));
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [inText(name), inValue(member)]));
  };
  return inValue(item) as Item;
}

/** The full names that stand beside the address: in an object with both, or in a line such as `Dana Morgan | address | …`. */
export function namesBeside(email: string, value: unknown): readonly string[] {
  const found = new Set<string>();
  const look = (part: unknown): void => {
    if (typeof part === 'string') lookInText(part);
    else if (Array.isArray(part)) part.forEach(look);
    else if (typeof part === 'object' && part !== null && !(part instanceof Uint8Array)) {
      const { name, email: theirs } = part as { readonly name?: unknown; readonly email?: unknown };
      if (typeof name === 'string' && String(theirs).trim().toLowerCase() === email) add(name);
      Object.values(part).forEach(look);
    }
  };
  const lookInText = (text: string): void => {
    if (!text.toLowerCase().includes(email)) return;
    const held = jsonOrNothing(text);
    if (typeof held === 'object') {
      look(held);
      return;
    }
    for (const line of text.split('\n')) {
      const [name = '', second = ''] = line.split('|');
      if (second.trim().toLowerCase() === email) add(name);
    }
  };
  const add = (name: string): void => {
    // One word is a first name of many people.
    if (/\S\s+\S/.test(name.trim())) found.add(name.trim());
  };
  look(value);
  return [...found];
}
