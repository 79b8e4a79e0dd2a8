import type { People } from '../../../functions/domain/people/people.ts';
import { type Html, html } from '../../../functions/pages/html.ts';
import { badge, type Tone } from '../../../functions/pages/operations/badge.ts';
import { kindText, timeHtml } from '../../../functions/pages/operations/wording.ts';
import type { Mail } from '../../account/ses/mail.ts';

/** One email of a list; `path` is where it is shown, `chosen` whether it is shown beside the list. */
export function mailRow(
  mail: Mail,
  people: People,
  {
    path = `/mails/${encodeURIComponent(mail.id)}`,
    chosen = false,
  }: { readonly path?: string; readonly chosen?: boolean } = {},
): Html {
  const to = mail.to.map(({ address, name }) => people.get(address)?.name ?? (name || address)).join(', ');
  const kind = mail.tags['kind'] ?? '';
  return html`<li${chosen && html` class="chosen"`}><div class="line"><span class="small soft">${timeHtml(mail.at)}</span>${kind !== '' && badge(kindText(kind), kindTone(kind))}<span class="small" dir="auto">to ${to}</span></div>
<a href="${path}"${chosen && html` aria-current="true"`} dir="auto">${mail.subject || '(no subject)'}</a></li>\n`;
}

/** How urgent a kind of email is. */
export function kindTone(kind: string): Tone {
  if (['breach', 'escalate', 'stall', 'nag', 'low-score'].includes(kind)) return 'bad';
  return ['warn', 'remind'].includes(kind) ? 'soon' : 'quiet';
}
