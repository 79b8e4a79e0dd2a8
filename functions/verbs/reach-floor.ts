import { withAnswer } from '../domain/deal/package.ts';
import type { EvidenceProblem } from '../domain/fields/evidence.ts';
import { isRecord } from '../domain/fields/record.ts';
import type { Evidence } from '../domain/fields/values.ts';
import { askedFields, floorProblems } from '../domain/handoff/floor.ts';
import { checkedPackage } from '../domain/handoff/handoff-package.ts';
import { leavesUndone } from '../domain/playbook/capabilities.ts';
import type { AskStep, ChoiceRule, StepField } from '../domain/playbook/playbook.ts';
import { type Deciding, noteOnRecord, noteOnRecordUses } from './deciding.ts';
import type { Opened } from './open-link.ts';

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

export const attachRecordingUses = ['packages.save', ...noteOnRecordUses] as const;

/**
 * A recording that was given to reach the floor belongs in the package, where everybody looks for it. Saved before the decision,
 * so that none is lost when it crashes in between: the same form finds it there. False when somebody else saved the package
 * meanwhile.
 */
export async function attachRecording(
  { world, opened, submission }: Deciding<typeof attachRecordingUses>,
  { evidence: fields }: ChoiceRule,
  evidence: Evidence,
): Promise<boolean> {
  const settling = fields.find(({ settles }) => settles === 'recordingsAttached');
  const link = settling && evidence[settling.name];
  if (!isRecord(link)) return true;
  const { record, person } = opened;
  const known = checkedPackage(record).package.attachments?.callRecordings ?? [];
  const { state, packageVersion: version } = record;
  const saved = await world.packages.save({
    id: state.id,
    package: withAnswer(record.package, 'attachments.callRecordings', [...known, link]),
    version,
    by: person.email,
    at: submission.at,
  });
  if (saved)
    await noteOnRecord(
      { world, opened, submission },
      { what: 'package-saved', detail: `Version ${version + 1}: a recording was added` },
    );
  return saved;
}
