import { wrongText } from '../domain/deal/gap-text.ts';
import type { EvidenceProblem, Form } from '../domain/fields/evidence.ts';
import { textsOf } from '../domain/fields/evidence.ts';
import { capitalized } from '../domain/fields/words.ts';
import type { PackageFieldView } from '../domain/step/package-form.ts';
import type { StepView } from '../domain/step/step-view.ts';
import { fieldHtml } from './fields.ts';
import { type Content, type Html, html } from './html.ts';
import { returnedFieldsHtml } from './returned-gaps.ts';

export interface PackageFormOptions {
  /** `nonce` and `round`. */
  readonly hidden: Content;
  readonly path: string;
  readonly problems: readonly EvidenceProblem[];
  /** What was typed last, when it could not be used. */
  readonly typed?: Form | undefined;
}

/** The id of the package form, as its fields' ids begin. */
export const packageFormName = 'package';

/**
 * The package as one form: what is missing first, the rest folded away. Everything typed is saved whatever button is pressed,
 * so nothing is lost; the browser insists on nothing, because half an answer is worth saving.
 */
export function packageFormHtml(view: StepView, options: PackageFormOptions): Content {
  const form = view.packageForm;
  if (form === undefined) return undefined;
  const exception = view.actions.find(({ id }) => id === 'request-exception');
  const submits = view.choices.filter(({ fields }) => fields.length === 0);
  const restHasProblems = form.rest.some(({ fields }) => fields.some(({ name }) => problemOf(name, options)));
  const sections = [...new Set(form.missing.map(({ section }) => section))];
  return html`<form class="card" method="post" action="${options.path}" novalidate>
${options.hidden}
<input type="hidden" name="packageVersion" value="${form.version}">
${returnedFieldsHtml({
  returned: form.returned,
  packageField: (field) => packageField(field, options),
  form: packageFormName,
  typed: (name) => typedIn(name, options),
  problem: (name) => problemOf(name, options),
})}
${
  form.missing.length === 0
    ? html`<h2>Nothing ${form.returned.length > 0 && 'else '}is missing</h2><p>Check the answers if you like, then hand over the package.</p>`
    : html`<h2>${form.missing.length} ${form.missing.length === 1 ? 'answer' : 'answers'} to go</h2>`
}
${sections.map(
  (title) =>
    html`<fieldset class="section"><legend>${title}</legend>
${form.missing.filter(({ section }) => section === title).map((field) => packageField(field, options))}</fieldset>\n`,
)}
${
  form.rest.length > 0 &&
  html`<details${restHasProblems && html` open`}><summary>The answers that are there already</summary>
${form.rest.map(
  ({ title, fields }) =>
    html`<fieldset class="section"><legend>${title}</legend>
${fields.map((field) => packageField(field, options))}</fieldset>\n`,
)}</details>`
}
<div class="buttons">
<button name="choice" value="save" class="quiet">Save draft</button>
${submits.map(({ id, label }) => html`<button name="choice" value="${id}">${label}</button>\n`)}
</div>
${exception !== undefined && exceptionHtml(exception, view, options)}
</form>`;
}

function exceptionHtml(action: StepView['actions'][number], view: StepView, options: PackageFormOptions): Html {
  const problems = action.fields.map(({ name }) => problemOf(name, options));
  return html`<details${problems.some((problem) => problem !== undefined) && html` open`}>
<summary>${action.title}</summary>
<p>The reviewer decides whether the handoff goes ahead without what’s missing. What you typed above is saved too.</p>
${action.fields.map((field) =>
  fieldHtml(field, {
    form: packageFormName,
    zone: view.zone,
    typed: options.typed && textsOf(options.typed, field.name),
    problem: problemOf(field.name, options),
    insist: false,
  }),
)}
<button name="choice" value="${action.id}" class="quiet">${action.label}</button>
</details>`;
}

function packageField(field: PackageFieldView, options: PackageFormOptions): Html {
  const { name, gaps } = field;
  const wrong = gaps.filter(({ kind }) => kind === 'wrong').map(wrongText);
  return fieldHtml(field, {
    form: packageFormName,
    zone: 'UTC',
    typed: typedIn(name, options),
    problem: problemOf(name, options) ?? (wrong.length > 0 ? capitalized(wrong.join('; ')) : undefined),
    insist: false,
    halfDone: true,
  });
}

const typedIn = (name: string, { typed }: PackageFormOptions): readonly string[] | undefined =>
  typed && Object.hasOwn(typed, name) ? textsOf(typed, name) : undefined;

function problemOf(name: string, { problems }: PackageFormOptions): string | undefined {
  const found = problems.filter(({ field }) => field === name).map(({ problem }) => problem);
  return found.length === 0 ? undefined : found.join(' ');
}
