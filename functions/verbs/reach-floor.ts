import { withAnswer } from '../domain/deal/package.ts';
import type { EvidenceProblem } from '../domain/fields/evidence.ts';
import { isRecord } from '../domain/fields/record.ts';
import type { Evidence } from '../domain/fields/values.ts';
import { askedFields, floorProblems } from '../domain/handoff/floor.ts';
import { checkedPackage } from '../domain/handoff/handoff-package.ts';
import { writtenBy } from '../domain/handoff/package-history.ts';
import { leavesUndone } from '../domain/playbook/capabilities.ts';
import type { AskStep, ChoiceRule, StepField } from '../domain/playbook/playbook.ts';
import { type Deciding, noteOnRecord, noteOnRecordUses } from './deciding.ts';
import type { Opened } from './open-link.ts';
import { writePackage, writePackageUses } from './write-package.ts';

/** The fields that a choice asks for as the floor stands, and what keeps it from being made (S4). */
export function guardedChoice(
  { view }: Opened,
  rule: AskStep,
  chosen: ChoiceRule,
): { readonly fields: readonly StepField[]; readonly problems: readonly EvidenceProblem[] } {
  return {
    fields: askedFields(chosen, view.floor),
    // What leaves the step undone lets nobody write to the customer.
    problems: leavesUndone(rule, chosen.id) ? [] : floorProblems(chosen, view.floor),
  };
}

export const attachRecordingUses = [...writePackageUses, ...noteOnRecordUses] as const;

const recordings = 'attachments.callRecordings';

/**
 * A recording that was given to reach the floor belongs in the package, where everybody looks for it. Saved before the decision,
 * so that none is lost when it crashes in between: the same form finds it there.
 */
export async function attachRecording(
  { world, opened, submission }: Deciding<typeof attachRecordingUses>,
  { evidence: fields }: ChoiceRule,
  evidence: Evidence,
): Promise<void> {
  const settling = fields.find(({ settles }) => settles === 'recordingsAttached');
  const link = settling && evidence[settling.name];
  if (!isRecord(link)) return;
  const saved = { by: opened.person.email, at: submission.at };
  const { record, change } = await writePackage(world, { record: opened.record, saved }, (stands) => {
    const known = checkedPackage(stands).package.attachments?.callRecordings ?? [];
    if (known.some(({ url }) => url === link['url'])) return undefined;
    return {
      package: withAnswer(stands.package, recordings, [...known, link]),
      history: writtenBy(stands.packageHistory ?? {}, recordings, { saved, version: stands.packageVersion + 1 }),
    };
  });
  if (!change) return;
  const detail = `Version ${record.packageVersion}: a recording was added`;
  await noteOnRecord({ world, opened, submission }, { what: 'package-saved', detail });
}
