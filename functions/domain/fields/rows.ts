import { cellsFor, cellText } from './cells.ts';
import { cleanLine } from './clean-text.ts';
import type { Column } from './columns.ts';
import { type Form, textsOf } from './evidence.ts';
import type { Kind } from './kind.ts';
import { kinds } from './kinds.ts';

// A form may ask for an answer of rows cell by cell. What it sends is put together to the lines of text in which every such
// answer can be typed too, so that whoever reads forms knows one shape only.

/** Under this name a form tells the kind of a field whose cells it asks for. */
export const rowsName = (field: string): string => `rows:${field}`;
export const cellName = (field: string, row: number, column: string): string => `${field}.${row}.${column}`;

/** What tells that there are no rows, on purpose. */
export const noRows = 'none';

/** A line for a row in which nothing stands yet. */
const emptyLine = '|';

/** The columns of a kind whose answers a form asks for row by row. */
const rowsOf = (kind: string): Kind['rows'] => {
  const known = Object.entries(kinds).find(([name]) => name === kind);
  return known?.[1].rows;
};

/** The names of the buttons that bring a form back: with other rows, or with the emails that it would send. */
export const arrangeName = 'arrange';
export const previewName = 'preview';

/** The form with each answer of rows as lines of text under its name, behind those that were pasted there as lines. */
export function rowsAsText(form: Form): Form {
  const marked = Object.keys(form).filter((name) => name.startsWith('rows:'));
  if (marked.length === 0) return form;
  const joined = new Map<string, string>();
  for (const mark of marked) {
    const columns = rowsOf(textsOf(form, mark)[0] ?? '')?.columns;
    if (columns) joined.set(mark.slice('rows:'.length), linesOfForm(form, mark.slice('rows:'.length), columns));
  }
  const isCell = (name: string) => [...joined.keys()].some((field) => cellOf(name, field) !== undefined);
  const others = Object.entries(form).filter(([name]) => !marked.includes(name) && !joined.has(name) && !isCell(name));
  return { ...Object.fromEntries(others), ...Object.fromEntries(joined) };
}

const cellOf = (name: string, field: string): { readonly row: number; readonly column: string } | undefined => {
  const [, row, column] = (name.startsWith(`${field}.`) && /^\.(\d{1,3})\.(\w+)$/.exec(name.slice(field.length))) || [];
  return row === undefined || column === undefined ? undefined : { row: Number(row), column };
};

function linesOfForm(form: Form, field: string, columns: readonly Column[]): string {
  const rows = new Map<number, Map<string, string>>();
  for (const name of Object.keys(form)) {
    const cell = cellOf(name, field);
    if (cell === undefined) continue;
    const cells = rows.get(cell.row) ?? new Map<string, string>();
    rows.set(cell.row, cells.set(cell.column, textsOf(form, name).map(cleanLine).join(', ')));
  }
  const typed = [...rows].sort(([one], [other]) => one - other).map(([, cells]) => lineOf(columns, cells));
  const pasted = textsOf(form, field).flatMap((text) => text.split(/\r\n?|\n/));
  // A line of bars alone is a row of a table that nobody filled in.
  const said = pasted.filter((line) => /[^|\s]/.test(line));
  const isThere = typed.some((line) => line !== emptyLine);
  // Rows that are there say more than a box that says there are none.
  if (!isThere && said.some((line) => line.trim() === noRows)) return said.join('\n');
  const kept = Object.hasOwn(form, arrangeName)
    ? typed
    : typed.slice(0, typed.findLastIndex((line) => line !== emptyLine) + 1);
  return [...kept, ...said.filter((line) => line.trim() !== noRows)].join('\n');
}

function lineOf(columns: readonly Column[], cells: ReadonlyMap<string, string>): string {
  const texts = columns.map(({ name }) => cells.get(name) ?? '');
  if (columns.length === 1) return texts[0] === '' ? emptyLine : (texts[0] ?? '');
  const line = texts
    .slice(0, texts.findLastIndex((text) => text !== '') + 1)
    .map(cellText)
    .join(' | ');
  return line === '' ? emptyLine : line;
}

/** The rows of a text, a cell for each column; none where it says that there are none. */
export function cellsIn(text: string, columns: readonly Column[]): readonly (readonly string[])[] {
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
  return lines.map((line) => {
    if (line.trim() === emptyLine) return columns.map(() => '');
    const cells = columns.length === 1 ? [line] : cellsFor(columns, line);
    return columns.map((_, i) => cells[i] ?? '');
  });
}

/** What somebody does to the rows of a form before they send it. */
export interface Arranged {
  readonly field: string;
  /** The row to go on with, counted from 0; none where there is none left. */
  readonly row?: number;
  /** What happened: 'Person 2 added'. */
  readonly said: string;
}

const doings = ['add', 'remove', 'up', 'down', 'read'] as const;

/** The value of the button that adds a row, takes one out, moves one, or makes rows of what was pasted. */
export const arrangeValue = (doing: (typeof doings)[number], field: string, row = 0): string =>
  `${doing} ${row} ${field}`;

/** The form (as `rowsAsText` makes it) as one of these buttons leaves it; undefined for a button that there isn't. */
export function arrange(form: Form, button: string, kindOf: (field: string) => string | undefined) {
  const [, doing, at, field = ''] = /^(\w+) (\d{1,3}) (.+)$/.exec(button) ?? [];
  const noun = rowsOf(kindOf(field) ?? '')?.noun;
  const known = doings.find((each) => each === doing);
  if (noun === undefined || known === undefined) return undefined;
  const row = Number(at);
  const text = textsOf(form, field).join('\n');
  const lines = text.split('\n').filter((line) => line.trim() !== '' && line.trim() !== noRows);
  const changed = changes[known](lines, row);
  if (changed === undefined) return undefined;
  const { said } = changed;
  const arranged: Arranged = {
    field,
    ...(changed.lines.length > 0 && { row: Math.min(changed.row, changed.lines.length - 1) }),
    said: said(`${noun} ${row + 1}`, `${noun} ${changed.row + 1}`),
  };
  return { form: { ...form, [field]: changed.lines.join('\n') }, arranged };
}

interface Change {
  readonly lines: readonly string[];
  readonly row: number;
  readonly said: (was: string, is: string) => string;
}

const changes: Readonly<
  Record<(typeof doings)[number], (lines: readonly string[], row: number) => Change | undefined>
> = {
  add: (lines) => ({ lines: [...lines, emptyLine], row: lines.length, said: (_, is) => `${is} added` }),
  read: (lines) => ({ lines, row: Math.max(lines.length - 1, 0), said: (_, is) => `Read up to ${is.toLowerCase()}` }),
  remove: (lines, row) =>
    row >= lines.length ? undefined : { lines: lines.toSpliced(row, 1), row, said: (was) => `${was} removed` },
  up: (lines, row) => swapped(lines, row, row - 1),
  down: (lines, row) => swapped(lines, row, row + 1),
};

function swapped(lines: readonly string[], from: number, to: number): Change | undefined {
  const [one, other] = [lines[from], lines[to]];
  if (one === undefined || other === undefined) return undefined;
  const moved = lines.with(from, other).with(to, one);
  return { lines: moved, row: to, said: (was, is) => `${was} is ${is.toLowerCase()} now` };
}
