import { type EvidenceProblem, type Form, textsOf } from '../domain/fields/evidence.ts';
import type { Arranged } from '../domain/fields/rows.ts';
import { needsWork, type PackageFieldView, type PackageSectionView } from '../domain/step/package-form.ts';
import type { StepView } from '../domain/step/step-view.ts';
import { enterHtml } from './enter.ts';
import { fieldHtml } from './fields.ts';
import { type Content, type Html, html } from './html.ts';
import { packageFieldHtml, packageFormName, questionsHtml, type Redisplay } from './package-field.ts';
import { progressHtml, sectionCountHtml, sectionId } from './package-progress.ts';

/** What of a page its package form is made from. */
type FormHolder = Pick<StepView, 'packageForm' | 'actions' | 'choices' | 'zone' | 'returned'>;

export interface PackageFormOptions {
  /** `nonce` and `round`. */
  readonly hidden: Content;
  readonly path: string;
  readonly problems: readonly EvidenceProblem[];
  /** What was typed last, when it could not be used. */
  readonly typed?: Form | undefined;
  readonly arranged?: Arranged | undefined;
  /** When the draft was saved just now. */
  readonly saved?: string | undefined;
}

/**
 * The package as one form, section by section: what is to be done stands open, the rest is folded away. Everything typed is
 * saved whatever button is pressed, so nothing is lost; the browser insists on nothing, because half an answer is worth saving.
 */
export function packageFormHtml(view: FormHolder, options: PackageFormOptions): Content {
  const form = view.packageForm;
  if (form === undefined) return undefined;
  const exception = view.actions.find(({ id }) => id === 'request-exception');
  const submits = view.choices.filter(({ fields }) => fields.length === 0);
  const again = redisplay(view, options);
  return html`<form class="card" method="post" action="${options.path}" novalidate data-saves="${options.path}/field">
${options.hidden}${enterHtml('save')}
<input type="hidden" name="packageVersion" value="${form.version}">
${progressHtml(form)}
<p class="hint" id="package-as-you-go" hidden>Each answer is saved as you leave its field.</p>
<p class="unseen" id="package-live" role="status"></p>
${form.questions.length > 0 && html`<fieldset class="section"><legend>What was asked</legend>${questionsHtml(form.questions, again, true)}</fieldset>`}
${form.sections.map((section) => sectionHtml(section, again, options))}
<div class="buttons">
${submits.map(({ id, label }) => html`<button name="choice" value="${id}">${label}</button>\n`)}
</div>
${exception !== undefined && exceptionHtml(exception, view, options)}
</form>`;
}

function sectionHtml(section: PackageSectionView, again: Redisplay, options: PackageFormOptions): Html {
  const { id, title, why, fields } = section;
  const isOpen = (field: PackageFieldView) =>
    needsWork(field) ||
    again.arranged?.field === field.name ||
    [field, ...field.questions].some(({ name }) => again.problem(name) !== undefined || again.cells(name).length > 0);
  const open = fields.filter(isOpen);
  const rest = fields.filter((field) => !isOpen(field));
  const save = saveHtml(section, options);
  return html`<fieldset class="section" id="${sectionId(id)}"><legend>${title} ${sectionCountHtml(section)}</legend>
<p class="hint">${why}</p>
${open.map((field) => packageFieldHtml(field, again))}
${open.length > 0 && save}
${
  rest.length > 0 &&
  html`<details><summary>${restTitle(rest, open.length)}</summary>
${rest.map((field) => packageFieldHtml(field, again))}
${open.length === 0 && save}</details>`
}
</fieldset>
`;
}

const restTitle = (rest: readonly PackageFieldView[], open: number): string => {
  if (rest.some(({ isOwed }) => isOwed)) return 'The other answers';
  const isThere = rest.some(({ value }) => value !== '');
  return isThere ? `The answers that are there${open > 0 ? ' already' : ''}` : 'Optional answers';
};

/** Saves the whole draft, and comes back to this section. */
const saveHtml = ({ id }: PackageSectionView, { path, saved }: PackageFormOptions): Html =>
  html`<div class="buttons"><button name="choice" value="save" class="quiet" formaction="${path}#${sectionId(id)}">Save draft</button>${
    saved !== undefined && html`<span class="hint">Saved ${saved}</span>`
  }</div>`;

function exceptionHtml(action: StepView['actions'][number], view: FormHolder, options: PackageFormOptions): Html {
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

const redisplay = ({ returned }: FormHolder, options: PackageFormOptions): Redisplay => ({
  asker: returned?.by ?? 'The reviewer',
  path: options.path,
  typed: (name) => (options.typed && Object.hasOwn(options.typed, name) ? textsOf(options.typed, name) : undefined),
  problem: (name) => problemOf(name, options),
  cells: (name) => options.problems.filter(({ field, at }) => field === name && at),
  arranged: options.arranged,
});

function problemOf(name: string, { problems }: PackageFormOptions): string | undefined {
  const found = problems.filter(({ field, at }) => field === name && !at).map(({ problem }) => problem);
  return found.length === 0 ? undefined : found.join(' ');
}
