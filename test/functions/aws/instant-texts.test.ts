import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantTexts } from '../../../functions/aws/instant-texts.ts';
import { folded, readColumns, unfolded, writeColumns } from '../../../functions/aws/number-columns.ts';
import { instantOf } from '../../../functions/domain/time/calendar-instant.ts';

describe('many instants', () => {
  it('are said as each of them is, round after round', () => {
    const instants = instantTexts();
    const epoch = fc.oneof(
      fc.integer({ min: -4_000_000_000, max: 4_000_000_000 }).map((seconds) => 1000 * seconds),
      fc.integer({ min: Date.parse('0001-01-01'), max: Date.parse('9999-12-31') }),
      fc.integer({ min: Date.parse('+010000-01-01'), max: 8.64e15 }),
    );
    fc.assert(
      fc.property(fc.array(epoch, { maxLength: 600 }), (epochs) => {
        for (const each of epochs) instants.add(each);
        const text = instants.done();
        expect(epochs.map((_, i) => text(i))).toEqual(epochs.map(instantOf));
      }),
    );
  });
});

describe('columns of numbers', () => {
  it('come back as they were written, or the first of them', () => {
    const number = fc.oneof(fc.nat({ max: 3 }), fc.maxSafeNat());
    fc.assert(
      fc.property(fc.array(fc.array(number)), fc.nat({ max: 5 }), (columns, most) => {
        const bytes = Buffer.concat([Buffer.from([1, 2, 3]), writeColumns(columns)]);
        expect(readColumns(bytes, 3).map((column) => [...column])).toEqual(columns);
        expect(readColumns(bytes, 3, most)).toHaveLength(Math.min(most, columns.length));
      }),
    );
  });

  it('hold what is below 0 as well, small numbers as small ones', () => {
    fc.assert(
      fc.property(fc.integer(), (number) => {
        expect(unfolded(folded(number))).toBe(number);
      }),
    );
    expect([0, -1, 1, -2, 2].map(folded)).toEqual([0, 1, 2, 3, 4]);
  });
});
