import { dealsOfTable, type ExportOptions, type ReadExport } from './export-deals.ts';
import { dealsOfJson } from './export-json.ts';
import { parseTable } from './export-table.ts';
import { decodeExport } from './export-text.ts';

/** The deals of an export's bytes, CSV or JSON. Throws UnusableOptions, which names line and column, for what cannot be read. */
export function readExport(bytes: Uint8Array, options: ExportOptions): ReadExport {
  const { name } = options;
  const { text, note } = decodeExport(bytes, name);
  const isJson = /\.json$/i.test(name) || /^\s*[[{]/.test(text);
  const read = isJson ? dealsOfJson(text, options) : dealsOfTable(parseTable(text, name), options);
  return { ...read, notes: [...(note === undefined ? [] : [note]), ...read.notes] };
}
