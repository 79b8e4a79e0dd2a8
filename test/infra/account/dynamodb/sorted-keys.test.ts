import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSortedKeys } from '../../../../infra/account/dynamodb/sorted-keys.ts';

const key = fc.string({ minLength: 1, maxLength: 3, unit: fc.constantFrom('a', 'b', 'c', 'd') });
const bound = fc.record({ key, after: fc.boolean() });
const step = fc.record({ key, isAdded: fc.boolean() });

describe('keys in order', () => {
  it('are those of a sorted list, whatever was added and removed, forth and back', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), bound, bound, (steps, from, to) => {
        const keys = createSortedKeys();
        const known = new Set<string>();
        for (const { key, isAdded } of steps) {
          if (isAdded) known.add(key);
          else known.delete(key);
          if (isAdded) keys.add(key);
          else keys.remove(key);
        }
        const expected = [...known]
          .sort()
          .filter((each) => (from.after ? each > from.key : each >= from.key))
          .filter((each) => (to.after ? each <= to.key : each < to.key));
        expect([...keys.between(from, to)]).toEqual(expected);
        expect([...keys.backBetween(from, to)]).toEqual(expected.reverse());
      }),
    );
  });

  it('stay in order when there are many, and when most of them go', () => {
    const keys = createSortedKeys();
    const names = Array.from({ length: 5000 }, (_, index) => String((index * 7919) % 5000).padStart(4, '0'));
    const [first, last] = [
      { key: '', after: false },
      { key: '9', after: true },
    ];
    for (const name of [...names, ...names]) keys.add(name);
    expect([...keys.between(first, last)]).toEqual(names.toSorted());
    for (const name of names) if (Number(name) % 600 > 0) keys.remove(name);
    keys.remove('nobody');
    expect([...keys.between(first, last)]).toEqual(
      ['0', '600', '1200', '1800', '2400', '3000', '3600', '4200', '4800'].map((name) => name.padStart(4, '0')),
    );
    keys.add('0601');
    expect([...keys.backBetween({ key: '0600', after: true }, { key: '1200', after: false })]).toEqual(['0601']);
  });
});
