import { previewName } from '../domain/fields/rows.ts';
import type { SiteFacts } from '../domain/handoff/site.ts';
import type { MailPreview } from '../domain/messages/mail-preview.ts';
import type { Mailbox } from '../domain/people/people.ts';
import { htmlMail } from '../mails/html-mail.ts';
import { type Content, type Html, html } from './html.ts';

/**
 * The emails to the customer as they will go, each in a frame in which nothing runs and nothing leads anywhere; the first stands
 * open. The button sends the form and brings it back as it was typed.
 */
export function previewsHtml(
  mails: readonly MailPreview[],
  { site, isUpdated, id }: { readonly site: SiteFacts; readonly isUpdated: boolean; readonly id: string },
): Content {
  const [first, ...later] = mails;
  if (first === undefined) return undefined;
  return html`<section class="preview" id="${id}" aria-labelledby="${id}-title" tabindex="-1"${isUpdated && html` autofocus`}>
<h3 id="${id}-title">The email as it will go</h3>
${isUpdated && html`<p class="hint" role="status">The preview is up to date. Nothing is saved or sent yet.</p>`}
${mailHtml(first, site)}
<p class="hint">Lines that begin with - are a list, **words** are bold, [words](https://…) is a link.</p>
<div class="buttons"><button name="${previewName}" value="1" class="quiet" formnovalidate>Update the preview</button></div>
${later.map(
  (
    mail,
  ) => html`<details><summary dir="auto">${mail.message.subject}${mail.when !== undefined && html` <span class="optional">(${mail.when})</span>`}</summary>
${mailHtml(mail, site)}</details>\n`,
)}
</section>
`;
}

function mailHtml({ from, to, cc, replyTo, message }: MailPreview, site: SiteFacts): Html {
  const rows: readonly (readonly [string, readonly Content[]])[] = [
    ['From', addressed([from])],
    ['To', addressed(to)],
    ['Cc', addressed(cc)],
    ['Replies go to', replyTo === undefined ? [] : [replyTo]],
    ['Subject', [message.subject]],
  ];
  const shown = rows.filter(([, value]) => value.length > 0);
  return html`<dl>${shown.map(([label, value]) => html`<dt>${label}</dt><dd dir="auto">${value}</dd>\n`)}</dl>
<iframe sandbox title="${message.subject}" srcdoc="${htmlMail(message, { site, toCustomer: true })}"></iframe>
`;
}

/** Each isolated: a name that is written from right to left would take its neighbors along. */
const addressed = (people: readonly Mailbox[]): readonly Html[] =>
  people.map(({ name, email }, i) => {
    const isBare = name === email || email === '';
    return html`${i > 0 && ', '}<bdi>${isBare ? name || email : html`<bdi>${name}</bdi> &lt;${email}&gt;`}</bdi>`;
  });

/** The documents that the frames of a page hold. */
export const framedIn = (mails: readonly MailPreview[], site: SiteFacts): readonly string[] =>
  mails.map(({ message }) => htmlMail(message, { site, toCustomer: true }));
