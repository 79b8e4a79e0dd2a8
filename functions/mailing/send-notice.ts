import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import type { MeetingInvitation } from '../domain/messages/message.ts';
import { noticeMessage } from '../domain/messages/notice.ts';
import type { Notice } from '../domain/messages/notice-input.ts';
import type { People } from '../domain/people/people.ts';
import type { Person } from '../domain/people/person.ts';
import type { Capacity } from '../domain/playbook/playbook.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';
import { deskTo, deskUses } from './desk-link.ts';
import { linkAndDeskTo, linkUses } from './link-to.ts';
import { type MailOutcome, sendOnce, sendUses } from './send-mail.ts';

export interface NoticeOnce {
  readonly record: HandoffRecord;
  readonly people: People;
  readonly person: Person;
  readonly notice: Notice;
  /** What makes this notice this notice: sent once under it. */
  readonly key: string;
  /** What it is about; empty when it is about the whole handoff. */
  readonly step: string;
  readonly at: Instant;
  /** A meeting that this takes out of their calendar. */
  readonly invitation?: MeetingInvitation | undefined;
  /** See `MailOnce`. */
  readonly lease?: number;
  readonly covers?: readonly string[];
}

export const noticeUses = ['site', ...sendUses] as const;

type NoticeWorld = WorldOf<typeof noticeUses>;

/** Tells one colleague, once, that something has happened. */
export const sendNotice = (world: NoticeWorld, mail: NoticeOnce): Promise<MailOutcome> =>
  send(world, mail, async () => ({}));

export const noticeWithLinkUses = [...noticeUses, ...linkUses] as const;

/** The same, with a link of their own to the step. */
export const sendNoticeWithLink = (
  world: WorldOf<typeof noticeWithLinkUses>,
  mail: NoticeOnce & { readonly as: Capacity },
): Promise<MailOutcome> => {
  const { record, step, person, as, at } = mail;
  return send(world, mail, async () => ({
    as,
    ...(await linkAndDeskTo(world, record, { step, person: person.email, as, at })),
  }));
};

/** The same, with a link of their own to the brief, once any step has been asked: links are made to steps. */
export const sendNoticeWithBrief = (
  world: WorldOf<typeof noticeWithLinkUses>,
  mail: NoticeOnce,
): Promise<MailOutcome> => {
  const { record, person, at } = mail;
  return send(world, mail, async () => {
    const [step] = Object.keys(record.steps);
    if (step === undefined) return {};
    const { url, desk } = await linkAndDeskTo(world, record, { step, person: person.email, as: 'reader', at });
    return { as: 'reader', url: `${url}/brief`, desk };
  });
};

export const noticeWithDeskUses = [...noticeUses, ...deskUses] as const;

/** The same, with a link to their desk. */
export const sendNoticeWithDesk = (
  world: WorldOf<typeof noticeWithDeskUses>,
  mail: NoticeOnce,
): Promise<MailOutcome> => {
  const { record, person, at } = mail;
  return send(world, mail, async () => ({
    url: await deskTo(world, { person: person.email, handoffId: record.state.id, at }),
  }));
};

function send(
  world: NoticeWorld,
  { record, people, person, notice, key, step, at, invitation, lease, covers }: NoticeOnce,
  access: () => Promise<{ as?: Capacity; url?: string; desk?: string }>,
): Promise<MailOutcome> {
  return sendOnce(world, {
    record,
    key,
    at,
    toCustomer: false,
    ...(lease !== undefined && { lease }),
    ...(covers && { covers }),
    compose: async () => {
      const { desk, ...given } = await access();
      const to = { person, as: 'participant', ...given } as const;
      const message = noticeMessage({ record, notice, to, people, at, site: world.site });
      return {
        to: [{ name: person.name, email: person.email }],
        cc: [],
        message: { ...message, ...(desk !== undefined && { desk }) },
        ...(invitation && { invitation }),
        tags: {
          handoff: record.state.id,
          kind: notice.kind,
          step,
          // What went together is told together.
          ...('steps' in notice &&
            notice.steps.length > 1 && { steps: notice.steps, kinds: notice.steps.map(() => notice.kind) }),
        },
      };
    },
  });
}
