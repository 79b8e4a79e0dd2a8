import { Temporal } from 'temporal-polyfill';
import type { Person } from '../../../functions/domain/people/person.ts';
import { parseRoster } from '../../../functions/domain/people/roster-file.ts';
import type { Availability } from '../../../functions/domain/time/calendar.ts';
import type { Draws } from '../simulate/draws.ts';
import type { HabitName } from './habits.ts';

/** A part of the company: who sells and who looks after customers there. */
interface Place {
  readonly territory: string;
  readonly availability: Pick<Availability, 'zone' | 'holidays'>;
  readonly hours: { readonly from: string; readonly to: string };
  readonly country: string;
  readonly currency: string;
  /** How its account executives are; the others of a place are as people mostly are. */
  readonly sales: readonly HabitName[];
  readonly success: readonly HabitName[];
  /** How large a share of all deals is won there. */
  readonly share: number;
}

/** One team is worse than the others, as the reports should show by themselves: that of the last place. */
const places: readonly Place[] = [
  {
    territory: 'DACH',
    availability: { zone: 'Europe/Berlin', holidays: { country: 'DE', region: 'BE' } },
    hours: { from: '09:00', to: '17:30' },
    country: 'DE',
    currency: 'EUR',
    sales: ['prompt', 'steady', 'steady', 'vague'],
    success: ['prompt', 'steady', 'steady'],
    share: 0.4,
  },
  {
    territory: 'UK and Ireland',
    availability: { zone: 'Europe/London', holidays: { country: 'GB', region: 'ENG' } },
    hours: { from: '09:00', to: '17:00' },
    country: 'GB',
    currency: 'GBP',
    sales: ['prompt', 'steady', 'late'],
    success: ['steady', 'prompt', 'forgetful'],
    share: 0.3,
  },
  {
    territory: 'North America',
    availability: { zone: 'America/New_York', holidays: { country: 'US' } },
    hours: { from: '08:30', to: '17:00' },
    country: 'US',
    currency: 'USD',
    sales: ['late', 'vague', 'forgetful', 'steady'],
    success: ['steady', 'late', 'steady'],
    share: 0.3,
  },
];

/** First and last names, drawn together once each. */
const firstNames =
  'Anna Ben Carla David Elena Felix Grace Hugo Ines Jonas Katja Liam Maya Noah Olga Paul Quentin Rosa Samuel Tara Umar Vera Walter Yara Zoe Adam Bella Colin Dora Erik'.split(
    ' ',
  );
const lastNames =
  'Albrecht Baker Conte Dietrich Evans Fischer Grant Huber Ivers Jansen Koch Lang Meyer Novak Olsen Price Quinn Ritter Sommer Turner Unger Vogel Weber Young Zeller Abbott Brandt Cole Dawson Ellis'.split(
    ' ',
  );

/** A team, in one place. */
export interface Team extends Pick<Place, 'territory' | 'country' | 'currency' | 'share'> {
  readonly zone: string;
  readonly accountExecutives: readonly Person[];
  readonly customerSuccessManagers: readonly Person[];
}

export interface Company {
  /** In the order in which the table has it, by address: whoever is first of a role is whom the product asks first. */
  readonly roster: readonly Person[];
  readonly teams: readonly Team[];
  /** How each person is, by mail address. */
  readonly habits: ReadonlyMap<string, HabitName>;
}

/** A company of three teams, whose people go on vacation in the time between two days (`YYYY-MM-DD`). */
export function companyOf(draws: Draws, from: string, until: string): Company {
  const habits = new Map<string, HabitName>();
  const roster: Person[] = [];
  const last = [...lastNames];
  const first = [...firstNames];
  const take = (names: string[]): string => names.splice(draws.int(0, names.length - 1), 1)[0] ?? '';
  const employ = (
    place: Place,
    role: Person['role'],
    more: Partial<Person> & { readonly habit?: HabitName } = {},
  ): Person => {
    const { habit = 'steady', ...said } = more;
    const name = `${take(first)} ${take(last)}`;
    const week = (['mon', 'tue', 'wed', 'thu', 'fri'] as const).map((day) => [day, place.hours]);
    const person: Person = {
      email: `${name.toLowerCase().replace(' ', '.')}@example.com`,
      name,
      role,
      active: true,
      availability: {
        ...place.availability,
        hours: Object.fromEntries(week),
        away: vacations(draws, from, until),
      },
      ...said,
    };
    roster.push(person);
    habits.set(person.email, habit);
    return person;
  };
  const [home = places[0], , overseas = home] = places;
  if (home === undefined || overseas === undefined) throw new Error('A company needs a place.');
  const [operations] = [employ(home, 'revenueOperations'), employ(overseas, 'revenueOperations')];
  const teams = places.map((place) => {
    const above = { manager: operations.email };
    const sales = employ(place, 'salesManager', above);
    const success = employ(place, 'successManager', above);
    const { territory, country, currency, share } = place;
    const own = { territories: [territory] };
    return {
      ...{ territory, country, currency, share, zone: place.availability.zone },
      accountExecutives: place.sales.map((habit) => employ(place, 'accountExecutive', { manager: sales.email, habit })),
      customerSuccessManagers: place.success.map((habit) =>
        employ(place, 'customerSuccessManager', { manager: success.email, habit, ...own }),
      ),
    };
  });
  return { roster: parsed(roster.toSorted((a, b) => (a.email < b.email ? -1 : 1))), teams, habits };
}

/** One or two weeks off, as people take them. */
function vacations(draws: Draws, from: string, until: string): NonNullable<Availability['away']> {
  const days = Temporal.PlainDate.from(from).until(until).days;
  return Array.from({ length: draws.int(1, 2) }, () => {
    const start = Temporal.PlainDate.from(from).add({ days: draws.int(7, Math.max(7, days - 21)) });
    const monday = start.add({ days: 8 - start.dayOfWeek });
    return { from: monday.toString(), to: monday.add({ days: draws.oneOf([1, 4, 4, 11]) }).toString() };
  });
}

function parsed(roster: unknown): readonly Person[] {
  const read = parseRoster(roster);
  if ('roster' in read) return read.roster;
  throw new Error(`A company was drawn that cannot be used: ${JSON.stringify(read.refused)}`);
}
