import { describe, expect, it } from 'vitest';
import type { Outcome, OutcomeKind } from '../../../../functions/domain/deal/outcome.ts';
import { nothingToRenew } from '../../../../functions/domain/handoff/renewed.ts';

const told = (outcome: OutcomeKind, at: string, saidAt = at): Outcome => ({ outcome, at, saidAt });
const date = '2028-11-17';
const nothing = (outcomes: readonly Outcome[], entered?: string) =>
  nothingToRenew(
    {
      outcomes,
      packageHistory: entered
        ? { 'contract.renewalDate': { saved: { by: 'crm', at: entered }, version: 2, marks: [] } }
        : {},
    },
    date,
  );

describe('a renewal that nobody is reminded of', () => {
  it('is still to come where nobody said anything, or something else', () => {
    expect(nothingToRenew({}, date)).toBeUndefined();
    const others = [told('onboarding completed', '2027-01-01T00:00:00Z'), told('expanded', '2027-06-01T00:00:00Z')];
    expect(nothing(others)).toBeUndefined();
  });

  it('is that of a customer who left, unless they came back', () => {
    const left = told('churned', '2027-11-01T00:00:00Z');
    const gone = 'The customer churned on 2027-11-01.';
    expect(nothing([left])).toBe(gone);
    expect(nothing([told('onboarding completed', '2027-12-01T00:00:00Z'), left])).toBe(gone);
    expect(nothing([told('expanded', '2027-12-01T00:00:00Z'), left])).toBeUndefined();
    expect(nothing([told('renewed', '2027-12-01T00:00:00Z'), left])).toBe('The customer renewed on 2027-12-01.');
    expect(nothing([told('renewed', '2027-10-01T00:00:00Z'), left])).toBe(gone);
  });

  it('goes by what was said last, of two that happened on one day', () => {
    const day = '2027-11-01T00:00:00Z';
    const left = told('churned', day, '2027-11-01T09:00:00Z');
    expect(nothing([left, told('renewed', day, '2027-11-01T10:00:00Z')])).toBe('The customer renewed on 2027-11-01.');
    expect(nothing([told('renewed', day, '2027-11-01T08:00:00Z'), left])).toBe('The customer churned on 2027-11-01.');
  });

  it.each([
    ['weeks before its date', '2028-06-01T00:00:00Z', undefined, 'The customer renewed on 2028-06-01.'],
    ['on its very date', '2028-11-17T18:00:00Z', undefined, 'The customer renewed on 2028-11-17.'],
    [
      'after its date was corrected',
      '2028-06-01T00:00:00Z',
      '2028-05-31T23:00:00Z',
      'The customer renewed on 2028-06-01.',
    ],
    ['before its date was entered: that of the term before', '2028-06-01T00:00:00Z', '2028-06-02T07:00:00Z', undefined],
    ['in the hour in which its date was entered', '2028-06-01T09:00:00Z', '2028-06-01T08:59:00Z', undefined],
    ['after its date', '2028-11-18T09:00:00Z', undefined, undefined],
  ])('is that of a customer who renewed %s', (_, at, entered, why) => {
    expect(nothing([told('renewed', at)], entered)).toBe(why);
  });
});
