import { parseArgs } from 'node:util';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { playbookOption, runMeasurement } from '../command-line.ts';
import { benchCost } from './cost.ts';
import { benchEngine } from './engine.ts';
import { type Part, partText } from './figures.ts';
import { benchHandoffs } from './handoffs.ts';
import { benchPlay } from './play.ts';
import { benchReports } from './reports.ts';

const usage = `Usage: npm run bench [-- engine|handoffs|play|reports|cost … [--playbook <name>]]

Measures what the project promises about speed, memory and cost, and prints each figure beside its goal. Without a name it
measures everything, which takes about three minutes on two cores. Whatever else the machine does slows it down.

Exit code 0: measured, whether or not the goals are met; 2: no such part or playbook.`;

const parts: Readonly<Record<string, (playbook: Playbook) => Promise<Part>>> = {
  engine: benchEngine,
  handoffs: benchHandoffs,
  play: benchPlay,
  reports: benchReports,
  cost: benchCost,
};

/** `npm run bench`: see the usage above. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { playbook: { type: 'string' }, help: { type: 'boolean' } },
  });
  const unknown = positionals.filter((name) => !Object.hasOwn(parts, name));
  if (values.help || unknown.length > 0) {
    console.log(unknown.length > 0 ? `There is no part called ${unknown.join(', ')}.\n\n${usage}` : usage);
    return unknown.length > 0 ? 2 : 0;
  }
  const playbook = playbookOption(values.playbook);
  for (const [name, measure] of Object.entries(parts))
    if (positionals.length === 0 || positionals.includes(name)) console.log(partText(await measure(playbook)));
  return 0;
}

// Leaving by exit() lets every part put away what it has on disk.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
await runMeasurement(main, usage);
