import { cleanText } from '../domain/fields/clean-text.ts';
import { writings } from '../domain/fields/package-text.ts';
import type { FieldView } from '../domain/step/step-offers.ts';
import { type Content, type Html, html } from './html.ts';

/** What a field needs to know of the form it stands in. */
export interface InForm {
  /** Tells fields of the same name in different forms apart. */
  readonly form: string;
  /** IANA zone in which times are typed. */
  readonly zone: string;
  /** What was sent under the field's name; the field's own value when nothing was sent yet. */
  readonly typed?: readonly string[] | undefined;
  readonly problem?: string | undefined;
  /** Whether the browser shall insist on an answer too. */
  readonly insist: boolean;
}

/** The id of a field, for labels and for the list of problems. */
export const fieldId = (form: string, name: string): string => `${form}-${name}`.replace(/[^A-Za-z0-9-]/g, '-');

/** A field of evidence with its label, hint and problem. */
export function fieldHtml(field: FieldView, inForm: InForm): Html {
  switch (field.kind) {
    case 'yesNo':
      return optionsHtml(field, inForm, {
        type: 'radio',
        options: [
          { value: 'yes', label: 'Yes' },
          { value: 'no', label: 'No' },
        ],
      });
    case 'score':
      return optionsHtml(field, inForm, {
        type: 'radio',
        options: Array.from({ length: 10 }, (_, i) => ({ value: String(i + 1), label: String(i + 1) })),
      });
    case 'checklist':
      return optionsHtml(field, inForm, {
        type: 'checkbox',
        options: (field.items ?? []).map((label, i) => ({ value: String(i), label })),
      });
    default:
      return labelled(
        { ...field, ...inForm, hints: hintsOf(field, inForm), id: fieldId(inForm.form, field.name) },
        (attributes) => control(field, inForm, attributes),
      );
  }
}

interface Labelled {
  readonly id: string;
  readonly label: string;
  readonly required: boolean;
  readonly hints: readonly string[];
  readonly problem?: string | undefined;
}

/** A label, its hints and its problem around a control, tied together for screen readers. */
export function labelled(
  { id, label, required, hints, problem }: Labelled,
  control: (attributes: Content) => Html,
): Html {
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

/** Markup that drops a line break right behind its start tag needs one more, or the text would lose its own. */
export function textareaHtml(attributes: Content, value: string, rows: number): Html {
  return html`<textarea ${attributes} rows="${rows}" dir="auto">
${cleanText(value)}</textarea>`;
}

function control(field: FieldView, inForm: InForm, described: Content): Html {
  const value = cleanText((inForm.typed ?? [field.value])[0] ?? '');
  const all = inForm.typed === undefined ? value : inForm.typed.join('\n');
  const insist = field.required && inForm.insist && html` required`;
  const attributes = html`${described} name="${field.name}"${insist}`;
  switch (field.kind) {
    case 'longText':
      return textareaHtml(attributes, value, field.suggest === 'introductionText' ? 22 : 5);
    case 'stakeholders':
      return textareaHtml(attributes, value, 8);
    case 'emails':
      return textareaHtml(html`${attributes} autocapitalize="off" spellcheck="false"`, all, field.max === 1 ? 1 : 3);
    case 'customerSuccessManager':
      return html`<select ${attributes}><option value="">Choose …</option>${(field.options ?? []).map(
        (option) =>
          html`<option value="${option.value}"${option.value === value && html` selected`}>${option.label}</option>`,
      )}</select>`;
    case 'pastDateTime':
    case 'futureDateTime':
      return html`<input type="datetime-local" ${attributes} value="${value}">`;
    case 'date':
      return html`<input type="date" ${attributes} value="${value}">`;
    case 'minutes':
      return html`<input type="number" ${attributes} value="${value}" min="${field.min ?? 5}" max="${field.max ?? 480}" inputmode="numeric">`;
    case 'link':
      return html`<input type="url" ${attributes} value="${value}" placeholder="https://">`;
    default:
      return html`<input type="text" ${attributes} value="${value}" dir="auto">`;
  }
}

function hintsOf(field: FieldView, { zone }: InForm): string[] {
  const own = field.hint === undefined ? [] : [field.hint];
  switch (field.kind) {
    case 'pastDateTime':
    case 'futureDateTime':
      return [...own, `In your time zone, ${zone}.`];
    case 'minutes':
      return [...own, `From ${field.min ?? 5} to ${field.max ?? 480}.`];
    case 'emails':
      return [...own, field.max === 1 ? 'One mail address.' : 'One mail address a line.'];
    case 'stakeholders':
      return [...own, `One person a line: ${writings.stakeholders.typed ?? ''}`];
    default:
      return own;
  }
}

interface Options {
  readonly type: 'radio' | 'checkbox';
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

function optionsHtml(field: FieldView, { form, typed, problem, insist }: InForm, { type, options }: Options): Html {
  const id = fieldId(form, field.name);
  const chosen = typed ?? [field.value];
  const hints = field.hint === undefined ? [] : [field.hint];
  const inRow = type === 'radio' && options.length > 2;
  // The first option carries the field's id, so that the list of problems leads to something that takes the focus.
  const boxes = options.map(
    ({ value, label }, i) =>
      html`<label class="option"><input type="${type}" id="${i === 0 ? id : `${id}-${i}`}" name="${field.name}" value="${value}"${
        chosen.includes(value) && html` checked`
      }${field.required && insist && html` required`}> <span dir="auto">${label}</span></label>\n`,
  );
  return html`<fieldset class="field"${described(id, hints, problem)}>
<legend>${field.label}${!field.required && optional}</legend>
${descriptions(id, hints, problem)}
${inRow || (type === 'radio' && options.length === 2) ? html`<div class="row">${boxes}</div>` : boxes}
</fieldset>
`;
}
