import { describe, expect, it } from 'vitest';
import { parseRoster } from '../../../../functions/domain/people/roster-file.ts';
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
    ['no list', { persons: [] }, 'is not a list'],
    ['nobody in a list of people', { people: [] }, 'nobody active in revenueOperations'],
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

describe('closing days of a roster', () => {
  const at = (country: string, region?: string) => ({
    availability: { ...availability, holidays: { country, ...(region && { region }) } },
  });
  const people = [
    person('ann', at('DE', 'BY')),
    person('bob', at('DE', 'BE')),
    person('cleo', at('US')),
    person('dan'),
  ];
  const winter = { from: '12-24', to: '12-31', name: 'Winter break' };
  const closedFor = (closingDays: unknown) => {
    const parsed = parseRoster({ people, closingDays });
    if ('refused' in parsed) throw new Error(JSON.stringify(parsed.refused));
    return Object.fromEntries(
      parsed.roster.map(({ name, availability: { closingDays: days } }) => [name, days?.map((each) => each.name)]),
    );
  };

  it('are everybody’s', () => {
    expect(parseRoster({ people, closingDays: [winter] })).toMatchObject({
      roster: people.map(() => ({ availability: { closingDays: [winter] } })),
    });
  });

  it('are those of an office, by the holidays that its people have', () => {
    const bavaria = { ...winter, name: 'Move', offices: [{ country: 'de', region: 'by' }] };
    const germany = { ...winter, name: 'Party', offices: [{ country: 'DE' }, { country: 'US' }] };
    expect(closedFor([bavaria, winter, germany])).toEqual({
      ann: ['Move', 'Winter break', 'Party'],
      bob: ['Winter break', 'Party'],
      cleo: ['Winter break', 'Party'],
      dan: ['Winter break'],
    });
  });

  it('come on top of somebody’s own', () => {
    const own = { ...person('ann'), availability: { ...availability, closingDays: [{ ...winter, name: 'Own' }] } };
    const parsed = parseRoster({ people: [own], closingDays: [winter] });
    expect(parsed).toMatchObject({ roster: [{ availability: { closingDays: [{ name: 'Own' }, winter] } }] });
  });

  it('may be none, or left out', () => {
    expect(parseRoster({ people, closingDays: [] })).toEqual(parseRoster(people));
    expect(parseRoster({ people })).toEqual(parseRoster(people));
  });

  it.each([
    ['no list', { closingDays: winter }, 'closingDays is not a list'],
    ['a member that nobody knows', { closedDays: [winter] }, 'closedDays is not known here'],
    ['an entry that is nothing', { closingDays: [null] }, 'closingDays[0] is not usable'],
    ['no name', { closingDays: [{ from: '12-24', to: '12-31' }] }, 'closingDays[0].name is not usable'],
    ['a blank name', { closingDays: [{ ...winter, name: ' ' }] }, 'at most 60 characters'],
    ['a mistyped member', { closingDays: [{ ...winter, office: 'DE' }] }, 'without "office"'],
    ['no date', { closingDays: [{ ...winter, to: 'new year' }] }, '"new year" is not a date'],
    ['days in the wrong order', { closingDays: [{ ...winter, from: '12-31', to: '12-24' }] }, '360 days'],
    ['an office that is none', { closingDays: [{ ...winter, offices: ['DE'] }] }, 'closingDays[0].offices.0'],
    ['an office of nobody', { closingDays: [{ ...winter, offices: [{ country: 'FR' }] }] }, 'FR is where nobody'],
    [
      'a region of nobody',
      { closingDays: [{ ...winter, offices: [{ country: 'DE', region: 'HH' }] }] },
      'DE/HH is where',
    ],
  ])('with %s are refused', (_, more, problem) => {
    expect(problemsOf({ people, ...more }).join('\n')).toContain(problem);
  });

  it('of a person are checked as those of the company', () => {
    const closed = (closingDays: unknown) => [person('ann', { availability: { ...availability, closingDays } })];
    expect(problemsOf(closed([{ ...winter, offices: [{ country: 'DE' }] }])).join()).toContain('without "offices"');
    expect(problemsOf(closed([{ ...winter, from: '02-30' }])).join()).toContain('"02-30" is not a date');
  });
});
