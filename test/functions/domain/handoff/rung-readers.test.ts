import { describe, expect, it } from 'vitest';
import { rungReaders } from '../../../../functions/domain/handoff/rung-readers.ts';
import type { Person } from '../../../../functions/domain/people/person.ts';
import type { RungReader } from '../../../../functions/domain/playbook/playbook.ts';
import {
  anna,
  calendarOf,
  daniel,
  handoffRecord,
  klaus,
  lena,
  people,
  personAt,
  ruth,
} from '../../../support/handoff-record.ts';

const record = handoffRecord();
const at = '2026-11-25T09:00:00Z';

/** Whom a rung of Anna's step tells, and as what. */
function told(tell: readonly RungReader[], change: Partial<Person> = {}) {
  const owner = { ...personAt(anna), ...change };
  const company = new Map([...people, [anna, owner] as const]);
  return Object.fromEntries(
    rungReaders({ tell }, { record, people: company, owner, at, calendarOf }).map(({ person, as }) => [
      person.email,
      as,
    ]),
  );
}

describe('whom a rung tells', () => {
  it.each<[string, readonly RungReader[], Record<string, string>]>([
    ['the owner', ['owner'], { [anna]: 'owner' }],
    ['the manager', ['manager'], { [klaus]: 'manager' }],
    ['the manager of the other side as a manager', ['successManager'], { [daniel]: 'manager' }],
    ['revenue operations', ['revenueOperations'], { [ruth]: 'revenueOperations' }],
    ['another role without a say', ['customerSuccessManager'], { [lena]: 'reader' }],
    ['the owner as such by their role, too', ['accountExecutive'], { [anna]: 'owner' }],
    [
      'everybody once',
      ['manager', 'salesManager', 'owner', 'accountExecutive'],
      { [klaus]: 'manager', [anna]: 'owner' },
    ],
    [
      'everybody once, in any order',
      ['accountExecutive', 'owner', 'salesManager', 'manager'],
      { [anna]: 'owner', [klaus]: 'manager' },
    ],
  ])('is %s', (_, tell, expected) => {
    expect(told(tell)).toEqual(expected);
  });

  it.each<[string, readonly RungReader[]]>([
    ['first', ['customerSuccessManager', 'manager']],
    ['last', ['manager', 'customerSuccessManager']],
  ])('is told as a manager who holds another role as well, whichever comes %s', (_, tell) => {
    expect(told(tell, { manager: lena })).toEqual({ [lena]: 'manager' });
  });

  it('is the manager as well, in place of an owner whom mail does not reach', () => {
    const unreachable = { since: '2026-11-23T10:00:00Z', why: 'Mail bounced (NoEmail)' };
    expect(told(['owner'], { unreachable })).toEqual({ [anna]: 'owner', [klaus]: 'manager' });
  });

  it('is whoever stands in for a manager who is away, but never the owner; the manager, where nobody is there', () => {
    const away = [{ from: '2026-11-23', to: '2026-11-27' }];
    const gone = (email: string, change: Partial<Person> = {}): Person => {
      const person = personAt(email);
      return { ...person, availability: { ...person.availability, away }, ...change };
    };
    const toldWhen = (...absent: readonly Person[]) =>
      rungReaders(
        { tell: ['manager'] },
        {
          record,
          people: new Map([...people, ...absent.map((person) => [person.email, person] as const)]),
          owner: personAt(anna),
          at,
          calendarOf,
        },
      ).map(({ person, as, standsInFor }) => [person.email, as, standsInFor?.email]);
    expect(toldWhen(gone(klaus, { deputy: lena }))).toEqual([[lena, 'manager', klaus]]);
    expect(toldWhen(gone(klaus, { deputy: anna }))).toEqual([[ruth, 'manager', klaus]]);
    expect(toldWhen(gone(klaus, { deputy: anna }), gone(ruth))).toEqual([[klaus, 'manager', undefined]]);
  });
});
