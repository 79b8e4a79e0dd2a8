import { textsOf } from '../domain/fields/evidence.ts';
import { arrange, arrangeName } from '../domain/fields/rows.ts';
import { saveTold } from '../domain/handoff/package-history.ts';
import type { OpenedDraft } from '../domain/step/draft-view.ts';
import type { StepOutcome } from '../domain/step/outcome.ts';
import { fieldsOfForm } from '../domain/step/package-form.ts';
import { type Merged, mergePackage } from '../domain/step/package-merge.ts';
import { clockIn } from '../domain/time/wording.ts';
import { RecordTooLarge } from '../ports/errors.ts';
import type { WorldOf } from '../ports/world.ts';
import type { Submission } from './deciding.ts';
import { openLink, openLinkUses } from './open-link.ts';
import { writeDraftPackage, writeDraftPackageUses } from './write-draft-package.ts';

export const saveDraftUses = ['audit.write', ...openLinkUses, ...writeDraftPackageUses] as const;

type Save = WorldOf<typeof saveDraftUses>;

/**
 * Saves what somebody typed into the package of a deal that is not signed, by the rules of the package form: what others saved
 * since stays. The draft as it stands then; undefined where nothing is theirs to save, or the form was on no page of ours.
 */
export async function saveDraft(
  world: Save,
  { record: found, link, view }: OpenedDraft,
  submission: Submission,
): Promise<OpenedDraft | undefined> {
  if (!view.packageForm) return undefined;
  const { form, at } = submission;
  const by = link.person;
  let merged: Merged | undefined;
  const { record, change } = await writeDraftPackage(world, { record: found, saved: { by, at } }, (stands) => {
    merged = mergePackage(stands, { step: link.step, form, by, at });
    return merged && merged.written.length > 0 ? merged : undefined;
  });
  if (!merged) return undefined;
  const told = saveTold(record, change ? change.written : merged.again, by);
  if (told) {
    const { at: when, detail } = told;
    const entry = { at: when, who: by, what: 'package-saved', step: link.step, detail, from: 'page' } as const;
    await world.audit.write(record.state.id, entry);
  }
  const again = await openLink(world, submission);
  return 'draft' in again ? again.draft : undefined;
}

/** What a form on the page of a draft comes to. */
export async function takeDraft(world: Save, opened: OpenedDraft, submission: Submission): Promise<StepOutcome> {
  const { form, at } = submission;
  const { view } = opened;
  const [button] = textsOf(form, arrangeName);
  const shown = (problem: string): StepOutcome => ({
    kind: 'draft',
    view,
    refused: { choice: 'save', problems: [{ field: 'choice', problem }], typed: form },
  });
  if (button !== undefined && view.packageForm) {
    const fields = fieldsOfForm(view.packageForm);
    const changed = arrange(form, button, (name) => fields.find((field) => field.name === name)?.kind);
    const { form: typed, arranged } = changed ?? { form, arranged: { field: '', said: '' } };
    return { kind: 'draft', view, refused: { choice: 'save', problems: [], typed, arranged } };
  }
  try {
    const saved = await saveDraft(world, opened, submission);
    return saved
      ? { kind: 'draft', view: saved.view, saved: clockIn(view.zone, at, at) }
      : shown('Somebody else has this draft now, or the deal was just signed: reload the page.');
  } catch (error) {
    if (!(error instanceof RecordTooLarge)) throw error;
    return shown('This is more text than fits. Shorten the longest one, or link to a document, and send it again.');
  }
}
