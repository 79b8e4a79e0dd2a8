/**
 * Characters that change what a reader or a mail program sees without being seen themselves: controls, and the
 * bidirectional overrides, embeddings and isolates. Right-to-left text itself, its marks and the joiners that emoji and
 * Persian need are kept.
 */
const unseen = /[[\p{Cc}\u202A-\u202E\u2066-\u2069\uFEFF]--[\n\t]]/gv;

/** Most texts have nothing to clean, which is found out in a fraction of the time. */
const cleanAlready = /^[ -~\n\t]*$/;
const cleanLineAlready = /^(?:[!-~]+(?: [!-~]+)*)?$/;

/** Text of several lines: line ends become `\n`, unseen characters and half characters go. */
export function cleanText(text: string): string {
  if (cleanAlready.test(text)) return text;
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(unseen, '');
}

/** Text of one line, fit for a name, a subject or a mail header: as `cleanText`, white space and line breaks become one blank. */
export function cleanLine(text: string): string {
  if (cleanLineAlready.test(text)) return text;
  return cleanText(text).replace(/\s+/g, ' ').trim();
}

/** Did the text carry characters that `cleanText` takes away, or (in one line) a line break? */
export function hasUnseen(text: string, oneLine: boolean): boolean {
  const normal = text.replace(/\r\n?/g, '\n');
  return cleanText(normal) !== normal || (oneLine && normal.trim().includes('\n'));
}

const cutMark = /… \[cut: (\d+) characters received\]$/;

/** At most `most` characters (UTF-16 units) of the text, marked with how many there were, so that a cut never passes as the whole. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const received = receivedLength(text);
  const kept = text.replace(cutMark, '').slice(0, most);
  return `${wholeCharacters(kept)}… [cut: ${received} characters received]`;
}

/** How long the text was before `cutText`; its own length when it was never cut. */
export function receivedLength(text: string): number {
  return Number(cutMark.exec(text)?.[1] ?? text.length);
}

export function wasCut(text: string): boolean {
  return cutMark.test(text);
}

/** The start of a text for a message about it: one line, short, and never half a character. */
export function excerpt(text: string, most = 80): string {
  const line = cleanLine(text.slice(0, most * 4));
  return line.length <= most ? line : `${wholeCharacters(line.slice(0, most)).trimEnd()}…`;
}

/** The start of a text of several lines, at most `most` characters with the dots that say it goes on. */
export const startOf = (text: string, most: number): string =>
  text.length <= most ? text : `${wholeCharacters(text.slice(0, most - 1)).trimEnd()}…`;

function wholeCharacters(text: string): string {
  return text.isWellFormed() ? text : text.slice(0, -1);
}
