import type { HandoffRecord } from '../../../functions/domain/handoff/handoff.ts';
import { type Content, type Html, html } from '../../../functions/pages/html.ts';
import { counted, timeHtml } from '../../../functions/pages/operations/wording.ts';
import { selectMails } from './inbox.ts';
import { mailRow } from './mail-row.ts';
import type { Standing } from './register.ts';
import type { Surroundings } from './surroundings.ts';

/** Every email about one handoff, the newest first, and those that are not known to have been sent. */
export function emailsView({ id, record }: Pick<Standing, 'id' | 'record'>, around: Surroundings): Html {
  const mails = selectMails(around.mails, { handoff: id }).toReversed();
  return html`<section class="card"><div class="line"><h2>${counted(mails.length, 'email')}</h2><a class="small end" href="/inbox?${new URLSearchParams({ handoff: id }).toString()}">Open in the inbox</a></div>
<ul class="rows">${mails.map((mail) => mailRow(mail, around.people))}</ul>
${record && troubledMails(record)}</section>`;
}

function troubledMails({ mails }: HandoffRecord): Content {
  const troubled = Object.values(mails).filter(({ status }) => status !== 'sent');
  if (troubled.length === 0) return undefined;
  return html`<div class="note bad"><p>Not known to be sent:</p><ul>${troubled.map(
    ({ key, status, at }) => html`<li dir="auto">${key}: ${status}, ${timeHtml(at)}</li>\n`,
  )}</ul></div>`;
}
