import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import type { MailRecord } from '../domain/handoff/mail-record.ts';
import type { WorldOf } from '../ports/world.ts';

export const notingUses = ['mails.markSent'] as const;

/**
 * The world, and what `withSent` makes of a record that was read before: with the mails that went out by this world since. Whoever
 * goes on in the same call need not read it again.
 */
export function notingSent<W extends WorldOf<typeof notingUses>>(
  world: W,
): { readonly world: W; readonly withSent: (record: HandoffRecord) => HandoffRecord } {
  const sent: MailRecord[] = [];
  const markSent: W['mails']['markSent'] = async (mail) => {
    const stands = await world.mails.markSent(mail);
    sent.push(stands);
    return stands;
  };
  return {
    world: { ...world, mails: { ...world.mails, markSent } },
    withSent: (record) => ({
      ...record,
      mails: { ...record.mails, ...Object.fromEntries(sent.map((mail) => [mail.key, mail])) },
    }),
  };
}
