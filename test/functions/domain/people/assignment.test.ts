import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AssignmentInput,
  assignCustomerSuccessManager,
  whoseWorkCounts,
} from '../../../../functions/domain/people/assignment.ts';
import type { Person } from '../../../../functions/domain/people/person.ts';
import { businessCalendar } from '../../../../functions/domain/time/calendar.ts';
import { publicHolidays } from '../../../../functions/domain/time/holidays.ts';
import { dealEvent, dealOf, roster } from '../../../support/deals.ts';

const calendarOf = (person: Person) => businessCalendar(person.availability, publicHolidays);
const hours = { from: '09:00', to: '17:00' };
const week = { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours };

function manager(name: string, more: Partial<Person> = {}): Person {
  const availability = { zone: 'Europe/Berlin', hours: week };
  return { email: `${name}@example.com`, name, role: 'customerSuccessManager', active: true, availability, ...more };
}
const away = (from: string, to: string) => ({
  availability: { zone: 'Europe/Berlin', hours: week, away: [{ from, to }] },
});

function assign(
  people: readonly Person[],
  more: Partial<AssignmentInput> & { deal?: never; about?: Record<string, unknown> } = {},
) {
  const { about = {}, ...input } = more;
  const deal = dealOf(dealEvent({ territory: 'DACH', industry: 'Logistics', ...about }));
  const at = '2026-11-17T08:30:00Z';
  return assignCustomerSuccessManager({
    deal,
    segment: 'standard',
    roleName: 'customer success manager',
    roster: people,
    openHandoffs: new Map(),
    at,
    calendarOf,
    ...input,
  });
}
const nameOf = (assignment: ReturnType<typeof assign>) =>
  'assigned' in assignment ? assignment.assigned.name : undefined;
const whyOf = (assignment: ReturnType<typeof assign>) =>
  'assigned' in assignment ? assignment.because : assignment.nobody;

describe('the customer success manager is chosen (S3)', () => {
  it('as named on the deal, before anything else', () => {
    const people = [manager('ann', { territories: ['DACH'] }), manager('bob', { territories: ['APAC'] })];
    const named = assign(people, { about: { customerSuccessManager: 'Bob@example.com' } });
    expect(named).toEqual({ assigned: people[1], because: 'Named on the deal.' });
  });

  it('by the next rules when the one named cannot', () => {
    const people = [manager('ann'), manager('bob', { active: false })];
    const about = { customerSuccessManager: 'bob@example.com' };
    expect(nameOf(assign(people, { about }))).toBe('ann');
    expect(whyOf(assign(people, { about }))).toBe(
      'Bob, named on the deal, is no longer active; takes any territory; takes any segment; takes any industry; the only one available.',
    );
    expect(whyOf(assign(people, { about: { customerSuccessManager: 'eve@example.com' } }))).toContain(
      'Eve@example.com, named on the deal, is no customer success manager in the roster',
    );
  });

  it('by territory before segment, segment before industry', () => {
    const people = [
      manager('industry', { territories: ['UK'], segments: ['enterprise'], industries: ['Logistics'] }),
      manager('segment', { territories: ['UK'], segments: ['standard'] }),
      manager('territory', { territories: ['dach'], segments: ['enterprise'] }),
    ];
    expect(nameOf(assign(people))).toBe('territory');
    expect(nameOf(assign(people.slice(0, 2)))).toBe('segment');
    expect(whyOf(assign(people.slice(0, 1)))).toBe(
      'Nobody available takes the territory DACH, so that rule was skipped; nobody available takes the segment standard, so that rule was skipped; takes the industry Logistics; the only one available.',
    );
  });

  it('among those who name the value before those who take anything', () => {
    expect(nameOf(assign([manager('any'), manager('special', { territories: ['DACH'] })]))).toBe('special');
    expect(nameOf(assign([manager('any'), manager('elsewhere', { territories: ['UK'] })]))).toBe('any');
  });

  it('by the fewest open handoffs, then by address', () => {
    const people = [manager('cleo'), manager('bob'), manager('ann')];
    const openHandoffs = new Map([
      ['ann@example.com', 3],
      ['bob@example.com', 2],
      ['cleo@example.com', 2],
    ]);
    expect(nameOf(assign(people, { openHandoffs }))).toBe('bob');
    expect(whyOf(assign(people, { openHandoffs }))).toMatch(/no one has fewer open handoffs \(2\)\.$/);
    expect(whyOf(assign(people, { openHandoffs: new Map([...openHandoffs, ['bob@example.com', 1]]) }))).toMatch(
      /fewest open handoffs \(1\)\.$/,
    );
  });
});

describe('whose open handoffs are counted', () => {
  const person = fc.record({
    name: fc.constantFrom('ann', 'bob', 'cleo', 'dan', 'eve'),
    more: fc.record(
      {
        capacity: fc.nat(2),
        territories: fc.subarray(['DACH', 'UK']),
        segments: fc.subarray(['standard', 'enterprise']),
        industries: fc.subarray(['Logistics', 'Retail']),
        active: fc.boolean(),
        availability: fc.constantFrom(
          away('2026-11-18', '2026-11-18').availability,
          away('2026-11-20', '2026-11-27').availability,
          away('2026-11-16', '2026-11-18').availability,
        ),
      },
      { requiredKeys: [] },
    ),
  });
  const people = fc.uniqueArray(person, { selector: ({ name }) => name, maxLength: 5 });
  const counts = fc.dictionary(fc.constantFrom('ann', 'bob', 'cleo', 'dan', 'eve'), fc.nat(3));
  const named = fc.constantFrom(undefined, 'ann@example.com', 'gone@example.com');

  it('are those of as few as the choice needs, and the choice is as if all were', () => {
    fc.assert(
      fc.property(people, counts, named, (given, open, customerSuccessManager) => {
        const staff = given.map(({ name, more }) => manager(name, more));
        const about = customerSuccessManager === undefined ? {} : { customerSuccessManager };
        const all = new Map(staff.map(({ name, email }) => [email, open[name] ?? 0]));
        const deal = dealOf(dealEvent({ territory: 'DACH', industry: 'Logistics', ...about }));
        const known = new Map<string, number>();
        const input = { deal, segment: 'standard', roster: staff, at: '2026-11-17T08:30:00Z', calendarOf };
        for (;;) {
          const asked = whoseWorkCounts({ ...input, openHandoffs: known }).filter((email) => !known.has(email));
          if (asked.length === 0) break;
          for (const email of asked) known.set(email, all.get(email) ?? 0);
        }
        expect(assign(staff, { about, openHandoffs: known })).toEqual(assign(staff, { about, openHandoffs: all }));
      }),
      { numRuns: 100 },
    );
  });

  it('are not those of people whom the rules leave out', () => {
    const staff = [manager('ann', { territories: ['DACH'], capacity: 1 }), manager('bob'), manager('cleo')];
    const deal = dealOf(dealEvent({ territory: 'DACH', industry: 'Logistics' }));
    const input = { deal, segment: 'standard', roster: staff, at: '2026-11-17T08:30:00Z', calendarOf };
    expect(whoseWorkCounts({ ...input, openHandoffs: new Map() })).toEqual(['ann@example.com']);
    // She has as many as she may: the others come instead.
    expect(whoseWorkCounts({ ...input, openHandoffs: new Map([['ann@example.com', 1]]) })).toEqual([
      'bob@example.com',
      'cleo@example.com',
    ]);
  });
});

describe('somebody is passed over (P)', () => {
  const unreachable = { since: '2026-11-10T09:00:00Z', why: 'mailbox does not exist' };
  it.each<[string, Person, string]>([
    ['whom no mail reaches', manager('bob', { unreachable }), 'cannot be reached by email (mailbox does not exist)'],
    ['who has as many as allowed', manager('bob', { capacity: 0 }), 'has 0 open handoffs already, the most allowed'],
    ['who is away today', manager('bob', away('2026-11-16', '2026-11-17')), 'is away, back Wed, Nov 18'],
    [
      'who is away tomorrow and the day after',
      manager('bob', away('2026-11-18', '2026-11-19')),
      'is away from Wed, Nov 18, back Fri, Nov 20',
    ],
    [
      'who goes away on the second business day',
      manager('bob', away('2026-11-19', '2026-12-24')),
      'is away from Thu, Nov 19, back Fri, Dec 25',
    ],
  ])('%s', (_, person, why) => {
    expect(assign([person])).toEqual({
      nobody: `No customer success manager is available: bob ${why}. Name one who is free, or add one to the roster.`,
    });
  });

  it('who has left, without a word of them', () => {
    const left = manager('bob', { active: false });
    expect(assign([left, manager('ann', away('2026-11-16', '2026-11-17'))])).toEqual({
      nobody: expect.stringContaining('is available: ann is away, back Wed, Nov 18. Name'),
    });
    expect(assign([left])).toEqual({ nobody: expect.stringContaining('is available: the roster has none. Name') });
  });

  it('but not for an absence after that, on a weekend, or that is over', () => {
    expect(nameOf(assign([manager('bob', away('2026-11-20', '2026-12-24'))]))).toBe('bob');
    expect(nameOf(assign([manager('bob', away('2026-11-01', '2026-11-16'))]))).toBe('bob');
    const friday = '2026-11-20T08:30:00Z';
    expect(nameOf(assign([manager('bob', away('2026-11-21', '2026-11-22'))], { at: friday }))).toBe('bob');
    expect(nameOf(assign([manager('bob', away('2026-11-23', '2026-11-24'))], { at: friday }))).toBeUndefined();
  });

  it('but not for a single day off later, when they are named or fit best', () => {
    const ann = manager('ann', { ...away('2026-11-18', '2026-11-18'), territories: ['DACH'] });
    const bob = manager('bob');
    expect(assign([ann, bob], { about: { customerSuccessManager: 'ann@example.com' } })).toEqual({
      assigned: ann,
      because: 'Named on the deal.',
    });
    expect(nameOf(assign([ann, bob]))).toBe('ann');
    expect(nameOf(assign([manager('ann', away('2026-11-19', '2026-11-19'))]))).toBe('ann');
  });

  it('for a single day off, among equals, however few open handoffs they have', () => {
    const openHandoffs = new Map([['bob@example.com', 5]]);
    const equals = [manager('ann', away('2026-11-18', '2026-11-18')), manager('bob')];
    expect(assign(equals, { openHandoffs })).toMatchObject({
      assigned: { name: 'bob' },
      because: expect.stringContaining('; ann is away for 1 of the first 5 business days; '),
    });
  });

  it('on the business day it is where they are, or that comes next there', () => {
    const sydney = manager('zoe', {
      availability: { zone: 'Australia/Sydney', hours: week, away: [{ from: '2026-11-18', to: '2026-11-18' }] },
    });
    expect(nameOf(assign([sydney], { at: '2026-11-17T05:00:00Z' }))).toBe('zoe');
    expect(nameOf(assign([sydney], { at: '2026-11-17T12:00:00Z' }))).toBeUndefined();
    expect(nameOf(assign([sydney], { at: '2026-11-18T05:00:00Z' }))).toBeUndefined();
    expect(nameOf(assign([sydney], { at: '2026-11-18T12:00:00Z' }))).toBe('zoe');
  });

  it('while somebody else fits, when they are away for a good part of the first five business days', () => {
    const leaving = manager('ann', away('2026-11-20', '2026-12-11'));
    expect(assign([leaving, manager('bob')])).toMatchObject({
      assigned: { name: 'bob' },
      because: expect.stringContaining('; ann is away for 3 of the first 5 business days; '),
    });
    expect(nameOf(assign([manager('ann', away('2026-11-24', '2026-12-11')), manager('bob')]))).toBe('ann');
    const both = assign([leaving, manager('bob', away('2026-11-20', '2026-11-23'))]);
    expect(both).toMatchObject({
      assigned: { name: 'ann' },
      because: expect.stringMatching(/; is away for 3 of the first 5 business days, as no one else fits\.$/),
    });
  });

  it('for such an absence, but not in favor of somebody who takes another territory', () => {
    const here = manager('ann', { ...away('2026-11-20', '2026-12-11'), territories: ['DACH'] });
    expect(nameOf(assign([here, manager('bob', { territories: ['UK'] })]))).toBe('ann');
    expect(nameOf(assign([here, manager('bob')]))).toBe('bob');
  });

  it('and with nobody at all, the answer says what to do', () => {
    expect(assign([])).toEqual({
      nobody:
        'No customer success manager is available: the roster has none. Name one who is free, or add one to the roster.',
    });
  });
});

describe('whatever the roster', () => {
  const some = (names: string[]) => fc.option(fc.subarray(names), { nil: undefined });
  const person = fc
    .record({
      territories: some(['DACH', 'UK']),
      segments: some(['standard', 'enterprise']),
      industries: some(['Logistics', 'Retail']),
      active: fc.boolean(),
      capacity: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
      unreachable: fc.option(fc.constant({ since: '2026-11-10T09:00:00Z', why: 'bounced' }), {
        nil: undefined,
        freq: 5,
      }),
      absence: fc.option(fc.tuple(fc.integer({ min: 10, max: 24 }), fc.integer({ min: 0, max: 2 })), {
        nil: undefined,
      }),
      role: fc.constantFrom('customerSuccessManager' as const, 'successManager' as const),
    })
    .map(({ absence, ...rest }) => {
      if (!absence) return rest;
      const [from, more] = absence;
      return { ...rest, ...away(`2026-11-${from}`, `2026-11-${from + more}`) };
    });
  const team = fc.array(fc.tuple(person, fc.integer({ min: 0, max: 5 })), { maxLength: 8 }).map((entries) => ({
    people: entries.map(([details, _], i) => {
      const given = Object.entries(details).filter(([, value]) => value !== undefined);
      return manager(`person${i}`, Object.fromEntries(given));
    }),
    openHandoffs: new Map(entries.map(([, open], i) => [`person${i}@example.com`, open])),
  }));
  /** Today, or on more than one of the next three business days. */
  const absent = ({ availability }: Person) =>
    availability.away?.some(({ from, to }) => {
      const [today, ...next] = ['2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20'].map(
        (day) => from <= day && day <= to,
      );
      return today || next.filter((missed) => missed).length > 1;
    });

  it('never somebody inactive, absent, unreachable or at capacity; nobody only when there is no other', () => {
    fc.assert(
      fc.property(team, fc.integer({ min: 0, max: 8 }), ({ people, openHandoffs }, named) => {
        const result = assign(people, {
          openHandoffs,
          about: { customerSuccessManager: `person${named}@example.com` },
        });
        const free = people.filter(
          (one) =>
            one.role === 'customerSuccessManager' &&
            one.active &&
            !one.unreachable &&
            !absent(one) &&
            (openHandoffs.get(one.email) ?? 0) < (one.capacity ?? Number.POSITIVE_INFINITY),
        );
        if ('assigned' in result) expect(free).toContain(result.assigned);
        else expect(free).toEqual([]);
      }),
    );
  });

  it('the same one in whatever order the people stand', () => {
    fc.assert(
      fc.property(
        team.chain(({ people, openHandoffs }) =>
          fc.record({
            people: fc.constant(people),
            openHandoffs: fc.constant(openHandoffs),
            shuffled: fc.shuffledSubarray(people, { minLength: people.length }),
          }),
        ),
        ({ people, shuffled, openHandoffs }) => {
          expect(assign(shuffled, { openHandoffs })).toEqual(assign(people, { openHandoffs }));
        },
      ),
    );
  });

  it('the one with the fewest open handoffs among equals', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 8 }), (open) => {
        const openHandoffs = new Map(open.map((count, i) => [`person${i}@example.com`, count]));
        const result = assign(
          open.map((_, i) => manager(`person${i}`)),
          { openHandoffs },
        );
        expect('assigned' in result && openHandoffs.get(result.assigned.email)).toBe(Math.min(...open));
      }),
    );
  });
});

describe('the sample roster', () => {
  it.each([
    ['DACH', 'standard', 'Logistics', 'Lena Vogt'],
    ['APAC', 'enterprise', 'Manufacturing', 'Chloe Nguyen'],
    ['North America', 'standard', 'Retail', 'Marcus Reed'],
    [undefined, 'self-serve', 'Fitness', 'Priya Nair'],
  ])('serves %s %s %s by %s', (territory, segment, industry, name) => {
    expect(nameOf(assign(roster(), { segment, about: { territory, industry } }))).toBe(name);
  });
});
