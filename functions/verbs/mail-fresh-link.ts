import { isOver } from '../domain/handoff/handoff.ts';
import { personOf } from '../domain/people/people.ts';
import type { StepOutcome } from '../domain/step/outcome.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { noticeWithLinkUses, sendNoticeWithLink } from '../mailing/send-notice.ts';
import { unlessInHand } from '../mailing/unless-in-hand.ts';
import type { WorldOf } from '../ports/world.ts';
import { involvedPeople, involvedUses } from './involved-people.ts';

const tenMinutes = 600_000;
/** Of several requests at once, one sends the mail; should it come to nothing, the next one does after this long. */
const lease = 60_000;

export const mailFreshLinkUses = [
  'links.find',
  'handoffs.load',
  'hash',
  ...involvedUses,
  ...noticeWithLinkUses,
] as const;

/**
 * An expired link is replaced by mail, to the person it belonged to and to nobody else, at most once in ten minutes.
 * Whoever holds an old link learns nothing by it.
 */
export const mailFreshLink =
  (world: WorldOf<typeof mailFreshLinkUses>) =>
  async ({ linkId, at }: { linkId: string; at: Instant }): Promise<StepOutcome> => {
    const link = await world.links.find(world.hash(linkId));
    const record = link && (await world.handoffs.load(link.handoffId));
    if (!link || !record) return { kind: 'unknown-link' };
    const prefix = `fresh-link/${link.step}/${link.person}/`;
    const recently = Object.values(record.mails).some(
      (mail) =>
        mail.key.startsWith(prefix) &&
        Date.parse(at) - Date.parse(mail.at) < (mail.status === 'claimed' ? lease : tenMinutes),
    );
    const over = record.steps[link.step]?.decision !== undefined || isOver(record, link.step);
    if (over || recently) return { kind: 'fresh-link-sent' };
    const people = await involvedPeople(world, record, [link.person]);
    if (!personOf(people, link.person).active) return { kind: 'left' };
    const sending = sendNoticeWithLink(world, {
      record,
      people,
      person: personOf(people, link.person),
      as: link.as,
      notice: { kind: 'fresh-link', step: link.step },
      key: `${prefix}${Math.floor(Date.parse(at) / tenMinutes)}`,
      step: link.step,
      at,
      lease,
    });
    // Whoever wants it is there, and asks again should it not come.
    await unlessInHand(sending);
    return { kind: 'fresh-link-sent' };
  };
