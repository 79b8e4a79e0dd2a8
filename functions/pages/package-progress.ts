import { needsWork, type PackageFormView, type PackageSectionView } from '../domain/step/package-form.ts';
import { type Html, html } from './html.ts';

export const sectionId = (id: string): string => `section-${id}`;
export const progressId = 'package-progress';
export const sectionCountId = ({ id }: Pick<PackageSectionView, 'id'>): string => `count-${id}`;

/** How far the package is, as a whole and section by section, each a way to its part of the form. */
export function progressHtml({ sections, questions }: PackageFormView): Html {
  const fields = sections.flatMap((section) => section.fields);
  const missing = fields.filter(({ gaps }) => gaps.length > 0).length;
  const asked = questions.length + fields.reduce((sum, field) => sum + field.questions.length, 0);
  const [done, needed] = [sum(sections, 'done'), sum(sections, 'needed')];
  return html`<div id="${progressId}"><h2>${heading(missing, asked)}</h2>
<p>${
    missing > 0
      ? `${done} of ${needed} answers are there. Half an answer is worth saving.`
      : 'Check the answers if you like, then hand over the package.'
  }</p>
${
  sections.length > 1 &&
  html`<ul class="ways">${sections.map(
    (section) => html`<li><a href="#${sectionId(section.id)}">${section.title}</a> ${countHtml(section)}</li>\n`,
  )}</ul>`
}</div>`;
}

function heading(missing: number, asked: number): string {
  if (missing > 0) return `${missing} ${missing === 1 ? 'answer' : 'answers'} to go`;
  return asked > 0 ? 'Nothing else is missing' : 'Nothing is missing';
}

/** '11 of 14' beside the title of a section. */
export const sectionCountHtml = (section: PackageSectionView): Html =>
  html`<span id="${sectionCountId(section)}">${countHtml(section)}</span>`;

function countHtml({ done, needed, fields }: PackageSectionView): Html {
  const isDone = done === needed && !fields.some(needsWork);
  return html`<span class="badge ${isDone ? 'good' : 'soon'}">${needed === 0 ? 'optional' : `${done} of ${needed}`}</span>`;
}

const sum = (sections: readonly PackageSectionView[], what: 'done' | 'needed'): number =>
  sections.reduce((total, section) => total + section[what], 0);
