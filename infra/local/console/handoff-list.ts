import { type HandoffStatus, holderOf, isClosed } from '../../../functions/domain/handoff/handoff.ts';
import { phaseOf } from '../../../functions/domain/handoff/phase.ts';
import { type Roles, roleTitle } from '../../../functions/domain/playbook/roles.ts';
import { type Content, type Html, html } from '../../../functions/pages/html.ts';
import type { Mail } from '../../account/ses/mail.ts';
import type { Sample } from '../samples.ts';
import { badge, type Tone } from './layout.ts';
import { newestLink } from './mail-links.ts';
import { type Handoff, type OpenStep, openSteps, type People, personName, zoneOf } from './overview.ts';
import { timeHtml } from './wording.ts';

export interface Surroundings {
  /** Virtual milliseconds since the epoch. */
  readonly now: number;
  readonly people: People;
  /** What the playbook of new handoffs calls its roles. */
  readonly roles: Roles;
  readonly mails: readonly Mail[];
  readonly siteUrl: string;
}

export interface Standing extends Handoff {
  /** The states an execution stands in, where nobody is asked anything. */
  readonly states: readonly string[];
}

/** Every handoff: who, what state, and what is open with whom; while there is none, the button that starts one. */
export function handoffsSection(
  handoffs: readonly Standing[],
  around: Surroundings,
  start: Pick<Sample, 'name' | 'title'> | undefined,
): Html {
  return html`<section class="card" id="handoffs"><h2>Handoffs</h2>
${
  handoffs.length === 0
    ? html`<p><strong>No handoff yet. Close a sample deal.</strong></p>${start && html`<form method="post" action="/deals"><p><button name="sample" value="${start.name}">Close ${start.title.replace(/^A /, 'a ')}</button></p></form>`}<p class="soft small">A won deal is what starts a handoff. More of them, and events of your own, are under <a href="#close">Close a deal</a>.</p>`
    : html`<ul class="rows">${handoffs.map((handoff) => handoffRow(handoff, around))}</ul>`
}</section>`;
}

const statusTones: Readonly<Record<HandoffStatus, Tone>> = {
  open: 'quiet',
  stalled: 'bad',
  complete: 'good',
  cancelled: 'soon',
  abandoned: 'bad',
};

/** The handoff's status, its phase while it runs, and its execution's status where that tells more. */
export function statusBadges({ record, execution }: Handoff): Content {
  const failed = execution?.status === 'FAILED' || execution?.status === 'TIMED_OUT';
  return html`${record === undefined ? badge('not begun') : badge(record.state.status, statusTones[record.state.status])} ${record && !isClosed(record.state.status) && badge(phaseOf(record))} ${
    failed && badge(`execution ${execution.status?.toLowerCase().replace('_', ' ')}`, 'bad')
  }`;
}

function handoffRow(handoff: Standing, around: Surroundings): Html {
  const { id, deal, record, states } = handoff;
  const manager = record && holderOf(record, 'customerSuccessManager');
  const roles = record?.playbook.roles ?? around.roles;
  const open = openSteps(handoff, around.now);
  return html`<li><div class="line"><a href="/handoffs/${encodeURIComponent(id)}"><strong dir="auto">${deal.customer.name}</strong></a>${
    record && badge(record.state.segment)
  }${statusBadges(handoff)}<span class="soft small end">${
    manager === undefined
      ? `no ${roles.customerSuccessManager.name} yet`
      : html`${roleTitle(roles, 'customerSuccessManager')} <bdi>${personName(around.people, manager)}</bdi>`
  }</span></div>
<ul class="steps">${
    open.length > 0
      ? open.map((step) => openStepRow(id, step, around))
      : states.map((state) => html`<li class="soft small">${state}</li>\n`)
  }</ul></li>\n`;
}

/** An open step: with whom it is, until when, and the page on which it is decided. */
export function openStepRow(id: string, step: OpenStep, around: Surroundings): Html {
  const { asked, title, late, optional } = step;
  const owner = personName(around.people, asked.owner);
  const link = newestLink(around.mails, { handoff: id, step: asked.step, email: asked.owner }, around.siteUrl);
  const zone = zoneOf(around.people, asked.owner);
  const told = Date.parse(asked.askedAt) <= around.now;
  return html`<li><span>${title}: <bdi>${owner}</bdi>, <span class="soft">${
    optional ? 'if they like' : html`due ${timeHtml(asked.dueAt, zone)}`
  }</span></span>${late && badge('late', 'bad')}${
    link !== undefined &&
    html`<a class="button slim quiet" href="${link}" target="_blank">Open as <bdi>${owner}</bdi></a>`
  }${!told && html`<span class="soft small">not at work yet: the mail goes out ${timeHtml(asked.askedAt, zone)}</span>`}</li>\n`;
}
