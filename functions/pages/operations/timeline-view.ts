import { type AuditEntry, mailSaid } from '../../domain/handoff/audit-entry.ts';
import { titleOf } from '../../domain/handoff/step-rule.ts';
import { inOrder } from '../../domain/handoff/trail-order.ts';
import { nameOf, type People } from '../../domain/people/people.ts';
import type { KnownHandoff } from '../../domain/step/board.ts';
import { type Content, type Html, html, lines } from '../html.ts';
import { badge, type Tone } from './badge.ts';
import type { Showing } from './showing.ts';
import { happenedText, kindText, timeHtml } from './wording.ts';

/** What happened, in the order in which it did; each email leads to itself. */
export function timelineView(handoff: KnownHandoff, trail: readonly AuditEntry[], showing: Showing): Html {
  const { record } = handoff;
  const ordered = inOrder(trail, Object.keys(record?.playbook.steps ?? {}));
  let before = '';
  return html`<section class="card"><h2 class="unseen">Timeline</h2>
<ol class="timeline">${ordered.map((entry) => {
    const time = entry.at === before ? undefined : timeHtml(entry.at, showing.zone);
    before = entry.at;
    return row(entry, { time, handoff, showing });
  })}</ol></section>`;
}

interface Telling {
  /** Undefined where it is that of the entry before. */
  readonly time: Html | undefined;
  readonly handoff: KnownHandoff;
  readonly showing: Showing;
}

function row(entry: AuditEntry, { time, handoff, showing }: Telling): Html {
  const { what, who, step, detail } = entry;
  const { record } = handoff;
  const title = step && record ? titleOf(record, step) : step;
  const by = who === 'system' ? undefined : html`<bdi>${who === 'crm' ? 'the CRM' : nameOf(showing.people, who)}</bdi>`;
  return html`<li>${time && html`<div class="soft small">${time}</div>`}<div class="line">${badge(happenedText(what), tones[what] ?? 'quiet')}${title && html`<span>${title}</span>`}${by && html`<span class="soft small">${by}</span>`}</div>
${what === 'mail-sent' ? mailText(handoff.id, entry, showing) : detail !== '' && html`<div class="small" dir="auto">${lines(withNames(detail, showing.people))}</div>`}</li>\n`;
}

/** Addresses of colleagues are said as their names. */
const withNames = (text: string, people: People): string =>
  text.replace(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, (address) => nameOf(people, address));

/** 'warn to anna.keller@example.com' is said as the email that it was. */
function mailText(handoffId: string, entry: AuditEntry, { people, mailLink }: Showing): Content {
  const { kind, to } = mailSaid(entry);
  const names = to.map((address) => nameOf(people, address));
  const mail = mailLink?.(handoffId, entry);
  return html`<div class="small">${kindText(kind)} to <bdi>${names.join(', ')}</bdi>${
    mail && html`: <a href="${mail.path}" dir="auto">${mail.subject || '(no subject)'}</a>`
  }</div>`;
}

const tones: Readonly<Partial<Record<AuditEntry['what'], Tone>>> = {
  decided: 'good',
  complete: 'good',
  unanswered: 'soon',
  'waiting-for-customer': 'soon',
  'exception-requested': 'soon',
  'mail-delayed': 'soon',
  cancelled: 'soon',
  stalled: 'bad',
  abandoned: 'bad',
  'mail-bounced': 'bad',
  'mail-rejected': 'bad',
  'mail-complained': 'bad',
};
