import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openTable } from '../../functions/aws/dynamodb.ts';
import { dealBus } from '../../functions/aws/event-bus.ts';
import { recordsIn } from '../../functions/aws/records.ts';
import { sha256 } from '../../functions/aws/world.ts';
import { askedSteps, type Happened } from '../../functions/domain/handoff/backfill.ts';
import { isUsageError, playbookOption } from '../local/command-line.ts';
import { readHappened } from './backfill/happened.ts';
import { exitCodeOf, jsonReport, textReport } from './backfill/report.ts';
import { runBackfill } from './backfill/run.ts';
import { clientsOf, failureSaid, findDeployment, isLocal, UnusableOptions } from './deployment.ts';
import { timeOf } from './doctor/time-of.ts';
import { patience } from './patience.ts';
import { calendarOf } from './playbook/inputs.ts';
import { dayOption, momentOption } from './reconcile/options.ts';
import { decodeExport } from './score/export-text.ts';
import { findCrm, patientCrm } from './stage-crm.ts';
import { toldOf } from './stage-playbook.ts';

const usage = `Usage: npm run backfill -- [<stage>] --since <day> [--happened <file.csv>] [--from <moment>] [--dry-run] [--json]

Starts the handoffs of deals that were won in the CRM since that day and have none: on the first day, or after weeks without. With
--dry-run it changes nothing, and says with what each would begin. The CRM can't tell what was done already. Say it in a CSV file with
the columns Deal ID, Step (its id in the playbook) and Day: those steps are on record as left out because they were done, and the
handoff begins behind them. No customer is mailed about the past: what a step that was done would have sent does not go out, and
everything else needs somebody's approval, as ever. It is safe to run again. Run it from the commit that is deployed, whose playbook the
handoffs follow. Needs what npm run reconcile needs, and dynamodb:UpdateItem on the table.

--from   where to go on after a run that broke off, as it said.

Exit code 0: every deal has its handoff (in a dry run: could have it); 1: something is left for people; 2: the input can't be used, or
it could not look at everything.`;

/** `npm run backfill`: see the usage above. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      since: { type: 'string' },
      from: { type: 'string' },
      happened: { type: 'string' },
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
  if (values.since === undefined) throw new UnusableOptions('Say since when: --since and a day such as 2026-11-01.');
  const since = dayOption('--since', values.since);
  const goOnFrom = values.from === undefined ? undefined : momentOption('--from', values.from);
  const { crm } = await findCrm(process.env, stage);
  const { table, bus } = await findDeployment(process.env, stage);
  const { playbookName, defaultZone } = await toldOf(stage, process.env);
  const playbook = playbookOption(playbookName);
  const happened = await happenedIn(values.happened, askedSteps(playbook));
  const clients = clientsOf(process.env);
  const again = patience((milliseconds) => setTimeout(milliseconds));
  const world = {
    ...recordsIn(openTable(clients.dynamodb, table)),
    dealBus: dealBus(clients.events, bus),
    hash: sha256,
    calendarOf,
    // The execution validates once more, and schedules then what is told far ahead.
    schedules: { put: async () => undefined },
    soonestReminder: (moment: string) => moment,
    // Nothing is mailed from here: of the site, only the zone is asked.
    site: { url: '', name: '', company: '', defaultZone },
    crm: patientCrm(crm, again),
  };
  const at = await timeOf(isLocal(process.env) ? process.env['AWS_ENDPOINT_URL'] : undefined);
  const isDryRun = values['dry-run'];
  const asked = { since, at, isDryRun, happened, ...(goOnFrom !== undefined && { goOnFrom }) };
  const reported = { ...(await runBackfill(world, playbook, asked)), since, at, isDryRun };
  console.log(values.json ? jsonReport(reported) : textReport(reported));
  return exitCodeOf(reported);
}

async function happenedIn(path: string | undefined, steps: readonly string[]) {
  if (path === undefined) return new Map<string, readonly Happened[]>();
  const bytes = await readFile(path).catch((error: Error) => {
    throw new UnusableOptions(`${path} cannot be read: ${error.message}`);
  });
  const name = basename(path);
  return readHappened(decodeExport(bytes, name).text, { name, steps });
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(failureSaid(error).said);
  if (isUsageError(error)) console.error(`\n${usage}`);
  process.exitCode = 2;
}
