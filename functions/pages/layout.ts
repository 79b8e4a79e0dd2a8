import { raw } from 'hono/html';
import type { SiteFacts } from '../domain/handoff/site.ts';
import { type Content, html } from './html.ts';
import { script } from './script.ts';
import { style } from './style.ts';

export interface PageFrame {
  readonly site: SiteFacts;
  /** Of the browser's tab, in front of the site's name. */
  readonly title: string;
  readonly body: Content;
  readonly foot?: Content;
  /** Whether something stands beside the text where there is room. */
  readonly isWide?: boolean;
  /** Whether it has the one script. */
  readonly isScripted?: boolean;
}

/** A whole HTML page: nothing in it comes from anywhere else. */
export function page({ site, title, body, foot, isWide, isScripted }: PageFrame): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title} · ${site.name}</title>
<style>${raw(style)}</style>
</head>
<body${isWide && html` class="wide"`}>
<a class="skip" href="#content">Skip to the content</a>
<header class="top" dir="auto">${site.name}</header>
<main id="content" tabindex="-1">
${body}
</main>
<footer class="foot">${foot}</footer>
${isScripted && html`<script>${raw(script)}</script>`}
</body>
</html>
`.toString();
}

/** A page that says one thing. */
export function messagePage(input: {
  readonly site: SiteFacts;
  readonly heading: string;
  readonly where?: string | undefined;
  readonly paragraphs: readonly Content[];
  readonly after?: Content;
}): string {
  const body = html`${input.where !== undefined && html`<p class="where" dir="auto">${input.where}</p>`}
<h1 dir="auto">${input.heading}</h1>
<div class="card">
${input.paragraphs.filter((paragraph) => paragraph !== false && paragraph !== undefined).map((paragraph) => html`<p dir="auto">${paragraph}</p>\n`)}
${input.after}
</div>`;
  return page({ site: input.site, title: input.heading, body });
}
