import { cleanText } from '../fields/clean-text.ts';

/** A stretch of a line; `url` is http or https. */
export interface Inline {
  readonly text: string;
  readonly isBold?: true;
  readonly url?: string;
}

type Line = readonly Inline[];

/** A paragraph with its line breaks, or a list. */
export type RichBlock = { readonly lines: readonly Line[] } | { readonly items: readonly Line[] };

const listItem = /^\s{0,3}[-*•]\s+(?=\S)/;
const mark =
  /\*\*(?=\S)(?<bold>[^*\n]{1,500})\*\*|\[(?<words>[^[\]\n]{1,300})\]\((?<target>https?:\/\/[^\s()<>]{1,2000})\)|(?<bare>https?:\/\/[^\s<>"']{1,2000})/g;

/**
 * A letter as somebody types it: paragraphs between empty lines, lists of lines that begin with `-`, `**bold**`,
 * `[words](https://…)` and bare addresses. Whatever else is in it is text.
 */
export function richBlocks(typed: string): readonly RichBlock[] {
  const blocks: { kind: 'lines' | 'items'; of: Line[] }[] = [];
  let isNew = true;
  for (const line of cleanText(typed).trim().split('\n')) {
    if (line.trim() === '') {
      isNew = true;
      continue;
    }
    const kind = listItem.test(line) ? 'items' : 'lines';
    const last = blocks.at(-1);
    const said = inlines(line.replace(listItem, '').trimEnd());
    if (last && last.kind === kind && !isNew) last.of.push(said);
    else blocks.push({ kind, of: [said] });
    isNew = false;
  }
  return blocks.map(({ kind, of }) => (kind === 'items' ? { items: of } : { lines: of }));
}

function inlines(line: string): Line {
  const parts: Inline[] = [];
  let from = 0;
  for (const match of line.matchAll(mark)) {
    const found = inlineOf(match.groups ?? {});
    if (found === undefined) continue;
    if (match.index > from) parts.push({ text: line.slice(from, match.index) });
    parts.push(found.inline);
    from = match.index + found.length(match[0]);
  }
  if (from < line.length) parts.push({ text: line.slice(from) });
  return parts;
}

function inlineOf({ bold, words, target, bare }: Readonly<Record<string, string | undefined>>) {
  const whole = (match: string): number => match.length;
  if (bold !== undefined) return { inline: { text: bold, isBold: true } as const, length: whole };
  // A sentence goes on, or ends, behind an address.
  const url = target ?? bare?.replace(/[.,;:!?)]+$/, '') ?? '';
  if (!URL.canParse(url)) return undefined;
  return { inline: { text: words ?? url, url }, length: bare === undefined ? whole : () => url.length };
}

/** The same as plain text: every word, and every address. */
export const richText = (typed: string): string =>
  richBlocks(typed)
    .map((block) =>
      ('items' in block ? block.items.map((item) => `- ${lineText(item)}`) : block.lines.map(lineText)).join('\n'),
    )
    .join('\n\n');

const lineText = (line: Line): string =>
  line.map(({ text, url }) => (url === undefined || url === text ? text : `${text} (${url})`)).join('');
