import { raw } from 'hono/html';
import type { SiteFacts } from '../../domain/handoff/site.ts';
import { zoneName } from '../../domain/time/wall-format.ts';
import { type Content, html } from '../html.ts';
import { operationsStyle } from './style.ts';

/** Where operations see handoffs. */
export const operationsPath = '/operations';

export interface OperationsFrame {
  readonly site: SiteFacts;
  /** Of the browser's tab. */
  readonly title: string;
  readonly body: Content;
  /** Style sheets beside the one that every such page has. */
  readonly styles?: readonly string[];
}

export interface OperationsPage {
  readonly status: number;
  readonly html: string;
  /** The style sheets in it, which its policy allows one by one. */
  readonly styles: readonly string[];
}

/** A page for operations: it only shows. No form, no script, and no link on which anything is decided. */
export function operationsPage(status: number, { site, title, body, styles = [] }: OperationsFrame): OperationsPage {
  const sheets = [operationsStyle, ...styles];
  const text = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title} · ${site.name} operations</title>
${sheets.map((each) => html`<style>${raw(each)}</style>\n`)}</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="bar"><div class="wide"><nav aria-label="Operations"><strong><a href="${operationsPath}"><bdi>${site.name}</bdi> <span>operations</span></a></strong><a href="${operationsPath}">Board</a></nav></div></header>
<main id="content" class="wide" tabindex="-1">
${body}
</main>
<footer class="wide small soft"><p>This page only shows. Times are in ${zoneName(site.defaultZone)}, due times in the zone of whoever has the step.</p></footer>
</body>
</html>
`.toString();
  return { status, html: text, styles: sheets };
}
