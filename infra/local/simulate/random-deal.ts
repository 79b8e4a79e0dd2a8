import type { Person } from '../../../functions/domain/people/person.ts';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import type { Instant } from '../../../functions/domain/time/calendar.ts';
import { type SampleEvent, type SampleName, sampleEvent } from '../sample-company.ts';
import type { Draws } from './draws.ts';

const samples: readonly SampleName[] = ['complete-standard', 'incomplete', 'enterprise-across-zones', 'self-serve'];

/** An event with the time at which it is put on the bus. */
export interface DealEvent extends SampleEvent {
  readonly time: Instant;
}

export interface DealDraws {
  readonly draws: Draws;
  readonly dealId: string;
  readonly playbook: Playbook;
  readonly roster: readonly Person[];
  /** UTC. */
  readonly closedWonAt: Instant;
}

/** A deal that is won: a sample with other people, another segment and industry, and without some of what need not be there. */
export function randomDeal({ draws, dealId, playbook, roster, closedWonAt }: DealDraws): DealEvent {
  const { detail, ...event } = sampleEvent(draws.oneOf(samples));
  const { customer, package: pkg, segment: _, industry: __, wonEpisode: ___, ...others } = detail;
  const holding = (role: Person['role']) => roster.filter((person) => person.role === role).map(({ email }) => email);
  const gaps = draws.oneOf([0, 0, 0.05, 0.3, 1]);
  const sections = Object.entries(Object(pkg)).map(([name, section]) => [
    name,
    Array.isArray(section) ? section : without(section, gaps, draws),
  ]);
  return {
    ...event,
    time: later(closedWonAt, draws.oneOf([0, 0, 0, 4, 90, 3_000])),
    detail: {
      ...without(others, 0.15, draws, needed),
      dealId,
      closedWonAt,
      customer: without(customer, 0.2, draws, ['name']),
      accountExecutive: draws.chance(0.97) ? draws.oneOf(holding('accountExecutive')) : 'stranger@example.com',
      package: Object.fromEntries(draws.some(sections, 1 - gaps / 4)),
      ...(draws.chance(0.9) && { segment: draws.oneOf([...Object.keys(playbook.segments), 'unheard of']) }),
      ...(draws.chance(0.6) && { industry: draws.oneOf([...Object.keys(playbook.industries), 'Fishing']) }),
      ...(draws.chance(0.2) && { customerSuccessManager: draws.oneOf(holding('customerSuccessManager')) }),
      ...(draws.chance(0.5) && { wonEpisode: 1 }),
    },
  };
}

/** What a deal must say. */
const needed: readonly string[] = ['name', 'dealId', 'accountExecutive', 'closedWonAt', 'package'];

/** A record without some of its members, each left out that often; those that are kept never. */
export function without(record: unknown, share: number, draws: Draws, kept: readonly string[] = []): object {
  const entries = Object.entries(Object(record));
  return Object.fromEntries(entries.filter(([name]) => kept.includes(name) || !draws.chance(share)));
}

const later = (at: Instant, minutes: number): Instant => new Date(Date.parse(at) + minutes * 60_000).toISOString();
