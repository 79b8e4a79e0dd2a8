import { cleanText } from '../domain/fields/clean-text.ts';
import { type EvidenceProblem, type Form, textsOf } from '../domain/fields/evidence.ts';
import type { Kind } from '../domain/fields/kind.ts';
import { kinds } from '../domain/fields/kinds.ts';
import type { Arranged } from '../domain/fields/rows.ts';
import type { FieldPart, FieldView } from '../domain/step/field-view.ts';
import { type Boxes, boxesOf, type ControlIn, controlHtml, hintsOf } from './field-control.ts';
import { type Content, type Html, html } from './html.ts';
import { rowsHtml } from './rows-field.ts';

/** What a field needs to know of the form it stands in. */
export interface InForm extends ControlIn {
  /** Tells fields of the same name in different forms apart. */
  readonly form: string;
  readonly problem?: string | undefined;
  /** What is wrong with rows and cells of the answer. */
  readonly cells?: readonly EvidenceProblem[] | undefined;
  /** What somebody has just done to the rows of the form. */
  readonly arranged?: Arranged | undefined;
  /** Everything that was sent, for fields that are answered in parts; nothing was sent yet when it is left out. */
  readonly sent?: Form | undefined;
}

/** The id of a field, for labels and for the list of problems. */
export const fieldId = (form: string, name: string): string => `${form}-${name}`.replace(/[^A-Za-z0-9-]/g, '-');

/** A field with its label, hints and problem, of evidence and package alike. */
export function fieldHtml(field: FieldView, inForm: InForm): Html {
  const boxes = boxesOf(field);
  const id = fieldId(inForm.form, field.name);
  const { rows } = kinds[field.kind];
  const hints =
    rows && field.parts === undefined ? hintsOf({ ...field, kind: 'longText' }, inForm) : hintsOf(field, inForm);
  const about: Labelled = { id, label: field.label, required: isPlain(field), hints, problem: inForm.problem };
  if (boxes !== undefined) return boxesHtml(field, { ...about, ...inForm }, boxes);
  if (field.parts !== undefined) return inPartsHtml(field, field.parts, { ...about, ...inForm });
  if (rows) return inRowsHtml(field, rows, { ...about, ...inForm });
  return labelled(about, (attributes) => controlHtml(field, inForm, attributes));
}

interface Labelled {
  readonly id: string;
  readonly label: string;
  readonly required: boolean;
  readonly hints: readonly string[];
  readonly problem?: string | undefined;
}

/** A label, its hints and its problem around a control, tied together for screen readers. */
function labelled({ id, label, required, hints, problem }: Labelled, control: (attributes: Content) => Html): Html {
  return html`<div class="field">
<label for="${id}">${label}${!required && optional}</label>
${descriptions(id, hints, problem)}
${control(html`id="${id}"${described(id, hints, problem)}`)}
</div>
`;
}

/** Whether nothing is said of it being optional: it is required, or its hint says what it means to leave it empty. */
const isPlain = ({ required, group }: FieldView): boolean => required || group !== undefined;

const optional = html` <span class="optional">(optional)</span>`;

function descriptions(id: string, hints: readonly string[], problem: string | undefined): Content {
  return [
    hints.length > 0 &&
      html`<p class="hint" id="${id}-hint" dir="auto">${hints.map((hint, i) => (i === 0 ? hint : html`<br>${hint}`))}</p>`,
    problem !== undefined && html`<p class="error" id="${id}-problem" dir="auto">${problem}</p>`,
  ];
}

function described(id: string, hints: readonly string[], problem: string | undefined): Content {
  const ids = [hints.length > 0 && `${id}-hint`, problem !== undefined && `${id}-problem`].filter(
    (each) => each !== false,
  );
  return [
    ids.length > 0 && html` aria-describedby="${ids.join(' ')}"`,
    problem !== undefined && html` aria-invalid="true"`,
  ];
}

/** The rows of an answer, each cell a field of its own. */
function inRowsHtml(
  field: FieldView,
  rows: NonNullable<Kind['rows']>,
  { id, hints, problem, form, typed, cells = [], arranged }: Labelled & InForm,
): Html {
  return html`<fieldset class="field" id="${id}" tabindex="-1"${described(id, hints, problem)}>
<legend>${field.label}${!field.required && optional}</legend>
${descriptions(id, hints, problem)}
${rowsHtml(field, rows, {
  id,
  idOf: (name) => fieldId(form, name),
  typed,
  cells,
  arranged: arranged?.field === field.name ? arranged : undefined,
})}
</fieldset>
`;
}

/** The parts folded away by group, so that a page of many stays short; then a box for what is none of them. */
function inPartsHtml(
  field: FieldView,
  parts: readonly FieldPart[],
  { id, hints, problem, ...inForm }: Labelled & InForm,
): Html {
  const { rows } = kinds[field.kind];
  const groups = [...Map.groupBy(parts, ({ group }) => group)];
  return html`<fieldset class="field" id="${id}" tabindex="-1"${described(id, hints, problem)}>
<legend>${field.label}${!field.required && optional}</legend>
${descriptions(id, hints, problem)}
${groups.map(([title, of]) => {
  const typed = of.map(({ part }) => typedInto(`${field.name}.${part}`, inForm.sent));
  return html`<details${typed.some((text) => text !== '') && html` open`}><summary>${title}</summary>
${of.map((part, i) => partHtml(`${field.name}.${part.part}`, part, { id: fieldId(inForm.form, `${field.name}.${part.part}`), value: typed[i] ?? '' }))}</details>\n`;
})}
${
  rows &&
  html`<h3>Anything else</h3>
${rowsHtml({ ...field, required: false }, rows, {
  id,
  idOf: (name) => fieldId(inForm.form, name),
  typed: inForm.typed,
  cells: inForm.cells ?? [],
  arranged: inForm.arranged?.field === field.name ? inForm.arranged : undefined,
})}`
}
</fieldset>
`;
}

const typedInto = (name: string, sent: Form | undefined): string =>
  sent === undefined ? '' : cleanText(textsOf(sent, name).join(' '));

function partHtml(name: string, { label, now }: FieldPart, { id, value }: { id: string; value: string }): Html {
  return html`<div class="field">
<label for="${id}">${label}</label>
<p class="hint" id="${id}-hint" dir="auto">${now === '' ? 'Nothing is said yet.' : html`Now: ${now}`}</p>
<input type="text" id="${id}" aria-describedby="${id}-hint" name="${name}" value="${value}" placeholder="Your question" dir="auto">
</div>
`;
}

function boxesHtml(
  field: FieldView,
  { id, typed, hints, problem, insist }: Labelled & InForm,
  { type, boxes }: Boxes,
): Html {
  const chosen = typed ?? field.value.split('\n');
  const inRow = type === 'radio';
  // The first box carries the field's id, so that the list of problems leads to something that takes the focus.
  const tags = boxes.map(
    ({ value, label }, i) =>
      html`<label class="option"><input type="${type}" id="${i === 0 ? id : `${id}-${i}`}" name="${field.name}" value="${value}"${
        (chosen.includes(value) || chosen.includes(label)) && html` checked`
      }${field.required && insist && html` required`}> <span dir="auto">${label}</span></label>\n`,
  );
  return html`<fieldset class="field"${described(id, hints, problem)}>
<legend>${field.label}${!isPlain(field) && optional}</legend>
${descriptions(id, hints, problem)}
${inRow ? html`<div class="row">${tags}</div>` : tags}
</fieldset>
`;
}
