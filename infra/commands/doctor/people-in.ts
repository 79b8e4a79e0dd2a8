import type { HandoffRecord } from '../../../functions/domain/handoff/handoff.ts';
import type { People } from '../../../functions/domain/people/people.ts';
import type { Person } from '../../../functions/domain/people/person.ts';
import { withStrangers } from '../../../functions/domain/people/stranger.ts';

/** Everybody on the roster, and whom a handoff names beside them. */
export function peopleIn(record: HandoffRecord, roster: readonly Person[], defaultZone: string): People {
  const named = [
    record.deal.accountExecutive,
    ...Object.values(record.state.people),
    ...Object.values(record.steps).flatMap(({ owner, standInFor, exceptions = [] }) => [
      owner,
      standInFor,
      ...exceptions.map(({ reviewer }) => reviewer),
    ]),
  ].filter((email) => email !== undefined);
  return withStrangers(new Map(roster.map((person) => [person.email, person])), named, defaultZone);
}
