import { isMailAddress } from '../time/formats.ts';
import type { Column } from './columns.ts';
import { isRecord } from './record.ts';

// What an answer is, the schemas of the kinds say, in words for whoever corrects it. They take long to be read and made, and nearly
// every answer that a page reads was read before: one that fits is known without them. What does not fit may still be right.

/** A text that says something, in so many characters at most. */
export const fitsText = (answer: unknown, most: number): answer is string =>
  typeof answer === 'string' && answer !== '' && answer.length <= most;

/** A row whose cells are what their columns say, in any order and no more of them; `own`: of cells that are no text. */
export const fitsColumns =
  <Row>(columns: readonly Column[], own: Readonly<Record<string, (cell: unknown) => boolean>> = {}) =>
  (row: unknown): row is Row =>
    isRecord(row) &&
    Object.keys(row).every((name) => columns.some((column) => column.name === name)) &&
    columns.every((column) => {
      const cell = row[column.name];
      if (!Object.hasOwn(row, column.name)) return column.isOptional === true;
      return own[column.name]?.(cell) ?? fitsColumn(cell, column);
    });

function fitsColumn(cell: unknown, { control, options = [], max }: Column): boolean {
  const isOption = (each: unknown): boolean => options.some(({ value }) => value === each);
  if (control === 'boxes') return Array.isArray(cell) && cell.length > 0 && cell.every(isOption);
  if (control === 'choice') return isOption(cell);
  return control === 'email' ? isMailAddress(cell) : fitsText(cell, max);
}
