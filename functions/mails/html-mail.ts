import { cleanText } from '../domain/fields/clean-text.ts';
import type { Brief } from '../domain/handoff/brief.ts';
import type { Fact } from '../domain/handoff/fact.ts';
import type { Block, Message } from '../domain/messages/message.ts';
import { type Content, type Html, html, lines } from '../pages/html.ts';
import type { RenderOptions } from './render-options.ts';

// Styles stand in the elements, because mail programs drop style sheets. Text and ground keep the program's own colors, so
// that its dark mode works; what has a color of its own reads well on both.

const font = 'font-family:system-ui,-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif';
const small = 'font-size:13px;line-height:1.5;opacity:.8';
const rule = 'border:0;border-top:1px solid #8888;margin:24px 0';
const headingStyle = 'font-size:16px;line-height:1.4;margin:20px 0 6px';
const paragraphStyle = 'margin:0 0 14px';
const listStyle = 'margin:0 0 14px;padding-inline-start:22px';
const quoteStyle =
  'margin:0 0 14px;padding:4px 0;padding-inline-start:14px;border-inline-start:3px solid #6b7f99;overflow-wrap:anywhere';
const buttonStyle =
  'display:inline-block;background:#1d4ed8;color:#ffffff;padding:12px 22px;border-radius:8px;text-decoration:none;font-weight:600';

/** The mail as an HTML document: no images, no scripts, nothing fetched from anywhere. */
export function htmlMail(message: Message, options: RenderOptions): string {
  const { site, language = 'en', toCustomer = false } = options;
  const signature = message.signature;
  const document = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${message.subject}</title>
</head>
<body style="margin:0;padding:0;${font};font-size:16px;line-height:1.5">
<div style="display:none;max-height:0;overflow:hidden" aria-hidden="true">${message.preview}</div>
<div role="article" lang="${language}" style="max-width:600px;margin:0 auto;padding:24px 16px;overflow-wrap:break-word">
${message.blocks.map(blockHtml)}
${signature !== undefined && toCustomer && html`<p dir="auto" style="${paragraphStyle}">${htmlText(signature)}</p>`}
${signature !== undefined && !toCustomer && html`<hr style="${rule}"><p dir="auto" style="margin:0 0 6px;${small}">${htmlText(signature)}</p>`}
${!toCustomer && html`<p style="margin:0;${small}">${site.name}, <a href="${site.url}">${site.url}</a></p>`}
</div>
</body>
</html>
`;
  return document.toString();
}

function blockHtml(block: Block): Html {
  if ('paragraph' in block) return html`<p dir="auto" style="${paragraphStyle}">${htmlText(block.paragraph)}</p>\n`;
  if ('verbatim' in block) return html`<div dir="auto" style="${paragraphStyle}">${htmlText(block.verbatim)}</div>\n`;
  if ('facts' in block) return factsHtml(block.facts);
  if ('quote' in block) {
    return html`${heading(block.heading)}<blockquote dir="auto" style="${quoteStyle}">${htmlText(block.quote)}</blockquote>\n`;
  }
  if ('list' in block) {
    return html`${heading(block.heading)}<ul style="${listStyle}">${block.list.map(
      (item) => html`<li dir="auto" style="margin:0 0 4px">${htmlText(item)}</li>`,
    )}</ul>\n`;
  }
  if ('button' in block) {
    const { label, url } = block.button;
    return html`<p style="margin:22px 0"><a href="${url}" style="${buttonStyle}">${label}</a></p>
<p style="margin:0 0 14px;${small};overflow-wrap:anywhere">Or open: <a href="${url}">${url}</a></p>\n`;
  }
  if ('brief' in block) return briefHtml(block.brief);
  return heading(block.heading) ?? html``;
}

function heading(words: string | undefined): Html | undefined {
  return words === undefined ? undefined : html`<h2 dir="auto" style="${headingStyle}">${words}</h2>\n`;
}

function factsHtml(facts: readonly Fact[]): Html {
  return html`<dl style="margin:0 0 14px;padding:10px 14px;border:1px solid #8886;border-radius:8px">${facts.map(
    ({ label, value }) => html`<dt style="${small};margin:4px 0 0">${label}</dt>
<dd dir="auto" style="margin:0 0 6px;overflow-wrap:anywhere">${htmlText(value)}</dd>\n`,
  )}</dl>\n`;
}

function briefHtml({ title, subtitle, facts, sections }: Brief): Html {
  return html`<hr style="${rule}">
<h2 dir="auto" style="font-size:20px;line-height:1.3;margin:0 0 4px">${title}</h2>
<p dir="auto" style="${paragraphStyle};${small}">${htmlText(subtitle)}</p>
${facts.length > 0 && factsHtml(facts)}
${sections.map(
  (section) =>
    html`${heading(section.heading)}${section.lines.map(
      ({ label, text: words, url }) =>
        html`<p dir="auto" style="margin:0 0 8px;overflow-wrap:anywhere"><strong>${label}:</strong> ${
          url === undefined ? htmlText(words) : html`<a href="${url}">${words}</a>`
        }</p>\n`,
    )}`,
)}`;
}

function htmlText(words: string): Content {
  return lines(cleanText(words));
}
