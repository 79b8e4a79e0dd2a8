import { pendingRequest } from '../domain/handoff/exceptions.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { holderOf } from '../domain/handoff/roles-held.ts';
import { lastSupplied } from '../domain/handoff/supplied.ts';
import { everybodyTold } from '../domain/handoff/trouble.ts';
import type { People } from '../domain/people/people.ts';
import type { Person } from '../domain/people/person.ts';
import { withStrangers } from '../domain/people/stranger.ts';
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
        ...(answer ? answer.fields.map(({ owner }) => owner) : others),
      ])
      .filter((email) => email !== undefined),
  ]);
  const reviewer = lastSupplied(record, 'planReviewer')?.value;
  const hosts = hostsInvited(record);
  const named = [manager, reviewer].filter((email) => email !== undefined);
  const writers = (record.notes ?? []).map(({ by }) => by);
  const emails = new Set([...Object.values(roles), ...owners, ...others, ...hosts, ...named, ...writers]);
  // Whoever stands in for them; and for a manager who is away.
  const alsoOf = (found: readonly Person[]) =>
    found.filter(({ email, availability }) => emails.has(email) || availability.away?.length).flatMap(standInsOf);
  const known = await world.roster.people([...emails], { alsoOf });
  return withStrangers(known, emails, world.site.defaultZone);
}

/** The colleagues who take part in meetings, or did: mail addresses. */
const hostsInvited = ({ meetings = {} }: HandoffRecord): readonly string[] =>
  Object.values(meetings).flatMap(({ hosts, handed }) => [...hosts, ...(handed?.left ?? [])]);

const standInsOf = ({ manager, deputy, awayNotes = [] }: Person): readonly string[] =>
  [manager, deputy, ...awayNotes.map((note) => note.deputy)].filter((email) => email !== undefined);

/**
 * Who hears of the end of a handoff: everybody of the company who answers for a part of it, the accountable one among them,
 * takes part in a meeting of it, or was told anything of it, and is still there. With the people they stand among.
 */
export async function concernedByEnd(
  world: WorldOf<typeof involvedUses>,
  record: HandoffRecord,
): Promise<{ readonly people: People; readonly concerned: readonly Person[] }> {
  const told = [...(await world.roster.people(everybodyTold(record))).keys()];
  const people = await involvedPeople(world, record, told);
  const owners = Object.values(record.steps).flatMap((step) => [step.owner, pendingRequest(step)?.reviewer]);
  const answering = (['accountExecutive', 'customerSuccessManager', record.playbook.accountable] as const).map((role) =>
    holderOf(record, role),
  );
  const concerned = [...new Set([...answering, ...owners, ...hostsInvited(record), ...told])].flatMap(
    (email) => people.get(email ?? '') ?? [],
  );
  return { people, concerned: concerned.filter(({ active }) => active) };
}
