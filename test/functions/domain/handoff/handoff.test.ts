import { describe, expect, it } from 'vitest';
import { type HandoffStatus, isClosed } from '../../../../functions/domain/handoff/handoff.ts';

describe('a handoff', () => {
  it.each<[HandoffStatus, boolean]>([
    ['open', false],
    ['stalled', false],
    ['complete', true],
    ['cancelled', true],
    ['abandoned', true],
  ])('that is %s needs no more work: %s', (status, closed) => {
    expect(isClosed(status)).toBe(closed);
  });
});
