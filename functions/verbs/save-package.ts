import { applyEdits } from '../domain/deal/completeness.ts';
import { textsOf } from '../domain/fields/evidence.ts';
import { typedAnswers } from '../domain/handoff/gap-answers.ts';
import { renewalDateOf } from '../domain/handoff/handoff-package.ts';
import { itemIn } from '../domain/handoff/open-items.ts';
import { packageEdits } from '../domain/step/package-form.ts';
import { type Deciding, noteOnRecord, noteOnRecordUses } from './deciding.ts';
import { followRenewal, followRenewalUses } from './follow-renewal.ts';

export const savePackageUses = ['packages.save', ...noteOnRecordUses, ...followRenewalUses] as const;

const renewalField = 'contract.renewalDate';

/**
 * Saves the package form, answers to returned gaps with it, and of an open item what it owes, and has the reminders follow a
 * renewal date that changed; false when somebody saved another version since the page was opened.
 */
export async function savePackage({ world, opened, submission }: Deciding<typeof savePackageUses>): Promise<boolean> {
  const { form, at } = submission;
  const { record, person } = opened;
  const edits = packageEdits(record, form, itemIn(record, opened.link.step)?.item.paths);
  const answers = typedAnswers(record, opened.link.step, form);
  if (Object.keys(edits).length === 0 && answers === undefined) {
    // Perhaps sent once more, because the first attempt saved it and came no further.
    if (textsOf(form, renewalField).length > 0) await followRenewal(world, { record, people: opened.people, at });
    return true;
  }
  const changed = { ...record, package: applyEdits(record.package, edits) };
  const shown = textsOf(form, 'packageVersion')[0] ?? String(record.packageVersion);
  // No version that there ever was is none to save over.
  if (!/^\d{1,15}$/.test(shown)) return false;
  const version = Number(shown);
  const saved = await world.packages.save({
    id: record.state.id,
    package: changed.package,
    answers,
    version,
    by: person.email,
    at,
  });
  if (saved)
    await noteOnRecord({ world, opened, submission }, { what: 'package-saved', detail: `Version ${version + 1}` });
  if (saved && renewalDateOf(changed) !== renewalDateOf(record))
    await followRenewal(world, { record: changed, people: opened.people, at });
  return saved;
}
