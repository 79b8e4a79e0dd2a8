import { cleanLine, cleanText } from '../domain/fields/clean-text.ts';
import type { Brief } from '../domain/handoff/brief.ts';
import type { Fact } from '../domain/handoff/fact.ts';
import type { SiteFacts } from '../domain/handoff/site.ts';
import type { Bar, Block, Entry, Figure, Message } from '../domain/messages/message.ts';
import { type Inline, richBlocks } from '../domain/messages/rich-text.ts';
import { textsOf } from '../domain/texts/texts.ts';
import { type Content, type Html, html, lines } from '../pages/html.ts';
import * as layout from './layout/compiled-layout.ts';
import type { RenderOptions } from './render-options.ts';

/** Of buttons and links, where the stage sets none. */
const usualColor = '#1d4ed8';

/** Takes up the rest of the line that mail programs show beside the subject, which otherwise is the mail's first words. */
const blanks = '\u034F\u200C\u00A0'.repeat(90);

/** The mail as an HTML document: no scripts, and nothing fetched but the logo, where the stage sets one. */
export function htmlMail(message: Message, options: RenderOptions): string {
  const { site, toCustomer = false } = options;
  const { language = 'en' } = message;
  const { desk } = textsOf(language);
  const color = site.color ?? usualColor;
  const { signature } = message;
  const said = signature === undefined ? undefined : htmlText(signature);
  const foot = toCustomer
    ? said !== undefined && layout.text({ content: layout.paragraph({ words: said }) })
    : layout.foot({
        lines: html`${message.desk !== undefined && html`<p style="margin:0 0 6px">${layout.link({ color, url: message.desk, words: desk.link })}${desk.rest}</p>\n`}${said !== undefined && html`<p dir="auto" style="margin:0 0 6px">${said}</p>\n`}<p style="margin:0 0 6px">${site.name}, ${layout.link({ color, url: site.url, words: site.url })}</p>`,
      });
  return layout
    .letter({
      language,
      subject: cleanLine(message.subject),
      preheader: html`${cleanLine(message.preview)}${blanks}`,
      color,
      blocks: [brandLine(site, { color, toCustomer }), ...message.blocks.map((block) => blockHtml(block, color)), foot],
    })
    .toString();
}

/** Whom it is from. A letter to a customer is a person's: it shows no system's name. */
function brandLine(
  { company, logo, name }: SiteFacts,
  { color, toCustomer }: { readonly color: string; readonly toCustomer: boolean },
): Html | false {
  if (logo !== undefined) return layout.logoLine({ logo, name: toCustomer ? company : name });
  return !toCustomer && layout.nameLine({ color, name });
}

function blockHtml(block: Block, color: string): Content {
  if ('facts' in block) return factsHtml(block.facts, color);
  if ('button' in block) return layout.button({ label: htmlText(block.button.label), url: block.button.url, color });
  if ('brief' in block) return briefHtml(block.brief, color);
  if ('letter' in block) return layout.text({ content: letterHtml(block.letter, color) });
  if ('figures' in block) return layout.figures({ rows: block.figures.map((each) => figureHtml(each, color)) });
  if ('bars' in block) return barsHtml(block, color);
  if ('entries' in block) return layout.text({ content: entriesHtml(block, color) });
  return layout.text({ content: wordsHtml(block) });
}

/** Paragraphs, lists, bold and links, made of escaped text alone. */
function letterHtml(letter: string, color: string): Content {
  const line = (parts: readonly Inline[]): Content =>
    parts.map(({ text, isBold, url }) => {
      if (url !== undefined) return layout.link({ color, url, words: text });
      return isBold ? html`<strong>${text}</strong>` : text;
    });
  return richBlocks(letter).map((block) =>
    'items' in block
      ? layout.list({ items: block.items.map((item) => layout.item({ words: line(item) })) })
      : layout.paragraph({ words: block.lines.map((each, i) => (i === 0 ? line(each) : [html`<br>`, line(each)])) }),
  );
}

function wordsHtml(
  block: Extract<
    Block,
    { paragraph: unknown } | { heading: unknown } | { quote: unknown } | { list: unknown } | { verbatim: unknown }
  >,
): Content {
  if ('paragraph' in block) return layout.paragraph({ words: htmlText(block.paragraph) });
  if ('verbatim' in block) return layout.verbatim({ words: htmlText(block.verbatim) });
  const heading = block.heading !== undefined && layout.heading({ words: htmlText(block.heading) });
  if ('quote' in block) return [heading, layout.quote({ words: htmlText(block.quote) })];
  if ('list' in block) {
    const items = block.list.map((item) => layout.item({ words: htmlText(item) }));
    return [heading, layout.list({ items })];
  }
  return heading;
}

/** Words that lead to a page, where there is one. */
const ledTo = (url: string | undefined, words: string, color: string): Content =>
  url === undefined ? htmlText(words) : layout.link({ color, url, words: htmlText(words) });

/** Of the tallest column of a trend, in pixels. */
const tallest = 40;

function figureHtml({ label, value, url, beside = [], trend = [] }: Figure, color: string): Html {
  return layout.figure({
    words: [
      layout.figureWords({ label: htmlText(label), value: ledTo(url, value, color) }),
      beside.map((line) => layout.figureBeside({ words: lineHtml(line, color) })),
    ],
    trend:
      trend.length > 0 &&
      layout.trend({
        bars: trend.map((bar) =>
          layout.trendBar({
            ...{ color, label: htmlText(bar.label), value: ledTo(bar.url, bar.value, color) },
            height: String(Math.max(1, Math.round(tallest * bar.share))),
          }),
        ),
      }),
  });
}

const lineHtml = (line: string | Entry, color: string): Content =>
  typeof line === 'string' ? htmlText(line) : ledTo(line.url, line.text, color);

function barsHtml(
  { heading, bars }: { readonly heading?: string; readonly bars: readonly Bar[] },
  color: string,
): Content {
  return [
    heading !== undefined && layout.text({ content: layout.heading({ words: htmlText(heading) }) }),
    layout.bars({
      rows: bars.map(({ label, value, share, url }) =>
        layout.bar({
          ...{ color, share: String(Math.min(99, Math.max(1, Math.round(share * 100)))) },
          words: [ledTo(url, label, color), html`: <strong>${value}</strong>`],
        }),
      ),
    }),
  ];
}

function entriesHtml(
  { heading, entries }: { readonly heading?: string; readonly entries: readonly Entry[] },
  color: string,
): Content {
  const items = entries.map(({ text, url, detail, said }) =>
    layout.item({
      words: [
        ledTo(url, text, color),
        detail !== undefined && html`, ${htmlText(detail)}`,
        said !== undefined && html`. ${htmlText(said)}`,
      ],
    }),
  );
  return [heading !== undefined && layout.heading({ words: htmlText(heading) }), layout.list({ items })];
}

const factsHtml = (facts: readonly Fact[], color: string): Html =>
  layout.facts({
    rows: facts.map(({ label, value }) => layout.fact({ label: htmlText(label), value: linkedText(value, color) })),
  });

/** Where a meeting takes place may be a link, which people want to follow. */
const linkedText = (words: string, color: string): Content =>
  /^https:\/\/\S+$/.test(words) && URL.canParse(words)
    ? layout.link({ color, url: words, words: htmlText(words) })
    : htmlText(words);

function briefHtml({ title, subtitle, facts, sections }: Brief, color: string): Content {
  return [
    layout.title({ words: htmlText(title) }),
    layout.small({ words: htmlText(subtitle) }),
    facts.length > 0 && factsHtml(facts, color),
    sections.map((section) =>
      layout.text({
        content: [
          layout.heading({ words: htmlText(section.heading) }),
          section.lines.map(({ label, text, url }) =>
            layout.term({
              label: htmlText(label),
              words: url === undefined ? htmlText(text) : layout.link({ color, url, words: htmlText(text) }),
            }),
          ),
        ],
      }),
    ),
  ];
}

const htmlText = (words: string): Content => lines(cleanText(words));
