import type { EvidenceField } from '../fields/field-rule.ts';
import type { FrozenPlaybook, StepRule } from './playbook.ts';

/** What a field's kind was called before a person could be chosen from anybody else. */
const earlierPersonKind: string = 'customerSuccessManager';

/** A frozen playbook as it was stored by an earlier version, in the words of this one. */
export function currentPlaybook(stored: FrozenPlaybook): FrozenPlaybook {
  const steps = Object.entries(stored.steps).map(([id, step]): [string, StepRule] => {
    if (step.kind !== 'ask') return [id, step];
    const choices = step.choices.map((choice) => ({ ...choice, evidence: choice.evidence.map(currentField) }));
    return [id, { ...step, choices }];
  });
  return { ...stored, steps: Object.fromEntries(steps) };
}

function currentField(field: EvidenceField): EvidenceField {
  if (field.kind !== earlierPersonKind) return field;
  return { ...field, kind: 'person', from: { role: 'customerSuccessManager' } };
}
