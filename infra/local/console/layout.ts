import { raw } from 'hono/html';
import { type Content, type Html, html } from '../../../functions/pages/html.ts';
import { type ClockView, clockBar } from './clock-bar.ts';
import { crmPath } from './crm-page.ts';
import { liveScript } from './live.ts';
import type { Said } from './messages.ts';
import { reportsPath } from './reports-page.ts';

export interface Frame {
  readonly clock: ClockView;
  /** Of the browser's tab. */
  readonly title: string;
  readonly said: Said | undefined;
  readonly body: Content;
  /** Style sheets, which the page's policy allows one by one. */
  readonly styles: readonly string[];
  /** What the CRM that is played here is called. */
  readonly crm: string | undefined;
}

const placesWith = (crm: string | undefined): readonly (readonly [path: string, name: string])[] => [
  ['/', 'Board'],
  ...(crm === undefined ? [] : [[crmPath, crm] as const]),
  ['/inbox', 'Inbox'],
  ['/close', 'Close a deal'],
  ['/roster', 'Roster'],
  [reportsPath, 'Reports'],
];

/** A page of the console: the clock on top, then what was just said, then the page's own content. */
export function layout({ clock, title, said, body, styles, crm }: Frame): string {
  const [path] = clock.back.split('?');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${clock.playing && html`<noscript><meta http-equiv="refresh" content="2"></noscript>\n`}<title>${title} · Handoff console</title>
${styles.map((each) => html`<style>${raw(each)}</style>\n`)}
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="bar"><div class="wide"><nav aria-label="Console"><strong><a href="/">Handoff <span>console</span></a></strong>${placesWith(
    crm,
  ).map(
    ([to, name]) => html`<a href="${to}"${to === path && html` aria-current="page"`}>${name}</a>`,
  )}</nav></div></header>
${clockBar(clock)}
<main id="content" class="wide" tabindex="-1">
${said && said.lines.length > 0 && saidHtml(said)}
${body}
</main>
<script>${raw(liveScript)}</script>
</body>
</html>
`.toString();
}

function saidHtml({ tone, lines }: Said): Html {
  return html`<div class="note ${tone}" role="status">${lines.map((line) => line && html`<p dir="auto">${line}</p>\n`)}</div>`;
}

/** JSON as people read it; text that is no JSON as it is. */
export function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
