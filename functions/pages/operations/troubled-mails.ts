import type { HandoffRecord } from '../../domain/handoff/handoff.ts';
import { type Content, html } from '../html.ts';
import { timeHtml } from './wording.ts';

/** The emails that are not known to have been sent. */
export function troubledMails({ mails }: Pick<HandoffRecord, 'mails'>, zone: string): Content {
  const troubled = Object.values(mails).filter(({ status }) => status !== 'sent');
  if (troubled.length === 0) return undefined;
  return html`<div class="note bad"><p>Not known to be sent:</p><ul>${troubled.map(
    ({ key, status, at }) => html`<li dir="auto">${key}: ${status}, ${timeHtml(at, zone)}</li>\n`,
  )}</ul></div>`;
}
