import {
  type PackageFormView,
  type PackageSectionView,
  type QuestionView,
  questionsOfForm,
} from '../domain/step/package-form.ts';
import { type Html, html } from './html.ts';

export const sectionId = (id: string): string => `section-${id}`;
export const progressId = 'package-progress';
export const sectionCountId = ({ id }: Pick<PackageSectionView, 'id'>): string => `count-${id}`;

/** How far the package is, as a whole and section by section, each a way to its part of the form. */
export function progressHtml(form: PackageFormView): Html {
  const { sections } = form;
  const missing = sections.flatMap(({ fields }) => fields).filter(({ gaps }) => gaps.length > 0).length;
  const asked = unanswered(questionsOfForm(form));
  return html`<div id="${progressId}"><h2>${heading(missing + asked)}</h2>
<p>${whatNext(form, missing, asked)}</p>
${
  sections.length > 1 &&
  html`<ul class="ways">${sections.map(
    (section) => html`<li><a href="#${sectionId(section.id)}">${section.title}</a> ${countHtml(section)}</li>\n`,
  )}</ul>`
}</div>`;
}

const unanswered = (questions: readonly QuestionView[]): number =>
  questions.filter(({ isAnswered }) => !isAnswered).length;

const heading = (open: number): string =>
  open === 0 ? 'Nothing is missing' : `${open} ${open === 1 ? 'answer' : 'answers'} to go`;

function whatNext({ sections, isDraft }: PackageFormView, missing: number, asked: number): string {
  if (isDraft && missing === 0) return 'It’s ready for when the deal is signed.';
  if (missing > 0) {
    const needed = sum(sections, 'needed');
    return `${sum(sections, 'done')} of ${needed} ${needed === 1 ? 'answer is' : 'answers are'} there. Half an answer is worth saving.`;
  }
  return asked > 0
    ? 'Answer what was asked, then hand over the package.'
    : 'Check the answers if you like, then hand over the package.';
}

/** '11 of 14' beside the title of a section. */
export const sectionCountHtml = (section: PackageSectionView): Html =>
  html`<span id="${sectionCountId(section)}">${countHtml(section)}</span>`;

function countHtml({ done, needed, fields }: PackageSectionView): Html {
  const asked = unanswered(fields.flatMap(({ questions }) => questions));
  const isDone = done === needed && asked === 0 && fields.every(({ rivals }) => rivals === undefined);
  const count = needed === 0 ? 'optional' : `${done} of ${needed}`;
  return html`<span class="badge ${isDone ? 'good' : 'soon'}">${done === needed && asked > 0 ? `${asked} to answer` : count}</span>`;
}

const sum = (sections: readonly PackageSectionView[], what: 'done' | 'needed'): number =>
  sections.reduce((total, section) => total + section[what], 0);
