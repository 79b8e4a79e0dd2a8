import type { PlanView } from '../domain/step/plan-view.ts';
import type { Noted, ReadingOptions } from './brief-page.ts';
import { type Content, type Html, html, lines } from './html.ts';
import { page } from './layout.ts';
import { notesHtml } from './notes.ts';

/** The success plan, on one page when it is printed: what colleagues noted is left out of the print, which customers may see. */
export function planPage({ plan, notes = [] }: Noted & { readonly plan: PlanView }, options: ReadingOptions): string {
  const body = html`<p class="where no-print"><a href="${options.back}">Back to the step</a></p>
<h1 dir="auto">Success plan: ${plan.customer}</h1>
${plan.notes.map((note) => html`<p class="soft no-print" dir="auto">${note}</p>\n`)}
<section class="card plan">${planTextHtml(plan.text)}</section>
${notesHtml(notes, ' no-print')}`;
  return page({ site: options.site, title: `Success plan: ${plan.customer}`, body });
}

/** The text of a plan as people edit it: points under a heading become a list, all else stays as it was typed. */
export function planTextHtml(text: string): Content {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.split('\n').filter((line) => line.trim() !== ''))
    .filter((paragraph) => paragraph.length > 0)
    .map(paragraphHtml);
}

const point = /^\s*[-*•]\s+/;

function paragraphHtml(paragraph: readonly string[]): Html {
  const [first = '', ...rest] = paragraph;
  const list = (points: readonly string[]) =>
    html`<ul>${points.map((each) => html`<li dir="auto">${each.replace(point, '')}</li>\n`)}</ul>\n`;
  if (paragraph.every((line) => point.test(line))) return list(paragraph);
  if (rest.length > 0 && rest.every((line) => point.test(line)))
    return html`<h3 dir="auto">${first}</h3>\n${list(rest)}`;
  return html`<p dir="auto">${lines(paragraph.join('\n'))}</p>\n`;
}
