import type { Instant } from './domain/calendar.ts';
import type { HandoffRecord } from './domain/handoff.ts';
import type { People } from './domain/messages/message.ts';
import { noticeMessage } from './domain/messages/notice.ts';
import type { Person } from './domain/person.ts';
import type { World } from './ports.ts';
import { type MailOutcome, sendOnce } from './send-mail.ts';

export interface EndOfHandoff {
  readonly record: HandoffRecord;
  readonly people: People;
  readonly person: Person;
  /** A mail address, `crm` or `system`. */
  readonly by: string;
  readonly reason: string;
  readonly at: Instant;
}

/** Tells somebody, once, that a handoff they have a part in ends before it is complete. */
export const tellOfEnd = (
  world: Pick<World, 'handoffs' | 'mail' | 'site'>,
  end: EndOfHandoff,
): Promise<MailOutcome> => {
  const { record, people, person, by, reason, at } = end;
  return sendOnce(world, {
    record,
    key: `handoff-cancelled/${person.email}`,
    at,
    toCustomer: false,
    compose: async () => ({
      to: [{ name: person.name, email: person.email }],
      cc: [],
      message: noticeMessage({
        record,
        notice: { kind: 'handoff-cancelled', by, reason },
        to: { person, as: 'participant' },
        people,
        at,
        site: world.site,
      }),
      tags: { handoff: record.state.id, kind: 'handoff-cancelled', step: '' },
    }),
  });
};
