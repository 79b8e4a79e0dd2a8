/**
 * Columns of whole numbers from 0 on, as bytes that compress well and are read fast: of each column its length and how many bytes its
 * largest number has, then the lowest byte of all its numbers, then the next one of all, and so on.
 */
export function writeColumns(columns: readonly (readonly number[])[]): Uint8Array {
  const widths = columns.map(widthOf);
  const size = columns.reduce((sum, { length }, i) => sum + headLength + length * (widths[i] ?? 0), 0);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [c, column] of columns.entries()) {
    const width = widths[c] ?? 0;
    view.setUint32(at, column.length);
    bytes[at + 4] = width;
    at += headLength;
    for (const [i, number] of column.entries()) {
      let left = number;
      for (let plane = 0; plane < width; plane += 1) {
        bytes[at + plane * column.length + i] = left % 256;
        left = Math.floor(left / 256);
      }
    }
    at += width * column.length;
  }
  return bytes;
}

/** The columns in these bytes, from `start` on; no more than `most` of them, all when left out. */
export function readColumns(bytes: Uint8Array, start: number, most = Number.POSITIVE_INFINITY): readonly Column[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const columns: Column[] = [];
  let at = start;
  while (at < bytes.length && columns.length < most) {
    const length = view.getUint32(at);
    const width = bytes[at + 4] ?? 0;
    at += headLength;
    columns.push(readColumn(bytes, { at, length, width }));
    at += width * length;
  }
  return columns;
}

/** Numbers of one kind, read by their index. */
export type Column = Float64Array;

/** The length in four bytes, the width in one. */
const headLength = 5;

/** The lowest byte of all, then the next one of all: a loop for each is as fast as it gets. */
function readColumn(
  bytes: Uint8Array,
  { at, length, width }: { readonly at: number; readonly length: number; readonly width: number },
): Column {
  const column = new Float64Array(length);
  if (width > 0) for (let i = 0; i < length; i += 1) column[i] = bytes[at + i] ?? 0;
  let times = 256;
  for (let plane = 1; plane < width; plane += 1) {
    const from = at + plane * length;
    for (let i = 0; i < length; i += 1) column[i] = (column[i] ?? 0) + times * (bytes[from + i] ?? 0);
    times *= 256;
  }
  return column;
}

function widthOf(column: readonly number[]): number {
  let [largest, width] = [0, 0];
  for (const number of column) if (number > largest) largest = number;
  for (; largest > 0; largest = Math.floor(largest / 256)) width += 1;
  return width;
}

/** A number that may be below 0 as one that is not: small ones stay small. */
export const folded = (number: number): number => (number >= 0 ? 2 * number : -2 * number - 1);

/** The same the other way. */
export const unfolded = (number: number): number => (number % 2 === 0 ? number / 2 : -(number + 1) / 2);
