import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openTable } from '../../functions/aws/dynamodb.ts';
import { recordsIn } from '../../functions/aws/records.ts';
import { roster } from '../../functions/aws/roster.ts';
import { taskTokens } from '../../functions/aws/step-functions.ts';
import { importRoster } from '../local/roster-import.ts';
import { clientsOf, findTable, runOnDeployment, UnusableOptions } from './deployment.ts';

const usage = `Usage: npm run roster -- <roster.json> [<stage>]

Makes the people of a deployment what the file says: an array of persons, as in test/support/roster.json, or
{ "people": [ … ], "closingDays": [{ "from": "12-24", "to": "12-31", "name": "Winter break" }] }. Nobody is deleted:
who is no longer in the file becomes inactive. Open steps of people who differ move to whoever is there. Needs AWS credentials, or AWS_ENDPOINT_URL of an account on this machine
(npm start), which has no stages; HANDOFF_TABLE names the table where no stage does.

Exit code 0: done; 1: AWS did not do what was asked; 2: the file or the options cannot be used, and nothing was changed.`;

/** `npm run roster`: see the usage above. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean' } },
  });
  const [path, stage, ...more] = positionals;
  if (values.help || !path || more.length > 0) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new UnusableOptions(`${path} cannot be read: ${error.message}`);
  });
  const { dynamodb, sfn } = clientsOf(process.env);
  const table = openTable(dynamodb, await findTable(process.env, stage));
  const { steps, handoffs } = recordsIn(table);
  const work = { steps, handoffs, tokens: taskTokens(sfn) };
  return (await importRoster({ roster: roster(table), work, text, say: (line) => console.log(line) })) ? 0 : 2;
}

await runOnDeployment(main, usage);
