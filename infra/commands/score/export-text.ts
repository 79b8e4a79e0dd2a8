import { UnusableOptions } from '../deployment.ts';

/** A larger file is no list of deals. */
const largest = 100_000_000;

/** What other programs' files begin with, and what to do about them. */
const foreign: readonly (readonly [begin: readonly number[], what: string])[] = [
  [
    [0x50, 0x4b, 0x03, 0x04],
    'is an Excel workbook or an archive, not a CSV or JSON file. Open it and save it as CSV (UTF-8).',
  ],
  [[0xd0, 0xcf, 0x11, 0xe0], 'is an old Excel workbook, not a CSV or JSON file. Open it and save it as CSV (UTF-8).'],
  [[0x25, 0x50, 0x44, 0x46], 'is a PDF. Export the deals as CSV.'],
];

/** The text of an export, without a byte order mark, and how it was read if not as UTF-8. */
export interface ExportText {
  readonly text: string;
  readonly note?: string;
}

/**
 * Decodes an export: UTF-8, UTF-16 with a byte order mark (as Excel writes "Unicode text"), else Windows-1252 (as Excel writes plain
 * CSV in Western Europe). `name`: the file's, for errors. Throws UnusableOptions for what is no text.
 */
export function decodeExport(bytes: Uint8Array, name: string): ExportText {
  if (bytes.length > largest) throw new UnusableOptions(`${name} is larger than 100 MB. Export fewer deals.`);
  const other = foreign.find(([begin]) => begin.every((byte, i) => bytes[i] === byte));
  if (other) throw new UnusableOptions(`${name} ${other[1]}`);
  const text = decoded(bytes);
  if (text.text.trim() === '') throw new UnusableOptions(`${name} is empty. Export the deals with a header row.`);
  if (text.text.includes('\0'))
    throw new UnusableOptions(`${name} is no text. Export the deals as CSV (UTF-8) or JSON.`);
  return text;
}

function decoded(bytes: Uint8Array): ExportText {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined;
  if (encoding) return { text: new TextDecoder(encoding).decode(bytes) };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return {
      text: new TextDecoder('windows-1252').decode(bytes),
      note: 'The file is not UTF-8; it was read as Windows-1252. If letters look wrong, save it as UTF-8.',
    };
  }
}
