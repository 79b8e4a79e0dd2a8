import { parseArgs } from 'node:util';
import { dealEventSchema, dealEventTypes } from '../../functions/domain/deal/event-schema.ts';
import { playbookOption, runMeasurement, UnusableOption } from '../local/command-line.ts';

const usage = `Usage: npm run schema [-- --event "<detail-type>"] [--playbook <name>]

Prints the JSON Schema of an event of a deal, for those who connect a CRM, with the segments of the playbook. The events:
${dealEventTypes.join(', ')}. The first one is printed unless you name another.`;

/** `npm run schema`: see the usage above. */
async function main(): Promise<number> {
  const options = { event: { type: 'string' }, playbook: { type: 'string' }, help: { type: 'boolean' } } as const;
  const { values } = parseArgs({ options });
  const { event = dealEventTypes[0] } = values;
  const type = dealEventTypes.find((known) => known === event);
  if (!type)
    throw new UnusableOption(`--event: there is no schema of "${event}". The events: ${dealEventTypes.join(', ')}.`);
  const text = values.help
    ? usage
    : JSON.stringify(dealEventSchema(Object.keys(playbookOption(values.playbook).segments), type), null, 2);
  process.stdout.write(`${text}\n`);
  return 0;
}

await runMeasurement(main, usage);
