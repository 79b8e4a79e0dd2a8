import { formValue, type Gap, withDealFacts } from '../deal/completeness.ts';
import { type FieldPath, packageFields, packageFieldsOf, sectionIds } from '../deal/package.ts';
import { packageSections } from '../deal/package-fields.ts';
import { type Form, textsOf } from '../fields/evidence.ts';
import { optionsOf } from '../fields/field-rule.ts';
import { openGaps } from '../handoff/gap-answers.ts';
import { askedFields, sectionOf } from '../handoff/gap-fields.ts';
import type { HandoffRecord } from '../handoff/handoff.ts';
import type { FieldView } from './field-view.ts';

/** A field of the package in a form; its name there is its path. */
export interface PackageFieldView extends FieldView {
  readonly section: string;
  /** What is missing or wrong about it now. */
  readonly gaps: readonly Gap[];
}

/** Questions with which the package came back, about one of its fields or about none. */
export interface ReturnedView {
  /** Stands beside the questions, and nowhere else in the form. */
  readonly field?: PackageFieldView;
  /** An answer each; the label is the question. */
  readonly answers: readonly FieldView[];
}

export interface PackageFormView {
  /** To be sent back, so that nobody overwrites what somebody else saved before. */
  readonly version: number;
  /** The gaps with which it was returned: they come first. */
  readonly returned: readonly ReturnedView[];
  /** Fields that are missing or wrong, in the order of the package. */
  readonly missing: readonly PackageFieldView[];
  readonly rest: readonly { readonly title: string; readonly fields: readonly PackageFieldView[] }[];
}

/**
 * The package as a form for a step: what was returned first, then what is missing or wrong, everything else by section. Of an
 * open item, what it owes.
 */
export function packageForm(record: HandoffRecord, step: string, gaps: readonly Gap[]): PackageFormView {
  const said = withDealFacts(record.package, record.deal);
  const only = record.steps[step]?.item?.paths;
  const asked = only ? packageFieldsOf(record.playbook).filter(({ path }) => only.includes(path)) : askedFields(record);
  const all = asked.map((field): PackageFieldView => {
    const { path, label, hint, kind } = field;
    const options = optionsOf(field, record.playbook.segments);
    return {
      name: path,
      section: sectionOf(field),
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
  const returned = returnedViews(record, step, all);
  const shown = new Set(returned.map(({ field }) => field?.name));
  const fields = all.filter(({ name }) => !shown.has(name));
  return {
    version: record.packageVersion,
    returned,
    missing: fields.filter((field) => field.gaps.length > 0),
    rest: sections
      .map((title) => ({ title, fields: fields.filter((each) => each.section === title && each.gaps.length === 0) }))
      .filter((section) => section.fields.length > 0),
  };
}

/** Questions about one field stand together, where the first of them was asked. */
function returnedViews(record: HandoffRecord, step: string, fields: readonly PackageFieldView[]): ReturnedView[] {
  const open = openGaps(record, step);
  const fieldOf = new Map(fields.map((field) => [field.name, field]));
  const groups = Map.groupBy(open, ({ name, gap }) => (fieldOf.has(gap.path ?? '') ? gap.path : name));
  return [...groups].map(([path = '', about]) => {
    const field = fieldOf.get(path);
    return {
      ...(field && { field }),
      answers: about.map(({ name, gap, answer }) => ({
        name,
        label: gap.question,
        kind: 'longText',
        required: true,
        value: answer,
      })),
    };
  });
}

/** Every field of the form, in its order. */
export const fieldsOfForm = ({ returned, missing, rest }: PackageFormView): readonly FieldView[] => [
  ...returned.flatMap(({ field, answers }) => [...(field ? [field] : []), ...answers]),
  ...missing,
  ...rest.flatMap(({ fields }) => fields),
];

/**
 * What somebody changed on the package form, by field path, for `applyEdits`. Fields that say the same as the package does
 * are left out, so that saving never rewrites an answer nobody touched; unknown fields are ignored, and so are those that are
 * not the ones to be answered (`only`).
 */
export function packageEdits(
  record: HandoffRecord,
  form: Form,
  only?: readonly FieldPath[],
): Readonly<Record<string, string>> {
  const said = withDealFacts(record.package, record.deal);
  const fields = packageFields.filter(({ path }) => only === undefined || only.includes(path));
  const edits = fields.flatMap((field): [string, string][] => {
    const texts = textsOf(form, field.path);
    if (texts.length === 0) return [];
    const text = texts.join('\n').replace(/\r\n?/g, '\n');
    return text.trim() === formValue(said, field).replace(/\r\n?/g, '\n').trim() ? [] : [[field.path, text]];
  });
  return Object.fromEntries(edits);
}
