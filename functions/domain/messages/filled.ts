import { cleanLine } from '../fields/clean-text.ts';
import { capitalized } from '../fields/words.ts';
import { roleIds } from '../playbook/roles.ts';

/** Gives the text of a slot; '' where there is nothing to say. */
export type Slots = (name: string) => string;

const slot = /\{([A-Za-z]+)\}/g;

/**
 * A text with its slots filled. A sentence that has an empty one is left out, and with it the question that it answers ("Can't get one?
 * Ask …"); one that begins with a role that nobody holds begins with a capital. Each line is one paragraph; empty ones go.
 */
export function filled(text: string, slots: Slots): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const sentences = line.split(/(?<=[.?!]) /);
    const said = sentences.map((sentence) => sentenceWith(slots, sentence));
    const left = said.filter((each, i) => each !== '' && !(sentences[i]?.endsWith('?') && said[i + 1] === ''));
    return left.length === 0 ? [] : [left.join(' ')];
  });
}

/** One sentence with its slots filled; '' where one of them is empty. */
function sentenceWith(slots: Slots, sentence: string): string {
  const values = new Map([...sentence.matchAll(slot)].map(([, name = '']) => [name, slots(name)]));
  if ([...values.values()].includes('')) return '';
  const said = sentence.replace(slot, (_, name: string) => values.get(name) ?? '');
  const [, first = ''] = /^\{([A-Za-z]+)\}/.exec(sentence) ?? [];
  return roleIds.some((role) => role === first) ? capitalized(said) : said;
}

/** The same in one line. */
export const filledLine = (text: string, slots: Slots): string => filled(text, slots).join(' ');

const mostInSubject = 60;

/**
 * Gives a subject: by the customer's name, whether there is room for the hour, and how many characters of what it can do without
 * have to go beside, where there is such.
 */
export type WriteSubject = (customer: string, withHour: boolean, tooMany: number) => string;

/**
 * A subject of at most 60 characters: of a long customer's name words go first, then the hour of the due time, then the end of its
 * only word, then what `write` can do without. What people wrote into it may still be longer, and is cut.
 */
export function subjectLine(customer: string, write: WriteSubject): string {
  const names = shorterNames(customer);
  const shortest = names.at(-1) ?? '';
  const fits = (subject: string) => subject.length <= mostInSubject;
  const found = names.map((name) => cleanLine(write(name, true, 0))).find(fits);
  if (found !== undefined) return found;
  const dated = cleanLine(write(shortest, false, 0));
  if (fits(dated)) return dated;
  const least = cutName(shortest, dated.length - mostInSubject);
  const cut = cleanLine(
    least === undefined ? write(shortest, false, dated.length - mostInSubject) : write(least, false, 0),
  );
  return fits(cut) ? cut : cutAtWord(dated, mostInSubject);
}

/** A name, and what is left of it as its last words go: it never ends with what joins two names. */
function shorterNames(name: string): readonly string[] {
  const words = cleanLine(name).split(' ');
  const names = words.map((_, i) => words.slice(0, words.length - i));
  return names.filter((kept, i) => i === 0 || !joins(kept.at(-1) ?? '')).map((kept) => kept.join(' '));
}

const joins = (word: string): boolean => !/[\p{L}\p{N}]/u.test(word) || /^(and|und|et|y|of|the)$/i.test(word);

/** A name without so many of its last letters; undefined where too little of it would be left. */
function cutName(name: string, tooMany: number): string | undefined {
  const kept = [...name].slice(0, -tooMany - 1);
  return kept.length < leastOfName ? undefined : `${kept.join('')}…`;
}

const leastOfName = 8;

/** A subject that lists parts: where there is no room for all of them the last ones go, but never the first. */
export function subjectListing(parts: readonly string[], write: (parts: readonly string[]) => string): string {
  const tries = parts.map((_, i) => write(parts.slice(0, parts.length - i)));
  return tries.find((subject) => cleanLine(subject).length <= mostInSubject) ?? tries.at(-1) ?? write(parts);
}

const mostInPreheader = 90;

/** What a mail program shows beside a subject: one line of at most 90 characters. */
export const preheader = (text: string): string => cutAtWord(cleanLine(text), mostInPreheader);

/** The first of some texts that has room in a preheader; the last one cut, where none has. */
export const preheaderOf = (texts: readonly string[]): string =>
  texts.find((text) => text.length <= mostInPreheader) ?? preheader(texts.at(-1) ?? '');

/** A meeting's name without so many of its last characters, words as long as enough is left: it never ends with what joins two names. */
export function withoutEnd(name: string, tooMany: number): string {
  if (tooMany <= 0) return name;
  const words = cutAtWord(name, Math.max(leastOfName, name.length - tooMany))
    .replace(/…$/, '')
    .split(' ');
  while (words.length > 1 && joins(words.at(-1) ?? '')) words.pop();
  return `${words.join(' ')}…`;
}

function cutAtWord(text: string, most: number): string {
  if (text.length <= most) return text;
  const start = text.slice(0, most - 1);
  const blank = start.lastIndexOf(' ');
  const kept = blank > most / 2 ? start.slice(0, blank) : start;
  return `${kept.isWellFormed() ? kept : kept.slice(0, -1)}…`;
}
