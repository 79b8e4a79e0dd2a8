import type { Gap } from '../domain/deal/completeness.ts';
import { type Form, textsOf } from '../domain/fields/evidence.ts';
import { fieldsOfForm, type PackageFormView, type SavedFieldView } from '../domain/step/package-form.ts';
import { shownName } from '../domain/step/package-merge.ts';
import { partId, type Redisplay, savedFieldHtml } from './package-field.ts';
import { progressHtml, progressId, sectionCountHtml, sectionCountId } from './package-progress.ts';

/** What the script of a page is told about fields it saved, as JSON. */
interface SavedFields {
  /** To be said beside the field. */
  readonly note: string;
  readonly isProblem: boolean;
  /** For the next form of the page. */
  readonly nonce: string;
  /** What the page shows of each field from now on, by the name under which it sends it back. */
  readonly shown: Readonly<Record<string, string>>;
  /** What of the page is different now, by id. */
  readonly parts: Readonly<Record<string, string>>;
}

/** How the form stands after a save, when that was, as people say it, and who returned the package. */
interface Saved {
  readonly form: PackageFormView;
  readonly at: string;
  readonly asker: string | undefined;
}

interface Sent {
  /** What was sent. */
  readonly sent: Form;
  readonly path: string;
  readonly nonce: string;
}

/** What the script is told, and its HTTP status: of fields that were saved, or why they were not. */
export const fieldAnswer = (
  saved: Saved | { readonly refused: string },
  sent: Sent,
): { readonly status: number; readonly said: SavedFields | { readonly refused: string } } =>
  'refused' in saved ? { status: 409, said: saved } : { status: 200, said: savedFields(saved, sent) };

/** How far the package is now, and where somebody else answered the same. */
function savedFields({ form, at, asker = '' }: Saved, { sent, path, nonce }: Sent): SavedFields {
  const fields = fieldsOfForm(form).filter(({ name }) => textsOf(sent, shownName(name)).length > 0);
  const rivals = fields.filter((field) => field.rivals !== undefined);
  const again: Redisplay = {
    path,
    asker,
    typed: () => undefined,
    problem: () => undefined,
    cells: () => [],
    arranged: undefined,
  };
  const wrong = fields.flatMap(wrongIn);
  const isContested = rivals.length > 0;
  const note = isContested
    ? `${rivals.every((field) => field.rivals?.isOwn) ? 'You answered this in another window' : 'Somebody else answered this'}, too: choose the answer to keep.`
    : [`Saved ${at}`, ...new Set(wrong)].join('. ');
  return {
    note,
    isProblem: isContested || wrong.length > 0,
    nonce,
    shown: Object.fromEntries(fields.map(({ name, shown }) => [shownName(name), shown])),
    parts: {
      [progressId]: progressHtml(form).toString(),
      ...Object.fromEntries(
        form.sections.map((section) => [sectionCountId(section), sectionCountHtml(section).toString()]),
      ),
      ...Object.fromEntries(rivals.map((field) => [partId(field.name), savedFieldHtml(field, again).toString()])),
    },
  };
}

/** What is wrong with an answer that is there. */
const wrongIn = (field: SavedFieldView & { readonly gaps?: readonly Gap[] }): readonly string[] =>
  (field.gaps ?? []).filter(({ kind }) => kind === 'wrong').map(({ remedy }) => remedy);
