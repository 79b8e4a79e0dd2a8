import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { knownMeeting, meetingIn } from '../domain/handoff/meetings.ts';
import { colleagueInvitation, invitedWithAll } from '../domain/messages/meetings.ts';
import type { MailKind } from '../domain/messages/message.ts';
import { mailboxOf, type People } from '../domain/people/people.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { linkTo, linkUses } from '../mailing/link-to.ts';
import { sendOnce, sendUses } from '../mailing/send-mail.ts';
import type { WorldOf } from '../ports/world.ts';

export const inviteColleaguesUses = [...linkUses, ...sendUses] as const;

export interface Inviting {
  readonly record: HandoffRecord;
  readonly people: People;
  /** The step that plans the meeting; any other step invites nobody. */
  readonly step: string;
  /** Of the mail to all; each colleague's own goes by it and their address. */
  readonly key: string;
  readonly kind: MailKind;
  readonly at: Instant;
  /** Only these; everybody who is not invited by the mail to all unless said. */
  readonly only?: readonly string[];
}

/** Invites the colleagues who have no page to change the meeting on, each by a mail of their own with a link. */
export async function inviteColleagues(world: WorldOf<typeof inviteColleaguesUses>, inviting: Inviting): Promise<void> {
  const { record, people, step, key, kind, at } = inviting;
  const rule = record.playbook.steps[step];
  const plans = rule?.kind === 'ask' ? (rule.plans ?? '') : '';
  const [known, stands] = [knownMeeting(record, plans), meetingIn(record, plans)];
  if (!known || stands?.status !== 'planned') return;
  const invited = invitedWithAll(record, stands);
  for (const email of inviting.only ?? stands.hosts.filter((host) => !invited.includes(host)))
    await sendOnce(world, {
      record,
      key: `${key}/${email}`,
      at,
      toCustomer: false,
      compose: async () => ({
        to: [mailboxOf(people, email)],
        cc: [],
        ...colleagueInvitation(
          { record, people, site: world.site, at },
          { known, stands },
          { email, url: await linkTo(world, record, { step, person: email, as: 'reader', at }) },
        ),
        tags: { handoff: record.state.id, kind, step },
      }),
    });
}
