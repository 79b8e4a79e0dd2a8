import { describe, expect, it } from 'vitest';
import { toldApart, waitingToken } from '../../../../functions/domain/handoff/waiting-token.ts';

describe('a token in the records', () => {
  it.each([
    ['AQC/+tok=en', { token: 'AQC/+tok=en' }],
    [`${toldApart.goesOn}AQC/+tok=en`, { token: 'AQC/+tok=en', told: 'goesOn' }],
    [`${toldApart.isRead}AQC`, { token: 'AQC', told: 'isRead' }],
    ['', { token: '' }],
  ])('is told apart from how its state wants to be told: %s', (stored, expected) => {
    expect(waitingToken(stored)).toEqual(expected);
  });
});
