import type { BriefLine } from '../../domain/handoff/brief.ts';
import type { HandoffRecord } from '../../domain/handoff/handoff.ts';
import { briefOf } from '../../domain/handoff/handoff-package.ts';
import type { People } from '../../domain/people/people.ts';
import { type Html, html, lines } from '../html.ts';

/** The brief as whoever takes the customer reads it. */
export function briefView(record: HandoffRecord, people: People): Html {
  const { title, subtitle, facts, sections, gaps } = briefOf(record, people);
  const missing = new Set(gaps.map(({ path }) => path)).size;
  return html`<section class="card"><h2 dir="auto">${title}</h2><p class="soft" dir="auto">${subtitle}</p>
${missing > 0 && html`<p class="note soon">${missing} ${missing === 1 ? 'answer is' : 'answers are'} missing or wrong.</p>`}
<dl>${facts.map(({ label, value, missing: isMissing }) => row({ label, text: value, ...(isMissing && { missing: true }) }))}</dl></section>
${sections.map(({ heading, lines: each }) => html`<section class="card"><h2 dir="auto">${heading}</h2><dl>${each.map(row)}</dl></section>\n`)}`;
}

const row = ({ label, text, missing }: Pick<BriefLine, 'label' | 'text'> & { readonly missing?: boolean }): Html =>
  html`<dt>${label}</dt><dd dir="auto"${missing === true && html` class="warned"`}>${lines(text)}</dd>\n`;
