import { cleanText } from '../fields/clean-text.ts';
import { type Form, textsOf } from '../fields/evidence.ts';
import type { Fact } from '../handoff/fact.ts';
import { answerName } from '../handoff/gap-answers.ts';
import type { HandoffRecord } from '../handoff/handoff.ts';
import { gapLine, namedGaps, returnsTo } from '../handoff/returns.ts';
import type { FieldView } from './field-view.ts';
import { fieldsOfForm } from './package-form.ts';
import type { StepView } from './step-view.ts';

/**
 * What somebody typed into a form that came too late, under the labels they saw, so that they can copy it. What the page says
 * by itself is left out. Answers to gaps of a round that is over stand under the questions of that round.
 */
export function typedTexts(record: HandoffRecord, view: StepView, form: Form): readonly Fact[] {
  const fields = [
    ...[...view.choices, ...view.actions].flatMap((each) => each.fields.flatMap(withParts)),
    ...(view.packageForm ? fieldsOfForm(view.packageForm) : []),
  ];
  const labels = new Map(fields.map((field) => [field.name, field] as const));
  for (const [name, question] of questionsOf(record, view.step, form))
    labels.set(name, { name, label: question, value: '' });
  return [...labels.values()].flatMap(({ name, label, value }) => {
    const text = cleanText(textsOf(form, name).join('\n')).trim();
    return text === '' || text === cleanText(value).trim() ? [] : [{ label, value: text }];
  });
}

type Named = Pick<FieldView, 'name' | 'label' | 'value'>;

const withParts = (field: FieldView): readonly Named[] => [
  ...(field.parts ?? []).map(({ part, label }) => ({ name: `${field.name}.${part}`, label, value: '' })),
  field,
];

/** The questions that a form of an earlier round asked, by the names of their answers. */
function questionsOf(record: HandoffRecord, step: string, form: Form): readonly (readonly [string, string])[] {
  const round = Number(textsOf(form, 'round')[0]);
  if (round === record.steps[step]?.round) return [];
  const returned = returnsTo(record, step)[round - 2];
  const gaps = returned ? namedGaps(record, returned) : [];
  return gaps.map((gap, index) => [answerName(index), gapLine(record, gap)]);
}
