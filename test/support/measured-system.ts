import { deskLinkFor } from '../../functions/domain/handoff/desk-link.ts';
import type { Measured } from '../../functions/domain/reports/measured-handoff.ts';
import type { World } from '../../functions/ports/world.ts';
import { companyPeople } from '../../infra/local/measured-company.ts';

/** Puts handoffs of the sample company into a system's table as the nightly measuring does, its people behind ids of their own. */
export async function saveMeasured(world: World, measured: Measured): Promise<void> {
  const ids = await world.pseudonyms.idsOf([...companyPeople.values()]);
  const known = new Map([...companyPeople].map(([id, email]) => [id, ids.get(email) ?? '']));
  const named: Measured = JSON.parse(JSON.stringify(measured), (_key, value) => known.get(value) ?? value);
  await world.measured.save(named);
}

/** The path of the reports of somebody, by a link of theirs: `/r/…`. */
export async function reportsOf(world: World, person: string, at: string): Promise<string> {
  const id = world.newLinkId();
  await world.desks.store(world.hash(id), deskLinkFor(person, undefined, at));
  return `/r/${id}`;
}
