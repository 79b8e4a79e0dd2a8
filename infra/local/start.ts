import { connectorOf } from '../../functions/crm/connectors.ts';
import type { Person } from '../../functions/domain/people/person.ts';
import { businessCalendar, nextWorkingMoment } from '../../functions/domain/time/calendar.ts';
import { publicHolidays } from '../../functions/domain/time/holidays.ts';
import { timeText } from '../../functions/pages/operations/wording.ts';
import { shippedPlaybooks, usualPlaybook } from '../../statemachines/shipped-playbooks.ts';
import { populationIn } from './populate/population-in.ts';
import { runProblems } from './runnable-playbook.ts';
import { sampleRoster } from './sample-company.ts';
import { type Served, type ServeOptions, serve } from './serve.ts';
import { parseStartOptions, type StartOptions } from './start-options.ts';

// npm start: the whole system on this machine, behind one address.

const minute = 60_000;

const options = parseStartOptions(process.env, process.argv.slice(2));
if ('problems' in options) fail(options.problems);
else if (options.populated !== undefined) await startPopulated(options, options.populated);
else {
  const problems = await runProblems(options.playbook ?? shippedPlaybooks[usualPlaybook]);
  if (problems.length > 0) fail(problems, 2);
  else await start(options);
}

/** What npm run populate made, open: it goes on from where it stands. */
async function startPopulated({ port, locale }: StartOptions, file: string): Promise<void> {
  const opened = await populationIn(file);
  if ('problem' in opened) return fail([opened.problem]);
  const { population, playbook } = opened;
  console.log(`Opening ${file}, made with npm run populate -- ${population.madeBy} …`);
  const { at, roster } = population;
  await run(
    { port, population, startAt: at, roster, playbook, ...(locale && { locale }) },
    'and read its reports. No CRM is played beside it.',
  );
}

async function start({ port, startAt, playbook, locale, crm = 'hubspot' }: StartOptions): Promise<void> {
  const roster = sampleRoster();
  await run(
    {
      ...{ port, startAt: startAt ?? plausibleNow(roster), roster },
      ...(playbook && { playbook }),
      ...(locale && { locale }),
      ...(crm !== 'none' && { crm }),
    },
    crm === 'none'
      ? 'and close a sample deal.'
      : `and win a deal in ${connectorOf(crm).title}, which is played here, too.`,
  );
}

/** Serves until it is interrupted, and says what to do with it. */
async function run({ port, ...options }: ServeOptions, invitation: string): Promise<void> {
  const served = await serveOn(port, options);
  if (served === undefined) return;
  const { clock, stateMachineArn } = served.system;
  console.log(`
Handoff runs on this machine. Open

  ${served.url}/

${invitation}
Time is virtual: it stands at ${timeText(clock.now())} until you move it on that page.
The AWS CLI and SDKs (these want AWS_REGION) work against the same address:

  AWS_ENDPOINT_URL=${served.url} AWS_DEFAULT_REGION=us-east-1 AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local \\
    aws stepfunctions list-executions --state-machine-arn ${stateMachineArn}

Ctrl+C ends it; nothing is kept.
`);

  let ending = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (ending) return;
      ending = true;
      clock.realTime(false);
      void served.close().then(() => process.exit(0));
    });
}

/** The system behind its address; undefined, and said why, when the port cannot be had. */
async function serveOn(port: number, options: Omit<ServeOptions, 'port'>): Promise<Served | undefined> {
  try {
    return await serve({ port, ...options });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE')
      fail([
        `Port ${port} is taken on this machine. Choose another one: PORT=${port < 65_535 ? port + 1 : 4566} npm start (PORT=0: any free one).`,
      ]);
    else if (code === 'EACCES')
      fail([`Port ${port} may not be used by you. Choose one above 1023: PORT=4566 npm start.`]);
    else throw error;
    return undefined;
  }
}

/** Now, to the minute; when the first person of the roster is not at work, the moment they begin again. */
function plausibleNow(roster: readonly Person[]): number {
  const now = Math.floor(Date.now() / minute) * minute;
  const [first] = roster;
  if (first === undefined) return now;
  return Date.parse(
    nextWorkingMoment(new Date(now).toISOString(), businessCalendar(first.availability, publicHolidays)),
  );
}

/** 2 as exit code says that the playbook cannot be used, as in npm run play. */
function fail(problems: readonly string[], exitCode: 1 | 2 = 1): void {
  console.error(problems.join('\n'));
  process.exitCode = exitCode;
}
