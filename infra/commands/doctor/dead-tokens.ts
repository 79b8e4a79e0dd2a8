import { itemExecutionName } from '../../../functions/aws/execution-names.ts';
import { isOver, titleOf } from '../../../functions/domain/handoff/step-rule.ts';
import { eachRecord } from './each-record.ts';
import { counted, type Finding } from './finding.ts';
import { endInWords } from './mend-execution.ts';
import type { Sight } from './sight.ts';

/** Steps that somebody can answer, and the execution that waits for the answer is over. */
export function deadTokens({ handoffs, executions }: Pick<Sight, 'handoffs' | 'executions'>): readonly Finding[] {
  return eachRecord(handoffs.records, (record) => {
    const { id } = record.state;
    const dead = Object.values(record.steps)
      .filter(({ step, decision, token }) => token !== undefined && !decision && !isOver(record, step))
      .map(({ step, item }) => ({ step, name: item ? itemExecutionName(id, step) : id }))
      .filter(({ name }) => !executions.running.has(name));
    const names = [...new Set(dead.map(({ name }) => name))];
    return names.map((name): Finding => {
      const titles = dead.filter((each) => each.name === name).map(({ step }) => `"${titleOf(record, step)}"`);
      return {
        about: name,
        wrong: `${counted(titles.length, 'step waits', 'steps wait')} with a token of an execution that ${endInWords(executions.over.get(name))}: ${titles.join(', ')}. An answer is kept, and wakes nobody.`,
        mend: 'It goes on with what was answered once the execution is fixed, as said of it under "executions".',
        mendedWith: 'executions',
      };
    });
  });
}
