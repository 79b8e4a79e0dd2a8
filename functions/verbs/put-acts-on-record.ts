import { actsIn } from '../domain/handoff/acts.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import type { People } from '../domain/people/people.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';

export const putActsOnRecordUses = ['audit.write', 'audit.trail'] as const;

const fortnight = 14 * 86_400_000;

/**
 * Puts on record what was done lately and interrupted, by people or by whoever gave a step to somebody else: only where anything was
 * done is the audit trail read.
 */
export async function putActsOnRecord(
  world: WorldOf<typeof putActsOnRecordUses>,
  { record, people, at }: { readonly record: HandoffRecord; readonly people: People; readonly at: Instant },
): Promise<void> {
  const lately = actsIn(record, people).filter(({ entry }) => Date.parse(at) - Date.parse(entry.at) < fortnight);
  if (lately.length === 0) return;
  const { id } = record.state;
  const since = lately.map(({ entry }) => entry.at).reduce(earlier);
  const trail = await world.audit.trail(id, since, { record });
  for (const { entry } of lately)
    if (!trail.some(({ at, who, what, step }) => isSame([at, who, what, step], entry)))
      await world.audit.write(id, entry);
}

const earlier = (one: Instant, other: Instant): Instant => (Date.parse(one) <= Date.parse(other) ? one : other);

const isSame = (
  one: readonly unknown[],
  { at, who, what, step }: ReturnType<typeof actsIn>[number]['entry'],
): boolean => [at, who, what, step].every((member, i) => member === one[i]);
