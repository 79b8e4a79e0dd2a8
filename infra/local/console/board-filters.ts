import { type BoardEntry, type BoardFilter, segmentOf } from '../../../functions/domain/step/board.ts';
import { type Html, html } from '../../../functions/pages/html.ts';
import { type Option, select } from './select.ts';
import type { Surroundings } from './surroundings.ts';

/** The form that chooses what the board shows. */
export function boardFilters(entries: readonly BoardEntry[], filter: BoardFilter, around: Surroundings): Html {
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
