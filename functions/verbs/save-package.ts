import { textsOf } from '../domain/fields/evidence.ts';
import type { HandoffRecord } from '../domain/handoff/handoff.ts';
import { renewalDateOf } from '../domain/handoff/handoff-package.ts';
import { saveTold } from '../domain/handoff/package-history.ts';
import { type Merged, mergePackage } from '../domain/step/package-merge.ts';
import { type Deciding, noteOnRecord, noteOnRecordUses } from './deciding.ts';
import { followRenewal, followRenewalUses } from './follow-renewal.ts';
import { writePackage, writePackageUses } from './write-package.ts';

export const savePackageUses = [...writePackageUses, ...noteOnRecordUses, ...followRenewalUses] as const;

type Saving = Deciding<typeof savePackageUses>;

const renewalField = 'contract.renewalDate';

/**
 * Saves the package form, answers to returned gaps with it, and of an open item what it owes, and has the reminders follow a
 * renewal date that changed. What others saved since the page was opened stays; where they changed the same field, both answers
 * are kept. Returns the record as it is afterwards; undefined for a form that no page of ours has sent, or for a step that is
 * decided or somebody else's by now.
 */
export async function savePackage(saving: Saving): Promise<HandoffRecord | undefined> {
  const { world, opened, submission } = saving;
  const { form, at } = submission;
  const by = opened.person.email;
  const { step } = opened.link;
  let merged: Merged | undefined;
  const { record, change } = await writePackage(world, { record: opened.record, saved: { by, at } }, (stands) => {
    merged = isStillTheirs(stands, opened) ? mergePackage(stands, { step, form, by, at }) : undefined;
    return merged && merged.written.length > 0 ? merged : undefined;
  });
  if (!merged) return undefined;
  const told = saveTold(record, change ? change.written : merged.again, by);
  if (told) {
    const { detail } = told;
    await noteOnRecord({ ...saving, submission: { ...submission, at: told.at } }, { what: 'package-saved', detail });
  }
  const isMoved = renewalDateOf(record) !== renewalDateOf(opened.record);
  // Perhaps sent once more, because the first attempt saved it and came no further.
  if (isMoved || (!change && textsOf(form, renewalField).length > 0))
    await followRenewal(world, { record, people: opened.people, at });
  return record;
}

/** Others may have acted between the moment the page was opened and another attempt to write. */
function isStillTheirs({ steps }: HandoffRecord, { link, record }: Saving['opened']): boolean {
  const [now, then] = [steps[link.step], record.steps[link.step]];
  return now?.decision === undefined && now?.round === then?.round && now?.owner === then?.owner;
}
