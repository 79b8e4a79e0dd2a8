import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openTable } from '../../functions/aws/dynamodb.ts';
import { recordsIn } from '../../functions/aws/records.ts';
import { isClosed } from '../../functions/domain/handoff/handoff.ts';
import type { CalendarOf } from '../../functions/domain/people/people.ts';
import { businessCalendar } from '../../functions/domain/time/calendar.ts';
import { publicHolidays } from '../../functions/domain/time/holidays.ts';
import { findPlaybook } from '../../statemachines/shipped-playbooks.ts';
import { queueCalls } from '../draining/queue-calls.ts';
import { isUsageError } from '../local/command-line.ts';
import { queueName } from '../local/local-names.ts';
import { stageName } from '../wiring/names.ts';
import { deadLetterQueues } from '../wiring/queues.ts';
import { clientsOf, failureSaid, findDeployment, isLocal, UnusableOptions } from './deployment.ts';
import { applyFix } from './doctor/apply-fix.ts';
import { examine, fixAll } from './doctor/examine.ts';
import { look } from './doctor/look.ts';
import { exitCodeOf, jsonReport, textReport } from './doctor/report.ts';
import type { Circumstances } from './doctor/sight.ts';
import { timeOf } from './doctor/time-of.ts';
import { patience } from './patience.ts';
import { toldMailRate, toldOf } from './stage-playbook.ts';

const usage = `Usage: npm run doctor -- [<stage>] [--fix] [--json]

Reads a deployment, and prints what is wrong with it and how to mend it. It changes nothing without --fix, which does what is
safe: it starts and redrives executions, lets steps be asked again, and holds emails of which nobody knows whether they went out.
It never mails a customer, and decides no step. Needs AWS credentials (infra/docs/doctor.md lists the permissions), or
AWS_ENDPOINT_URL of an account on this machine (npm start), which has no stages.

Exit code 0: nothing is wrong, or all of it was fixed; 1: something is; 2: it could not look, or not at everything.`;

/** `npm run doctor`: see the usage above. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { fix: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [stage, ...more] = positionals;
  if (more.length > 0) throw new UnusableOptions(`One stage at a time, not also ${more.join(', ')}.`);
  const { table, stateMachineArn } = await findDeployment(process.env, stage);
  const clients = clientsOf(process.env);
  const again = patience((milliseconds) => setTimeout(milliseconds));
  const known: Circumstances = {
    at: await timeOf(isLocal(process.env) ? process.env['AWS_ENDPOINT_URL'] : undefined),
    stage,
    stateMachineArn,
    ...(await toldOf(stage, process.env)),
    mailPerSecond: await toldMailRate(stage, process.env),
    calendarOf: calendars(),
    playbookNamed: (name) => {
      const found = findPlaybook(name);
      return 'playbook' in found ? found.playbook : undefined;
    },
  };
  const { sight, unseen } = await look({
    clients,
    table,
    stateMachineArn,
    queues: deadLetterQueues.map((name) => (stage === undefined ? queueName(name) : stageName(stage, name))),
    call: queueCalls(clients.lambda, process.env['AWS_ENDPOINT_URL']),
    at: known.at,
    again,
  });
  const examined = examine({ sight }, known);
  const records = recordsIn(openTable(clients.dynamodb, table));
  const fixing = { records, sfn: clients.sfn, stateMachineArn, at: known.at, again };
  const found = values.fix ? await fixAll(examined.found, (fix) => applyFix(fix, fixing)) : examined.found;
  const open = sight.handoffs && [...sight.handoffs.begun.values()].filter(({ status }) => !isClosed(status)).length;
  const reported = { ...examined, found, unseen, known, open };
  console.log(values.json ? jsonReport(reported) : textReport(reported));
  return exitCodeOf(reported);
}

/** The calendars of people, each made once. */
function calendars(): CalendarOf {
  const made = new Map<string, ReturnType<CalendarOf>>();
  return ({ availability }) => {
    const key = JSON.stringify(availability);
    const calendar = made.get(key) ?? businessCalendar(availability, publicHolidays);
    made.set(key, calendar);
    return calendar;
  };
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(failureSaid(error).said);
  if (isUsageError(error)) console.error(`\n${usage}`);
  process.exitCode = 2;
}
