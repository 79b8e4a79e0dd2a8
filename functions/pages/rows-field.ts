import { cleanText } from '../domain/fields/clean-text.ts';
import type { Column } from '../domain/fields/columns.ts';
import type { EvidenceProblem } from '../domain/fields/evidence.ts';
import type { Kind } from '../domain/fields/kind.ts';
import { kinds } from '../domain/fields/kinds.ts';
import {
  type Arranged,
  arrangeName,
  arrangeValue,
  cellName,
  cellsIn,
  noRows,
  rowsName,
} from '../domain/fields/rows.ts';
import type { FieldView } from '../domain/step/field-view.ts';
import { type Content, type Html, html } from './html.ts';

/** A field whose answer is rows, in its form. */
export interface RowsInForm {
  readonly id: string;
  /** The id of a cell, or of a row, by its name. */
  readonly idOf: (name: string) => string;
  readonly typed?: readonly string[] | undefined;
  /** What is wrong with rows and cells. */
  readonly cells: readonly EvidenceProblem[];
  /** What somebody has just done to the rows. */
  readonly arranged?: Arranged | undefined;
}

type Rows = NonNullable<Kind['rows']>;

/**
 * The rows with their cells, a button for everything that can be done to them, and a place to paste several at once. Every
 * button sends the form and brings it back as it was typed, so that it works without a script.
 */
export function rowsHtml(field: FieldView, rows: Rows, inForm: RowsInForm): Html {
  const { name, kind, orNone } = field;
  const { id, arranged, typed } = inForm;
  const { noun, columns } = rows;
  const text = cleanText(typed?.join('\n') ?? field.value);
  const isNone = orNone === true && text.trim() === noRows;
  const known = isNone ? [] : cellsIn(tidy(text, kind), columns);
  const shown = known.length > 0 || isNone ? known : [columns.map(() => '')];
  const one = noun.toLowerCase();
  return html`<input type="hidden" name="${rowsName(name)}" value="${kind}"${field.required && html` data-required`}>
${shown.map((cells, i) => rowHtml(field, rows, { ...inForm, cells, at: i, count: shown.length, problems: inForm.cells }))}
${arranged && html`<p class="hint" role="status">${arranged.said}. Nothing is saved or decided yet.</p>`}
<div class="buttons"><button name="${arrangeName}" value="${arrangeValue('add', name)}" class="quiet" formnovalidate>Add ${shown.length === 0 ? article(one) : `another ${one}`}</button></div>
${
  orNone &&
  html`<label class="option"><input type="checkbox" name="${name}" value="${noRows}"${isNone && html` checked`}> <span>There are none</span></label>\n`
}
<details><summary>Paste several at once</summary>
<div class="field"><label for="${id}-lines">One ${one} a line</label>
${kinds[kind].typed !== undefined && html`<p class="hint" id="${id}-lines-hint">${kinds[kind].typed}</p>`}
<textarea id="${id}-lines" name="${name}"${kinds[kind].typed !== undefined && html` aria-describedby="${id}-lines-hint"`} rows="4" dir="auto"></textarea></div>
<button name="${arrangeName}" value="${arrangeValue('read', name)}" class="quiet" formnovalidate>Put them in rows</button>
</details>`;
}

const article = (one: string): string => `${/^[aeiou]/.test(one) ? 'an' : 'a'} ${one}`;

/** Each line in the spelling of the kind, as far as its meaning is plain: 'Technical contact' as the role that it is. */
function tidy(text: string, kind: FieldView['kind']): string {
  const lines = text.split('\n');
  return lines.map((line) => (line.trim() === '|' ? line : kinds[kind].write([line], 'UTC') || line)).join('\n');
}

interface RowAt extends Omit<RowsInForm, 'cells'> {
  readonly cells: readonly string[];
  readonly at: number;
  readonly count: number;
  readonly problems: readonly EvidenceProblem[];
}

function rowHtml({ name }: FieldView, { noun, columns }: Rows, row: RowAt): Html {
  const { at, count, arranged, idOf, problems } = row;
  const which = `${noun} ${at + 1}`;
  const id = idOf(`${name}.${at}`);
  const own = problems.find((problem) => problem.at?.row === at && problem.at.column === undefined)?.problem;
  const isNext = arranged !== undefined && (arranged.row ?? 0) === at;
  const doing = (what: 'up' | 'down' | 'remove', label: string) =>
    html`<button name="${arrangeName}" value="${arrangeValue(what, name, at)}" class="small quiet" formnovalidate>${label}<span class="unseen"> ${which.toLowerCase()}</span></button>\n`;
  return html`<fieldset class="rows" id="${id}" tabindex="-1"${own !== undefined && html` aria-describedby="${id}-problem"`}>
<legend>${which}</legend>
${own !== undefined && html`<p class="error" id="${id}-problem" dir="auto">${own}</p>`}
<div class="cells">${columns.map((column, i) =>
    cellHtml(column, {
      id: idOf(cellName(name, at, column.name)),
      name: cellName(name, at, column.name),
      which,
      value: row.cells[i] ?? '',
      problem: problems.find((each) => each.at?.row === at && each.at.column === column.name)?.problem,
      autofocus: isNext && i === 0,
    }),
  )}</div>
<div class="buttons">${at > 0 && doing('up', 'Move up')}${at + 1 < count && doing('down', 'Move down')}${(count > 1 || row.cells.some((text) => text !== '')) && doing('remove', 'Remove')}</div>
</fieldset>
`;
}

interface CellAt {
  readonly id: string;
  readonly name: string;
  /** 'Person 2'. */
  readonly which: string;
  readonly value: string;
  readonly problem: string | undefined;
  readonly autofocus: boolean;
}

function cellHtml(column: Column, cell: CellAt): Html {
  const { id, name, which, value, problem, autofocus } = cell;
  const error = problem !== undefined && html`<p class="error" id="${id}-problem" dir="auto">${problem}</p>`;
  const described: Content = [
    problem !== undefined && html` aria-describedby="${id}-problem" aria-invalid="true"`,
    autofocus && html` autofocus`,
  ];
  const unseen = html`<span class="unseen">${which}: </span>`;
  const optional = column.isOptional && html` <span class="optional">(optional)</span>`;
  if (column.control === 'boxes') {
    const ticked = value.split(',').map((each) => each.trim());
    const options = [...(column.options ?? []), ...unknown(ticked, column)];
    return html`<fieldset class="field wide" id="${id}" tabindex="-1"${described}><legend>${unseen}${column.label}</legend>${error}
<div class="row">${options.map((option) => html`<label class="option"><input type="checkbox" name="${name}" value="${option.value}"${ticked.includes(option.value) && html` checked`}> <span dir="auto">${option.label}</span></label>\n`)}</div></fieldset>\n`;
  }
  return html`<div class="field${column.control === 'lines' && ' wide'}"><label for="${id}">${unseen}${column.label}${optional}</label>
${error}${controlHtml(column, html` id="${id}" name="${name}"${described}`, value)}</div>
`;
}

const unknown = (typed: readonly string[], { options = [] }: Column) =>
  typed
    .filter((each) => each !== '' && options.every(({ value }) => value !== each))
    .map((each) => ({ value: each, label: each }));

function controlHtml(column: Column, attributes: Content, value: string): Html {
  switch (column.control) {
    case 'choice': {
      const options = [{ value: '', label: 'Select' }, ...(column.options ?? []), ...unknown([value], column)];
      return html`<select${attributes}>${options.map((option) => html`<option value="${option.value}"${option.value === value && html` selected`}>${option.label}</option>`)}</select>`;
    }
    case 'lines':
      return html`<textarea${attributes} rows="2" dir="auto">
${value}</textarea>`;
    case 'email':
      return html`<input type="text" inputmode="email" autocapitalize="off" spellcheck="false"${attributes} value="${value}" dir="auto">`;
    default:
      return html`<input type="text"${attributes} value="${value}" dir="auto">`;
  }
}
