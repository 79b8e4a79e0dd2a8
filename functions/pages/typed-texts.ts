import type { Fact } from '../domain/handoff/fact.ts';
import { type Content, html, lines } from './html.ts';

/** What somebody sent that is saved nowhere, to be copied. */
export const typedHtml = (typed: readonly Fact[]): Content =>
  typed.length > 0 &&
  html`<section class="card"><h2>What you typed</h2>
<dl>${typed.map(({ label, value }) => html`<dt dir="auto">${label}</dt><dd dir="auto">${lines(value)}</dd>\n`)}</dl></section>`;
