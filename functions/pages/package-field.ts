import type { EvidenceProblem } from '../domain/fields/evidence.ts';
import type { Arranged } from '../domain/fields/rows.ts';
import { capitalized } from '../domain/fields/words.ts';
import type { PackageFieldView, SavedFieldView } from '../domain/step/package-form.ts';
import { keepName, offeredName, shownName } from '../domain/step/package-merge.ts';
import { fieldHtml, fieldId } from './fields.ts';
import { type Content, type Html, html, lines } from './html.ts';

/** The id of the package form, as its fields' ids begin. */
export const packageFormName = 'package';

/** The id of what stands around a field. */
export const partId = (name: string): string => fieldId('part', name);

/** How the form was sent last, where it is shown again. */
export interface Redisplay {
  /** Where the form is sent. */
  readonly path: string;
  readonly typed: (name: string) => readonly string[] | undefined;
  readonly problem: (name: string) => string | undefined;
  /** What is wrong with rows and cells of an answer. */
  readonly cells: (name: string) => readonly EvidenceProblem[];
  /** What somebody has just done to the rows of the form. */
  readonly arranged: Arranged | undefined;
  /** Who returned the package. */
  readonly asker: string;
}

/** A field of the package with what was asked about it. */
export function packageFieldHtml(field: PackageFieldView, again: Redisplay): Html {
  const { name } = field;
  // Between two answers, it is chosen first.
  const gaps = field.rivals ? [] : field.gaps;
  // Once somebody has changed the rows, what was wrong with them before may be about others.
  const wrong = again.arranged?.field === name ? [] : gaps.filter(({ kind }) => kind === 'wrong' || field.value !== '');
  const whole = wrong.filter(({ at }) => at === undefined).map(({ remedy }) => remedy);
  const problem = again.problem(name) ?? (whole.length > 0 ? whole.join('. ') : undefined);
  const ofRows = wrong.flatMap(({ remedy, at }) => (at ? [{ field: name, problem: remedy, at }] : []));
  const told = again.cells(name);
  const cells = told.length > 0 ? told : ofRows;
  const hint = field.isOwed
    ? `${field.hint ?? ''} It’s an open item: whoever brings it is asked apart.`.trim()
    : field.hint;
  const shown = { ...field, ...(hint !== undefined && { hint }) };
  return html`${savedFieldHtml(shown, { ...again, cells: () => cells }, problem)}${questionsHtml(field.questions, again)}`;
}

/** A field with what tells, when it is sent, what was shown; where two people answered it, their answers side by side. */
export function savedFieldHtml(field: SavedFieldView, again: Redisplay, problem = again.problem(field.name)): Html {
  const { name } = field;
  const shown = again.typed(shownName(name))?.[0] ?? field.shown;
  return html`<div id="${partId(name)}" data-part${again.typed(name) !== undefined && html`="typed"`}>${
    field.rivals
      ? rivalsHtml(field, field.rivals, { ...again, rivalProblem: problem })
      : fieldHtml(field, {
          form: packageFormName,
          zone: 'UTC',
          typed: again.typed(name),
          problem,
          cells: again.cells(name),
          arranged: again.arranged,
          insist: false,
          halfDone: true,
        })
  }<input type="hidden" name="${shownName(name)}" value="${field.rivals ? field.shown : shown}"><p class="hint" data-note></p></div>
`;
}

/** What was asked about a field, or about none: a place for the answer under each question. */
export function questionsHtml(questions: readonly SavedFieldView[], again: Redisplay, isAlone = false): Content {
  if (questions.length === 0) return undefined;
  const orElse = isAlone ? '' : ' Changing the answer above will do, too.';
  return html`<div class="asked"><p dir="auto"><strong>${again.asker} asks</strong></p>
${questions.map((question) =>
  savedFieldHtml(
    { ...question, label: capitalized(question.label), hint: `Your answer, or why you can’t give one.${orElse}` },
    again,
  ),
)}</div>
`;
}

/** Both answers, told apart by who gave them and when. */
function rivalsHtml(
  { name, label }: SavedFieldView,
  { offered, options }: NonNullable<SavedFieldView['rivals']>,
  { path, rivalProblem }: Redisplay & { readonly rivalProblem: Content },
): Html {
  const id = fieldId(packageFormName, name);
  const part = partId(name);
  return html`<fieldset class="field rivals" aria-describedby="${id}-problem">
<legend dir="auto">${label}</legend>
<p class="error" id="${id}-problem">${rivalProblem ?? `This has ${offered.length + 1} answers. All are kept: choose one.`}</p>
<div class="sides">${options.map(
    ({ keep, by, text }, i) =>
      html`<label class="option"><input type="radio" id="${i === 0 ? id : `${id}-${i}`}" name="${keepName(name)}" value="${keep}"> <span dir="auto"><strong>${by}</strong><br>${text === '' ? html`<span class="soft">No answer</span>` : lines(text)}</span></label>\n`,
  )}</div>
${offered.map((rival) => html`<input type="hidden" name="${offeredName(name)}" value="${rival}">`)}
<button name="choice" value="save" class="quiet" formaction="${path}#${part}">Keep this answer</button>
</fieldset>
`;
}
