import type { Mail } from '../../account/ses/mail.ts';

/** The path of the page a mail leads to, e.g. `/s/…`; undefined when it leads to none. */
export function linkIn(mail: Mail, siteUrl: string): string | undefined {
  const start = mail.text.indexOf(`${siteUrl}/s/`);
  if (start < 0) return undefined;
  return /^\/s\/[\w-]+/.exec(mail.text.slice(start + siteUrl.length))?.[0];
}

/** The newest mail with a link to a step for somebody. */
export function newestLink(
  mails: readonly Mail[],
  to: { readonly handoff: string; readonly step: string; readonly email: string },
  siteUrl: string,
): string | undefined {
  for (let i = mails.length - 1; i >= 0; i -= 1) {
    const mail = mails[i];
    if (mail === undefined || mail.tags['handoff'] !== to.handoff || mail.tags['step'] !== to.step) continue;
    if (!mail.to.some(({ address }) => address === to.email)) continue;
    const link = linkIn(mail, siteUrl);
    if (link !== undefined) return link;
  }
  return undefined;
}
