import { parseArgs } from 'node:util';
import { dealEventSchema } from '../../functions/domain/deal/event-schema.ts';
import { playbookOption, runMeasurement } from '../local/command-line.ts';

const usage = `Usage: npm run schema [-- --playbook <name>]

Prints the JSON Schema of the event that starts a handoff, for those who connect a CRM, with the segments of the playbook.`;

/** `npm run schema`: see the usage above. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { playbook: { type: 'string' }, help: { type: 'boolean' } } });
  const text = values.help
    ? usage
    : JSON.stringify(dealEventSchema(Object.keys(playbookOption(values.playbook).segments)), null, 2);
  process.stdout.write(`${text}\n`);
  return 0;
}

await runMeasurement(main, usage);
