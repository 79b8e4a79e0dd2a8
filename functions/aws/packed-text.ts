import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { Item } from './dynamodb.ts';

// DynamoDB bills by the byte: a deal of 4.5 KB is 1.7 KB packed, and it is read with every look at its handoff.

/** How packed texts begin; other attributes of bytes begin otherwise. */
const mark = 1;

/** The highest but one: a twentieth larger than with the highest, in half the time. */
const params = { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT };

/** How many texts are remembered in each direction, and how long each may be: 12 MB at the very most, usually less than one. */
const most = 100;
const longest = 64 * 1024;

/** Those of `known` that were asked for last stay. */
function remember<T>(known: Map<string, T>, key: string, value: T): T {
  known.delete(key);
  known.set(key, value);
  if (known.size > most) known.delete(known.keys().next().value ?? key);
  return value;
}

/** Packed texts: the same playbook and people are kept again, and packing takes a millisecond for each KB. */
const packed = new Map<string, Uint8Array>();

/** A text as it is kept in few bytes, which nobody may change; `textIn` reads it. */
export function packedText(text: string): Uint8Array {
  const bytes = packed.get(text) ?? Buffer.concat([Buffer.of(mark), brotliCompressSync(text, { params })]);
  return text.length > longest ? bytes : remember(packed, text, bytes);
}

const isPacked = (kept: unknown): kept is Uint8Array => kept instanceof Uint8Array && kept[0] === mark;

/** Texts by their packed bytes: the people of the company are read with every look at any handoff, and unpacking takes longest. */
const texts = new Map<string, string>();

/** The text of an attribute, packed or as earlier deploys wrote it. */
export function textIn(kept: unknown): string {
  if (!isPacked(kept)) return String(kept);
  const bytes = Buffer.from(kept.buffer, kept.byteOffset, kept.length).toString('latin1');
  const text = texts.get(bytes) ?? brotliDecompressSync(kept.subarray(1)).toString();
  return text.length > longest ? text : remember(texts, bytes, text);
}

/** An item with its packed texts as texts, for who looks for words in it. */
export const withTexts = (item: Item): Item =>
  Object.fromEntries(Object.entries(item).map(([name, kept]) => [name, isPacked(kept) ? textIn(kept) : kept]));
