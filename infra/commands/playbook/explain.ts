import { parseArgs } from 'node:util';
import { parseDealEvent } from '../../../functions/domain/deal/deal.ts';
import { recordOf } from '../../../functions/domain/fields/record.ts';
import type { Instant } from '../../../functions/domain/time/calendar.ts';
import { parseInstant } from '../../../functions/domain/time/formats.ts';
import { explain } from '../../../statemachines/advice/explanation.ts';
import { explanationText } from '../../../statemachines/advice/explanation-text.ts';
import { cannotWork, compileProblems } from '../../../statemachines/compile-problems.ts';
import { playbookOption } from '../../local/command-line.ts';
import { sampleRoster } from '../../local/sample-company.ts';
import { UnusableOptions } from '../deployment.ts';
import { calendarOf, readJson, readRosterFile } from './inputs.ts';

/** `playbook explain`: what the playbook makes of one deal. */
export async function explainCommand(args: string[], say: (line: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      playbook: { type: 'string' },
      roster: { type: 'string' },
      silent: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new UnusableOptions('Say which deal: one file with its event.');
  const playbook = playbookOption(values.playbook);
  const problems = compileProblems(playbook);
  if (problems.length > 0) throw new UnusableOptions(cannotWork(playbook.name, problems));
  const event = await readJson(path);
  const parsed = parseDealEvent(event);
  if ('refused' in parsed)
    throw new UnusableOptions(
      [`The event in ${path} would be refused:`, ...parsed.refused.map(refusalLine)].join('\n'),
    );
  const { deal, notes } = parsed;
  const explanation = explain({
    playbook,
    deal,
    notes,
    roster: values.roster === undefined ? sampleRoster() : await readRosterFile(values.roster),
    at: arrival(event) ?? deal.closedWonAt,
    calendarOf,
    defaultZone: deal.customer.timeZone ?? 'UTC',
    answers: values.silent ? 'never' : 'when due',
  });
  say(values.json ? JSON.stringify(explanation, null, 2) : explanationText(explanation, deal.closedWonAt));
  return 0;
}

/** When the event says that it was sent. */
const arrival = (event: unknown): Instant | undefined => parseInstant(String(recordOf(event)['time']));

const refusalLine = ({ field, problem, remedy }: { field: string; problem: string; remedy: string }): string =>
  `  ${field} ${problem}. ${remedy}`;
