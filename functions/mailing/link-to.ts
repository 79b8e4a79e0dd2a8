import { deskBesideId } from '../domain/handoff/desk-link.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import type { Link } from '../domain/handoff/link.ts';
import type { Capacity } from '../domain/playbook/playbook.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';

export const linkUses = ['links.store', 'site', 'newLinkId', 'hash'] as const;

interface Reader {
  readonly step: string;
  readonly person: string;
  readonly as: Capacity;
  readonly at: Instant;
}

/** Makes a link for one person to one step, and returns its address. Only its hash is kept. */
export async function linkTo(world: WorldOf<typeof linkUses>, record: HandoffRecord, to: Reader): Promise<string> {
  const id = world.newLinkId();
  await world.links.store(world.hash(id), linkFor(record, to));
  return `${world.site.url}/s/${id}`;
}

/** The same for a mail that goes to this colleague alone, with a link to their desk: one item keeps both. */
export async function linkAndDeskTo(
  world: WorldOf<typeof linkUses>,
  record: HandoffRecord,
  to: Reader,
): Promise<{ readonly url: string; readonly desk: string }> {
  const [id, own] = [world.newLinkId(), world.newLinkId()];
  const hash = world.hash(id);
  await world.links.store(hash, { ...linkFor(record, to), desk: { hash: world.hash(own), issuedAt: to.at } });
  return { url: `${world.site.url}/s/${id}`, desk: `${world.site.url}/d/${deskBesideId(hash, own)}` };
}

const linkFor = (record: HandoffRecord, { step, person, as, at }: Reader): Link => ({
  handoffId: record.state.id,
  step,
  person,
  as,
  expiresAt: new Date(Date.parse(at) + record.playbook.linkDays * 86_400_000).toISOString(),
});
