import { formValue, type Gap, withDealFacts } from '../deal/completeness.ts';
import { answerAt, packageFields, packageFieldsOf, sectionIds } from '../deal/package.ts';
import { packageSections } from '../deal/package-fields.ts';
import { type Form, textsOf } from '../fields/evidence.ts';
import { optionsOf } from '../fields/field-rule.ts';
import type { HandoffRecord } from '../handoff/handoff.ts';
import type { FieldView } from './field-view.ts';

/** A field of the package in a form; its name there is its path. */
export interface PackageFieldView extends FieldView {
  readonly section: string;
  /** What is missing or wrong about it now. */
  readonly gaps: readonly Gap[];
}

export interface PackageFormView {
  /** To be sent back, so that nobody overwrites what somebody else saved before. */
  readonly version: number;
  /** Fields that are missing or wrong, in the order of the package. */
  readonly missing: readonly PackageFieldView[];
  readonly rest: readonly { readonly title: string; readonly fields: readonly PackageFieldView[] }[];
}

/** The package as a form: what is missing or wrong first, everything else by section. */
export function packageForm(record: HandoffRecord, gaps: readonly Gap[]): PackageFormView {
  const said = withDealFacts(record.package, record.deal);
  const asked = packageFieldsOf(record.playbook).filter(
    (field) => field.required || field.asked === undefined || answerAt(said, field.path) !== undefined,
  );
  const fields = asked.map((field): PackageFieldView => {
    const { path, label, hint, kind } = field;
    const options = optionsOf(field, record.playbook.segments);
    return {
      name: path,
      section: packageSections[field.section].title,
      label,
      hint,
      kind,
      ...(field.items && { items: field.items }),
      ...(field.min !== undefined && { min: field.min }),
      ...(field.max !== undefined && { max: field.max }),
      required: field.required,
      value: formValue(said, field),
      gaps: gaps.filter((gap) => gap.path === path),
      ...(options && { options: options.map((name) => ({ value: name, label: name })) }),
    };
  });
  const sections = sectionIds.map((section) => packageSections[section].title);
  return {
    version: record.packageVersion,
    missing: fields.filter((field) => field.gaps.length > 0),
    rest: sections
      .map((title) => ({ title, fields: fields.filter((each) => each.section === title && each.gaps.length === 0) }))
      .filter((section) => section.fields.length > 0),
  };
}

/**
 * What somebody changed on the package form, by field path, for `applyEdits`. Fields that say the same as the package does
 * are left out, so that saving never rewrites an answer nobody touched; unknown fields are ignored.
 */
export function packageEdits(record: HandoffRecord, form: Form): Readonly<Record<string, string>> {
  const said = withDealFacts(record.package, record.deal);
  const edits = packageFields.flatMap((field): [string, string][] => {
    const texts = textsOf(form, field.path);
    if (texts.length === 0) return [];
    const text = texts.join('\n').replace(/\r\n?/g, '\n');
    return text.trim() === formValue(said, field).replace(/\r\n?/g, '\n').trim() ? [] : [[field.path, text]];
  });
  return Object.fromEntries(edits);
}
