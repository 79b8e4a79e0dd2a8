import type { EvidenceField } from '../../functions/domain/fields/field-rule.ts';
import { flawsOf } from '../../functions/domain/fields/kinds.ts';
import type { AskStep, ChoiceRule } from '../../functions/domain/playbook/playbook.ts';
import { isReservedAction } from '../../functions/domain/step/step-actions.ts';
import { hoursOf } from './ladder-laws.ts';

/** Decided by the system, or by an action of its own. */
const takenChoices = new Set(['unanswered', 'skipped']);

/** What a page's form sends beside the fields. */
const takenFields = new Set(['choice', 'nonce', 'round', 'packageVersion']);

/** Why a step that somebody is asked to do makes no sense in itself, one sentence each. */
export function askProblems(of: string, rule: AskStep): string[] {
  const { choices, repeat, returns, scores } = rule;
  const offers = (choice: string) => choices.some(({ id }) => id === choice);
  const owners = choices.filter(({ by = ['owner'] }) => by.includes('owner'));
  const fields = choices.flatMap(({ evidence }) => evidence);
  return [
    ...when(owners.length === 0, `${of} offers its owner no choice.`),
    ...twice(choices.map(({ id }) => id)).map((id) => `${of} has the choice "${id}" twice.`),
    ...choices.flatMap((choice) => choiceProblems(of, choice)),
    ...when(rule.due.after === 'opened' && !rule.opens, `${of} is due after "opened", but says not when it opens.`),
    ...when(repeat && !offers(repeat.choice), `${of} repeats after "${repeat?.choice}", which is none of its choices.`),
    ...when(repeat && !rule.opens, `${of} repeats, but says not when it opens.`),
    ...when(repeat && !(Number.isInteger(repeat.times) && repeat.times > 0), `${of} repeats ${repeat?.times} times.`),
    ...when(repeat && !(hoursOf(repeat.every) > 0), `${of} repeats every "${repeat?.every}".`),
    ...when(repeat && returns, `${of} both repeats and goes back to another step.`),
    ...when(
      returns && !offers(returns.choice),
      `${of} goes back after "${returns?.choice}", which is none of its choices.`,
    ),
    ...when(returns && !(hoursOf(returns.within) > 0), `${of} goes back for "${returns?.within}".`),
    ...when(
      scores && !fields.some(({ name, kind }) => name === scores.field && kind === 'score'),
      `${of} scores by "${scores?.field}", which is no score it asks for.`,
    ),
    ...when(
      rule.marks === 'closedWon' || rule.marks === 'renewalDate' || rule.marks === 'opened',
      `${of} marks "${rule.marks}", which no step brings about.`,
    ),
    ...when(rule.marks && (rule.optional || rule.names), `${of} marks "${rule.marks}", but is not always done.`),
  ];
}

function choiceProblems(step: string, { id, evidence }: ChoiceRule): string[] {
  const of = `${step}, choice "${id}"`;
  return [
    ...when(!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id), `${of}: say lower-case words joined by hyphens.`),
    ...when(isReservedAction(id) || takenChoices.has(id), `${of}: this id is reserved.`),
    ...twice(evidence.map(({ name }) => name)).map((name) => `${of} asks for "${name}" twice.`),
    ...evidence.flatMap((field) => fieldProblems(`${of}, field "${field.name}"`, field)),
  ];
}

function fieldProblems(of: string, field: EvidenceField): string[] {
  const { name } = field;
  return [
    ...when(!/^[a-z][A-Za-z0-9]*$/.test(name), `${of}: say one word in camel case.`),
    ...when(takenFields.has(name), `${of}: this name is reserved.`),
    ...flawsOf(field).map((flaw) => `${of} ${flaw}.`),
  ];
}

const when = (holds: unknown, problem: string): string[] => (holds ? [problem] : []);

/** The texts that come more than once. */
export const twice = (texts: readonly string[]): string[] => [
  ...new Set(texts.filter((text, i) => texts.indexOf(text) < i)),
];
