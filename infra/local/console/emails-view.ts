import { type Html, html } from '../../../functions/pages/html.ts';
import { troubledMails } from '../../../functions/pages/operations/troubled-mails.ts';
import { counted } from '../../../functions/pages/operations/wording.ts';
import { selectMails } from './inbox.ts';
import { mailRow } from './mail-row.ts';
import type { Standing } from './register.ts';
import type { Surroundings } from './surroundings.ts';

/** Every email about one handoff, the newest first, and those that are not known to have been sent. */
export function emailsView({ id, record }: Pick<Standing, 'id' | 'record'>, around: Surroundings): Html {
  const mails = selectMails(around.mails, { handoff: id }).toReversed();
  return html`<section class="card"><div class="line"><h2>${counted(mails.length, 'email')}</h2><a class="small end" href="/inbox?${new URLSearchParams({ handoff: id }).toString()}">Open in the inbox</a></div>
<ul class="rows">${mails.map((mail) => mailRow(mail, around.people))}</ul>
${record && troubledMails(record, around.zone)}</section>`;
}
