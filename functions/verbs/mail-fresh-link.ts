import { isOver } from '../domain/handoff/step-rule.ts';
import { personOf } from '../domain/people/people.ts';
import type { StepOutcome } from '../domain/step/outcome.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { noticeWithLinkUses, sendNoticeWithLink } from '../mailing/send-notice.ts';
import { unlessInHand } from '../mailing/unless-in-hand.ts';
import type { WorldOf } from '../ports/world.ts';
import { findLink, findLinkUses } from './find-link.ts';
import { freshMail } from './fresh-mail.ts';
import { involvedPeople, involvedUses } from './involved-people.ts';
import { recordOrDraft, recordOrDraftUses } from './record-or-draft.ts';

export const mailFreshLinkUses = [
  ...recordOrDraftUses,
  ...findLinkUses,
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
    const link = await findLink(world, linkId);
    const record = link && (await recordOrDraft(world, link.handoffId));
    if (!link || !record) return { kind: 'unknown-link' };
    const fresh = freshMail(record, `fresh-link/${link.step}/${link.person}/`, at);
    const over = record.steps[link.step]?.decision !== undefined || isOver(record, link.step);
    if (over || !fresh) return { kind: 'fresh-link-sent' };
    const people = await involvedPeople(world, record, [link.person]);
    if (!personOf(people, link.person).active) return { kind: 'left' };
    const sending = sendNoticeWithLink(world, {
      record,
      people,
      person: personOf(people, link.person),
      as: link.as,
      notice: { kind: 'fresh-link', step: link.step },
      step: link.step,
      at,
      ...fresh,
    });
    // Whoever wants it is there, and asks again should it not come.
    await unlessInHand(sending);
    return { kind: 'fresh-link-sent' };
  };
