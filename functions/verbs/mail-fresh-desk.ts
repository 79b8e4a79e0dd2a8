import type { StepOutcome } from '../domain/step/outcome.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { noticeWithDeskUses, sendNoticeWithDesk } from '../mailing/send-notice.ts';
import { unlessInHand } from '../mailing/unless-in-hand.ts';
import type { WorldOf } from '../ports/world.ts';
import { freshMail } from './fresh-mail.ts';
import { findDesk, openDeskUses } from './open-desk.ts';

export const mailFreshDeskUses = [...openDeskUses, ...noticeWithDeskUses] as const;

/**
 * A desk link that has expired or was ended is replaced by mail, to the person it belonged to and to nobody else, at most once in ten
 * minutes. Whoever holds an old link learns nothing by it.
 */
export const mailFreshDesk =
  (world: WorldOf<typeof mailFreshDeskUses>) =>
  async (request: { linkId: string; at: Instant }): Promise<StepOutcome> => {
    const result = await findDesk(world, request);
    if ('outcome' in result) return { kind: result.outcome.kind === 'unknown-link' ? 'unknown-link' : 'left' };
    const { record, person, desk } = result.found;
    const { at } = request;
    const fresh = freshMail(record, `fresh-desk/${person.email}/`, at);
    const notice = { kind: 'fresh-desk' } as const;
    // Whoever wants it is there, and asks again should it not come.
    if (fresh)
      await unlessInHand(
        sendNoticeWithDesk(world, { record, people: desk.people, person, notice, step: '', at, ...fresh }),
      );
    return { kind: 'fresh-link-sent' };
  };
