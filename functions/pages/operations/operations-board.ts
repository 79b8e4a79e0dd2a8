import type { SiteFacts } from '../../domain/handoff/site.ts';
import { nameOf } from '../../domain/people/people.ts';
import { boardEntries, boardPath } from '../../domain/step/board.ts';
import { type OperationsBoard, type OperationsFilter, onPage } from '../../domain/step/operations-view.ts';
import type { Instant } from '../../domain/time/calendar.ts';
import { type Content, type Html, html } from '../html.ts';
import { boardSection } from './board-page.ts';
import { type OperationsPage, operationsPage, operationsPath } from './operations-frame.ts';
import type { Showing } from './showing.ts';
import { counted } from './wording.ts';

/** How an address asks for a page of the board; what it says wrong is as if it said nothing. */
export function readBoardQuery(query: URLSearchParams): { readonly filter: OperationsFilter; readonly page: number } {
  const text = (name: string) => query.get(name)?.trim() || undefined;
  const [person, segment] = [text('person'), text('segment')];
  const page = /^[1-9]\d{0,3}$/.test(text('page') ?? '') ? Number(text('page')) : 1;
  return {
    filter: {
      ...(person !== undefined && { person }),
      ...(segment !== undefined && { segment }),
      ...(text('late') !== undefined && { late: true }),
    },
    page,
  };
}

const pathFor = (filter: OperationsFilter, page = 1): string => {
  const path = boardPath(operationsPath, filter);
  return page === 1 ? path : `${path}${path.includes('?') ? '&' : '?'}page=${page}`;
};

/** Where everything stands: by phase, what is stalled and late on top, a page at a time. */
export function operationsBoardPage(board: OperationsBoard, site: SiteFacts, at: Instant): OperationsPage {
  const { handoffs, filter, before, total, page } = board;
  const showing = showingOf(board, site, at);
  const last = before + handoffs.length;
  const section = boardSection(
    {
      entries: boardEntries(handoffs, showing.now),
      filter,
      filters: filterLinks(board),
      said:
        total > handoffs.length && last > before
          ? `${before + 1} to ${last} of ${total} handoffs`
          : counted(total, 'handoff'),
      inColumn: onPage,
      after: pageLinks(board),
    },
    showing,
  );
  const body = html`<div class="line head"><h1>Handoffs</h1></div>
${section}
<p class="small soft">Handoffs that have ended are listed only while they have an open item. Each stays at <span class="id">${operationsPath}/handoffs/</span> and its id, which is also the name of its execution.</p>`;
  return operationsPage(200, { site, title: page === 1 ? 'Board' : `Board, page ${page}`, body });
}

/** What the views need to know, wherever operations look. */
export const showingOf = ({ people }: Pick<OperationsBoard, 'people'>, site: SiteFacts, at: Instant): Showing => ({
  now: Date.parse(at),
  zone: site.defaultZone,
  people,
  paths: { board: operationsPath, handoffs: `${operationsPath}/handoffs` },
});

/** Links that choose: a form could be sent elsewhere, and there is none on these pages. */
function filterLinks({ filter, segments, owners, people }: OperationsBoard): Html {
  const { late, ...others } = filter;
  const { segment, ...anySegment } = filter;
  const { person, ...anybody } = filter;
  const choice = (to: OperationsFilter, said: Content, isChosen: boolean): Html =>
    html`<a href="${pathFor(to)}"${isChosen && html` aria-current="true"`}>${said}</a>`;
  const named = owners
    .map(({ email, steps }) => ({ email, steps, name: nameOf(people, email) }))
    .sort((a, b) => a.name.localeCompare(b.name));
  return html`<nav class="chips small" aria-label="Filter">${choice(late ? others : { ...filter, late: true }, 'Only late', late === true)}${
    segments.length > 1 &&
    segments.map((each) =>
      choice(each === segment ? anySegment : { ...filter, segment: each }, html`<bdi>${each}</bdi>`, each === segment),
    )
  }${person !== undefined && choice(anybody, html`<bdi>${nameOf(people, person)}</bdi>`, true)}</nav>
${
  named.length > 0 &&
  html`<details class="small filter-people"><summary>By person</summary><nav class="chips" aria-label="People with open steps">${named.map(
    ({ email, name, steps }) =>
      choice({ ...filter, person: email }, html`<bdi>${name}</bdi> ${steps}`, email === person),
  )}</nav></details>`
}`;
}

/** How many more there are, and the way to them. */
function pageLinks({ filter, before, handoffs, total, page, pages }: OperationsBoard): Content {
  const after = total - before - handoffs.length;
  if (pages === 1) return undefined;
  return html`<nav class="line" aria-label="Pages">${page > 1 && html`<a href="${pathFor(filter, page - 1)}">Earlier due</a>`}${
    page < pages &&
    html`<span class="soft">And ${after} more.</span><a href="${pathFor(filter, page + 1)}">Due later</a>`
  }</nav>`;
}
