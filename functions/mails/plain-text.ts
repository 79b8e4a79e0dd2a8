import { cleanText } from '../domain/fields/clean-text.ts';
import type { Brief } from '../domain/handoff/brief.ts';
import type { Bar, Block, Entry, Figure, Message } from '../domain/messages/message.ts';
import { richText } from '../domain/messages/rich-text.ts';
import { textsOf } from '../domain/texts/texts.ts';
import type { RenderOptions } from './render-options.ts';

/** Columns of a line; longer words (links) stand alone. */
const width = 76;

/** The mail as plain text: everything the HTML says, in the same order. */
export function plainText(message: Message, options: RenderOptions): string {
  const signature = message.signature === undefined ? [] : [`-- \n${wrap(message.signature)}`];
  const words = textsOf(message.language).desk;
  const desk = message.desk === undefined ? [] : [`${wrap(`${words.link}${words.rest}`)}\n${message.desk}`];
  const from = options.toCustomer ? [] : [`${options.site.name}, ${options.site.url}`];
  const parts = [...message.blocks.map(blockText), ...desk, ...signature, ...from];
  return `${cleanText(parts.filter((part) => part !== '').join('\n\n'))}\n`;
}

function blockText(block: Block): string {
  if ('paragraph' in block) return wrap(block.paragraph);
  if ('verbatim' in block) return block.verbatim;
  if ('letter' in block) return richText(block.letter);
  if ('facts' in block) return block.facts.map(({ label, value }) => wrap(`${label}: ${value}`, '  ')).join('\n');
  if ('quote' in block) {
    const quoted = wrap(block.quote, '', width - 2)
      .split('\n')
      .map((line) => `> ${line}`.trimEnd());
    return [...(block.heading === undefined ? [] : [headed(block.heading)]), ...quoted].join('\n');
  }
  if ('list' in block) {
    const items = block.list.map((item) => wrap(`- ${item}`, '  '));
    return [...(block.heading === undefined ? [] : [headed(block.heading)]), ...items].join('\n');
  }
  if ('figures' in block) return block.figures.map(figureText).join('\n\n');
  if ('entries' in block || 'bars' in block) {
    const said = 'entries' in block ? block.entries.map(entryLine) : block.bars.map(barLine);
    return [...(block.heading === undefined ? [] : [headed(block.heading)]), ...said].join('\n');
  }
  if ('button' in block) return `${block.button.label}:\n${block.button.url}`;
  if ('brief' in block) return briefText(block.brief);
  return headed(block.heading);
}

function figureText({ label, value, url, beside = [], trend = [] }: Figure): string {
  const course = trend.map((bar) => `${bar.label}: ${bar.value}`).join(', ');
  const lines: readonly Pick<Entry, 'text' | 'url'>[] = beside.map((line) =>
    typeof line === 'string' ? { text: line } : line,
  );
  // What a line above leads to is not said again.
  const known = [url, ...lines.map((line) => line.url)];
  const further = trend.filter((bar) => bar.url !== undefined && !known.includes(bar.url));
  return [
    wrap(`${label}: ${value}`, '  '),
    ...(url === undefined ? [] : [`  ${url}`]),
    ...lines.flatMap((line) => [wrap(`  ${line.text}`, '  '), ...(line.url === undefined ? [] : [`  ${line.url}`])]),
    ...(course === '' ? [] : [wrap(`  ${course}`, '  ')]),
    ...further.map((bar) => `  ${bar.label}: ${bar.url}`),
  ].join('\n');
}

const entryLine = ({ text, url, detail, said }: Entry): string =>
  [
    wrap(`- ${text}${detail === undefined ? '' : `, ${detail}`}${said === undefined ? '' : `. ${said}`}`, '  '),
    ...(url === undefined ? [] : [`  ${url}`]),
  ].join('\n');

const barLine = ({ label, value, url }: Bar): string =>
  [wrap(`- ${label}: ${value}`, '  '), ...(url === undefined ? [] : [`  ${url}`])].join('\n');

function headed(heading: string): string {
  return wrap(/[:?.!]/.test(heading) ? heading : `${heading}:`);
}

function briefText({ title, subtitle, facts, sections }: Brief): string {
  const parts = [
    `${'='.repeat(Math.min(width, title.length))}\n${title}\n${'='.repeat(Math.min(width, title.length))}`,
    wrap(subtitle),
    facts.map(({ label, value }) => wrap(`${label}: ${value}`, '  ')).join('\n'),
    ...sections.map(({ heading, lines }) =>
      [
        heading.toUpperCase(),
        ...lines.map(({ label, text, url }) =>
          wrap(`${label}: ${text}${url === undefined || text.includes(url) ? '' : ` ${url}`}`, '  '),
        ),
      ].join('\n'),
    ),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** Breaks lines at blanks; every line of a paragraph but its first is indented. */
function wrap(text: string, indent = '', columns = width): string {
  return text
    .split('\n')
    .map((paragraph, i) => wrapLine(i === 0 ? paragraph : indent + paragraph, indent, columns))
    .join('\n');
}

function wrapLine(text: string, indent: string, columns: number): string {
  const [first = '', ...words] = text.split(' ');
  const broken: string[] = [];
  let line = first;
  for (const word of words) {
    if (`${line} ${word}`.length > columns && line.trim() !== '' && line !== '-') {
      broken.push(line);
      line = indent + word;
    } else {
      line = `${line} ${word}`;
    }
  }
  return [...broken, line].map((each) => each.trimEnd()).join('\n');
}
