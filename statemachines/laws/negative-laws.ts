import { leavesUndone, type NamedStep } from '../../functions/domain/playbook/capabilities.ts';
import type { Negative } from '../../functions/domain/playbook/negative.ts';
import type { AskStep, ChoiceRule, StepField } from '../../functions/domain/playbook/playbook.ts';
import { hoursOf } from '../../functions/domain/time/due.ts';
import { when } from './when.ts';

/**
 * Negative answers whose follow-up could never be, one sentence each: nobody is asked for it, it is due before it is asked for, it
 * takes its words from a field that is not there.
 */
export function negativeProblems({ id, rule }: NamedStep, hasItems: boolean): string[] {
  const { returns, settles, optional } = rule;
  return rule.choices.flatMap((choice) => {
    const of = `"${id}", choice "${choice.id}"`;
    const others = rule.choices.filter((other) => other.id !== choice.id);
    const said = [
      ...(choice.negative ? [{ at: of, negative: choice.negative }] : []),
      ...choice.evidence.flatMap(({ name, negative }) =>
        negative ? [{ at: `${of}, field "${name}"`, negative }] : [],
      ),
    ];
    return [
      ...when(
        choice.negative && others.length === 0,
        `${of}, opens a follow-up, but is the only answer: nothing says that it is not so.`,
      ),
      ...when(
        choice.negative && returns?.choice === choice.id,
        `${of}, opens a follow-up, but sends the handoff back: it is asked for there.`,
      ),
      ...said.flatMap(({ at, negative }) => [
        ...when(!hasItems, `${at}, opens a follow-up, but no step asks for open items.`),
        ...when(settles || optional, `${at}, opens a follow-up, but its step is outside the flow.`),
        ...when(!(hoursOf(negative.within) > 0), `${at}, opens a follow-up due within "${negative.within}".`),
        ...asksProblems(at, negative, choice.evidence),
        ...settledProblems(at, negative, { rule, others }),
      ]),
      ...choice.evidence.flatMap(({ name, kind, negative }) => [
        ...when(negative && kind !== 'yesNo', `${of}, field "${name}", opens a follow-up, but takes no yes or no.`),
        ...when(
          negative && leavesUndone(rule, choice.id),
          `${of}, field "${name}", opens a follow-up, but the step comes again.`,
        ),
      ]),
    ];
  });
}

function asksProblems(at: string, { asks }: Negative, fields: readonly StepField[]): string[] {
  if (asks === undefined) return [];
  const asked = fields.find(({ name }) => name === asks);
  return when(
    asked?.kind !== 'text' && asked?.kind !== 'longText',
    `${at}, asks for "${asks}", which is no text beside it.`,
  );
}

/** Who settles an open item does what its form asks, and nothing that hangs on the step. */
function settledProblems(
  at: string,
  { settledAs }: Negative,
  { rule, others }: { readonly rule: AskStep; readonly others: readonly ChoiceRule[] },
): string[] {
  if (settledAs === undefined) return [];
  const yes = others.find(({ id }) => id === settledAs);
  const { fills, names, plans, holds, scores } = rule;
  return [
    ...when(
      yes === undefined || yes.negative !== undefined || yes.does !== undefined,
      `${at}, is settled as "${settledAs}", which is no other answer of its step that says yes.`,
    ),
    ...when(
      fills ?? names ?? plans ?? holds ?? scores,
      `${at}, is settled as "${settledAs}", but more follows from that answer than an open item can do.`,
    ),
  ];
}
