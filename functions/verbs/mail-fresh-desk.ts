import { freshDeskMessage } from '../domain/messages/fresh-desk.ts';
import type { StepOutcome } from '../domain/step/outcome.ts';
import type { Instant } from '../domain/time/calendar.ts';
import { noticeWithDeskUses, sendNoticeWithDesk } from '../mailing/send-notice.ts';
import { type ReportLinks, sendReportOnce, sendReportUses } from '../mailing/send-report.ts';
import { unlessInHand } from '../mailing/unless-in-hand.ts';
import type { WorldOf } from '../ports/world.ts';
import { freshMail } from './fresh-mail.ts';
import { findDesk, type OpenedDesk, openDeskUses } from './open-desk.ts';

export const mailFreshDeskUses = [
  'reportMails.last',
  ...openDeskUses,
  ...noticeWithDeskUses,
  ...sendReportUses,
] as const;

/**
 * A desk link that has expired or was ended is replaced by mail, to the person it belonged to and to nobody else, at most once in ten
 * minutes. Whoever holds an old link learns nothing by it.
 */
export const mailFreshDesk =
  (world: WorldOf<typeof mailFreshDeskUses>) =>
  async (request: { linkId: string; at: Instant }): Promise<StepOutcome> => {
    const result = await findDesk(world, request);
    if ('outcome' in result) return { kind: result.outcome.kind === 'unknown-link' ? 'unknown-link' : 'left' };
    const { found } = result;
    const { record, person, desk } = found;
    const { at } = request;
    if (!record) return freshFromReport(world, found, at);
    const fresh = freshMail(record, `fresh-desk/${person.email}/`, at);
    const notice = { kind: 'fresh-desk' } as const;
    // Whoever wants it is there, and asks again should it not come.
    if (fresh)
      await unlessInHand(
        sendNoticeWithDesk(world, { record, people: desk.people, person, notice, step: '', at, ...fresh }),
      );
    return { kind: 'fresh-link-sent' };
  };

const freshKey = 'fresh-desk/';

/** The same for a link that came in a report: there is no handoff in whose thread the new one could come. */
async function freshFromReport(
  world: WorldOf<typeof mailFreshDeskUses>,
  { person }: OpenedDesk,
  at: Instant,
): Promise<StepOutcome> {
  const last = await world.reportMails.last(person.email, freshKey);
  const mails = last ? { [last.key]: { key: last.key, at: last.at, status: last.status } } : {};
  const fresh = freshMail({ mails }, freshKey, at);
  const compose = async ({ desk }: ReportLinks) => ({ message: freshDeskMessage(person, desk, world.site) });
  if (fresh) await unlessInHand(sendReportOnce(world, { person, kind: 'fresh-desk', at, compose, ...fresh }));
  return { kind: 'fresh-link-sent' };
}
