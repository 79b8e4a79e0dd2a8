import type { AuditEntry } from '../../../functions/domain/handoff/audit-entry.ts';
import { titleOf } from '../../../functions/domain/handoff/handoff.ts';
import { type Content, type Html, html, lines } from '../../../functions/pages/html.ts';
import type { Mail } from '../../account/ses/mail.ts';
import { badge, type Tone } from './layout.ts';
import { type People, personName } from './overview.ts';
import type { Standing } from './register.ts';
import type { Surroundings } from './surroundings.ts';
import { inOrder } from './timeline.ts';
import { timeHtml, words } from './wording.ts';

/** What happened, in the order in which it did; each email leads to itself. */
export function timelineView(handoff: Standing, trail: readonly AuditEntry[], around: Surroundings): Html {
  const { record } = handoff;
  const ordered = inOrder(trail, Object.keys(record?.playbook.steps ?? {}));
  const mails = around.mails.filter(({ tags }) => tags['handoff'] === handoff.id);
  let before = '';
  return html`<section class="card"><h2 class="unseen">Timeline</h2>
<ol class="timeline">${ordered.map((entry) => {
    const time = entry.at === before ? undefined : timeHtml(entry.at);
    before = entry.at;
    return row(entry, { time, handoff, mails, around });
  })}</ol></section>`;
}

interface Telling {
  /** Undefined where it is that of the entry before. */
  readonly time: Html | undefined;
  readonly handoff: Standing;
  /** Of this handoff. */
  readonly mails: readonly Mail[];
  readonly around: Surroundings;
}

function row(entry: AuditEntry, { time, handoff, mails, around }: Telling): Html {
  const { what, who, step, detail } = entry;
  const { record } = handoff;
  const title = step && record ? titleOf(record, step) : step;
  const by =
    who === 'system' ? undefined : html`<bdi>${who === 'crm' ? 'the CRM' : personName(around.people, who)}</bdi>`;
  return html`<li>${time && html`<div class="soft small">${time}</div>`}<div class="line">${badge(words(what), tones[what] ?? 'quiet')}${title && html`<span>${title}</span>`}${by && html`<span class="soft small">${by}</span>`}</div>
${what === 'mail-sent' ? mailText(entry, mails, around) : detail !== '' && html`<div class="small" dir="auto">${lines(withNames(detail, around.people))}</div>`}</li>\n`;
}

/** Addresses of colleagues are said as their names. */
const withNames = (text: string, people: People): string =>
  text.replace(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, (address) => personName(people, address));

/** 'warn to anna.keller@example.com' is said as the email that it was. */
function mailText({ at, detail }: AuditEntry, mails: readonly Mail[], { people }: Surroundings): Content {
  const [, kind = '', to = ''] = /^(\S+) to (.+)$/.exec(detail) ?? [];
  const names = to.split(', ').map((address) => personName(people, address));
  const mail = mails.find(
    (each) =>
      each.at === Date.parse(at) && each.tags['kind'] === kind && each.recipients.some((one) => to.includes(one)),
  );
  return html`<div class="small">${words(kind)} to <bdi>${names.join(', ')}</bdi>${
    mail && html`: <a href="/mails/${encodeURIComponent(mail.id)}" dir="auto">${mail.subject || '(no subject)'}</a>`
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
