import { type HandoffRecord, isClosed, statusText } from '../../domain/handoff/handoff.ts';
import { boardEntries, boardPhases, type KnownHandoff } from '../../domain/step/board.ts';
import { openSteps } from '../../domain/step/open-steps.ts';
import { type Content, type Html, html } from '../html.ts';
import { badge } from './badge.ts';
import { openStepRow, statusBadges } from './handoff-card.ts';
import { pathOf, type Showing } from './showing.ts';

/** What every place shows beside the state machine, by the address's parameter `view`. */
export const handoffViews = { timeline: 'Timeline', steps: 'Steps', brief: 'Brief', emails: 'Emails' } as const;

/** The address of a handoff's page (at `path`) with a view, and perhaps with its whole picture. */
export function viewPath(path: string, view: string, picture?: 'whole'): string {
  const query = new URLSearchParams({ ...(view !== 'timeline' && { view }), ...(picture && { picture }) });
  return query.size === 0 ? path : `${path}?${query}`;
}

export interface HandoffPage {
  readonly handoff: KnownHandoff;
  /** The views there are, by their names in the address, and the one that is asked for. */
  readonly views: Readonly<Record<string, string>>;
  readonly view: string;
  readonly shown: Content;
  /** Its state machine with the path it took. */
  readonly machine: Content;
  /** What else stands above it. */
  readonly banner?: Content;
  /** What else is said of where it stands. */
  readonly beyond?: Content;
}

/** One handoff: where it stands, its way through the state machine, and one view of what is known of it. */
export function handoffPage(
  { handoff, views, view, shown, machine, banner, beyond }: HandoffPage,
  showing: Showing,
): Html {
  const { id, deal, record } = handoff;
  return html`<p class="small crumb"><a href="${showing.paths.board}">Board</a></p>
<div class="line head" data-live="head"><h1 dir="auto">${deal.customer.name}</h1>${statusBadges(handoff)}<span class="soft" dir="auto">${deal.name}</span></div>
${record && !isClosed(record.state.status) && phases(handoff, showing)}
${reasonNote(record)}
${banner}
<div class="columns handoff-page"><div>
<section class="card" data-live="standing"><h2>Where it stands</h2><ul class="steps">${standing(handoff, showing)}</ul>${beyond}</section>
<div data-live="machine">${machine}</div>
</div><div>
<nav class="tabs" aria-label="Views">${Object.entries(views).map(
    ([name, title]) =>
      html`<a href="${viewPath(pathOf(showing, id), name)}"${name === view && html` aria-current="page"`}>${title}</a>`,
  )}</nav>
<div data-live="view" tabindex="0" role="region" aria-label="${views[view]}">${shown}</div>
</div></div>`;
}

function standing(handoff: KnownHandoff, showing: Showing): Content {
  const open = openSteps(handoff, showing.now);
  if (open.length > 0) return open.map((step) => openStepRow(handoff, step, showing));
  if (handoff.states && handoff.states.length > 0) return handoff.states.map((state) => html`<li>${state}</li>\n`);
  return html`<li class="soft">Nothing is open.</li>`;
}

/** The columns of the board in a row, with the one it is in marked. */
function phases(handoff: KnownHandoff, { now }: Showing): Html {
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
