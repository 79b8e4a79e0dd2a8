/** A cell of a table as a file holds it: numbers stay numbers, `undefined` leaves it empty. */
export type CsvCell = string | number | undefined;

/** Begins what a spreadsheet would take for a formula. */
const asFormula = /^[=+\-@\t\r\n＝＋－＠]/;

/**
 * A table as a CSV file by RFC 4180, in UTF-8 with the mark by which spreadsheets know it. A text that a spreadsheet would run as a
 * formula stands behind an apostrophe, as such a text may come from a CRM.
 */
export function csvText(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return `\uFEFF${[header, ...rows].map((row) => `${row.map(cellText).join(',')}\r\n`).join('')}`;
}

function cellText(cell: CsvCell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const safe = asFormula.test(cell.trimStart()) || asFormula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n;\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The name of a file: plain letters, digits and hyphens, so that no header and no folder takes it for something else. */
export const csvName = (...parts: readonly string[]): string =>
  `${parts
    .map((part) => part.toLowerCase().replace(/[^a-z0-9]+/g, '-'))
    .join('-')
    .replace(/-+/g, '-')
    .replace(/^-|-$/g, '')}.csv`;
