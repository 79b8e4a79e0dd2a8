import { type HandoffStatus, holderOf, isClosed, statusText } from '../../../functions/domain/handoff/handoff.ts';
import { phaseOf } from '../../../functions/domain/handoff/phase.ts';
import { roleTitle } from '../../../functions/domain/playbook/roles.ts';
import { type Content, type Html, html } from '../../../functions/pages/html.ts';
import type { BoardEntry } from './board.ts';
import { segmentOf } from './board.ts';
import { badge, type Tone } from './layout.ts';
import { newestLink } from './mail-links.ts';
import { type Handoff, type OpenStep, personName, zoneOf } from './overview.ts';
import type { Surroundings } from './surroundings.ts';
import { soonHtml } from './wording.ts';

const shownSteps = 2;

/** A handoff on the board: whose it is, how urgent, and what is open with whom. */
export function handoffCard(entry: BoardEntry, around: Surroundings): Html {
  const { handoff, urgency, open, namesake, pausedUntil } = entry;
  const { id, deal, record, states } = handoff;
  const manager = record && holderOf(record, 'customerSuccessManager');
  const roles = record?.playbook.roles ?? around.roles;
  const shown = open.slice(0, shownSteps);
  return html`<li class="handoff ${urgency}"><div class="line"><a class="name" href="/handoffs/${encodeURIComponent(id)}" dir="auto">${deal.customer.name}</a>${urgencyBadge(entry)}</div>
<div class="soft small line"><span dir="auto">${segmentOf(handoff) ?? 'no segment'}</span>${namesake && html`<span class="id">${id}</span>`}<span>${
    manager === undefined
      ? `no ${roles.customerSuccessManager.name} yet`
      : html`<span class="unseen">${roleTitle(roles, 'customerSuccessManager')} </span><bdi>${personName(around.people, manager)}</bdi>`
  }</span></div>
${pausedUntil !== undefined && html`<p class="small">Waiting on the customer until ${soonHtml(pausedUntil, around.now)}</p>`}
<ul class="steps">${
    shown.length > 0
      ? shown.map((step) => cardStep(id, step, around))
      : states.map((state) => html`<li class="soft small">${state}</li>\n`)
  }${open.length > shown.length && html`<li class="soft small">and ${open.length - shown.length} more ${open.length - shown.length === 1 ? 'step' : 'steps'}</li>`}</ul></li>\n`;
}

function cardStep(id: string, { asked, title, late, optional }: OpenStep, around: Surroundings): Html {
  const owner = personName(around.people, asked.owner);
  const zone = zoneOf(around.people, asked.owner);
  const link = newestLink(around.mails, { handoff: id, step: asked.step, email: asked.owner }, around.siteUrl);
  return html`<li class="small"><span>${title}</span> <span class="${late ? 'warned' : 'soft'}">${
    optional ? 'if they like' : html`due ${soonHtml(asked.dueAt, around.now, zone)}`
  }</span>${
    link === undefined
      ? html`<span class="soft">with <bdi>${owner}</bdi></span>`
      : html`<a href="${link}" target="_blank">Open as <bdi>${owner}</bdi></a>`
  }${notAtWork(asked.askedAt, around, zone)}</li>\n`;
}

const notAtWork = (askedAt: string, { now }: Surroundings, zone: string): Content =>
  Date.parse(askedAt) > now &&
  html`<span class="soft">not at work yet: the email goes out ${soonHtml(askedAt, now, zone)}</span>`;

function urgencyBadge({ urgency, handoff }: BoardEntry): Content {
  const failed = failure(handoff);
  const ended = urgency === 'ended' && handoff.record;
  return html`${failed}${
    urgency === 'stalled' || urgency === 'late'
      ? badge(urgency, 'bad')
      : urgency === 'waiting'
        ? badge('waiting', 'soon')
        : ended && badge(statusText(ended.state.status), statusTones[ended.state.status])
  }`;
}

const statusTones: Readonly<Record<HandoffStatus, Tone>> = {
  open: 'quiet',
  stalled: 'bad',
  complete: 'good',
  cancelled: 'soon',
  abandoned: 'bad',
};

/** The handoff's status, its phase while it runs, and its execution's status where that tells more. */
export function statusBadges(handoff: Handoff): Html {
  const { record } = handoff;
  return html`${record === undefined ? badge('not begun') : badge(statusText(record.state.status), statusTones[record.state.status])} ${record && !isClosed(record.state.status) && badge(phaseOf(record))} ${failure(handoff)}`;
}

function failure({ execution }: Handoff): Content {
  const { status } = execution ?? {};
  return (
    (status === 'FAILED' || status === 'TIMED_OUT') &&
    badge(`execution ${status.toLowerCase().replace('_', ' ')}`, 'bad')
  );
}

/** An open step: with whom it is, until when, and the page on which it is decided. */
export function openStepRow(id: string, step: OpenStep, around: Surroundings): Html {
  const { asked, title, late, optional } = step;
  const owner = personName(around.people, asked.owner);
  const link = newestLink(around.mails, { handoff: id, step: asked.step, email: asked.owner }, around.siteUrl);
  const zone = zoneOf(around.people, asked.owner);
  return html`<li><span>${title}: <bdi>${owner}</bdi>, <span class="soft">${
    optional ? 'if they like' : html`due ${soonHtml(asked.dueAt, around.now, zone)}`
  }</span></span>${late && badge('late', 'bad')}${
    link !== undefined &&
    html`<a class="button slim quiet" href="${link}" target="_blank">Open as <bdi>${owner}</bdi></a>`
  }${notAtWork(asked.askedAt, around, zone)}</li>\n`;
}
