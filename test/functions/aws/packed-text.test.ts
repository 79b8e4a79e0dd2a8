import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openTable } from '../../../functions/aws/dynamodb.ts';
import { packedAs, packedText, shortText, textIn, withTexts } from '../../../functions/aws/packed-text.ts';
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

  it.each(['', '{}', 'Söylediği gibi 🎉', 'x'.repeat(999), 'é'.repeat(1001), JSON.stringify(dealEvent().detail)])(
    'is read as it was where it was short, or not: %#',
    (text) => {
      const short = shortText(text);
      for (let times = 0; times < 2; times += 1) expect(textIn(short)).toBe(text);
      expect(packedAs(short, text)).toEqual(short);
      expect(packedAs(packedText(text), text)).toEqual(packedText(text));
    },
  );

  it('that was short is less than a third, where it says what others do', () => {
    const text = JSON.stringify({
      askedAt: '2027-03-09T13:00:00Z',
      dueAt: '2027-03-11T13:00:00Z',
      because: 'due Thu, Mar 11, 8 AM New York time: 48 h after Tue, Mar 9, 8 AM (closed won)',
      askSaid: { at: '2027-03-09T13:00:00.000Z', from: 'page' },
    });
    expect(shortText(text).length).toBeLessThan(text.length / 3);
  });

  it('that was short is read for ever by the words it was written with', () => {
    // Written by the first code that shortened texts: whoever changes its words breaks what stands in tables.
    const written = 'gCPCo5DYUnJMTk4tKFGAZnClWgA=';
    expect(textIn(Buffer.from(written, 'base64'))).toBe('{"askedAt":"2026-11-17T08:30:00Z","said":"Accept handoff"}');
  });

  it('is less than half of what a deal is', () => {
    const text = JSON.stringify(dealEvent().detail);
    expect(packedText(text).length).toBeLessThan(Buffer.byteLength(text) / 2);
  });

  it('is read from the table as from memory, and told from other bytes', async () => {
    const { clients } = await openSystem({ roster: [] });
    const table = openTable(clients.dynamodb, 'handoff');
    const facts = new Uint8Array(gzipSync('[]'));
    const rest = { facts, plain: 'text', version: 2 };
    await table.put({ pk: 'A', sk: 'B', said: packedText('{"a":1}'), asked: shortText('{"b":2}'), ...rest });
    const item = (await table.get({ pk: 'A', sk: 'B' })) ?? {};
    expect(withTexts(item)).toEqual({ pk: 'A', sk: 'B', said: '{"a":1}', asked: '{"b":2}', ...rest });
  });
});
