import { describe, expect, it } from 'vitest';
import { calledOf } from '../../../../functions/domain/people/people.ts';
import { anna, klaus, lena, people, personAt } from '../../../support/handoff-record.ts';

describe('How a sentence calls somebody', () => {
  it('is by first name, and by the address where nobody knows their name', () => {
    expect(calledOf(people, anna)).toBe('Anna');
    expect(calledOf(people, 'nobody@example.com')).toBe('nobody@example.com');
  });

  it('is by the whole name where two of them share the first one, and only for those', () => {
    const two = new Map([...people, [lena, { ...personAt(lena), name: 'Anna Berg' }]]);
    expect(calledOf(two, lena)).toBe('Anna Berg');
    expect(calledOf(two, anna)).toBe('Anna Keller');
    expect(calledOf(two, klaus)).toBe('Klaus');
  });
});
