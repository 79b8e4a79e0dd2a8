import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Item,
  itemBytes,
  readUnits,
  refusedWriteUnits,
  type TableShape,
  writeUnits,
} from '../../../infra/account/dynamodb/capacity.ts';

const table: TableShape = {
  KeySchema: [{ AttributeName: 'pk' }],
  GlobalSecondaryIndexes: [
    { IndexName: 'byDue', KeySchema: [{ AttributeName: 'due' }], Projection: { ProjectionType: 'KEYS_ONLY' } },
    { IndexName: 'all', KeySchema: [{ AttributeName: 'status' }], Projection: { ProjectionType: 'ALL' } },
  ],
};

const pk = { S: 'a' };
const kilobyte = { S: 'x'.repeat(1024) };

describe("an item's size", () => {
  it('counts names and texts in UTF-8 bytes', () => {
    expect(itemBytes({ näme: { S: 'ü€' } })).toBe(5 + 5);
  });

  it('counts numbers by digits, one byte for null and boolean, three and one each for maps and lists', () => {
    expect(itemBytes({ n: { N: '-1234.5' } })).toBe(1 + 5);
    expect(itemBytes({ b: { BOOL: true }, z: { NULL: true } })).toBe(4);
    expect(itemBytes({ m: { M: { k: { S: 'v' } } } })).toBe(1 + 3 + 1 + 2);
    expect(itemBytes({ l: { L: [{ S: 'a' }, { S: 'b' }] } })).toBe(1 + 3 + 4);
    expect(itemBytes({ s: { SS: ['ab', 'c'] } })).toBe(1 + 3);
    expect(itemBytes({ d: { B: 'AQID' } })).toBe(1 + 3);
  });
});

describe('read units', () => {
  it('are one per 4 KB, and half of it when eventually consistent', () => {
    expect(readUnits(0, true)).toBe(1);
    expect(readUnits(4096, false)).toBe(0.5);
    expect(readUnits(4097, true)).toBe(2);
  });
});

describe('write units', () => {
  it('are one per KB of the larger of the old and the new item', () => {
    expect(writeUnits(table, undefined, { pk }).total).toBe(1);
    expect(writeUnits(table, { pk, text: kilobyte }, { pk }).total).toBe(2);
    expect(refusedWriteUnits({ pk, text: kilobyte })).toBe(2);
    expect(refusedWriteUnits(undefined)).toBe(1);
  });

  it('include an index only where its entry appears, changes or goes', () => {
    expect(writeUnits(table, undefined, { pk, due: { S: '1' } }).indexes).toEqual({ byDue: 1 });
    expect(writeUnits(table, { pk, due: { S: '1' } }, { pk, due: { S: '1' }, note: { S: 'n' } }).indexes).toEqual({});
    expect(writeUnits(table, { pk, due: { S: '1' } }, { pk, due: { S: '2' } }).indexes).toEqual({ byDue: 2 });
    expect(writeUnits(table, { pk, due: { S: '1' } }, { pk }).indexes).toEqual({ byDue: 1 });
    expect(
      writeUnits(table, { pk, status: { S: 'open' } }, { pk, status: { S: 'open' }, note: { S: 'n' } }).indexes,
    ).toEqual({ all: 1 });
  });

  it('never fall when the item grows', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 3000 }), fc.string({ maxLength: 3000 }), (text, more) => {
        const small: Item = { pk, text: { S: text } };
        const large: Item = { pk, text: { S: text + more } };
        expect(writeUnits(table, undefined, large).total).toBeGreaterThanOrEqual(
          writeUnits(table, undefined, small).total,
        );
      }),
    );
  });
});
