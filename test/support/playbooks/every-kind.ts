import type { FieldKind } from '../../../functions/domain/fields/values.ts';
import type { AskStep, ChoiceRule, Playbook, StepField } from '../../../functions/domain/playbook/playbook.ts';
import { tiny } from './tiny.ts';

type Bounds = Omit<StepField, 'name' | 'label' | 'kind' | 'required'>;

/** For each kind, what its fields say beside: as it is used most simply, and with narrow bounds where it has some. */
const fieldsOf: Readonly<Record<FieldKind, readonly [Bounds, ...Bounds[]]>> = {
  text: [{}, { max: 3 }, { noFillers: true }],
  longText: [{}, { max: 3 }, { noFillers: true }],
  list: [{}, { noFillers: true }],
  number: [{}, { min: 100, max: 200 }, { min: 1, max: 2, unit: 'seats' }],
  date: [{}, { min: 30, max: 40 }, { max: 2 }],
  money: [{}],
  timeZone: [{}],
  choice: [{ options: ['one', 'two'] }, { options: 'segments' }],
  link: [{}],
  links: [{}],
  metrics: [{}],
  stakeholders: [{}],
  promises: [{}, { orNone: true }],
  pastDateTime: [{}],
  futureDateTime: [{}],
  yesNo: [{}],
  score: [{}, { min: 0, max: 5 }, { min: 1, max: 1 }],
  minutes: [{}, { min: 60, max: 90 }, { max: 15 }],
  checklist: [{ items: ['This is so', 'And this'] }],
  emails: [{}, { max: 1 }],
  person: [{ from: 'colleagues' }, { from: { role: 'accountExecutive' } }],
  gaps: [{}],
};

/** Names that people know from other tables say nothing here: each stands for another kind. */
const misleading: Readonly<Partial<Record<FieldKind, string>>> = {
  text: 'score',
  number: 'owner',
  money: 'plan',
  links: 'gaps',
  timeZone: 'place',
};

const required = (kind: FieldKind): StepField[] =>
  fieldsOf[kind].map((bounds, i) => ({
    name: (i === 0 ? misleading[kind] : undefined) ?? `${kind}No${i}`,
    label: `The ${kind} number ${i}`,
    kind,
    required: true,
    ...bounds,
  }));

/** The choices of a step that asks for a field of every kind, before it may be sent back. */
export const choicesOfEveryKind: readonly ChoiceRule[] = [
  { id: 'enough', label: 'It is enough', evidence: (Object.keys(fieldsOf) as FieldKind[]).flatMap(required) },
  {
    id: 'not-enough',
    label: 'Send it back',
    evidence: [{ name: 'gaps', label: 'What is missing', kind: 'gaps', required: true }],
  },
];

/** The tiny playbook, where whoever reads the package has to fill in a field of every kind. */
export const everyKind: Playbook = {
  ...tiny,
  name: 'every-kind',
  steps: { ...tiny.steps, 'aa-j': { ...tiny.steps['aa-j'], choices: choicesOfEveryKind } as AskStep },
};
