import { raw } from 'hono/html';
import { type Content, type Html, html } from '../../../functions/pages/html.ts';
import type { Clock } from '../../account/clock.ts';
import { longestRun } from './clock-moves.ts';
import type { Said } from './messages.ts';
import { style } from './style.ts';
import { lengthText, timeHtml } from './wording.ts';

export interface Frame {
  readonly clock: Clock;
  /** Of the browser's tab. */
  readonly title: string;
  /** Path and query of this page: where the clock's buttons come back to. */
  readonly path: string;
  readonly said: Said | undefined;
  readonly body: Content;
}

/** A page of the console: the clock on top, then what was just said, then the page's own content. */
export function layout({ clock, title, path, said, body }: Frame): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Handoff console</title>
<style>${raw(style)}</style>
</head>
<body>
<header class="bar"><div class="wide">
<a class="skip" href="#content">Skip to the content</a>
<nav aria-label="Console"><strong><a href="/">Handoff console</a></strong><a href="/#handoffs">Handoffs</a><a href="/#inbox">Inbox</a><a href="/#close">Close a deal</a><a href="/roster">Roster</a></nav>
${clockBar(clock, path)}
</div></header>
<main id="content" class="wide" tabindex="-1">
${said && saidHtml(said)}
${body}
</main>
</body>
</html>
`.toString();
}

function clockBar(clock: Clock, path: string): Html {
  const next = clock.nextTimer();
  const real = clock.isRealTime();
  return html`<div class="clock"><b>${timeHtml(clock.now())}</b><span>Virtual time: ${
    real ? 'it runs at real speed.' : 'it stands still until you press a button here.'
  }</span></div>
<div class="clock"><span>${
    next === undefined
      ? 'Next: nothing is planned.'
      : html`Next, in ${lengthText(next.at - clock.now())} (${timeHtml(next.at)}): <bdi>${next.label || 'a timer'}</bdi>`
  }</span></div>
<form class="moves" method="post" action="/clock">
<input type="hidden" name="back" value="${path}">
<button class="first" name="move" value="next"${next === undefined && html` disabled`}>Jump to next</button>
<button name="move" value="hour">+1 hour</button>
<button name="move" value="day">+1 day</button>
<button name="move" value="week">+1 week</button>
<button name="move" value="end" title="Until no handoff is running, at most ${lengthText(longestRun)}">To the end</button>
${
  real
    ? html`<button name="move" value="still">Stop real speed</button>`
    : html`<button name="move" value="real">Run at real speed</button>`
}
</form>`;
}

function saidHtml({ tone, lines }: Said): Html {
  return html`<div class="note ${tone}" role="status">${lines.map((line) => html`<p dir="auto">${line}</p>\n`)}</div>`;
}

export type Tone = 'good' | 'soon' | 'bad' | 'quiet';

/** A word or two in a colored pill. */
export const badge = (text: string, tone: Tone = 'quiet'): Html =>
  html`<span class="badge ${tone}" dir="auto">${text}</span>`;

/** JSON as people read it; text that is no JSON as it is. */
export function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
