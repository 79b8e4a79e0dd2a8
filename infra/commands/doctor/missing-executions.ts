import { itemExecutionName } from '../../../functions/aws/execution-names.ts';
import { type HandoffRecord, isClosed, statusText } from '../../../functions/domain/handoff/handoff.ts';
import { openItemsOf } from '../../../functions/domain/handoff/open-items.ts';
import { isOver } from '../../../functions/domain/handoff/step-rule.ts';
import { customerMailWaiting } from './customer-mail.ts';
import { eachRecord } from './each-record.ts';
import { age, type Finding, minute } from './finding.ts';
import { endInWords, mendExecution, ruledOtherwise } from './mend-execution.ts';
import { peopleIn } from './people-in.ts';
import type { Circumstances, Sight } from './sight.ts';

/** What was stored a moment ago may be about to start. */
const justNow = 15 * minute;

/** Handoffs that are open, deals that wait and items that somebody owes, and no execution runs for them. */
export function missingExecutions(
  { handoffs, executions, roster }: Pick<Sight, 'handoffs' | 'executions' | 'roster'>,
  known: Circumstances,
): readonly Finding[] {
  const { running, over } = executions;
  const waiting = handoffs.waiting
    .filter(({ id, since }) => !running.has(id) && age(since, known.at) > justNow)
    .map(({ id }): Finding => {
      const ended = over.get(id);
      return {
        about: id,
        wrong: `The deal was won, and its handoff has not begun: its execution ${endInWords(ended)}.`,
        ...mendExecution({ name: id, ended, start: { do: 'start', handoff: id } }, known),
      };
    });
  return [...waiting, ...eachRecord(handoffs.records, (record) => [...ofHandoff(record), ...ofItems(record)])];

  function ofHandoff(record: HandoffRecord): Finding[] {
    const { id, status } = record.state;
    if (isClosed(status) || running.has(id)) return [];
    const ended = over.get(id);
    const start = { do: 'start', handoff: id } as const;
    const against = againstGoingOn(record, ended === undefined);
    return [
      {
        about: id,
        wrong: `The handoff is ${statusText(status)}, and its execution ${endInWords(ended)}: nobody is asked for anything more.`,
        ...mendExecution({ name: id, ended, start, against }, known),
      },
    ];
  }

  function ofItems(record: HandoffRecord): Finding[] {
    const { id } = record.state;
    return openItemsOf(record).flatMap(({ step, item }) => {
      const name = itemExecutionName(id, step);
      if (isOver(record, step) || running.has(name) || age(item.openedAt, known.at) <= justNow) return [];
      const ended = over.get(name);
      const against = againstGoingOn(record, ended === undefined);
      return [
        {
          about: name,
          wrong: `"${item.title}" is still owed, and the execution that asks for it ${endInWords(ended)}.`,
          ...mendExecution({ name, ended, start: { do: 'start-item', handoff: id, step }, against }, known),
        },
      ];
    });
  }

  /** Why a person should look first, a sentence. */
  function againstGoingOn(record: HandoffRecord, isNew: boolean): string | undefined {
    const people = peopleIn(record, roster.people, known.defaultZone);
    const mail = customerMailWaiting(record, { ...known, people });
    if (mail !== undefined) return `it may send the customer mail, ${mail}.`;
    return isNew ? ruledOtherwise(record, known) : undefined;
  }
}
