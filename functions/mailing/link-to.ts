import type { HandoffRecord, Link } from '../domain/handoff/handoff.ts';
import type { Capacity } from '../domain/playbook/playbook.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';

export const linkUses = ['links.store', 'site', 'newLinkId', 'hash'] as const;

/** Makes a link for one person to one step, and returns its address. Only its hash is kept. */
export async function linkTo(
  world: WorldOf<typeof linkUses>,
  record: HandoffRecord,
  to: { step: string; person: string; as: Capacity; at: Instant },
): Promise<string> {
  const id = world.newLinkId();
  const link: Link = {
    handoffId: record.state.id,
    step: to.step,
    person: to.person,
    as: to.as,
    expiresAt: new Date(Date.parse(to.at) + record.playbook.linkDays * 86_400_000).toISOString(),
  };
  await world.links.store(world.hash(id), link);
  return `${world.site.url}/s/${id}`;
}
