import { describe, expect, it } from 'vitest';
import { workingSpan } from '../../../../functions/domain/time/wording.ts';

describe('working time', () => {
  it.each([
    [61, '1 hour 1 minute'],
    [122, '2 hours 2 minutes'],
    [180, '3 hours'],
    [1, '1 minute'],
  ])('of %i minutes reads %s', (minutes, text) => {
    expect(workingSpan(minutes * 60_000)).toBe(text);
  });
});
