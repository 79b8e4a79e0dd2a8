import type { FieldView } from '../domain/step/field-view.ts';
import { type Boxes, boxesOf, type ControlIn, controlHtml, hintsOf } from './field-control.ts';
import { type Content, type Html, html } from './html.ts';

/** What a field needs to know of the form it stands in. */
export interface InForm extends ControlIn {
  /** Tells fields of the same name in different forms apart. */
  readonly form: string;
  readonly problem?: string | undefined;
}

/** The id of a field, for labels and for the list of problems. */
export const fieldId = (form: string, name: string): string => `${form}-${name}`.replace(/[^A-Za-z0-9-]/g, '-');

/** A field with its label, hints and problem, of evidence and package alike. */
export function fieldHtml(field: FieldView, inForm: InForm): Html {
  const boxes = boxesOf(field);
  const id = fieldId(inForm.form, field.name);
  const hints = hintsOf(field, inForm);
  const about: Labelled = { id, label: field.label, required: field.required, hints, problem: inForm.problem };
  if (boxes !== undefined) return boxesHtml(field, { ...about, ...inForm }, boxes);
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
<legend>${field.label}${!field.required && optional}</legend>
${descriptions(id, hints, problem)}
${inRow ? html`<div class="row">${tags}</div>` : tags}
</fieldset>
`;
}
