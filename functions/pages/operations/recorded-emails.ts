import { type AuditEntry, mailSaid } from '../../domain/handoff/audit-entry.ts';
import type { HandoffRecord } from '../../domain/handoff/handoff.ts';
import type { MailFate } from '../../domain/handoff/mail-record.ts';
import { titleOf } from '../../domain/handoff/step-rule.ts';
import { nameOf } from '../../domain/people/people.ts';
import { type Content, type Html, html } from '../html.ts';
import { badge, type Tone } from './badge.ts';
import type { Showing } from './showing.ts';
import { troubledMails } from './troubled-mails.ts';
import { counted, kindText, timeHtml } from './wording.ts';

/** The emails of a handoff as the records know them, the newest first: kind, to whom, when and what became of each. No words of them. */
export function recordedEmails(record: HandoffRecord, trail: readonly AuditEntry[], showing: Showing): Html {
  const sent = trail.filter(({ what }) => what === 'mail-sent' || what === 'mail-rejected').toReversed();
  return html`<section class="card"><h2>${counted(sent.length, 'email')}</h2>
<ul class="rows">${sent.map((entry) => mailRow(entry, record, showing))}</ul>
${troubledMails(record, showing.zone)}</section>`;
}

function mailRow(entry: AuditEntry, record: HandoffRecord, { people, zone }: Showing): Html {
  const { kind, to } = mailSaid(entry);
  const fates = fatesAt(record, entry.at);
  return html`<li><div class="line"><span class="small soft">${timeHtml(entry.at, zone)}</span>${badge(kindText(kind))}${entry.what === 'mail-rejected' && badge('refused', 'bad')}${entry.step !== undefined && html`<span class="small">${titleOf(record, entry.step)}</span>`}</div>
<div class="line">${to.map(
    (address) =>
      html`<span>to <bdi>${nameOf(people, address)}</bdi>${fateHtml(fates.get(address.toLowerCase()))}</span>`,
  )}</div></li>\n`;
}

/** What became of the emails of a moment, by address: nobody gets two about one handoff at once. */
const fatesAt = ({ mails }: HandoffRecord, at: string): ReadonlyMap<string, MailFate> =>
  new Map(
    Object.values(mails)
      .filter((mail) => mail.at === at)
      .flatMap(({ fates = {} }) => Object.entries(fates)),
  );

const tones: Readonly<Record<MailFate['what'], Tone>> = {
  delivered: 'good',
  bounced: 'bad',
  complained: 'bad',
  rejected: 'bad',
};
const fateWords: Readonly<Record<MailFate['what'], string>> = {
  delivered: 'delivered',
  bounced: 'came back',
  complained: 'reported as spam',
  rejected: 'refused',
};

const fateHtml = (fate: MailFate | undefined): Content =>
  fate && html` ${badge(fateWords[fate.what], tones[fate.what])}`;
