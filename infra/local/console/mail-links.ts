import { type AuditEntry, mailSaid } from '../../../functions/domain/handoff/audit-entry.ts';
import type { Mail } from '../../account/ses/mail.ts';
import { asksIn } from '../play/asks-in-mail.ts';

/** The paths of the pages a mail leads to, e.g. `/s/…`, each once, in the order in which they stand in it. */
export const linksIn = (mail: Mail, siteUrl: string): readonly string[] => [
  ...new Set(
    mail.text
      .split(`${siteUrl}/s/`)
      .slice(1)
      .flatMap((rest) => /^[\w-]+/.exec(rest) ?? [])
      .map((link) => `/s/${link}`),
  ),
];

/** The newest link to a step that was mailed to somebody, by itself or among others. */
export function newestLink(
  mails: readonly Mail[],
  to: { readonly handoff: string; readonly step: string; readonly email: string },
): string | undefined {
  for (let i = mails.length - 1; i >= 0; i -= 1) {
    const mail = mails[i];
    if (mail === undefined || mail.tags['handoff'] !== to.handoff) continue;
    if (!mail.to.some(({ address }) => address === to.email)) continue;
    const part = asksIn(mail).find(({ step }) => step === to.step);
    if (part !== undefined) return part.link;
  }
  return undefined;
}

/** The mail that an entry of a handoff's trail tells of. */
export function mailOf(
  mails: readonly Mail[],
  handoff: string,
  entry: AuditEntry,
): { readonly path: string; readonly subject: string } | undefined {
  const { kind, to } = mailSaid(entry);
  const at = Date.parse(entry.at);
  const mail = mails.find(
    (each) =>
      each.at === at &&
      each.tags['handoff'] === handoff &&
      each.tags['kind'] === kind &&
      each.tags['step'] === entry.step &&
      each.recipients.some((one) => to.includes(one)),
  );
  return mail && { path: `/mails/${encodeURIComponent(mail.id)}`, subject: mail.subject };
}
