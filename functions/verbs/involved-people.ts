import { type HandoffRecord, holderOf } from '../domain/handoff/handoff.ts';
import { lastSupplied } from '../domain/handoff/supplied.ts';
import type { People } from '../domain/people/people.ts';
import type { Person } from '../domain/people/person.ts';
import { stranger } from '../domain/people/stranger.ts';
import type { RoleId } from '../domain/playbook/roles.ts';
import type { WorldOf } from '../ports/world.ts';

export const involvedUses = ['roster.people', 'site'] as const;

/** Everybody who has a part in this handoff, their managers and deputies included. */
export async function involvedPeople(
  world: WorldOf<typeof involvedUses>,
  record: HandoffRecord,
  others: readonly string[] = [],
): Promise<People> {
  const roles: Partial<Record<RoleId, string>> = record.state.people;
  const manager = holderOf(record, 'customerSuccessManager');
  const owners = Object.values(record.steps).flatMap(({ owner, standInFor, handed, item, exceptions = [] }) => [
    ...[owner, standInFor, handed?.from, item?.by].filter((email) => email !== undefined),
    ...exceptions
      .flatMap(({ by, reviewer, answer, standInFor, handed, others = [] }) => [
        ...[by, reviewer, answer?.by, standInFor, handed?.from],
        ...(answer ? [] : others),
      ])
      .filter((email) => email !== undefined),
  ]);
  const reviewer = lastSupplied(record, 'planReviewer')?.value;
  const named = [manager, reviewer].filter((email) => email !== undefined);
  const emails = new Set([...Object.values(roles), ...owners, ...others, ...named]);
  const known = new Map(await world.roster.people([...emails]));
  const load = async (some: readonly Person[]) => {
    const more = some.flatMap(standInsOf).filter((email) => !known.has(email));
    if (more.length > 0) for (const [email, person] of await world.roster.people(more)) known.set(email, person);
  };
  await load([...known.values()]);
  // Whoever stands in for a manager who is away.
  await load([...known.values()].filter(({ availability }) => availability.away?.length));
  for (const email of emails) if (!known.has(email)) known.set(email, stranger(email, world.site.defaultZone));
  return known;
}

const standInsOf = ({ manager, deputy, awayNotes = [] }: Person): readonly string[] =>
  [manager, deputy, ...awayNotes.map((note) => note.deputy)].filter((email) => email !== undefined);
