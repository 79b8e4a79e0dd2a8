import { cleanText } from '../fields/clean-text.ts';
import { nameOf, type People } from '../people/people.ts';
import type { Instant } from '../time/calendar.ts';
import { momentIn } from '../time/wording.ts';
import type { HandoffRecord } from './handoff.ts';

/** A note as a page shows it, for colleagues only. */
export interface NoteView {
  /** A name. */
  readonly by: string;
  /** In the reader's zone. */
  readonly when: string;
  readonly text: string;
}

/** Every note of a handoff, newest first: the SOP wants them on every page of it. Times are in `zone` (IANA). */
export const notesOf = (
  { notes = [] }: Pick<HandoffRecord, 'notes'>,
  { people, zone, at }: { readonly people: People; readonly zone: string; readonly at: Instant },
): readonly NoteView[] =>
  notes
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
    .map((note) => ({
      by: nameOf(people, note.by),
      when: momentIn(zone, note.at, at),
      text: cleanText(note.text),
    }));
