import type { Instant } from './domain/calendar.ts';
import { customerSuccessManagerOf, type HandoffRecord } from './domain/handoff.ts';
import type { People } from './domain/messages/message.ts';
import { type Notice, noticeMessage } from './domain/messages/notice.ts';
import { personOf } from './involved-people.ts';
import type { World } from './ports.ts';
import { sendOnce } from './send-mail.ts';

export interface Told {
  readonly record: HandoffRecord;
  readonly people: People;
  /** What makes this notice this notice: told once under it. */
  readonly key: string;
  readonly notice: Notice;
  readonly step: string;
  readonly at: Instant;
}

/** Tells whoever is accountable for the handoff, once: the customer success manager, else revenue operations. */
export async function tellAccountable(
  world: Pick<World, 'handoffs' | 'mail' | 'site'>,
  { record, people, key, notice, step, at }: Told,
): Promise<void> {
  const email = customerSuccessManagerOf(record) ?? record.state.people.revenueOperations;
  if (!email) return;
  const person = personOf(people, email);
  await sendOnce(world, {
    record,
    key: `${key}/${email}`,
    at,
    toCustomer: false,
    compose: async () => ({
      to: [{ name: person.name, email }],
      cc: [],
      message: noticeMessage({ record, notice, to: { person, as: 'participant' }, people, at, site: world.site }),
      tags: { handoff: record.state.id, kind: notice.kind, step },
    }),
  });
}
