import { describe, expect, it } from 'vitest';
import { carriesWhite, contrast } from '../../../functions/mails/contrast.ts';

describe('the contrast of two colors', () => {
  it.each([
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#000000', 21],
    ['#777777', '#ffffff', 4.48],
    ['#ff0000', '#ffffff', 4],
    ['#0a7d33', '#0A7D33', 1],
  ])('of %s on %s is %d', (one, other, expected) => {
    expect(contrast(one, other)).toBeCloseTo(expected, 2);
  });

  it('says on which colors white reads well', () => {
    expect(['#767676', '#1d4ed8', '#777777', '#ffcc00', '#fff', 'black', ''].filter(carriesWhite)).toEqual([
      '#767676',
      '#1d4ed8',
    ]);
  });
});
