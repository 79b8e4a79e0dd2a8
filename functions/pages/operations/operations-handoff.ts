import type { SiteFacts } from '../../domain/handoff/site.ts';
import { templateOf } from '../../domain/playbook/playbook.ts';
import type { OperationsHandoff } from '../../domain/step/operations-view.ts';
import type { WhereWeStand } from '../../domain/step/where-we-stand.ts';
import type { Instant } from '../../domain/time/calendar.ts';
import { type Content, type Html, html } from '../html.ts';
import { briefView } from './brief-view.ts';
import { handoffPage, handoffViews, viewPath } from './handoff-page.ts';
import { itemsView } from './items-view.ts';
import { machineCard, marksOf, withoutStyle } from './machine-card.ts';
import { showingOf } from './operations-board.ts';
import { type OperationsPage, operationsPage, operationsPath } from './operations-frame.ts';
import { recordedEmails } from './recorded-emails.ts';
import { pathOf, type Showing } from './showing.ts';
import { stepsView } from './steps-view.ts';
import { timelineView } from './timeline-view.ts';

const views = { ...handoffViews, items: 'Open items and notes' } as const;
type View = keyof typeof views;

const isView = (text: string | null): text is View => text !== null && Object.hasOwn(views, text);

/** A playbook's state machine, drawn. */
export interface Picture {
  readonly svg: string;
  /** The state in which each step is asked for. */
  readonly states: Readonly<Record<string, string>>;
}

export interface HandoffAsked {
  readonly site: SiteFacts;
  readonly at: Instant;
  readonly query: URLSearchParams;
  /** By the playbook's name; undefined for one that has none. */
  readonly pictureOf: (playbook: string) => Picture | undefined;
}

/** Everything recorded of a handoff, a view of it at a time. */
export function operationsHandoffPage(
  found: OperationsHandoff,
  { site, at, query, pictureOf }: HandoffAsked,
): OperationsPage {
  const { handoff, trail, execution, itemExecutions, standing } = found;
  const { record } = handoff;
  const showing = showingOf(found, site, at);
  const asked = query.get('view');
  const view = isView(asked) ? asked : 'timeline';
  const picture = record && pictureOf(record.playbook.name);
  const begun = (show: (known: NonNullable<typeof record>) => Html): Content =>
    record === undefined
      ? html`<p class="card soft">Nothing yet: its package has not been looked at.</p>`
      : show(record);
  const shows: Readonly<Record<View, () => Content>> = {
    timeline: () => timelineView(handoff, trail, showing),
    steps: () => begun((known) => stepsView(known, showing)),
    brief: () => begun((known) => briefView(known, showing.people)),
    emails: () => begun((known) => recordedEmails(known, trail, showing)),
    items: () => begun((known) => itemsView(known, itemExecutions, showing)),
  };
  const machine =
    record !== undefined && picture !== undefined
      ? pictured({ record, picture, view, whole: query.get('picture') === 'whole' }, showing)
      : undefined;
  const body = handoffPage(
    {
      handoff,
      views,
      view,
      shown: shows[view](),
      machine,
      banner: elsewhere(handoff.id, execution),
      beyond: standing && beyondNow(standing),
    },
    showing,
  );
  const styles = picture === undefined ? [] : [withoutStyle(picture.svg).style];
  return operationsPage(200, { site, title: handoff.deal.customer.name, body, styles });
}

function pictured(
  shown: {
    readonly record: NonNullable<OperationsHandoff['handoff']['record']>;
    readonly picture: Picture;
    readonly view: View;
    readonly whole: boolean;
  },
  showing: Showing,
): Html {
  const { record, picture, view, whole } = shown;
  const { svg, states } = picture;
  // It comes from records.
  const stateOf = (step: string) => (Object.hasOwn(states, templateOf(step)) ? states[templateOf(step)] : undefined);
  const drawsAll = Object.keys(record.steps).every((step) => stateOf(step) !== undefined);
  const marked = marksOf(record, stateOf, new Date(showing.now).toISOString());
  const path = pathOf(showing, record.state.id);
  return machineCard({
    ...marked,
    svg,
    whole,
    stepsOnly: true,
    paths: { part: viewPath(path, view), whole: viewPath(path, view, 'whole') },
    note: html`<p class="small soft">Marked from the record: its steps. Which way it took between them, the execution shows.${!drawsAll && ' Drawn as new handoffs go: this one began with other rules, and some of its steps are not in the picture.'}</p>`,
  });
}

/** How far it is, what comes next, and who has a part in it. */
function beyondNow({ summary, steps, people }: WhereWeStand): Html {
  const next = steps.find(({ state }) => state === 'next');
  return html`<p class="small">${summary}.${next && html` Next: <span dir="auto">${next.title}</span> <span class="soft" dir="auto">(${next.says})</span>.`}</p>
<details class="small"><summary>People</summary><dl>${people.map(
    ({ part, person: { name, email } }) =>
      html`<dt dir="auto">${part}</dt><dd dir="auto">${name}${name !== email && html` <span class="soft">${email}</span>`}</dd>\n`,
  )}</dl></details>`;
}

/** Where the rest of it is known. */
const elsewhere = (id: string, execution: string | undefined): Html =>
  html`<p class="small"><span class="soft id">${id}</span>${execution !== undefined && html` · <a href="${execution}" rel="noreferrer">Its execution in Step Functions</a>`}</p>`;

/** There is no such handoff. */
export const noHandoffPage = (site: SiteFacts): OperationsPage =>
  operationsPage(404, {
    site,
    title: 'Not found',
    body: html`<h1>There is no such handoff.</h1><p>Its id is the name of its execution, without the number behind an underscore.</p><p><a href="${operationsPath}">To the board</a></p>`,
  });
