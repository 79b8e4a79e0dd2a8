import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { isApprovedAgain, type Suppression } from '../domain/handoff/reachability.ts';
import type { Announced } from '../domain/messages/announced.ts';
import type { MailKind } from '../domain/messages/message.ts';
import type { Mailbox, People } from '../domain/people/people.ts';
import type { Announcement } from '../domain/playbook/announcements.ts';
import type { Instant } from '../domain/time/calendar.ts';
import type { WorldOf } from '../ports/world.ts';
import { sendOnce, sendUses } from './send-mail.ts';
import { noticeUses } from './send-notice.ts';
import { tellAccountable } from './tell-accountable.ts';

export const sendAnnouncedUses = ['suppressions.among', 'audit.write', ...sendUses, ...noticeUses] as const;

type Sending = WorldOf<typeof sendAnnouncedUses>;

export interface AnnouncedOnce {
  readonly record: HandoffRecord;
  readonly people: People;
  readonly step: string;
  /** How colleagues call the mail when something goes wrong with it. */
  readonly say: Announcement;
  readonly kind: MailKind;
  /** What makes this mail this mail: sent once under it. */
  readonly key: string;
  readonly at: Instant;
  readonly draft: Announced;
  /** Writes the mail when it is really about to go; the draft unless given. */
  readonly compose?: () => Promise<Announced>;
}

/**
 * Sends a mail that tells, once. A customer mail of which nobody knows whether it went out is held, and its owner is told. An
 * address from which mail came back is left out until a person enters it once more.
 */
export async function sendAnnounced(world: Sending, mail: AnnouncedOnce): Promise<void> {
  const { record, draft, key, at, kind, step } = mail;
  const { to, refused } = draft.toCustomer ? await withoutSuppressed(world, mail) : { to: draft.to, refused: [] };
  if (refused.length > 0 && record.mails[key]?.status !== 'sent') await tellSuppressed(world, mail, refused);
  if (to.length === 0) return;
  const outcome = await sendOnce(world, {
    record,
    key,
    at,
    toCustomer: draft.toCustomer,
    compose: async () => {
      const { message, cc, fromName, replyTo, invitation, toCustomer } = (await mail.compose?.()) ?? draft;
      return {
        message,
        to,
        cc,
        ...(fromName && { fromName }),
        ...(replyTo && { replyTo }),
        ...(invitation && { invitation }),
        toCustomer,
        tags: { handoff: record.state.id, kind, step },
      };
    },
  });
  if (outcome !== 'held' && outcome !== 'rejected') return;
  const notice = { kind: 'customer-mail-held', say: mail.say } as const;
  // A mail that was rejected is held from then on: whoever comes again, having been interrupted, tells of the same.
  await tellAccountable(world, { ...mail, key: `${key}/held`, notice });
}

/** The recipients without those that are suppressed; unless somebody entered their address once more since. */
async function withoutSuppressed(
  world: Sending,
  { record, draft: { to } }: AnnouncedOnce,
): Promise<{ to: readonly Mailbox[]; refused: readonly Suppression[] }> {
  const suppressed = await world.suppressions.among(to.map(({ email }) => email.toLowerCase()));
  const refused = [...suppressed.values()].filter((suppression) => !isApprovedAgain(record, suppression));
  const addresses = new Set(refused.map(({ email }) => email));
  return { to: to.filter(({ email }) => !addresses.has(email.toLowerCase())), refused };
}

/** Nobody of the company would otherwise know that part of the audience, or all of it, was left out. */
async function tellSuppressed(world: Sending, mail: AnnouncedOnce, refused: readonly Suppression[]): Promise<void> {
  const { record, at, say, step, key } = mail;
  const addresses = refused.map(({ email }) => email);
  const what = refused.some((suppression) => suppression.what === 'complained') ? 'complained' : 'bounced';
  const detail = `${key}: not to ${addresses.join(', ')}`;
  await world.audit.write(record.state.id, { at, who: 'system', what: 'suppressed', step, detail, from: 'execution' });
  const notice = { kind: 'customer-mail-bounced', addresses, what, unsent: say } as const;
  await tellAccountable(world, { ...mail, key: `${key}/suppressed`, notice });
}
