import { textsOf } from '../domain/fields/evidence.ts';
import { rowsAsText } from '../domain/fields/rows.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { gapsToFill } from '../domain/handoff/open-items.ts';
import type { OpenedDraft } from '../domain/step/draft-view.ts';
import { type PackageFormView, packageForm } from '../domain/step/package-form.ts';
import { savedBy } from '../domain/step/step-view.ts';
import { clockIn } from '../domain/time/wording.ts';
import { RecordTooLarge } from '../ports/errors.ts';
import type { WorldOf } from '../ports/world.ts';
import type { Submission } from './deciding.ts';
import { openLink, openLinkUses } from './open-link.ts';
import { saveDraft, saveDraftUses } from './save-draft.ts';
import { savePackage, savePackageUses } from './save-package.ts';
import { settleSupplied, settleSuppliedUses } from './settle-supplied.ts';

export const saveFieldUses = [...saveDraftUses, ...openLinkUses, ...savePackageUses, ...settleSuppliedUses] as const;

/** What became of a field that was saved as it was typed. */
export type FieldSaved =
  /** `form`: how the form stands now; `at`: when it was saved, as '10:42 AM' in the reader's zone; `asker`: who returned the package. */
  | { readonly form: PackageFormView; readonly at: string; readonly asker: string | undefined }
  /** Why nothing was saved, and what to do. */
  | { readonly refused: string };

/**
 * Saves the fields of the package form that were sent, while somebody goes on typing into others. The same rules hold as for
 * the whole form, which saves and tells whatever this did not.
 */
export const saveField =
  (world: WorldOf<typeof saveFieldUses>) =>
  async (sent: Submission): Promise<FieldSaved> => {
    const submission = { ...sent, form: rowsAsText(sent.form) };
    const result = await openLink(world, submission);
    if ('draft' in result && result.draft) return draftField(world, result.draft, submission);
    if ('outcome' in result) return refused('this step takes nothing more');
    const { opened } = result;
    const { view, link, people } = opened;
    const { at, form } = submission;
    if (textsOf(form, 'round')[0] !== String(view.round)) return refused('this step was asked again');
    if (!view.packageForm) return refused('somebody else has this step now');
    let record: HandoffRecord | undefined;
    try {
      record = await savePackage({ world, opened, submission });
    } catch (error) {
      if (!(error instanceof RecordTooLarge)) throw error;
      return refused('this is more text than fits');
    }
    if (!record) return refused('somebody took over or answered this step');
    await settleSupplied(world, { before: opened.record, at });
    return {
      form: packageForm(record, link.step, {
        gaps: gapsToFill(record, link.step),
        savedBy: savedBy({ link, people, zone: view.zone, at }),
      }),
      at: clockIn(view.zone, at, at),
      asker: view.returned?.by,
    };
  };

/** The same in the package of a deal that is not signed. */
async function draftField(
  world: WorldOf<typeof saveFieldUses>,
  opened: OpenedDraft,
  submission: Submission,
): Promise<FieldSaved> {
  const { at } = submission;
  try {
    const form = (await saveDraft(world, opened, submission))?.view.packageForm;
    return form
      ? { form, at: clockIn(opened.view.zone, at, at), asker: undefined }
      : refused('somebody else has this draft now');
  } catch (error) {
    if (!(error instanceof RecordTooLarge)) throw error;
    return refused('this is more text than fits');
  }
}

const refused = (why: string): FieldSaved => ({ refused: `Not saved: ${why}. Press “Save draft” to see what to do.` });
