import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { holders } from '../domain/handoff/holders.ts';
import { operationsOf } from '../domain/handoff/who-is-asked.ts';
import type { Notice } from '../domain/messages/notice-input.ts';
import { type People, personOf } from '../domain/people/people.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';
import { type noticeUses, sendNotice } from './send-notice.ts';

export interface Told {
  readonly record: HandoffRecord;
  readonly people: People;
  /** What makes this notice this notice: told once under it. */
  readonly key: string;
  readonly notice: Notice;
  readonly step: string;
  readonly at: Instant;
}

/**
 * Tells whoever is accountable for the handoff, once: the customer success manager, or whoever has their steps since they left, else
 * revenue operations.
 */
export async function tellAccountable(
  world: WorldOf<typeof noticeUses>,
  { record, people, key, notice, step, at }: Told,
): Promise<void> {
  const [holder] = holders({ record, people }, [record.playbook.accountable]);
  const email = holder?.email ?? operationsOf(record, people)?.email;
  if (!email) return;
  await sendNotice(world, {
    record,
    people,
    person: personOf(people, email),
    notice,
    key: `${key}/${email}`,
    step,
    at,
  });
}
