import { describe, expect, it } from 'vitest';
import { parseRoster } from '../../../../functions/domain/people/person.ts';
import { roster } from '../../../support/deals.ts';

const availability = { zone: 'Europe/Berlin', hours: { mon: { from: '09:00', to: '17:00' } } };
const person = (name: string, more: object = {}) => ({
  ...{ email: `${name}@example.com`, name, role: 'revenueOperations', availability, active: true },
  ...more,
});
const problemsOf = (value: unknown) => {
  const parsed = parseRoster(value);
  return 'refused' in parsed ? parsed.refused.map(({ field, problem, remedy }) => `${field} ${problem} ${remedy}`) : [];
};

describe('a roster', () => {
  it('of the sample company is good', () => {
    expect(roster()).toHaveLength(15);
  });

  it('keeps addresses in lower case', () => {
    const people = [person('ann', { email: 'Ann@Example.com' }), person('bob', { manager: 'ANN@example.com' })];
    expect(parseRoster(people)).toMatchObject({
      roster: [{ email: 'ann@example.com' }, { manager: 'ann@example.com' }],
    });
  });

  it.each([
    ['no list', { people: [] }, 'is not a list'],
    ['nobody in revenue operations', [person('ann', { role: 'salesManager' })], 'nobody active in revenueOperations'],
    ['nobody active there', [person('ann', { active: false })], 'nobody active in revenueOperations'],
    ['the same address twice', [person('ann'), person('bob', { email: 'ANN@example.com' })], 'in the roster twice'],
    ['an unknown manager', [person('ann', { manager: 'eve@example.com' })], 'eve@example.com is not in the roster'],
    ['somebody managing himself', [person('ann', { manager: 'ann@example.com' })], 'ann@example.com → ann@example.com'],
    [
      'an unknown zone',
      [person('ann', { availability: { ...availability, zone: 'Mars' } })],
      'Unknown time zone "Mars"',
    ],
    ['a bare offset', [person('ann', { availability: { ...availability, zone: '+01:00' } })], 'Unknown time zone'],
    ['no working day', [person('ann', { availability: { ...availability, hours: {} } })], 'No working day'],
    [
      'an impossible absence',
      [person('ann', { availability: { ...availability, away: [{ from: '2026-12-24', to: '2026-12-01' }] } })],
      'ends before it starts',
    ],
    ['an unknown country', [person('ann', { availability: { ...availability, holidays: { country: 'ZZ' } } })], 'ZZ'],
    ['an unknown role', [person('ann', { role: 'boss' })], 'one of: accountExecutive'],
    ['leadership that is no true', [person('ann', { leadership: 'yes' })], 'true, or nothing'],
    ['a mistyped member', [person('ann', { terretories: ['DACH'] })], 'Expected: a person, without "terretories"'],
    [
      'hours that are none',
      [person('ann', { availability: { ...availability, hours: { mon: { from: 9 } } } })],
      'hours.mon.from is not usable',
    ],
    [
      'hours without an end',
      [person('ann', { availability: { ...availability, hours: { mon: { from: '09:00' } } } })],
      'a time such as 09:00',
    ],
    ['no availability', [person('ann', { availability: undefined })], 'where and when the person works'],
    ['an entry that is nothing', [null, person('ann')], 'roster[0]'],
  ])('with %s is refused', (_, value, problem) => {
    expect(problemsOf(value).join('\n')).toContain(problem);
  });

  it('names everybody in a circle of managers, and every problem together', () => {
    const problems = problemsOf([
      person('ann', { manager: 'bob@example.com' }),
      person('bob', { manager: 'cleo@example.com' }),
      person('cleo', { manager: 'ann@example.com' }),
      person('dan', { manager: 'ann@example.com' }),
      person('eve', { email: 'eve' }),
      person('dan'),
    ]);
    expect(problems.filter((problem) => problem.includes('leads in a circle'))).toHaveLength(3);
    expect(problems.filter((problem) => problem.includes('twice'))).toHaveLength(1);
    expect(problems.filter((problem) => problem.startsWith('roster[4].email'))).toHaveLength(1);
    expect(problems).toHaveLength(5);
  });
});
