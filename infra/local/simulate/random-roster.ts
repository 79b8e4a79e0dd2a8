import { Temporal } from 'temporal-polyfill';
import { capitalized } from '../../../functions/domain/fields/words.ts';
import type { Person } from '../../../functions/domain/people/person.ts';
import type { CompanyClosing } from '../../../functions/domain/people/person-schema.ts';
import { parseRoster } from '../../../functions/domain/people/roster-file.ts';
import { type RoleId, roleIds } from '../../../functions/domain/playbook/roles.ts';
import type { Availability, Weekday } from '../../../functions/domain/time/calendar.ts';
import type { Draws } from './draws.ts';

/** Where people work: zones east and west, with half hours, with and without daylight saving time on either half of the earth. */
const places: readonly Pick<Availability, 'zone' | 'holidays'>[] = [
  { zone: 'Europe/Berlin', holidays: { country: 'DE', region: 'BY' } },
  { zone: 'Europe/London', holidays: { country: 'GB', region: 'ENG' } },
  { zone: 'America/New_York', holidays: { country: 'US' } },
  { zone: 'America/Los_Angeles', holidays: { country: 'US' } },
  { zone: 'America/Sao_Paulo', holidays: { country: 'BR' } },
  { zone: 'Asia/Tokyo', holidays: { country: 'JP' } },
  { zone: 'Asia/Kolkata' },
  { zone: 'Asia/Kathmandu' },
  { zone: 'Australia/Sydney', holidays: { country: 'AU' } },
  { zone: 'Pacific/Auckland', holidays: { country: 'NZ' } },
  { zone: 'Pacific/Honolulu' },
  { zone: 'UTC' },
];

const days: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const hours = [
  { from: '09:00', to: '17:00' },
  { from: '08:30', to: '16:30' },
  { from: '07:00', to: '12:00' },
  { from: '13:00', to: '21:30' },
] as const;

/** How many people hold each role, at most. */
const most: Readonly<Record<RoleId, number>> = {
  accountExecutive: 2,
  customerSuccessManager: 3,
  salesManager: 2,
  successManager: 2,
  revenueOperations: 2,
};

export interface RosterDraws {
  readonly draws: Draws;
  /** Local date from which on people are away, `YYYY-MM-DD`. */
  readonly from: string;
  readonly segments: readonly string[];
}

/** A company: one to three people a role, each with a calendar of their own, deputies and managers where somebody thought of it. */
export function randomRoster({ draws, from, segments }: RosterDraws): readonly Person[] {
  const people = roleIds.flatMap((role) =>
    Array.from({ length: draws.int(1, most[role]) }, (_, i) => ({
      role,
      email: `${role.toLowerCase()}.${i + 1}@example.com`,
      // First names tell people apart, in subjects too.
      name: `${capitalized(role.slice(0, 3))}${String.fromCharCode(97 + i)} ${role}`,
    })),
  );
  const holding = (role: RoleId) => people.filter((person) => person.role === role).map(({ email }) => email);
  const managers: Readonly<Partial<Record<RoleId, RoleId>>> = {
    accountExecutive: 'salesManager',
    customerSuccessManager: 'successManager',
    salesManager: 'revenueOperations',
    successManager: 'revenueOperations',
  };
  const drawn = people.map(({ role, email, name }) => {
    const above = managers[role];
    const peers = holding(role).filter((peer) => peer !== email);
    return {
      email,
      name,
      role,
      active: true,
      availability: randomAvailability(draws, from),
      ...(above && draws.chance(0.8) && { manager: draws.oneOf(holding(above)) }),
      ...(peers.length > 0 && draws.chance(0.5) && { deputy: draws.oneOf(peers) }),
      ...(role === 'customerSuccessManager' && draws.chance(0.2) && { segments: draws.some(segments, 0.6) }),
      ...(role === 'customerSuccessManager' && draws.chance(0.1) && { capacity: draws.int(0, 3) }),
    };
  });
  return parsed(drawn);
}

function randomAvailability(draws: Draws, from: string): Availability {
  const usual = draws.oneOf(hours);
  const worked = draws.chance(0.15)
    ? ['sun', 'mon', 'tue', 'wed', 'thu']
    : draws.chance(0.2)
      ? ['mon', 'tue', 'wed', 'thu']
      : ['mon', 'tue', 'wed', 'thu', 'fri'];
  const weekly = days.filter((day) => worked.includes(day)).map((day) => [day, usual] as const);
  return {
    ...draws.oneOf(places),
    hours: Object.fromEntries(weekly),
    ...(draws.chance(0.4) && { away: randomAway(draws, from) }),
  };
}

/** One to three times away within the next 70 days: a day, a week, a month. */
function randomAway(draws: Draws, from: string): NonNullable<Availability['away']> {
  return Array.from({ length: draws.int(1, 3) }, () => {
    const first = Temporal.PlainDate.from(from).add({ days: draws.int(-3, 70) });
    return { from: first.toString(), to: first.add({ days: draws.oneOf([0, 0, 1, 4, 9, 20]) }).toString() };
  });
}

/**
 * The roster as somebody imports it later: some go away, leave, get another calendar or come back. Somebody who leads the
 * process stays.
 */
export function changedRoster(
  roster: readonly Person[],
  { draws, from }: Pick<RosterDraws, 'draws' | 'from'>,
): readonly Person[] {
  const [stays] = roster.filter(({ role }) => role === 'revenueOperations');
  return parsed(
    roster.map((person) => {
      if (!draws.chance(0.3)) return person;
      if (person !== stays && draws.chance(0.25)) return { ...person, active: !person.active };
      const { away: _, ...availability } = person.availability;
      if (draws.chance(0.3)) return { ...person, availability };
      return { ...person, availability: { ...availability, away: randomAway(draws, from) } };
    }),
  );
}

/** Colleagues who have no part in the handoff: with them some companies are too large to be read whole, and people are read by name. */
export function randomColleagues({ draws, from }: Pick<RosterDraws, 'draws' | 'from'>): readonly Person[] {
  if (!draws.chance(0.2)) return [];
  return Array.from({ length: draws.int(40, 70) }, (_, i) => ({
    email: `colleague.${i + 1}@example.com`,
    name: `Colleague ${i + 1}`,
    role: 'accountExecutive',
    active: draws.chance(0.95),
    availability: randomAvailability(draws, from),
  }));
}

/** Days on which a company, or one of its offices, is closed beside public holidays; most companies know none. */
export function randomClosingDays(
  roster: readonly Person[],
  { draws, from }: Pick<RosterDraws, 'draws' | 'from'>,
): readonly CompanyClosing[] {
  if (!draws.chance(0.3)) return [];
  const offices = roster.flatMap(({ availability }) => availability.holidays ?? []);
  return Array.from({ length: draws.int(1, 2) }, (_, i) => {
    const first = Temporal.PlainDate.from(from).add({ days: draws.int(-3, 70) });
    const last = first.add({ days: draws.oneOf([0, 0, 1, 6, 9]) });
    const isYearly = draws.chance(0.3);
    const [start, end] = [first, last].map((date) => date.toString().slice(isYearly ? 5 : 0)) as [string, string];
    return {
      from: start,
      to: end,
      name: `Closing ${i + 1}`,
      ...(offices.length > 0 && draws.chance(0.3) && { offices: [draws.oneOf(offices)] }),
    };
  });
}

/** The roster of a company that is closed on these days. */
export const closedOn = (closingDays: readonly CompanyClosing[], people: readonly Person[]): readonly Person[] =>
  parsed({ people, closingDays });

function parsed(roster: unknown): readonly Person[] {
  const read = parseRoster(roster);
  if ('roster' in read) return read.roster;
  throw new Error(`A roster was drawn that cannot be used: ${JSON.stringify(read.refused)}`);
}
