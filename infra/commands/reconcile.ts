import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { isUsageError } from '../local/command-line.ts';
import { clientsOf, failureSaid, findDeployment, isLocal, UnusableOptions } from './deployment.ts';
import { timeOf } from './doctor/time-of.ts';
import { patience } from './patience.ts';
import { dayOption, momentOption } from './reconcile/options.ts';
import { exitCodeOf, jsonReport, textReport } from './reconcile/report.ts';
import { runReconcile } from './reconcile/run.ts';
import { findCrm } from './stage-crm.ts';

const usage = `Usage: npm run reconcile -- [<stage>] [--since <day>] [--from <moment>] [--dry-run] [--json]

Compares the CRM with the handoffs: deals won since that day (7 days ago, unless said) that have no handoff, and open handoffs whose
deal is no longer won or belongs to somebody else. It puts right what is safe, by saying on the bus what the CRM has: a handoff is
started, stopped, or changes owner as if the CRM had just said so. The rest it names, with what to do. It is safe to run again. With
--dry-run it changes nothing. Needs AWS credentials (those of the doctor, events:PutEvents on the bus, dynamodb:PutItem on the table,
ssm:GetParameter of the CRM's secrets), or AWS_ENDPOINT_URL of an account on this machine, which has no stages.

--from   where to go on after a run that broke off, as it said.

Exit code 0: all agrees, or was put right; 1: something is left for people; 2: it could not look at everything.`;

const day = 86_400_000;

/** `npm run reconcile`: see the usage above. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      since: { type: 'string' },
      from: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [stage, ...more] = positionals;
  if (more.length > 0) throw new UnusableOptions(`One stage at a time, not also ${more.join(', ')}.`);
  const said = values.since === undefined ? undefined : dayOption('--since', values.since);
  const goOnFrom = values.from === undefined ? undefined : momentOption('--from', values.from);
  const { crm } = await findCrm(process.env, stage);
  const { table, bus } = await findDeployment(process.env, stage);
  const at = await timeOf(isLocal(process.env) ? process.env['AWS_ENDPOINT_URL'] : undefined);
  const since = said ?? new Date(Date.parse(at) - 7 * day).toISOString();
  if (Date.parse(since) > Date.parse(at)) throw new UnusableOptions(`--since ${values.since} is still to come.`);
  const isDryRun = values['dry-run'];
  const reconciled = await runReconcile(
    { clients: clientsOf(process.env), table, bus, crm, again: patience((milliseconds) => setTimeout(milliseconds)) },
    { since, at, isDryRun, ...(goOnFrom !== undefined && { goOnFrom }) },
  );
  const reported = { ...reconciled, stage, since, isDryRun };
  console.log(values.json ? jsonReport(reported) : textReport(reported));
  return exitCodeOf(reported);
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(failureSaid(error).said);
  if (isUsageError(error)) console.error(`\n${usage}`);
  process.exitCode = 2;
}
