import type { EvidenceField } from '../fields/field-rule.ts';

/** A field as a page shows it, with what stands in it. */
export interface FieldView extends Omit<EvidenceField, 'options' | 'from'> {
  readonly value: string;
  /** What it is about, with its neighbors of the same name: they stand together. */
  readonly group?: string;
  /** What can be chosen, where the field is chosen from a list. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  /** Whether the options are all in sight, to be clicked. */
  readonly asBoxes?: true;
  /** What is answered apart, under `<name>.<part>`. */
  readonly parts?: readonly FieldPart[];
}

/** A part of a field: a question about an answer of the package. */
export interface FieldPart {
  readonly part: string;
  /** The parts of a group stand together under its title. */
  readonly group: string;
  readonly label: string;
  /** What the answer says now, in short; '' when it says nothing. */
  readonly now: string;
}
