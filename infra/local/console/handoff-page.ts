import { type HandoffRecord, isClosed, statusText } from '../../../functions/domain/handoff/handoff.ts';
import { type Content, type Html, html } from '../../../functions/pages/html.ts';
import { boardEntries, boardPhases } from './board.ts';
import { openStepRow, statusBadges } from './handoff-card.ts';
import { badge } from './layout.ts';
import { openSteps } from './overview.ts';
import type { Standing } from './register.ts';
import type { Surroundings } from './surroundings.ts';

/** What the page shows beside the state machine, by the address's parameter `view`. */
const views = {
  timeline: 'Timeline',
  steps: 'Steps',
  brief: 'Brief',
  emails: 'Emails',
  record: 'Record',
  execution: 'Execution',
} as const;
export type View = keyof typeof views;

export const isView = (text: string | null): text is View => text !== null && Object.hasOwn(views, text);

/** The address of a handoff's page with a view, and perhaps with its whole picture. */
export function handoffPath(id: string, view: string, picture?: 'whole'): string {
  const query = new URLSearchParams({ ...(view !== 'timeline' && { view }), ...(picture && { picture }) });
  return `/handoffs/${encodeURIComponent(id)}${query.size === 0 ? '' : `?${query}`}`;
}

export interface HandoffPage {
  readonly handoff: Standing;
  readonly view: View;
  readonly shown: Content;
  /** Its state machine with the path it took. */
  readonly machine: Content;
  /** The story that is told of it, if one is. */
  readonly banner: Content;
}

/** One handoff: where it stands, its way through the state machine, and one view of what is known of it. */
export function handoffPage({ handoff, view, shown, machine, banner }: HandoffPage, around: Surroundings): Html {
  const { id, deal, record } = handoff;
  return html`<p class="small crumb"><a href="/">Board</a></p>
<div class="line head" data-live="head"><h1 dir="auto">${deal.customer.name}</h1>${statusBadges(handoff)}<span class="soft" dir="auto">${deal.name}</span></div>
${record && !isClosed(record.state.status) && phases(handoff, around)}
${reasonNote(record)}
${banner}
<div class="columns handoff-page"><div>
<section class="card" data-live="standing"><h2>Where it stands</h2><ul class="steps">${standing(handoff, around)}</ul></section>
<div data-live="machine">${machine}</div>
</div><div>
<nav class="tabs" aria-label="Views">${Object.entries(views).map(
    ([name, title]) =>
      html`<a href="${handoffPath(id, name)}"${name === view && html` aria-current="page"`}>${title}</a>`,
  )}</nav>
<div data-live="view" tabindex="0" role="region" aria-label="${views[view]}">${shown}</div>
</div></div>`;
}

function standing(handoff: Standing, around: Surroundings): Content {
  const open = openSteps(handoff, around.now);
  if (open.length > 0) return open.map((step) => openStepRow(handoff.id, step, around));
  if (handoff.states.length > 0) return handoff.states.map((state) => html`<li>${state}</li>\n`);
  return html`<li class="soft">Nothing is open.</li>`;
}

/** The columns of the board in a row, with the one it is in marked. */
function phases(handoff: Standing, { now }: Surroundings): Html {
  const [entry] = boardEntries([handoff], now);
  const reached = entry === undefined ? -1 : boardPhases.indexOf(entry.phase);
  return html`<ol class="phases" aria-label="Phases" data-live="phases">${boardPhases
    .slice(0, -1)
    .map(
      (phase, i) =>
        html`<li class="${i < reached ? 'done' : i === reached ? 'at' : 'ahead'}"${i === reached && html` aria-current="step"`}>${phase}</li>`,
    )}${entry?.urgency === 'waiting' && badge('waiting', 'soon')}</ol>`;
}

/** Why it was stopped, or what it waits for. */
function reasonNote(record: HandoffRecord | undefined): Content {
  const { status, reason } = record?.state ?? {};
  if (status === undefined || reason === undefined || status === 'open') return undefined;
  return html`<p class="note soon" dir="auto">${status === 'stalled' ? 'Everyone was told, and it is still open' : statusText(status)}: ${reason}</p>`;
}
