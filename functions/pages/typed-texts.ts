import type { Fact } from '../domain/handoff/fact.ts';
import type { TypedText } from '../domain/step/typed-texts.ts';
import { type Content, html, lines } from './html.ts';

/** What somebody sent that is saved nowhere, to be copied. */
export const typedHtml = (typed: readonly Fact[]): Content =>
  typed.length > 0 &&
  html`<section class="card"><h2>What you typed</h2>
<dl>${typed.map(({ label, value }) => html`<dt dir="auto">${label}</dt><dd dir="auto">${lines(value)}</dd>\n`)}</dl></section>`;

/** The same, each beside what stands in its place now. */
export const bothHtml = (typed: readonly TypedText[]): Content =>
  typed.length > 0 &&
  html`<section class="both"><h2>Yours, and how it stands now</h2>
${typed.map(
  ({ label, value, now }) => html`<h3 dir="auto">${label}</h3>
<div class="sides"><div class="note soon"><p class="hint">Yours, not saved</p><p dir="auto">${lines(value)}</p></div>
<div class="note"><p class="hint">Now</p><p dir="auto">${now === undefined ? html`<span class="soft">Nothing yet</span>` : lines(now)}</p></div></div>\n`,
)}</section>`;
