import { describe, expect, it } from 'vitest';
import { conditionsIn, type DealCondition, leftOutBecause } from '../../../../functions/domain/deal/deal-condition.ts';

const noRenewals: DealCondition = { property: 'dealtype', isNot: ['renewal', 'Existing Business'] };
const ownPipelines: DealCondition = { property: 'pipeline', is: ['default', '7'] };

describe('a deal', () => {
  it.each<[string, Readonly<Record<string, unknown>>, readonly DealCondition[]]>([
    ['where there are no conditions', {}, []],
    ['that is none of what is left out', { dealtype: 'newbusiness' }, [noRenewals]],
    ['that says nothing of what is left out', {}, [noRenewals]],
    ['that is one of what is taken, in another case', { pipeline: ' Default' }, [ownPipelines]],
    ['whose value is a number', { pipeline: 7 }, [ownPipelines]],
    ['one of whose values is taken', { pipeline: ['3', 7] }, [ownPipelines]],
    ['that meets each of several', { pipeline: 'default', dealtype: '' }, [ownPipelines, noRenewals]],
  ])('is handed over %s', (_, values, conditions) => {
    expect(leftOutBecause(values, conditions)).toBeUndefined();
  });

  it.each<[string, Readonly<Record<string, unknown>>, readonly DealCondition[], string]>([
    [
      'that is what is left out',
      { dealtype: 'Renewal' },
      [noRenewals],
      'Its dealtype is "Renewal"; handed over are deals whose dealtype is anything but "renewal" or "Existing Business".',
    ],
    [
      'one of whose values is left out',
      { dealtype: 'upsell;existing business' },
      [noRenewals],
      'Its dealtype is "upsell" or "existing business"; handed over are deals whose dealtype is anything but "renewal" or "Existing Business".',
    ],
    [
      'that says nothing of what is taken',
      { pipeline: null },
      [ownPipelines],
      'Its pipeline is empty; handed over are deals whose pipeline is "default" or "7".',
    ],
    [
      'that meets only one of two',
      { pipeline: '8', dealtype: 'newbusiness' },
      [noRenewals, ownPipelines],
      'Its pipeline is "8"; handed over are deals whose pipeline is "default" or "7".',
    ],
  ])('is left out %s', (_, values, conditions, because) => {
    expect(leftOutBecause(values, conditions)).toBe(because);
  });
});

describe('conditions as JSON', () => {
  it('are read back as they were written', () => {
    expect(conditionsIn(JSON.stringify([noRenewals, ownPipelines]))).toEqual([noRenewals, ownPipelines]);
  });

  it.each([
    ['no JSON', 'dealtype=new'],
    ['no list', '{"property":"dealtype","is":["new"]}'],
    ['a property alone', '[{"property":"dealtype"}]'],
    ['both at once', '[{"property":"dealtype","is":["new"],"isNot":["old"]}]'],
    ['no texts', '[{"property":"dealtype","is":[1]}]'],
    ['no property', '[{"is":["new"]}]'],
  ])('are none where the text is %s', (_, text) => {
    expect(conditionsIn(text)).toBeUndefined();
  });
});
