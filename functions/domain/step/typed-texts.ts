import { packageFields } from '../deal/package.ts';
import { cleanText } from '../fields/clean-text.ts';
import { type Form, textsOf } from '../fields/evidence.ts';
import { rowsAsText } from '../fields/rows.ts';
import type { Fact } from '../handoff/fact.ts';
import { answerName } from '../handoff/gap-answers.ts';
import type { HandoffRecord } from '../handoff/handoff.ts';
import { gapLine, namedGaps, returnsTo } from '../handoff/returns.ts';
import { ruleIn } from '../handoff/step-rule.ts';
import type { FieldView } from './field-view.ts';
import { fieldsOfForm, packageForm } from './package-form.ts';
import { actionFields, isReservedAction } from './step-actions.ts';
import type { StepView } from './step-view.ts';

/** Where something was typed: on the page of a step, as it is now, if there is one. */
export interface TypedAt {
  readonly record: HandoffRecord;
  readonly step: string;
  readonly view?: StepView | undefined;
}

/** A text with what stands in its field now, where that is something. */
export interface TypedText extends Fact {
  readonly now?: string;
}

/** What our forms send beside what people type. */
const unseen = /^(choice|nonce|round|packageVersion|meetingId|meetingVersion|arrange|preview)$|^(shown|offered|keep):/;

/**
 * What somebody typed into a form that is not taken, under the labels they saw, so that they can copy it. What the page says
 * by itself is left out. Answers to gaps of a round that is over stand under the questions of that round.
 */
export function typedTexts({ record, step, view }: TypedAt, form: Form): readonly TypedText[] {
  const { choices, fills } = ruleIn(record, step);
  const [choice = ''] = textsOf(form, 'choice');
  const sent = isReservedAction(choice) ? actionFields[choice] : choices.find(({ id }) => id === choice)?.evidence;
  const shown = view ? [...view.choices, ...view.actions] : [];
  const { item } = record.steps[step] ?? {};
  const owes = fills === 'package' || item?.paths !== undefined;
  const fields: readonly Named[] = [
    ...(sent ?? []).map(({ name, label }) => ({ name, label, value: '' })),
    ...(owes ? fieldsOfForm(view?.packageForm ?? packageForm(record, step, { gaps: [], savedBy: () => '' })) : []),
    ...shown.flatMap((each) => each.fields.flatMap(withParts)),
    ...shown.filter(({ id }) => id === choice).flatMap((each) => each.fields),
  ];
  const known = new Map(fields.map((field) => [field.name, field] as const));
  for (const [name, question] of questionsOf(record, step, form)) known.set(name, { name, label: question, value: '' });
  const others = Object.keys(form).filter((name) => !known.has(name) && !unseen.test(name));
  return [...known.values(), ...others.map(ofUnknownForm)].flatMap(({ name, label, value }) => {
    const text = cleanText(textsOf(form, name).join('\n')).trim();
    const now = cleanText(value).trim();
    return text === '' || text === now ? [] : [{ label, value: text, ...(now !== '' && { now }) }];
  });
}

/** The same where nothing can be read of the handoff, so that few of the labels are known. */
export const sentTexts = (sent: Form): readonly Fact[] => {
  const form = rowsAsText(sent);
  return Object.keys(form)
    .filter((name) => !unseen.test(name))
    .map((name) => ({ label: ofUnknownForm(name).label, value: cleanText(textsOf(form, name).join('\n')).trim() }))
    .filter(({ value }) => value !== '');
};

type Named = Pick<FieldView, 'name' | 'label' | 'value'>;

const withParts = (field: FieldView): readonly Named[] => [
  ...(field.parts ?? []).map(({ part, label }) => ({ name: `${field.name}.${part}`, label, value: '' })),
  field,
];

/** A field of a form that is no longer on the page; many are about a field of the package, and end on its path. */
function ofUnknownForm(name: string): Named {
  const about = packageFields.find(({ path }) => [path, `.${path}`, `:${path}`].some((end) => name.endsWith(end)));
  return { name, label: about?.label ?? 'Another answer', value: '' };
}

/** The questions that a form of an earlier round asked, by the names of their answers. */
function questionsOf(record: HandoffRecord, step: string, form: Form): readonly (readonly [string, string])[] {
  const round = Number(textsOf(form, 'round')[0]);
  if (round === record.steps[step]?.round) return [];
  const returned = returnsTo(record, step)[round - 2];
  const gaps = returned ? namedGaps(record, returned) : [];
  return gaps.map((gap, index) => [answerName(index), gapLine(record, gap)]);
}
