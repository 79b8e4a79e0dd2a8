import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { openTable } from '../../functions/aws/dynamodb.ts';
import { recordsIn } from '../../functions/aws/records.ts';
import { placeholderOf } from '../../functions/domain/deal/forgotten.ts';
import { mailAddress } from '../../functions/domain/time/formats.ts';
import { clientsOf, findTable, runOnDeployment, UnusableOptions } from './deployment.ts';
import { findPerson } from './forget/find-person.ts';
import { beginForgetting, forgetPerson, isBegun } from './forget/forget-person.ts';
import { hindrances } from './forget/hindrances.ts';
import { notReached, planSaid } from './forget/said.ts';

const usage = `Usage: npm run forget -- <email> [<stage>] [--dry-run]

Erases a person's data, a colleague's or that of a customer's contact, and keeps every count: a random placeholder stands where their
address stood. It says first what it does; with --dry-run it does nothing else. It refuses while they own open steps, hold a role in an
open handoff, lead others, or are the last in revenue operations. Interrupted and run again, it goes on. It reads the whole table. Needs
AWS credentials (Scan, Query, and the writing of items), or AWS_ENDPOINT_URL of an account on this machine (npm start), which has no
stages; HANDOFF_TABLE names the table where no stage does.

Exit code 0: done, or nothing is known of them; 1: it refuses, or AWS did not do what was asked; 2: the options cannot be used.`;

/** `npm run forget`: see the usage above. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean', default: false }, help: { type: 'boolean' } },
  });
  const [said, stage, ...more] = positionals;
  if (values.help || said === undefined || more.length > 0) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const email = said.trim().toLowerCase();
  if (!mailAddress().safeParse(email).success)
    throw new UnusableOptions(`"${said}" is no email address such as name@company.com.`);
  const { dynamodb } = clientsOf(process.env);
  const name = await findTable(process.env, stage);
  const table = openTable(dynamodb, name);
  const records = recordsIn(table);
  const roster = await records.roster.everybody();
  const found = await findPerson({ client: dynamodb, table: name }, email);
  const begun = await isBegun(table, email);
  if (found.records === 0 && !begun) {
    console.log(`Nothing is known of ${email}.`);
    return 0;
  }
  const colleague = roster.find((person) => person.email === email)?.name;
  console.log(planSaid({ email, found, colleague, isBegun: begun }).join('\n'));
  const against = await hindrances(records, { email, found, roster });
  if (against.length > 0) {
    console.error(`\nNot yet, and nothing was changed:\n${against.map((line) => `- ${line}`).join('\n')}`);
    return 1;
  }
  console.log(`\n${notReached.join('\n')}\n`);
  if (values['dry-run']) {
    console.log('Nothing was changed: this was a dry run.');
    return 0;
  }
  const names = [...new Set([...(colleague === undefined ? [] : [colleague]), ...found.names])];
  const calledNow = colleague === undefined ? 'Former contact' : 'Former colleague';
  const erasing = await beginForgetting(table, { email, names, calledNow }, drawPlaceholder);
  await forgetPerson(table, { erasing, partitions: found.partitions });
  console.log(`Forgotten. In their place stands ${erasing.placeholder}.`);
  return 0;
}

const drawPlaceholder = (): string => placeholderOf(randomBytes(6).toString('hex'));

await runOnDeployment(main, usage);
