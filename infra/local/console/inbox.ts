import { nameOf, type People } from '../../../functions/domain/people/people.ts';
import { type Content, type Html, html } from '../../../functions/pages/html.ts';
import { counted } from '../../../functions/pages/operations/wording.ts';
import type { Mail } from '../../account/ses/mail.ts';
import { mailView } from './mail-page.ts';
import { mailRow } from './mail-row.ts';
import { type Option, select } from './select.ts';
import type { Surroundings } from './surroundings.ts';

/** Which emails are asked for, and which of them is read. */
export interface MailFilter {
  /** A mail address. */
  readonly to?: string;
  readonly handoff?: string;
  /** Part of the subject. */
  readonly find?: string;
  /** All of them, not only the newest. */
  readonly all?: string;
  /** The id of the one that is read. */
  readonly mail?: string;
}

const parameters = ['to', 'handoff', 'find', 'all', 'mail'] as const satisfies readonly (keyof MailFilter)[];

const shownAtFirst = 50;

/** Reads the filter from the address's parameters; what says nothing is left out. */
export const readMailFilter = (query: URLSearchParams): MailFilter =>
  Object.fromEntries(
    parameters.flatMap((name) => {
      const value = query.get(name)?.trim();
      return value ? [[name, value]] : [];
    }),
  );

/** The emails that a filter lets through, the oldest first. */
export const selectMails = (mails: readonly Mail[], { to, handoff, find }: MailFilter): Mail[] =>
  mails.filter(
    (mail) =>
      (to === undefined || mail.recipients.some((address) => address.toLowerCase() === to.toLowerCase())) &&
      (handoff === undefined || mail.tags['handoff'] === handoff) &&
      (find === undefined || mail.subject.toLowerCase().includes(find.toLowerCase())),
  );

const inboxPath = (filter: MailFilter, part?: string): string =>
  `/inbox?${new URLSearchParams({ ...filter, ...(part !== undefined && { part }) })}`;

/** Everybody's inbox, by person: the list, the newest first, beside the email that is read. */
export function inboxPage(filter: MailFilter, part: string | null, around: Surroundings): Html {
  const { mails, people, siteUrl } = around;
  const chosen = selectMails(mails, filter).toReversed();
  const shown = filter.all === undefined ? chosen.slice(0, shownAtFirst) : chosen;
  const read = chosen.find(({ id }) => id === filter.mail) ?? chosen[0];
  const older = chosen.length - shown.length;
  return html`<div class="line head"><h1>Inbox</h1><span class="soft">${counted(chosen.length, 'email')}</span></div>
${
  mails.length === 0
    ? html`<p class="card soft">No emails yet. Every email to anybody ends up here; nothing leaves this machine.</p>`
    : html`${filterForm(filter, around)}${persons(filter, mails, people)}
<div class="inbox${filter.mail !== undefined && ' reading'}"><section class="card list" aria-label="Emails" data-live="mails">
${chosen.length === 0 ? html`<p class="soft">No email fits. <a href="/inbox">Show all</a></p>` : html`<ul class="rows">${shown.map((mail) => mailRow(mail, people, { path: inboxPath({ ...filter, mail: mail.id }), chosen: mail === read }))}</ul>`}
${older > 0 && html`<p><a href="${inboxPath({ ...filter, all: '1' })}">Show ${older} older ones too</a></p>`}</section>
<div class="reader" data-live="mail">${
        read && mailView({ mail: read, part, siteUrl, pathOf: (name) => inboxPath({ ...filter, mail: read.id }, name) })
      }</div></div>`
}`;
}

function filterForm(filter: MailFilter, { mails, people }: Surroundings): Html {
  const addresses = [...new Set(mails.flatMap(({ recipients }) => recipients))]
    .map((address): Option => [address, nameOf(people, address)])
    .sort(([, a], [, b]) => a.localeCompare(b));
  return html`<form class="controls filters" method="get" action="/inbox" data-auto>
<label>Find <input type="search" name="find" value="${filter.find ?? ''}" placeholder="Subject"></label>
<label>To ${select({ name: 'to', any: 'everybody' }, addresses, filter.to)}</label>
${filter.handoff !== undefined && html`<input type="hidden" name="handoff" value="${filter.handoff}"><span class="small">About ${filter.handoff}</span>`}
<button class="quiet slim">Show</button>${(filter.find ?? filter.to ?? filter.handoff) !== undefined && html` <a class="small" href="/inbox">All emails</a>`}
</form>`;
}

/** Whose inbox: the colleagues who got any email, with how many. */
function persons(filter: MailFilter, mails: readonly Mail[], people: People): Content {
  const counts = new Map<string, number>();
  for (const { recipients } of mails)
    for (const address of recipients) counts.set(address, (counts.get(address) ?? 0) + 1);
  return html`<nav class="chips small" aria-label="People" data-live="people">${[...people.values()].map(
    ({ email, name }) =>
      counts.has(email) &&
      html`<a href="${inboxPath({ to: email })}"${filter.to === email && html` aria-current="page"`}><bdi>${name}</bdi> ${counts.get(email) ?? 0}</a>`,
  )}</nav>`;
}
