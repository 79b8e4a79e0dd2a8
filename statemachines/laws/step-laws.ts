import { boundsOf } from '../../functions/domain/fields/number-kinds.ts';
import { calledOff, leavesUndone } from '../../functions/domain/playbook/capabilities.ts';
import type { AskStep, ChoiceRule } from '../../functions/domain/playbook/playbook.ts';
import { isReservedAction } from '../../functions/domain/step/step-actions.ts';
import { hoursOf } from '../../functions/domain/time/due.ts';
import { fieldProblems } from './field-laws.ts';
import { when } from './when.ts';

/** Decided by the system, or by an action of its own. */
const takenChoices = new Set(['unanswered', calledOff, 'skipped']);

/** Why a step that somebody is asked to do makes no sense in itself, one sentence each. */
export function askProblems(of: string, rule: AskStep): string[] {
  const { choices, repeat, returns, scores } = rule;
  const offers = (choice: string) => choices.some(({ id }) => id === choice);
  const owners = choices.filter(({ by = ['owner'] }) => by.includes('owner'));
  return [
    ...when(owners.length === 0, `${of} offers its owner no choice.`),
    ...when(
      owners.length > 0 && owners.every(({ id }) => leavesUndone(rule, id)),
      `${of} offers its owner no choice that gets it done.`,
    ),
    ...twice(choices.map(({ id }) => id)).map((id) => `${of} has the choice "${id}" twice.`),
    ...choices.flatMap((choice) => choiceProblems(of, choice, rule)),
    ...when(
      rule.due.after === 'opened' && !rule.opens && !rule.settles,
      `${of} is due after "opened", but says not when it opens.`,
    ),
    ...when(repeat && !offers(repeat.choice), `${of} repeats after "${repeat?.choice}", which is none of its choices.`),
    ...when(repeat && repeat.from === undefined && !rule.opens, `${of} repeats, but says not when it opens.`),
    ...when(repeat && !(Number.isInteger(repeat.times) && repeat.times > 0), `${of} repeats ${repeat?.times} times.`),
    ...when(repeat && !(hoursOf(repeat.every) > 0), `${of} repeats every "${repeat?.every}".`),
    ...(repeat && (rule.opens || repeat.from) ? repeatProblems(of, rule, repeat) : []),
    ...when(repeat && returns, `${of} both repeats and goes back to another step.`),
    ...when(
      returns && !offers(returns.choice),
      `${of} goes back after "${returns?.choice}", which is none of its choices.`,
    ),
    ...when(
      rule.ifCalledOff && !rule.holds,
      `${of} says what comes of a meeting that is called off, but holds no meeting.`,
    ),
    ...when(
      rule.ifCalledOff && (returns || repeat),
      `${of} may be called off, and ${returns ? 'goes back to another step' : 'repeats'}: say one of the two.`,
    ),
    ...when(
      rule.ifCalledOff && !(hoursOf(rule.ifCalledOff.within) > 0),
      `${of} has its meeting planned again within "${rule.ifCalledOff?.within}".`,
    ),
    ...when(returns && !(hoursOf(returns.within) > 0), `${of} goes back for "${returns?.within}".`),
    ...(scores ? scoreProblems(of, rule, scores) : []),
    ...when(
      rule.marks === 'closedWon' || rule.marks === 'renewalDate' || rule.marks === 'opened',
      `${of} marks "${rule.marks}", which no step brings about.`,
    ),
    ...when(rule.marks && (rule.optional || rule.names), `${of} marks "${rule.marks}", but is not always done.`),
    ...(rule.settles ? itemProblems(of, rule) : []),
    ...saidToOthers(rule).flatMap((text) =>
      when(
        addressed.test(text.replace(/\{\w+\}/g, '')),
        `${of} says "${text}", which managers read, too: leave out "you" and "your"${text === rule.mail?.waits ? ', or say {you}' : ''}.`,
      ),
    ),
  ];
}

/** What is said of a step to its owner and to whoever helps them alike: 'help Lena share the meeting notes'. */
const saidToOthers = ({ title, ask, request, mail }: AskStep): readonly string[] =>
  [title, ask, request, mail?.waits].filter((text) => text !== undefined);

const addressed = /\byou(rs?|rself|rselves)?\b/i;

/** An open item owes answers, or something else: there is a way to settle either. It does nothing else. */
function itemProblems(of: string, rule: AskStep): string[] {
  const { choices, due, marks, fills, names, plans, holds, announce, approves, returns, repeat, scores, optional } =
    rule;
  const more = { marks, fills, names, plans, holds, announce, approves, returns, repeat, scores, optional };
  const supplies = choices.filter(({ does }) => does === 'supply-answers');
  return [
    ...Object.entries(more).flatMap(([member, said]) =>
      when(said !== undefined, `${of} asks for open items, and can do nothing else ("${member}").`),
    ),
    ...when(
      supplies.length !== 1,
      `${of} asks for open items: say one choice that hands in answers ("supply-answers").`,
    ),
    ...when(
      choices.every(({ does }) => does === 'supply-answers' || does === 'give-up'),
      `${of} asks for open items, of which some owe no answer: say a choice for those.`,
    ),
    ...when(due.after !== 'opened', `${of} asks for open items, which are due after they are asked for ("opened").`),
  ];
}

/** Asked again, a step has a new due time: it counts from the ask, and is over before the next one. */
function repeatProblems(of: string, { due }: AskStep, { every, within }: NonNullable<AskStep['repeat']>): string[] {
  if (within !== undefined) return when(!(hoursOf(within) > 0), `${of} repeats, and is then due within "${within}".`);
  if (due.after !== 'opened')
    return [
      `${of} repeats, but is due after "${due.after}": count from "opened", or say within what later rounds are due.`,
    ];
  return when(
    hoursOf(every) > 0 && hoursOf(every) < hoursOf(due.within),
    `${of} repeats every "${every}", but is due only "${due.within}" after it was asked.`,
  );
}

function scoreProblems(of: string, { choices }: AskStep, { field, atLeast }: NonNullable<AskStep['scores']>): string[] {
  const given = choices
    .flatMap(({ evidence }) => evidence)
    .find(({ name, kind }) => name === field && kind === 'score');
  if (!given) return [`${of} scores by "${field}", which is no score it asks for.`];
  const { min, max } = boundsOf(given);
  return when(
    !(min <= atLeast && atLeast <= max),
    `${of} scores by "${field}" with the target ${atLeast}, but the score lies between ${min} and ${max}.`,
  );
}

function choiceProblems(step: string, { id, evidence, by }: ChoiceRule, { plans }: AskStep): string[] {
  const of = `${step}, choice "${id}"`;
  return [
    ...when(!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id), `${of}: say lower-case words joined by hyphens.`),
    ...when(isReservedAction(id) || takenChoices.has(id), `${of}: this id is reserved.`),
    ...when(by?.length === 0, `${of}: nobody may choose it.`),
    ...twice(evidence.map(({ name }) => name)).map((name) => `${of} asks for "${name}" twice.`),
    ...evidence.flatMap((field) => fieldProblems(`${of}, field "${field.name}"`, field, plans !== undefined)),
  ];
}

/** The texts that come more than once. */
export const twice = (texts: readonly string[]): string[] => [
  ...new Set(texts.filter((text, i) => texts.indexOf(text) < i)),
];
