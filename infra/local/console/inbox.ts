import type { HandoffRecord } from '../../../functions/domain/handoff/handoff.ts';
import { type Content, type Html, html } from '../../../functions/pages/html.ts';
import type { Mail } from '../../account/ses/mail.ts';
import { badge, type Tone } from './layout.ts';
import { type People, personName } from './overview.ts';
import type { Standing } from './register.ts';
import { select } from './select.ts';
import type { Surroundings } from './surroundings.ts';
import { counted, timeHtml, words } from './wording.ts';

/** Which mails are asked for. */
export interface MailFilter {
  /** A mail address. */
  readonly to?: string;
  readonly handoff?: string;
  /** All of them, not only the newest. */
  readonly all?: boolean;
}

const shownAtFirst = 50;

const selectMails = (mails: readonly Mail[], { to, handoff }: MailFilter): Mail[] =>
  mails.filter(
    (mail) =>
      (to === undefined || mail.recipients.some((address) => address.toLowerCase() === to.toLowerCase())) &&
      (handoff === undefined || mail.tags['handoff'] === handoff),
  );

/** The inbox of everybody, newest first, with its filters. */
export function inboxSection(
  mails: readonly Mail[],
  filter: MailFilter,
  known: { readonly people: People; readonly handoffs: ReadonlyMap<string, string> },
): Html {
  const chosen = selectMails(mails, filter).toReversed();
  const shown = filter.all ? chosen : chosen.slice(0, shownAtFirst);
  const addresses = [...new Set(mails.flatMap(({ recipients }) => recipients))].sort();
  const filtered = filter.to !== undefined || filter.handoff !== undefined;
  return html`<section class="card" id="inbox"><h2>Inbox <span class="soft small">${counted(chosen.length, 'mail')}</span></h2>
${
  mails.length === 0
    ? html`<p class="soft">No mail yet. Every mail to anybody ends up here; nothing leaves this machine.</p>`
    : html`<form class="controls" method="get" action="/inbox" data-auto>
<label>To ${select(
        { name: 'to', any: 'everybody' },
        addresses.map((address) => [address, personName(known.people, address)]),
        filter.to,
      )}</label>
<label>About ${select({ name: 'handoff', any: 'every handoff' }, [...known.handoffs], filter.handoff)}</label>
<button class="quiet slim">Show</button>${filtered && html` <a class="small" href="/inbox">All emails</a>`}
</form>
<ul class="rows">${shown.map((mail) => mailRow(mail, known.people))}</ul>
${shown.length < chosen.length && html`<p><a href="${olderPath(filter)}">Show ${chosen.length - shown.length} older ones too</a></p>`}`
}</section>`;
}

function olderPath({ to, handoff }: MailFilter): string {
  const query = new URLSearchParams({
    ...(to !== undefined && { to }),
    ...(handoff !== undefined && { handoff }),
    all: '1',
  });
  return `/inbox?${query}`;
}

/** One mail of a list. */
export function mailRow(mail: Mail, people: People): Html {
  const to = mail.to.map(({ address, name }) => people.get(address)?.name ?? (name || address)).join(', ');
  const kind = mail.tags['kind'] ?? '';
  return html`<li><div class="line"><span class="small soft">${timeHtml(mail.at)}</span>${kind !== '' && badge(words(kind), toneOf(kind))}<span class="small" dir="auto">to ${to}</span></div>
<a href="/mails/${encodeURIComponent(mail.id)}" dir="auto">${mail.subject || '(no subject)'}</a></li>\n`;
}

/** How urgent a kind of mail is. */
export function toneOf(kind: string): Tone {
  if (['breach', 'escalate', 'stall', 'nag', 'low-score'].includes(kind)) return 'bad';
  return ['warn', 'remind'].includes(kind) ? 'soon' : 'quiet';
}

/** Every email about one handoff, the newest first, and those that are not known to have been sent. */
export function emailsView({ id, record }: Pick<Standing, 'id' | 'record'>, around: Surroundings): Html {
  const mails = selectMails(around.mails, { handoff: id }).toReversed();
  return html`<section class="card"><h2>Emails <span class="soft small">${counted(mails.length, 'email')}</span></h2>
<ul class="rows">${mails.map((mail) => mailRow(mail, around.people))}</ul>
${record && troubledMails(record)}</section>`;
}

/** Mails that are not known to have been sent. */
function troubledMails({ mails }: HandoffRecord): Content {
  const troubled = Object.values(mails).filter(({ status }) => status !== 'sent');
  if (troubled.length === 0) return undefined;
  return html`<div class="note bad"><p>Not known to be sent:</p><ul>${troubled.map(
    ({ key, status, at }) => html`<li dir="auto">${key}: ${status}, ${timeHtml(at)}</li>\n`,
  )}</ul></div>`;
}
