import type { EvidenceField } from '../fields/field-rule.ts';

/** A field as a page shows it, with what stands in it. */
export interface FieldView extends Omit<EvidenceField, 'options' | 'from'> {
  readonly value: string;
  /** What can be chosen, where the field is chosen from a list. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
}
