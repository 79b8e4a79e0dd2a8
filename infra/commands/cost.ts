import { parseArgs } from 'node:util';
import { runMeasurement } from '../local/command-line.ts';
import type { Manner } from '../local/play/script.ts';
import { costReport } from './cost/cost-report.ts';
import { stageMonth } from './cost/stage-month.ts';

const usage = `Usage: npm run cost -- [--handoffs 200] [--people prompt|late] [--stage <stage of cdk.json>]

Prints a month's bill: what a handoff uses, counted while one of each kind is played by the stage's playbook in the local
account, what reports use, and what the stage's template costs while nothing happens.

Exit code 0: printed; 2: the options cannot be used.`;

const manners: readonly string[] = ['prompt', 'late', 'silent'];

/** `npm run cost`: see the usage above. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      handoffs: { type: 'string', default: '200' },
      people: { type: 'string', default: 'prompt' },
      stage: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const handoffs = Number(values.handoffs);
  const problem =
    values.handoffs.trim() === '' || !Number.isInteger(handoffs) || handoffs < 0
      ? '--handoffs takes a whole number.'
      : manners.includes(values.people)
        ? undefined
        : `--people takes ${manners.join(', ')}.`;
  if (values.help || problem) {
    console.log(problem ? `${problem}\n\n${usage}` : usage);
    return problem ? 2 : 0;
  }
  const month = await stageMonth({ handoffs, people: values.people as Manner, stage: values.stage });
  console.log(costReport(month, values.people));
  return 0;
}

await runMeasurement(main, usage);
