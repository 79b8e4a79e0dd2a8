import { type Content, type Html, html } from '../../../functions/pages/html.ts';
import { badge } from '../../../functions/pages/operations/badge.ts';
import { kindText, timeHtml, words } from '../../../functions/pages/operations/wording.ts';
import type { Mail } from '../../account/ses/mail.ts';
import { linksIn } from './mail-links.ts';
import { kindTone } from './mail-row.ts';

/** The ways to look at an email, by the address's parameter `part`. */
const parts = { html: 'HTML', text: 'Text', raw: 'Raw', attachments: 'Attachments', headers: 'Headers' } as const;
type Part = keyof typeof parts;

const isPart = (text: string | null): text is Part => text !== null && Object.hasOwn(parts, text);

export interface MailShown {
  readonly mail: Mail;
  /** Which part is asked for; its HTML, where it has any, unless said. */
  readonly part: string | null;
  /** Where each part is shown. */
  readonly pathOf: (part: string) => string;
  readonly siteUrl: string;
}

/** One email: its head, the pages behind its links as whoever got it, and one of its parts. */
export function mailView({ mail, part: asked, pathOf, siteUrl }: MailShown): Html {
  const { kind, step, handoff } = mail.tags;
  const part = isPart(asked) ? asked : mail.html === '' ? 'text' : 'html';
  return html`<section class="card mail"><h2 dir="auto">${mail.subject || '(no subject)'}</h2>
<p class="small line"><span class="soft">${timeHtml(mail.at)}</span>${kind !== undefined && badge(kindText(kind), kindTone(kind))}${isAbout(step) && html`<span class="soft">${words(step)}</span>`}${isAbout(handoff) && html`<a href="/handoffs/${encodeURIComponent(handoff)}">${handoff}</a>`}</p>
<dl class="small"><dt>From</dt><dd dir="auto">${boxes([mail.from])}</dd>
<dt>To</dt><dd dir="auto">${boxes(mail.to)}</dd>
${mail.cc.length > 0 && html`<dt>Cc</dt><dd dir="auto">${boxes(mail.cc)}</dd>`}
${mail.bcc.length > 0 && html`<dt>Bcc</dt><dd dir="auto">${boxes(mail.bcc)}</dd>`}
${mail.replyTo.length > 0 && html`<dt>Reply to</dt><dd dir="auto">${boxes(mail.replyTo)}</dd>`}</dl>
${links(mail, siteUrl)}
<nav class="tabs" aria-label="Parts of the email">${Object.entries(parts).map(
    ([name, title]) =>
      html`<a href="${pathOf(name)}"${name === part && html` aria-current="page"`}>${title}${name === 'attachments' && mail.attachments.length > 0 && ` (${mail.attachments.length})`}</a>`,
  )}</nav>
${shows[part](mail)}</section>`;
}

/** SES takes no empty tag: an email about no step, or about no handoff as a report is, says "none". */
const isAbout = (tag: string | undefined): tag is string => tag !== undefined && tag !== 'none';

function links(mail: Mail, siteUrl: string): Content {
  const [first, ...others] = linksIn(mail, siteUrl);
  const [reader] = mail.to;
  if (first === undefined) return undefined;
  const as = reader && html` as <bdi>${reader.name || reader.address}</bdi>`;
  return html`<p class="line"><a class="button slim" href="${first}" target="_blank">Open the page behind the link${as}</a>${others.map(
    (link, i) => html`<a class="small" href="${link}" target="_blank">Link ${i + 2}</a>`,
  )}</p>`;
}

const shows: Readonly<Record<Part, (mail: Mail) => Html>> = {
  html: (mail) =>
    mail.html === ''
      ? html`<p class="soft">This email has no HTML.</p>`
      : html`<iframe title="The email" src="${mailPath(mail)}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`,
  text: (mail) => html`<pre dir="auto">${mail.text}</pre>`,
  raw: (mail) =>
    html`<p><a href="${mailPath(mail)}/raw.eml">Save it as a file</a></p><pre dir="ltr">${Buffer.from(mail.raw).toString('utf8')}</pre>`,
  attachments: (mail) =>
    mail.attachments.length === 0
      ? html`<p class="soft">This email has no attachments.</p>`
      : html`<ul>${mail.attachments.map(
          ({ filename, mimeType, content }, i) =>
            html`<li><a href="${mailPath(mail)}/attachment?number=${i}" dir="auto">${filename ?? `attachment ${i + 1}`}</a> <span class="soft small">${mimeType}, ${content.byteLength} bytes</span></li>\n`,
        )}</ul>${
          mail.calendar &&
          html`<p class="soft small">Calendar, method ${mail.calendar.method}</p><pre dir="auto">${mail.calendar.text}</pre>`
        }`,
  headers: (mail) =>
    html`<dl class="small">${Object.entries(mail.headers).map(([name, value]) => html`<dt>${name}</dt><dd dir="auto">${value}</dd>\n`)}</dl>`,
};

const mailPath = ({ id }: Mail): string => `/mails/${encodeURIComponent(id)}`;

const boxes = (mailboxes: readonly Mail['from'][]): string =>
  mailboxes.map(({ name, address }) => (name === '' ? address : `${name} <${address}>`)).join(', ');

/** The mail's HTML with its links opening in a new tab, as there is no way out of the frame that shows it. */
export function framedHtml(mail: Mail): string {
  const base = '<base target="_blank">';
  return /<head[^>]*>/i.test(mail.html)
    ? mail.html.replace(/<head[^>]*>/i, (head) => head + base)
    : `<!doctype html>${base}${mail.html}`;
}
