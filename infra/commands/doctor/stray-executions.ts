import { executionArnOf, itemExecutionName } from '../../../functions/aws/execution-names.ts';
import { isClosed, statusText } from '../../../functions/domain/handoff/handoff.ts';
import { customerMailWaiting } from './customer-mail.ts';
import { age, type Finding, hour, shown } from './finding.ts';
import { peopleIn } from './people-in.ts';
import type { Circumstances, Sight } from './sight.ts';

/** Executions that run though nothing is recorded for them, or what is recorded has ended. */
export function strayExecutions(
  { handoffs, executions, roster }: Pick<Sight, 'handoffs' | 'executions' | 'roster'>,
  known: Circumstances,
): readonly Finding[] {
  const { begun, waiting, calledOff } = handoffs;
  const unbegun = new Set(waiting.map(({ id }) => id));
  const ofItems = new Set([...begun.keys()].flatMap(itemNames));
  const stop = (name: string): string =>
    `aws stepfunctions stop-execution --execution-arn ${executionArnOf(known.stateMachineArn, name)}`;
  return [...executions.running].flatMap(([name, startedAt]): Finding[] => {
    const handoff = begun.get(name);
    if (handoff) {
      if (!isClosed(handoff.status) || age(handoff.endedAt, known.at) <= hour) return [];
      const ended = `The handoff is ${statusText(handoff.status)}${handoff.endedAt ? ` since ${shown(handoff.endedAt)}` : ''}, and its execution still runs.`;
      return [{ about: name, wrong: ended, ...mendEnded(name) }];
    }
    if (unbegun.has(name) && age(startedAt, known.at) <= hour) return [];
    if (unbegun.has(name))
      return [
        {
          about: name,
          wrong: `Its execution runs since ${shown(startedAt)}, and the handoff has not begun.`,
          mend: 'The log of the function validate-package says why. It is tried again by itself.',
        },
      ];
    if (ofItems.has(withoutNumber(name))) return [];
    const wrong = calledOff.has(name)
      ? 'Its execution runs, though the deal was over before the handoff began.'
      : 'An execution runs for a handoff of which nothing is recorded.';
    return [
      {
        about: name,
        wrong,
        mend: `Check that this is the right table; were its records lost, restore them. If not, stop it: ${stop(name)}`,
      },
    ];
  });

  function mendEnded(id: string): Pick<Finding, 'mend' | 'fix'> {
    const record = handoffs.records.find(({ state }) => state.id === id);
    const waiting = Object.values(record?.steps ?? {}).find(({ decision, token }) => token && !decision);
    const byHand = `If it does not end within a day, stop it: ${stop(id)}`;
    if (!record || !waiting || record.state.status === 'complete') return { mend: byHand };
    const people = peopleIn(record, roster.people, known.defaultZone);
    const mail = customerMailWaiting(record, { ...known, people });
    const wake = `Woken, it tells whoever has not been told of the end, and stops by itself.`;
    if (mail !== undefined)
      return { mend: `${byHand} --fix leaves it to you: it may send the customer mail, ${mail}.` };
    return { mend: `${wake} ${byHand}`, fix: { do: 'ask-again', handoff: id, step: waiting.step } };
  }
}

/** How the executions of a handoff's open items are called, without their number: a long name is cut to make room for it. */
const itemNames = (id: string): readonly string[] =>
  ['1', '10', '100'].map((number) => withoutNumber(itemExecutionName(id, number)));

const withoutNumber = (name: string): string => name.replace(/\d+$/, '');
