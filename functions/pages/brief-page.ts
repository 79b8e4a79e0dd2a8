import { cleanText } from '../domain/fields/clean-text.ts';
import type { Brief, BriefLine } from '../domain/handoff/brief.ts';
import type { NoteView } from '../domain/handoff/notes.ts';
import type { SiteFacts } from '../domain/handoff/site.ts';
import { type Content, type Html, html, lines } from './html.ts';
import { page } from './layout.ts';
import { notesHtml } from './notes.ts';

/** What the pages behind a step's page need beside what they show. */
export interface ReadingOptions {
  readonly site: SiteFacts;
  /** The path of the step's page. */
  readonly back: string;
}

/** What colleagues noted about the handoff. */
export interface Noted {
  readonly notes?: readonly NoteView[];
}

/** The brief, with what colleagues noted about the handoff. */
export function briefPage({ brief, notes = [] }: Noted & { readonly brief: Brief }, options: ReadingOptions): string {
  const body = html`<p class="where no-print"><a href="${options.back}">Back to the step</a></p>
${briefArticle(brief)}
${notesHtml(notes, ' no-print')}`;
  return page({ site: options.site, title: brief.title, body });
}

/** The brief itself; without its title on a page that has one of its own. */
export function briefArticle({ title, subtitle, facts, sections, gaps }: Brief, isTitled = true): Html {
  const missing = new Set(gaps.map(({ path }) => path)).size;
  return html`<article class="brief">
${isTitled && html`<h1 dir="auto">${title}</h1>\n<p class="soft" dir="auto">${subtitle}</p>`}
${
  missing > 0 &&
  html`<div class="note soon"><p>${missing} ${missing === 1 ? 'answer is' : 'answers are'} missing or wrong; they are marked below.</p></div>`
}
<section class="card" aria-label="In short"><dl>
${facts.map(({ label, value, missing: isMissing }) => line({ label, text: value, ...(isMissing ? { missing: isMissing } : {}) }))}</dl></section>
<div class="sections">
${sections.map(
  ({ heading, lines: each }) => html`<section class="card"><h2 dir="auto">${heading}</h2>
<dl>${each.map(line)}</dl></section>\n`,
)}
</div>
</article>`;
}

function line({ label, text, missing, url }: Omit<BriefLine, 'path'>): Html {
  const said: Content = lines(cleanText(text));
  const linked = url === undefined ? said : html`<a href="${url}" rel="noreferrer noopener">${said}</a>`;
  return html`<dt>${label}</dt><dd dir="auto"${missing === true && html` class="missing"`}>${linked}</dd>\n`;
}
