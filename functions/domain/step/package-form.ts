import { formValue, type Gap, withDealFacts } from '../deal/completeness.ts';
import { type PackageField, packageFieldsOf, type SectionId, sectionIds } from '../deal/package.ts';
import { packageSections, type SectionRule } from '../deal/package-fields.ts';
import { optionsOf } from '../fields/field-rule.ts';
import { kinds } from '../fields/kinds.ts';
import { type OpenGap, openGaps } from '../handoff/gap-answers.ts';
import { askedFields } from '../handoff/gap-fields.ts';
import type { HandoffRecord } from '../handoff/handoff.ts';
import { checkedPackage } from '../handoff/handoff-package.ts';
import { answerKey, rivalId, type Saved } from '../handoff/package-history.ts';
import type { FieldView } from './field-view.ts';
import { keepBoth, keepStanding, shownMark } from './package-merge.ts';

/** A field of the package form, and what of it was shown. */
export interface SavedFieldView extends FieldView {
  /** To be sent back, so that nobody overwrites what somebody else saved since. */
  readonly shown: string;
  /** Where two people answered it at once: what can be kept. */
  readonly rivals?: {
    /** The ids of the answers that wait beside the one that stands. */
    readonly offered: readonly string[];
    /** One and the same person gave them all, in several windows. */
    readonly isOwn?: true;
    readonly options: readonly { readonly keep: string; readonly by: string; readonly text: string }[];
  };
}

/** What whoever returned the package asks: the label is the question. */
export interface QuestionView extends SavedFieldView {
  /** By an answer under it, or by another answer in the field it is about. */
  readonly isAnswered: boolean;
}

/** A field of the package in a form; its name there is its path. */
export interface PackageFieldView extends SavedFieldView {
  /** What is missing or wrong about it now. */
  readonly gaps: readonly Gap[];
  /** It is missing, and an open item of its own: whoever owes it is asked for it there. */
  readonly isOwed: boolean;
  /** What was asked about it when the package was returned. */
  readonly questions: readonly QuestionView[];
}

export interface PackageSectionView {
  readonly id: SectionId;
  readonly title: string;
  /** What it is good for, in a sentence. */
  readonly why: string;
  /** How many of the answers that it needs are there, and right; open items are not counted. */
  readonly done: number;
  readonly needed: number;
  readonly fields: readonly PackageFieldView[];
}

export interface PackageFormView {
  /** Of the whole package, for pages that tell nothing of each field. */
  readonly version: number;
  /** What was asked when it was returned about no field that is here. */
  readonly questions: readonly QuestionView[];
  readonly sections: readonly PackageSectionView[];
  /** The deal is not signed: nobody hands it over yet. */
  readonly isDraft?: true;
}

export interface PackageFormInput {
  readonly gaps: readonly Gap[];
  /** 'Lena, 10:42 AM': who saved an answer, and when; undefined for one that came with the deal. */
  readonly savedBy: (saved: Saved | undefined) => string;
}

/** The package as a form for a step, section by section; of an open item, what it owes. */
export function packageForm(record: HandoffRecord, step: string, { gaps, savedBy }: PackageFormInput): PackageFormView {
  const said = withDealFacts(record.package, record.deal);
  const only = record.steps[step]?.item?.paths;
  const fields = only
    ? packageFieldsOf(record.playbook).filter(({ path }) => only.includes(path))
    : askedFields(record);
  const missing = new Set(checkedPackage(record).gaps.map(({ path }) => path));
  const here = new Set<string>(fields.map(({ path }) => path));
  const asked = openGaps(record, step).map((open) => ({
    ...open,
    about: here.has(open.gap.path ?? '') && open.gap.path,
  }));
  const saved = (field: FieldView, key: string): SavedFieldView => ({
    ...field,
    shown: shownMark(field.value),
    ...rivalsOf(record, { field, key, savedBy }),
  });
  const question = ({ name, gap, answer, now }: OpenGap): QuestionView => ({
    ...saved(
      { name, label: gap.question, kind: 'longText', required: true, value: answer },
      answerKey(name, record.steps[step]?.round ?? 0),
    ),
    isAnswered: answer !== '' || now !== undefined,
  });
  const field = (rule: PackageField): PackageFieldView => ({
    ...saved(viewOf(rule, { record, said }), rule.path),
    gaps: gaps.filter(({ path }) => path === rule.path),
    isOwed: missing.has(rule.path) && gaps.every(({ path }) => path !== rule.path),
    questions: asked.filter(({ about }) => about === rule.path).map(question),
  });
  return {
    version: record.packageVersion,
    questions: asked.filter(({ about }) => about === false).map(question),
    sections: sectionIds.flatMap((id) => {
      const { title, why }: SectionRule = packageSections[id];
      const own = fields.filter(({ section }) => section === id).map(field);
      const needed = own.filter(({ required, isOwed, gaps: wrong }) => (required && !isOwed) || wrong.length > 0);
      const done = needed.filter(({ gaps: wrong }) => wrong.length === 0).length;
      return own.length === 0 ? [] : [{ id, title, why, done, needed: needed.length, fields: own }];
    }),
  };
}

/** Whether somebody has to do something about a field: the others are folded away. */
export const needsWork = ({ gaps, questions, rivals }: PackageFieldView): boolean =>
  gaps.length > 0 || questions.length > 0 || rivals !== undefined;

function viewOf(
  field: PackageField,
  { record, said }: { readonly record: HandoffRecord; readonly said: unknown },
): FieldView {
  const { path, label, hint, kind, items, min, max, required, orNone } = field;
  const options = optionsOf(field, record.playbook.segments);
  return {
    ...{ name: path, label, hint, kind, required },
    ...(items && { items }),
    ...(orNone && { orNone }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    value: formValue(said, field),
    ...(options && { options: options.map((name) => ({ value: name, label: name })) }),
  };
}

function rivalsOf(
  { packageHistory }: HandoffRecord,
  {
    field: { kind, value },
    key,
    savedBy,
  }: { readonly field: FieldView; readonly key: string; readonly savedBy: PackageFormInput['savedBy'] },
): Pick<SavedFieldView, 'rivals'> {
  const { saved, rivals = [] } = packageHistory?.[key] ?? {};
  if (rivals.length === 0) return {};
  const canBeBoth = value !== '' && (kind === 'longText' || kinds[kind].isList);
  const options = [
    { keep: keepStanding, by: savedBy(saved), text: value },
    ...rivals.map((rival) => ({
      keep: rivalId(rival),
      by: `${savedBy(rival)}${rival.by === saved?.by ? ', in another window' : ''}`,
      text: rival.text,
    })),
    ...(canBeBoth ? [{ keep: keepBoth, by: 'All of it', text: 'One after the other, for you to edit.' }] : []),
  ];
  const isOwn = rivals.every(({ by }) => by === saved?.by);
  return { rivals: { offered: rivals.map(rivalId), ...(isOwn && { isOwn }), options } };
}

/** Every field of the form, in its order. */
export const fieldsOfForm = ({ questions, sections }: PackageFormView): readonly SavedFieldView[] => [
  ...questions,
  ...sections.flatMap(({ fields }) => fields.flatMap((field) => [field, ...field.questions])),
];

/** Every question that was asked when the package was returned, in the order of the form. */
export const questionsOfForm = ({ questions, sections }: PackageFormView): readonly QuestionView[] => [
  ...questions,
  ...sections.flatMap(({ fields }) => fields.flatMap((field) => field.questions)),
];
