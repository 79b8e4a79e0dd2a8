import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openTable } from '../../../functions/aws/dynamodb.ts';
import { packedText, textIn, withTexts } from '../../../functions/aws/packed-text.ts';
import { dealEvent } from '../../support/deals.ts';
import { openSystem } from '../../support/world.ts';

describe('a packed text', () => {
  it.each(['', '{}', 'Söylediği gibi 🎉', JSON.stringify(dealEvent().detail), 'x'.repeat(300_000)])(
    'is read as it was, however long: %#',
    (text) => {
      expect(textIn(packedText(text))).toBe(text);
      expect(textIn(text)).toBe(text);
    },
  );

  it('is read as it was from other bytes that say the same, and after more others than are remembered', () => {
    const texts = Array.from({ length: 500 }, (_, i) => `text ${i}`);
    const packed = texts.map(packedText);
    expect(packed.map((bytes) => textIn(Buffer.concat([Buffer.from('before'), bytes]).subarray(6)))).toEqual(texts);
    expect(texts.map((text) => textIn(packedText(text)))).toEqual(texts);
    expect(packed.map(textIn)).toEqual(texts);
  });

  it('is less than half of what a deal is', () => {
    const text = JSON.stringify(dealEvent().detail);
    expect(packedText(text).length).toBeLessThan(Buffer.byteLength(text) / 2);
  });

  it('is read from the table as from memory, and told from other bytes', async () => {
    const { clients } = await openSystem({ roster: [] });
    const table = openTable(clients.dynamodb, 'handoff');
    const facts = new Uint8Array(gzipSync('[]'));
    await table.put({ pk: 'A', sk: 'B', said: packedText('{"a":1}'), facts, plain: 'text', version: 2 });
    const item = (await table.get({ pk: 'A', sk: 'B' })) ?? {};
    expect(withTexts(item)).toEqual({ pk: 'A', sk: 'B', said: '{"a":1}', facts, plain: 'text', version: 2 });
  });
});
