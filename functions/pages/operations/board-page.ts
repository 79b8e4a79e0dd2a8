import { capitalized } from '../../domain/fields/words.ts';
import { homeZoneOf } from '../../domain/people/people.ts';
import {
  type BoardEntry,
  type BoardFilter,
  type BoardPhase,
  boardPath,
  boardPhases,
  filtered,
} from '../../domain/step/board.ts';
import { zoneName } from '../../domain/time/wall-format.ts';
import { type Content, type Html, html } from '../html.ts';
import { handoffCard } from './handoff-card.ts';
import type { Showing } from './showing.ts';
import { counted } from './wording.ts';

/** So many cards a column shows before it says how many more there are. */
const shownInColumn = 12;
/** So many cards one phase shows by itself. */
const shownAlone = 200;

export interface Board {
  /** All there are, the most urgent first. */
  readonly entries: readonly BoardEntry[];
  readonly filter: BoardFilter;
  /** What chooses the filter. */
  readonly filters: Content;
  /** What is said of how many there are; how many the filter leaves where it is left out. */
  readonly said?: string;
  /** So many cards a column shows before it says how many more there are; a dozen unless said. */
  readonly inColumn?: number;
  /** What is said below the columns. */
  readonly after?: Content;
}

/** The board: what is late on top, filters, and a column for each phase. */
export function boardSection({ entries, filter, filters, after, ...told }: Board, showing: Showing): Html {
  const chosen = filtered(entries, filter);
  const isFiltered = Object.keys(filter).length > 0;
  const { inColumn = shownInColumn } = told;
  const many = isFiltered ? `${chosen.length} of ${entries.length} handoffs` : counted(entries.length, 'handoff');
  const { board } = showing.paths;
  const [namedZone, ...otherZones] = dueZones(chosen, showing);
  const shown = namedZone === undefined ? showing : { ...showing, namedZone };
  return html`<section id="handoffs" aria-label="Handoffs" data-live="board">
${filters}
<p class="small soft" role="status">${told.said ?? many}${counts(chosen, filter, board)}${isFiltered && html` · <a href="${board}">Show all</a>`}${namedZone !== undefined && ` · Due times are in ${zoneName(namedZone)}${otherZones.length > 0 ? ' unless they name another' : ''}`}</p>
${chosen.length === 0 ? html`<p class="card">${isFiltered ? html`No handoff fits. <a href="${board}">Show all</a>` : 'No handoffs are open. They start when a deal closes.'}</p>` : columns(chosen, { filter, inColumn, showing: shown })}
${after}</section>`;
}

/** The zones in which open steps are due, that of most of them first. */
function dueZones(entries: readonly BoardEntry[], { people }: Showing): readonly string[] {
  const owners = entries.flatMap(({ open }) =>
    open.filter(({ optional }) => !optional).map(({ asked }) => asked.owner),
  );
  const zones = owners.map((owner) => homeZoneOf(people, owner));
  const times = (zone: string) => zones.filter((each) => each === zone).length;
  return [...new Set(zones)].toSorted((a, b) => times(b) - times(a));
}

/** Beside each other: how many are late, stalled and waiting; each a way to see just those. */
function counts(entries: readonly BoardEntry[], filter: BoardFilter, board: string): Content {
  const count = (urgency: BoardEntry['urgency']) => entries.filter((entry) => entry.urgency === urgency).length;
  const [stalled, late, waiting] = [count('stalled'), count('late'), count('waiting')];
  const lateOnes = boardPath(board, { ...filter, late: true });
  return html`${stalled > 0 && html` · <a href="${lateOnes}">${stalled} stalled</a>`}${late > 0 && html` · <a href="${lateOnes}">${late} late</a>`}${waiting > 0 && ` · ${waiting} waiting`}`;
}

interface Columns {
  readonly filter: BoardFilter;
  readonly inColumn: number;
  readonly showing: Showing;
}

function columns(entries: readonly BoardEntry[], { filter, inColumn, showing }: Columns): Html {
  if (filter.phase !== undefined) {
    const shown = entries.slice(0, shownAlone);
    return html`<section class="column alone"><h2>${capitalized(filter.phase)} <span class="soft small">${entries.length}</span></h2>
<ul class="cards">${shown.map((entry) => handoffCard(entry, showing))}</ul>
${shown.length < entries.length && html`<p class="soft small">And ${entries.length - shown.length} more. Filter by name or person to find them.</p>`}</section>`;
  }
  const inPhase = (phase: BoardPhase) => entries.filter((entry) => entry.phase === phase);
  return html`<div class="board">${boardPhases.map((phase) => column(phase, inPhase(phase), { filter, inColumn, showing }))}</div>`;
}

function column(phase: BoardPhase, entries: readonly BoardEntry[], { filter, inColumn, showing }: Columns): Html {
  const shown = entries.slice(0, inColumn);
  return html`<section class="column${entries.length === 0 && ' empty'}"><h2>${capitalized(phase)} <span class="soft small">${entries.length}</span></h2>
${entries.length > 0 && html`<ul class="cards">${shown.map((entry) => handoffCard(entry, showing))}</ul>`}
${shown.length < entries.length && html`<p><a href="${boardPath(showing.paths.board, { ...filter, phase })}">${entries.length - shown.length} more</a></p>`}</section>\n`;
}
