import { cleanText } from '../domain/fields/clean-text.ts';
import { kinds } from '../domain/fields/kinds.ts';
import { boundsOf } from '../domain/fields/number-kinds.ts';
import { capitalized } from '../domain/fields/words.ts';
import type { FieldView } from '../domain/step/field-view.ts';
import { zoneName } from '../domain/time/wall-format.ts';
import { type Content, type Html, html } from './html.ts';

// The one place that tells kinds of field apart in HTML.

/** What a control needs to know of the form it stands in. */
export interface ControlIn {
  /** IANA zone in which times are typed. */
  readonly zone: string;
  /** What was sent under the field's name; the field's own value when nothing was sent yet. */
  readonly typed?: readonly string[] | undefined;
  /** Whether the browser shall insist on an answer too. */
  readonly insist: boolean;
  /** The form is saved half-done and shown again as typed, so that no control may drop what it cannot understand. */
  readonly halfDone?: boolean;
}

/** What is ticked or clicked, one or several of them; undefined for kinds that are typed or chosen from a list. */
export function boxesOf(field: FieldView): Boxes | undefined {
  switch (field.kind) {
    case 'yesNo':
      return {
        type: 'radio',
        boxes: [
          { value: 'yes', label: 'Yes' },
          { value: 'no', label: 'No' },
        ],
      };
    case 'score': {
      const { min, max } = boundsOf(field);
      return { type: 'radio', boxes: Array.from({ length: max - min + 1 }, (_, i) => numbered(min + i)) };
    }
    case 'checklist':
      return { type: 'checkbox', boxes: (field.items ?? []).map((label, i) => ({ value: String(i), label })) };
    case 'choice':
      return field.asBoxes ? { type: 'radio', boxes: field.options ?? [] } : undefined;
    default:
      return undefined;
  }
}

export interface Boxes {
  readonly type: 'radio' | 'checkbox';
  readonly boxes: readonly { readonly value: string; readonly label: string }[];
}

const numbered = (number: number) => ({ value: String(number), label: String(number) });

/** The control of a field that is typed or chosen from a list. A picker would drop what it cannot show: that stays text. */
export function controlHtml(field: FieldView, { typed, insist, halfDone }: ControlIn, described: Content): Html {
  const texts = typed ?? [field.value];
  const value = cleanText((kinds[field.kind].isList || halfDone ? texts.join('\n') : texts[0]) ?? '');
  const attributes = html`${described} name="${field.name}"${field.required && insist && html` required`}`;
  const line = (type: string, more?: Content) =>
    html`<input type="${halfDone ? 'text' : type}" ${attributes} value="${value}"${halfDone ? html` dir="auto"` : more}>`;
  switch (field.kind) {
    case 'longText':
    case 'list':
    case 'links':
    case 'metrics':
    case 'stakeholders':
    case 'promises':
    case 'gaps':
      return textareaHtml(attributes, value, rowsOf(field, halfDone));
    case 'emails':
      return textareaHtml(html`${attributes} autocapitalize="off" spellcheck="false"`, value, field.max === 1 ? 1 : 3);
    case 'choice':
    case 'person':
      return html`<select ${attributes}><option value="">Select …</option>${optionTags(field, value)}</select>`;
    case 'pastDateTime':
    case 'futureDateTime':
      return line(/^(\d{4}-\d\d-\d\dT\d\d:\d\d.*)?$/.test(value) ? 'datetime-local' : 'text');
    case 'date':
      return line(/^(\d{4}-\d\d-\d\d)?$/.test(value) ? 'date' : 'text');
    case 'number':
    case 'minutes': {
      const { min, max } = boundsOf(field);
      return line('number', html` min="${min}" max="${max}" inputmode="numeric"`);
    }
    case 'link':
      return line('url', html` placeholder="https://"`);
    default:
      return line('text', html` dir="auto"`);
  }
}

function rowsOf(field: FieldView, halfDone: boolean | undefined): number {
  if (field.suggest === 'introductionText' || field.suggest === 'successPlan') return 22;
  if (halfDone) return kinds[field.kind].typed === undefined ? 3 : 5;
  return kinds[field.kind].isList ? 6 : field.required ? 5 : 3;
}

/** A value that is none of the options is kept, so that it can be corrected. */
function optionTags({ options = [] }: FieldView, value: string): Content {
  const isKnown = value === '' || options.some((option) => option.value === value);
  return [...options, ...(isKnown ? [] : [{ value, label: value }])].map(
    (option) =>
      html`<option value="${option.value}"${option.value === value && html` selected`}>${option.label}</option>`,
  );
}

/** Markup that drops a line break right behind its start tag needs one more, or the text would lose its own. */
function textareaHtml(attributes: Content, value: string, rows: number): Html {
  return html`<textarea ${attributes} rows="${rows}" dir="auto">
${value}</textarea>`;
}

/** What a good answer says, and how to type it. */
export function hintsOf(field: FieldView, form: Pick<ControlIn, 'zone' | 'halfDone'>): string[] {
  return [field.hint && capitalized(field.hint), howToType(field, form)].filter((hint) => hint !== undefined);
}

function howToType(field: FieldView, { zone, halfDone }: Pick<ControlIn, 'zone' | 'halfDone'>): string | undefined {
  const { typed, oneLine } = kinds[field.kind];
  switch (field.kind) {
    case 'pastDateTime':
    case 'futureDateTime':
      return halfDone ? 'Like Nov 24, 2026, 3 PM, in UTC' : `In ${zoneName(zone)}.`;
    case 'minutes': {
      const { min, max } = boundsOf(field);
      return `From ${min} to ${max}.`;
    }
    case 'emails':
      return field.max === 1 ? 'One email address.' : 'One email address a line.';
    case 'stakeholders':
      return `One ${halfDone ? '' : 'person '}a line: ${typed}`;
    case 'date':
      return halfDone ? 'Like Nov 24, 2026' : undefined;
    case 'link':
      return halfDone ? `As ${typed}` : undefined;
    default:
      return typed && `${oneLine ? 'As' : 'One a line:'} ${typed}`;
  }
}
