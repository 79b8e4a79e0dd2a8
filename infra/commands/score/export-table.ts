import { CsvError, parse } from 'csv-parse/sync';
import { excerpt } from '../../../functions/domain/fields/clean-text.ts';
import { UnusableOptions } from '../deployment.ts';

/** A row of an export, a cell for each column. */
export interface ExportRow {
  /** Where it begins, for people: 'line 4'. */
  readonly place: string;
  readonly cells: readonly string[];
}

export interface ExportTable {
  /** Where the header stands, for people: 'line 1'; absent of objects, which name their members themselves. */
  readonly headerAt?: string;
  readonly header: readonly string[];
  /** Without those in which nothing stands. */
  readonly rows: readonly ExportRow[];
}

/** Most problems told at once. */
const mostProblems = 10;

/**
 * Reads CSV whose first row is a header: separated by commas, semicolons, tabs or bars (what the header has most of), with cells of
 * several lines in quotes. Throws UnusableOptions that names line and column of what cannot be read.
 */
export function parseTable(csv: string, name: string): ExportTable {
  const { text, delimiter, skipped } = separated(csv);
  const [header, ...rows] = recordsIn(text, { delimiter, skipped, name });
  if (header === undefined) throw new UnusableOptions(`${name} has no header row.`);
  const names = header.cells.map((cell) => cell.trim());
  const uneven = rows.filter(({ cells }) => cells.length !== names.length);
  if (uneven.length > 0) throw new UnusableOptions(unevenRows(uneven, { names, delimiter, name }));
  return { headerAt: header.place, header: names, rows };
}

const separators = [',', ';', '\t', '|'] as const;

/** Excel writes, and reads, a first line that names the separator. */
const namedSeparator = /^sep=(.)\r?\n/i;

function separated(csv: string): { readonly text: string; readonly delimiter: string; readonly skipped: number } {
  const [line, named] = namedSeparator.exec(csv) ?? [];
  if (line !== undefined && named !== undefined) return { text: csv.slice(line.length), delimiter: named, skipped: 1 };
  const header = /[^\r\n]+/.exec(csv)?.[0].replace(/"[^"]*"/g, '') ?? '';
  const counts = separators.map((separator) => header.split(separator).length);
  return { text: csv, delimiter: separators[counts.indexOf(Math.max(...counts))] ?? ',', skipped: 0 };
}

interface Reading {
  readonly delimiter: string;
  /** Lines before the text. */
  readonly skipped: number;
  readonly name: string;
}

function recordsIn(text: string, { delimiter, skipped, name }: Reading): readonly ExportRow[] {
  const rows: ExportRow[] = [];
  let [lines, emptyLines] = [0, 0];
  try {
    parse(text, {
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (cells: string[], info) => {
        const begins = lines + 1 + (info.empty_lines - emptyLines);
        [lines, emptyLines] = [info.lines, info.empty_lines];
        if (cells.some((cell) => cell.trim() !== '')) rows.push({ place: `line ${begins + skipped}`, cells });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const began = lines + 1 + skipped;
    throw new UnusableOptions(`${name}: ${quoteProblem(error, { rows, began, skipped })}`);
  }
  return rows;
}

function quoteProblem(
  error: CsvError,
  { rows, began, skipped }: { readonly rows: readonly ExportRow[]; readonly began: number; readonly skipped: number },
): string {
  const found = typeof error['column'] === 'number' ? error['column'] : 0;
  const title = rows[0]?.cells[found];
  const column = `column ${found + 1}${title ? ` (${excerpt(title, 40)})` : ''}`;
  const line = (typeof error['lines'] === 'number' ? error['lines'] : 0) + skipped;
  if (error.code === 'CSV_QUOTE_NOT_CLOSED')
    return `the row that begins in line ${began} opens a quote in ${column} that nothing closes. Close it, or write "" for a quote inside a cell.`;
  return `line ${line}, ${column}: there is a quote inside the cell. Put the cell in quotes and write "" for each quote inside it.`;
}

function unevenRows(
  uneven: readonly ExportRow[],
  { names, delimiter, name }: { readonly names: readonly string[]; readonly delimiter: string; readonly name: string },
): string {
  const said = uneven.slice(0, mostProblems).map(({ place, cells }) => {
    const over = cells.length > names.length;
    const what = over
      ? `column ${names.length + 1} has no header: "${excerpt(cells[names.length] ?? '', 40)}"`
      : `column ${cells.length + 1} (${excerpt(names[cells.length] ?? '', 40)}) and what follows is not there`;
    return `  ${place}: ${cells.length} ${cells.length === 1 ? 'cell' : 'cells'} where the header has ${names.length}; ${what}.`;
  });
  const more = uneven.length - said.length;
  return [
    `${name} cannot be read: ${uneven.length === 1 ? '1 row does' : `${uneven.length} rows do`} not fit the header.`,
    ...said,
    ...(more > 0 ? [`  and ${more} more.`] : []),
    `Cells are separated by ${separatorNames[delimiter] ?? `"${delimiter}"`} here; a cell that holds one needs quotes around it.`,
  ].join('\n');
}

const separatorNames: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
};
