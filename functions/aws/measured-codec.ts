import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { MeasuredHandoff } from '../domain/reports/measured-handoff.ts';
import { instantOf } from '../domain/time/calendar-instant.ts';
import type { Unfinished } from '../ports/measured.ts';
import { unfinishedInShapeOne, unknownShape, unpackShapeOne } from './measured-shape-one.ts';
import { type Column, readColumns } from './number-columns.ts';
import { packColumns } from './pack-rows.ts';
import { columnsOfStanding, maybe, type RowTexts } from './row-columns.ts';
import { standingOf } from './row-places.ts';
import { unpackColumns } from './unpack-rows.ts';

/** Said by the first byte; whoever changes it reads this one, too. What the first shape wrote begins as gzip does. */
const shape = 2;
const gzip = 0x1f;

/** From 10 on it is a tenth less, in forty times the time. */
const quality = 6;

/** Compresses rows to what one item of the table holds: their texts as JSON, and all else as columns of numbers. */
export function packRows(handoffs: readonly MeasuredHandoff[]): Uint8Array {
  const { columns, ...texts } = packColumns(handoffs);
  const json = Buffer.from(JSON.stringify(texts));
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(json.length);
  const compressed = brotliCompressSync(Buffer.concat([length, json, columns]), {
    params: { [constants.BROTLI_PARAM_QUALITY]: quality },
  });
  return Buffer.concat([Buffer.from([shape]), compressed]);
}

/** Of the JSON's length. */
const lengthBytes = 4;

/** The rows that an item holds. Throws where a later version of this code wrote it. */
export function unpackRows(bytes: Uint8Array): MeasuredHandoff[] {
  if (bytes[0] === gzip) return unpackShapeOne(bytes);
  const { texts, columns } = read(bytes);
  return unpackColumns(texts, columns);
}

/** What an item says of which handoffs are to be measured again, without making rows of all the others. */
export function unfinishedIn(bytes: Uint8Array): Unfinished {
  if (bytes[0] === gzip) return unfinishedInShapeOne(bytes);
  const { texts, columns } = read(bytes, columnsOfStanding);
  const { status, owed, ended, signed } = standingOf(columns);
  const ids: string[] = [];
  const canceled = new Map<string, string>();
  for (const [i, id] of texts.ids.entries()) {
    const stands = texts.texts[status[i] ?? 0];
    const owes = (owed[i] ?? 0) > maybe.itself;
    if (owes || stands === 'open' || stands === 'stalled') ids.push(id);
    else if (stands === 'cancelled') canceled.set(id, instantOf((Number.isNaN(ended[i]) ? signed[i] : ended[i]) ?? 0));
  }
  return { ids, canceled };
}

function read(bytes: Uint8Array, most?: number): { readonly texts: RowTexts; readonly columns: readonly Column[] } {
  if (bytes[0] !== shape) throw unknownShape(bytes[0] ?? 0);
  const all = brotliDecompressSync(bytes.subarray(1));
  const end = lengthBytes + all.readUInt32BE();
  return {
    texts: JSON.parse(all.toString('utf8', lengthBytes, end)) as RowTexts,
    columns: readColumns(all, end, most),
  };
}
