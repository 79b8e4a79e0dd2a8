import { describe, expect, it } from 'vitest';
import { isLate } from '../../../../functions/domain/handoff/step-record.ts';
import { stepRecord } from '../../../support/handoff-record.ts';

describe('a step', () => {
  it('is late on a step decided after its due time, to the second', () => {
    const decided = (at: string) => stepRecord('hold-kickoff', { decided: { choice: 'held', at } });
    expect(isLate(decided('2026-11-23T15:00:00Z'))).toBe(false);
    expect(isLate(decided('2026-11-23T15:00:01Z'))).toBe(true);
    expect(isLate(stepRecord('hold-kickoff'))).toBe(false);
  });
});
