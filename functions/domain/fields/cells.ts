import { cleanLine } from './clean-text.ts';
import { isEmpty, shown, tidyLine } from './reading.ts';
import { isRecord } from './record.ts';

// Rows of named cells as lines of text: cells stand between bars. A `|` inside a cell is typed `\|`, a `\` before it `\\`.

type CellChange = (cell: unknown) => unknown;

/** How rows with these columns are read from a line or an object, and written as a line. */
export interface TableRow {
  readonly tidy: (received: unknown) => unknown;
  readonly write: (row: unknown) => string;
}

/**
 * Cells are of one line; `tidyCells` says what else is done to some when they are read, `writeCells` when they are written.
 * Cells that say nothing are left out.
 */
export function tableRow(
  columns: readonly string[],
  tidyCells: Readonly<Record<string, CellChange>> = {},
  writeCells: Readonly<Record<string, CellChange>> = {},
): TableRow {
  return {
    tidy(received) {
      const row =
        typeof received === 'string' ? Object.fromEntries(zip(columns, cellsFor(columns, received))) : received;
      if (!isRecord(row)) return row;
      const tidied = columns.map((column): [string, unknown] => {
        const cell = Array.isArray(row[column]) ? row[column] : tidyLine(row[column]);
        return [column, tidyCells[column] ? tidyCells[column](cell) : cell];
      });
      return Object.fromEntries(tidied.filter(([, cell]) => !isEmpty(cell)));
    },
    write(row) {
      if (!isRecord(row)) return shown(row);
      const texts = columns.map((column) => cellText(writeCells[column]?.(row[column]) ?? row[column]));
      return texts.slice(0, texts.findLastIndex((text) => text !== '') + 1).join(' | ');
    },
  };
}

function zip<A, B>(left: readonly A[], right: readonly B[]): [A, B][] {
  return left.flatMap((item, i): [A, B][] => (right[i] === undefined ? [] : [[item, right[i]]]));
}

/** A cell as it stands in a line. */
export function cellText(cell: unknown): string {
  const text = Array.isArray(cell) ? cell.map(shown).join(', ') : shown(cell);
  return text.replace(/[\\|]/g, '\\$&');
}

/** The cells of a line. Cleaned text holds no control characters, so two of them can stand in for the escaped ones. */
function cellsOf(line: string): string[] {
  return cleanLine(line)
    .replace(/\\([\\|])/g, (_, escaped) => (escaped === '|' ? '\u0001' : '\u0002'))
    .split('|')
    .map((cell) => cell.replaceAll('\u0001', '|').replaceAll('\u0002', '\\').trim());
}

/** The cells of a line for these columns: bars behind the last of them are part of it, so that nothing typed is lost. */
export function cellsFor(columns: readonly unknown[], line: string): string[] {
  const cells = cellsOf(line);
  if (cells.length <= columns.length) return cells;
  const rest = cells.slice(columns.length - 1);
  const last = rest.slice(0, rest.findLastIndex((cell) => cell !== '') + 1).join(' | ');
  return [...cells.slice(0, columns.length - 1), last];
}
