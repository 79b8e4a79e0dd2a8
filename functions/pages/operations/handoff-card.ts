import { type HandoffStatus, isClosed, statusText } from '../../domain/handoff/handoff.ts';
import { askableFrom } from '../../domain/handoff/meetings.ts';
import { phaseOf } from '../../domain/handoff/phase.ts';
import { holderOf } from '../../domain/handoff/roles-held.ts';
import { homeZoneOf, nameOf } from '../../domain/people/people.ts';
import { roleTitle } from '../../domain/playbook/roles.ts';
import { type BoardEntry, type KnownHandoff, segmentOf } from '../../domain/step/board.ts';
import type { OpenStep } from '../../domain/step/open-steps.ts';
import { zoneName } from '../../domain/time/wall-format.ts';
import { type Content, type Html, html } from '../html.ts';
import { badge, type Tone } from './badge.ts';
import { pathOf, type Showing } from './showing.ts';
import { soonHtml } from './wording.ts';

const shownSteps = 2;

/** A handoff on the board: whose it is, how urgent, and what is open with whom. */
export function handoffCard(entry: BoardEntry, showing: Showing): Html {
  const { handoff, urgency, open, namesake, pausedUntil } = entry;
  const { id, deal, record, states = [] } = handoff;
  const manager = record && holderOf(record, 'customerSuccessManager');
  const roles = record?.playbook.roles ?? showing.roles;
  const shown = open.slice(0, shownSteps);
  return html`<li class="handoff ${urgency}"><div class="line"><a class="name" href="${pathOf(showing, id)}" dir="auto">${deal.customer.name}</a>${urgencyBadge(entry)}</div>
<div class="soft small line"><span dir="auto">${segmentOf(handoff) ?? 'no segment'}</span>${namesake && html`<span class="id">${id}</span>`}<span>${
    manager === undefined
      ? roles
        ? `no ${roles.customerSuccessManager.name} yet`
        : 'nobody named yet'
      : html`<span class="unseen">${roles && roleTitle(roles, 'customerSuccessManager')} </span><bdi>${nameOf(showing.people, manager)}</bdi>`
  }</span></div>
${pausedUntil !== undefined && html`<p class="small">Waiting on the customer until ${soonHtml(pausedUntil, showing.now)}</p>`}
<ul class="steps">${
    shown.length > 0
      ? shown.map((step) => cardStep(handoff, step, showing))
      : states.map((state) => html`<li class="soft small">${state}</li>\n`)
  }${open.length > shown.length && html`<li class="soft small">and ${open.length - shown.length} more ${open.length - shown.length === 1 ? 'step' : 'steps'}</li>`}</ul></li>\n`;
}

function cardStep(handoff: KnownHandoff, step: OpenStep, showing: Showing): Html {
  const { asked, title, late } = step;
  const owner = nameOf(showing.people, asked.owner);
  const link = showing.stepLink?.(handoff.id, asked);
  return html`<li class="small"><span>${title}</span> <span class="${late ? 'warned' : 'soft'}">${dueHtml(
    step,
    showing,
  )}</span>${
    link === undefined
      ? html`<span class="soft">with <bdi>${owner}</bdi></span>`
      : html`<a href="${link}" target="_blank">Open as <bdi>${owner}</bdi></a>`
  }${notAsked(handoff, step, showing)}</li>\n`;
}

/** By when, in the owner's zone, which is named unless it is nearby. */
function dueHtml({ asked, optional }: OpenStep, { now, people, namedZone }: Showing): Content {
  const zone = homeZoneOf(people, asked.owner);
  return optional
    ? 'if they like'
    : html`due ${soonHtml(asked.dueAt, now, zone)}${zone !== namedZone && ` ${zoneName(zone)}`}`;
}

/** Why the request is not out yet, and when it will be. */
function notAsked({ record }: KnownHandoff, { asked: { askedAt, owner }, rule }: OpenStep, showing: Showing): Content {
  const { now, people } = showing;
  if (Date.parse(askedAt) <= now) return undefined;
  const isAhead = record !== undefined && Date.parse(askableFrom(record, rule, new Date(now).toISOString())) > now;
  const why = isAhead ? 'asked when the meeting is over,' : 'not at work yet: the email goes out';
  return html`<span class="soft">${why} ${soonHtml(askedAt, now, homeZoneOf(people, owner))}</span>`;
}

function urgencyBadge({ urgency, handoff }: BoardEntry): Content {
  const ended = urgency === 'ended' && handoff.record;
  return html`${failure(handoff)}${
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
export function statusBadges(handoff: KnownHandoff): Html {
  const { record } = handoff;
  return html`${record === undefined ? badge('not begun') : badge(statusText(record.state.status), statusTones[record.state.status])} ${record && !isClosed(record.state.status) && badge(phaseOf(record))} ${failure(handoff)}`;
}

const failure = ({ failure: what }: KnownHandoff): Content => what !== undefined && badge(what, 'bad');

/** An open step: with whom it is, until when, and the page on which it is decided. */
export function openStepRow(handoff: KnownHandoff, step: OpenStep, showing: Showing): Html {
  const { asked, title, late } = step;
  const owner = nameOf(showing.people, asked.owner);
  const link = showing.stepLink?.(handoff.id, asked);
  return html`<li><span>${title}: <bdi>${owner}</bdi>, <span class="soft">${dueHtml(
    step,
    showing,
  )}</span></span>${late && badge('late', 'bad')}${
    link !== undefined &&
    html`<a class="button slim quiet" href="${link}" target="_blank">Open as <bdi>${owner}</bdi></a>`
  }${notAsked(handoff, step, showing)}</li>\n`;
}
