import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { Item } from './dynamodb.ts';
import { lengthened, shortened } from './short-texts.ts';

// DynamoDB bills by the byte: a deal of 4.5 KB is 1.7 KB packed, and it is read with every look at its handoff.

/** How packed texts begin, and those that were short; other attributes of bytes begin otherwise. */
const marks = { packed: 1, shortened: 0x80 } as const;

/** The highest but one: a twentieth larger than with the highest, in half the time. */
const params = { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT };

/** How many texts are remembered in each direction, and how long each may be: 12 MB at the very most, usually less than one. */
const most = 100;
const longest = 64 * 1024;
/** The same of short ones, of which every handoff has dozens: half a megabyte. */
const mostShort = 1000;
/** From how many characters on Brotli makes less of a text than a few words known beforehand do. */
const notShort = 1000;

/** Those of `known` that were asked for last stay. */
function remember<T>(known: Map<string, T>, key: string, { value, at = most }: { value: T; at?: number }): T {
  known.delete(key);
  known.set(key, value);
  if (known.size > at) known.delete(known.keys().next().value ?? key);
  return value;
}

/** Packed texts: the same playbook and people are kept again, and packing takes a millisecond for each KB. */
const packed = new Map<string, Uint8Array>();

/** A text as it is kept in few bytes, which nobody may change; `textIn` reads it. */
export function packedText(text: string): Uint8Array {
  const bytes = packed.get(text) ?? Buffer.concat([Buffer.of(marks.packed), brotliCompressSync(text, { params })]);
  return text.length > longest ? bytes : remember(packed, text, { value: bytes });
}

/** The same of a text that says in a few hundred characters what others say, too. */
export const shortText = (text: string): Uint8Array =>
  text.length > notShort ? packedText(text) : Buffer.concat([Buffer.of(marks.shortened), shortened(text)]);

/** A text as packed as another that stands in its place. */
export const packedAs = (kept: Uint8Array, text: string): Uint8Array =>
  kept[0] === marks.shortened ? shortText(text) : packedText(text);

const isPacked = (kept: unknown): kept is Uint8Array =>
  kept instanceof Uint8Array && (kept[0] === marks.packed || kept[0] === marks.shortened);

/** Texts by their packed bytes: the people of the company are read with every look at any handoff, and unpacking takes longest. */
const texts = new Map<string, string>();
const shortTexts = new Map<string, string>();

/** The text of an attribute, packed or as earlier deploys wrote it. */
export function textIn(kept: unknown): string {
  if (!isPacked(kept)) return String(kept);
  const bytes = Buffer.from(kept.buffer, kept.byteOffset, kept.length).toString('latin1');
  if (kept[0] === marks.shortened) {
    const value = shortTexts.get(bytes) ?? lengthened(kept.subarray(1));
    return remember(shortTexts, bytes, { value, at: mostShort });
  }
  const text = texts.get(bytes) ?? brotliDecompressSync(kept.subarray(1)).toString();
  return text.length > longest ? text : remember(texts, bytes, { value: text });
}

/** An item with its packed texts as texts, for who looks for words in it. */
export const withTexts = (item: Item): Item =>
  Object.fromEntries(Object.entries(item).map(([name, kept]) => [name, isPacked(kept) ? textIn(kept) : kept]));
