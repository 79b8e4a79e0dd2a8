import { parseArgs } from 'node:util';
import { openTable } from '../../functions/aws/dynamodb.ts';
import { recordsIn } from '../../functions/aws/records.ts';
import type { Person } from '../../functions/domain/people/person.ts';
import { titleIn } from '../../functions/domain/reports/steps.ts';
import { handoffWhatIf, whatIf } from '../../functions/domain/reports/what-if.ts';
import { startOfDay } from '../../functions/domain/time/formats.ts';
import { inTurns } from '../../functions/verbs/in-turns.ts';
import { prices } from '../account/cost.ts';
import { clientsOf, findTable, runOnDeployment, UnusableOptions } from './deployment.ts';
import { calendarOf, readRosterFile } from './playbook/inputs.ts';
import { readPlaybook } from './whatif/playbook-file.ts';
import { whatIfText } from './whatif/what-if-text.ts';

const usage = `Usage: npm run whatif -- --playbook <file> --since <day> [--roster <roster.json>] [--stage <stage>] [--json]

Replays the handoffs signed since a day under other rules: promises, least times, ladders, required fields. It says how many steps
would have been late, how many promises missed, which emails would have gone out and what they cost, beside what really was. It
only reads.

--playbook  a file that exports a playbook, such as an edited copy of statemachines/playbooks/default.ts; or the name of a
            shipped one.
--since     YYYY-MM-DD, in UTC.
--roster    people with other working hours and holidays; without it those on the roster.
--stage     a stage of cdk.json. Without it, AWS_ENDPOINT_URL of an account on this machine (npm start).
--json      the numbers as one document.

Exit code 0: said; 1: AWS did not do what was asked; 2: the input cannot be used.`;

/** `npm run whatif`: see the usage above. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      playbook: { type: 'string' },
      since: { type: 'string' },
      roster: { type: 'string' },
      stage: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (values.playbook === undefined || values.since === undefined)
    throw new UnusableOptions(`Say --playbook and --since.\n\n${usage}`);
  const since = startOfDay(values.since, 'UTC');
  if (since === undefined) throw new UnusableOptions(`--since takes a day such as 2026-11-02, not "${values.since}".`);
  const playbook = await readPlaybook(values.playbook);
  const own = values.roster === undefined ? undefined : await readRosterFile(values.roster);
  const table = await findTable(process.env, values.stage);
  const records = recordsIn(openTable(clientsOf(process.env).dynamodb, table));

  const measured = await records.measured.between(since.slice(0, 7), '9999-12');
  const { asOf, keptFrom } = measured;
  if (keptFrom !== undefined && since.slice(0, 7) < keptFrom)
    throw new UnusableOptions(
      `Nothing is kept from before ${keptFrom}-01: say --since ${keptFrom}-01, or a later day.`,
    );
  if (asOf === undefined)
    throw new UnusableOptions('No handoff was measured yet. That happens each night; try again tomorrow.');
  const signed = measured.handoffs.filter(({ signedAt }) => Date.parse(signedAt) >= Date.parse(since));
  const alike = signed.filter(({ playbook: { name } }) => name === playbook.name);
  const roster = await records.roster.everybody();
  const people = { was: byEmail(roster), would: byEmail([...roster, ...(own ?? [])]) };
  const both = await inTurns(alike, async ({ id }) => {
    const record = await records.handoffs.load(id);
    return record && handoffWhatIf({ record, playbook, people, calendarOf, at: asOf });
  });
  const found = whatIf(both.filter((each) => each !== undefined));
  const said = {
    playbook: values.playbook,
    since: values.since,
    asOf,
    mailPrice: prices.mailRecipient,
    others: signed.length - alike.length,
    titleOf: (step: string) => titleIn(measured.playbooks, step),
  };
  console.log(
    values.json ? JSON.stringify({ since, asOf, others: said.others, ...found }, null, 2) : whatIfText(found, said),
  );
  return 0;
}

const byEmail = (people: readonly Person[]): ReadonlyMap<string, Person> =>
  new Map(people.map((person) => [person.email, person]));

await runOnDeployment(main, usage);
