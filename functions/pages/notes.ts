import { excerpt } from '../domain/fields/clean-text.ts';
import type { NoteView } from '../domain/handoff/notes.ts';
import { type Content, html, lines } from './html.ts';

/** A note longer than this, in characters, is folded. */
const folded = 300;

/** What colleagues noted about the handoff, newest first; nothing where there is no note. `also`: further classes, each after a blank. */
export function notesHtml(notes: readonly NoteView[], also = ''): Content {
  if (notes.length === 0) return undefined;
  return html`<section class="card${also}" id="notes"><h2>${notes.length === 1 ? 'Note' : `Notes (${notes.length})`}</h2>
<dl>${notes.map(({ by, when, text }) => html`<dt dir="auto">${by}, ${when}</dt><dd dir="auto">${noteText(text)}</dd>\n`)}</dl></section>`;
}

const noteText = (text: string): Content =>
  text.length <= folded
    ? lines(text)
    : html`<details><summary dir="auto">${excerpt(text, 120)}</summary>${lines(text)}</details>`;
