import type { HandoffRecord } from '../../domain/handoff/handoff.ts';
import { notesOf } from '../../domain/handoff/notes.ts';
import { type ItemRecord, itemsOf } from '../../domain/handoff/open-items.ts';
import { homeZoneOf, nameOf } from '../../domain/people/people.ts';
import { type Html, html } from '../html.ts';
import { notesHtml } from '../notes.ts';
import { badge } from './badge.ts';
import type { Showing } from './showing.ts';
import { localHtml } from './wording.ts';

/** The open items of a handoff, settled or not, each with its execution where that is known; below them, the notes. */
export function itemsView(record: HandoffRecord, executions: ReadonlyMap<string, string>, showing: Showing): Html {
  const items = itemsOf(record);
  const { people, zone, now } = showing;
  const notes = notesOf(record, { people, zone, at: new Date(now).toISOString() });
  return html`<section class="card"><h2>Open items</h2>${
    items.length === 0
      ? html`<p class="soft">Nothing was left open.</p>`
      : html`<ul class="rows">${items.map((item) => itemRow(item, executions.get(item.step), showing))}</ul>`
  }</section>
${notes.length === 0 ? html`<section class="card" id="notes"><h2>Notes</h2><p class="soft">No notes yet.</p></section>` : notesHtml(notes)}`;
}

function itemRow(item: ItemRecord, execution: string | undefined, { people, now }: Showing): Html {
  const { owner, dueAt, decision } = item;
  const zone = homeZoneOf(people, owner);
  const late = decision === undefined && Date.parse(dueAt) <= now;
  return html`<li><div class="line"><strong dir="auto">${item.item.title}</strong>${decision ? badge('settled', 'good') : late ? badge('late', 'bad') : badge('open')}</div>
<p class="small soft"><bdi>${nameOf(people, owner)}</bdi>, ${
    decision ? html`settled ${localHtml(decision.at, zone)}` : html`due ${localHtml(dueAt, zone)}`
  }${execution !== undefined && html` · <a href="${execution}" rel="noreferrer">Its execution</a>`}</p></li>\n`;
}
