import { capitalized } from '../../../functions/domain/fields/words.ts';
import { type Content, type Html, html } from '../../../functions/pages/html.ts';
import {
  type BoardEntry,
  type BoardFilter,
  type BoardPhase,
  boardPath,
  boardPhases,
  filtered,
  segmentOf,
} from './board.ts';
import { handoffCard } from './handoff-card.ts';
import { type Option, select } from './select.ts';
import type { Surroundings } from './surroundings.ts';

/** So many cards a column shows before it says how many more there are. */
const shownInColumn = 12;
/** So many cards one phase shows by itself. */
const shownAlone = 200;

/** The board: what is late on top, filters, and a column for each phase. */
export function boardSection(entries: readonly BoardEntry[], filter: BoardFilter, around: Surroundings): Html {
  const chosen = filtered(entries, filter);
  const isFiltered = Object.keys(filter).length > 0;
  return html`<section id="handoffs" aria-label="Handoffs" data-live="board">
${filterForm(entries, filter, around)}
<p class="small soft" role="status">${isFiltered ? `${chosen.length} of ${entries.length} handoffs` : `${entries.length} ${entries.length === 1 ? 'handoff' : 'handoffs'}`}${counts(chosen, filter)}${isFiltered && html` · <a href="/">Show all</a>`}</p>
${chosen.length === 0 ? html`<p class="card">No handoff fits. <a href="/">Show all</a></p>` : columns(chosen, filter, around)}
</section>`;
}

/** Beside each other: how many are late, stalled and waiting; each a way to see just those. */
function counts(entries: readonly BoardEntry[], filter: BoardFilter): Content {
  const count = (urgency: BoardEntry['urgency']) => entries.filter((entry) => entry.urgency === urgency).length;
  const [stalled, late, waiting] = [count('stalled'), count('late'), count('waiting')];
  const lateOnes = boardPath({ ...filter, late: true });
  return html`${stalled > 0 && html` · <a href="${lateOnes}">${stalled} stalled</a>`}${late > 0 && html` · <a href="${lateOnes}">${late} late</a>`}${waiting > 0 && ` · ${waiting} waiting`}`;
}

function columns(entries: readonly BoardEntry[], filter: BoardFilter, around: Surroundings): Html {
  if (filter.phase !== undefined) {
    const shown = entries.slice(0, shownAlone);
    return html`<section class="column alone"><h2>${capitalized(filter.phase)} <span class="soft small">${entries.length}</span></h2>
<ul class="cards">${shown.map((entry) => handoffCard(entry, around))}</ul>
${shown.length < entries.length && html`<p class="soft small">And ${entries.length - shown.length} more. Filter by name or person to find them.</p>`}</section>`;
  }
  const inPhase = (phase: BoardPhase) => entries.filter((entry) => entry.phase === phase);
  return html`<div class="board">${boardPhases.map((phase) => column(phase, inPhase(phase), { filter, around }))}</div>`;
}

function column(
  phase: BoardPhase,
  entries: readonly BoardEntry[],
  { filter, around }: { readonly filter: BoardFilter; readonly around: Surroundings },
): Html {
  const shown = entries.slice(0, shownInColumn);
  return html`<section class="column${entries.length === 0 && ' empty'}"><h2>${capitalized(phase)} <span class="soft small">${entries.length}</span></h2>
${entries.length > 0 && html`<ul class="cards">${shown.map((entry) => handoffCard(entry, around))}</ul>`}
${shown.length < entries.length && html`<p><a href="${boardPath({ ...filter, phase })}">${entries.length - shown.length} more</a></p>`}</section>\n`;
}

function filterForm(entries: readonly BoardEntry[], filter: BoardFilter, around: Surroundings): Html {
  const segments = [...new Set(entries.flatMap(({ handoff }) => segmentOf(handoff) ?? []))].sort();
  const people = [...around.people.values()]
    .map(({ email, name }): Option => [email, name])
    .sort(([, a], [, b]) => a.localeCompare(b));
  return html`<form class="controls filters" method="get" action="/" data-auto>
<label>Find <input type="search" name="find" value="${filter.find ?? ''}" placeholder="Customer or deal"></label>
<label>Person ${select({ name: 'person', any: 'everybody' }, people, filter.person)}</label>
<label>Segment ${select(
    { name: 'segment', any: 'every segment' },
    segments.map((segment): Option => [segment, segment]),
    filter.segment,
  )}</label>
<label class="tick"><input type="checkbox" name="late" value="1"${filter.late === true && html` checked`}> Only late</label>
${filter.phase !== undefined && html`<input type="hidden" name="phase" value="${filter.phase}">`}
<button class="quiet slim">Show</button>
</form>`;
}
