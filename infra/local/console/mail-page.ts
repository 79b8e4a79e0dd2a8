import { type Content, type Html, html } from '../../../functions/pages/html.ts';
import type { Mail } from '../../account/ses/mail.ts';
import { toneOf } from './inbox.ts';
import { badge } from './layout.ts';
import { linkIn } from './mail-links.ts';
import { timeHtml, words } from './wording.ts';

/** One mail: its head, the link in it as a button, and its parts. */
export function mailPage(mail: Mail, siteUrl: string): Html {
  const path = `/mails/${encodeURIComponent(mail.id)}`;
  const link = linkIn(mail, siteUrl);
  const { kind, step, handoff } = mail.tags;
  const reader = mail.to[0];
  return html`<p class="small"><a href="/inbox">Inbox</a></p>
<h1 dir="auto">${mail.subject || '(no subject)'}</h1>
<section class="card"><dl>
<dt>Sent</dt><dd>${timeHtml(mail.at)}</dd>
<dt>From</dt><dd dir="auto">${boxes([mail.from])}</dd>
<dt>To</dt><dd dir="auto">${boxes(mail.to)}</dd>
${mail.cc.length > 0 && html`<dt>Cc</dt><dd dir="auto">${boxes(mail.cc)}</dd>`}
${mail.replyTo.length > 0 && html`<dt>Reply to</dt><dd dir="auto">${boxes(mail.replyTo)}</dd>`}
${kind !== undefined && html`<dt>Kind</dt><dd>${badge(words(kind), toneOf(kind))}${step !== undefined && step !== 'none' && html` ${words(step)}`}</dd>`}
${handoff !== undefined && html`<dt>About</dt><dd><a href="/handoffs/${encodeURIComponent(handoff)}">${handoff}</a></dd>`}
</dl>
${
  link !== undefined &&
  html`<p></p><p><a class="button" href="${link}" target="_blank">Open the page behind the link${reader && html` as <bdi>${reader.name || reader.address}</bdi>`}</a></p>`
}</section>
<section class="card">
${
  mail.html !== '' &&
  part(
    'HTML',
    true,
    html`<iframe title="The mail" src="${path}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`,
  )
}
${part('Plain text', mail.html === '', html`<pre dir="auto">${mail.text}</pre>`)}
${
  mail.calendar &&
  part(
    'Calendar invitation',
    false,
    html`<p><a href="${path}/invite.ics">Save it as a file</a> <span class="soft">method ${mail.calendar.method}</span></p><pre dir="auto">${mail.calendar.text}</pre>`,
  )
}
${part(
  'All headers',
  false,
  html`<dl>${Object.entries(mail.headers).map(([name, value]) => html`<dt>${name}</dt><dd dir="auto">${value}</dd>\n`)}</dl>`,
)}
</section>`;
}

function part(title: string, open: boolean, content: Content): Html {
  return html`<details class="part"${open && html` open`}><summary>${title}</summary>${content}</details>\n`;
}

const boxes = (mailboxes: readonly Mail['from'][]): string =>
  mailboxes.map(({ name, address }) => (name === '' ? address : `${name} <${address}>`)).join(', ');

/** The mail's HTML with its links opening in a new tab, as there is no way out of the frame that shows it. */
export function framedHtml(mail: Mail): string {
  const base = '<base target="_blank">';
  return /<head[^>]*>/i.test(mail.html)
    ? mail.html.replace(/<head[^>]*>/i, (head) => head + base)
    : `<!doctype html>${base}${mail.html}`;
}
