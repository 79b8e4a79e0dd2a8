import { parseArgs } from 'node:util';
import type { Playbook } from '../../../functions/domain/playbook/playbook.ts';
import { playbookOption, runMeasurement, UnusableOption } from '../command-line.ts';
import { benchCost } from './cost.ts';
import { benchEngine } from './engine.ts';
import { type Part, partText, tableText } from './figures.ts';
import { benchHandoffs } from './handoffs.ts';
import { benchPlay } from './play.ts';
import { benchReports } from './reports.ts';

const usage = `Usage: npm run bench [-- engine|handoffs|play|reports|cost … [--playbook <name>] [--workers 2]]

Measures what the project promises about speed, memory and cost. Without a name it measures everything, which takes about three
minutes on two cores, and prints one table: each figure with its goal, met or missed. With names it also says how the figures came
about. --workers: how many threads play handoffs beside each other. Whatever else the machine does slows it down, so that each
figure of speed stands beside something else that was measured in the same run.

Exit code 0: measured, whether or not the goals are met; 2: no such part or playbook.`;

const parts: Readonly<Record<string, (playbook: Playbook, workers: number) => Promise<Part>>> = {
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
    options: {
      playbook: { type: 'string' },
      workers: { type: 'string', default: '2' },
      help: { type: 'boolean' },
    },
  });
  const unknown = positionals.filter((name) => !Object.hasOwn(parts, name));
  if (values.help || unknown.length > 0) {
    console.log(unknown.length > 0 ? `There is no part called ${unknown.join(', ')}.\n\n${usage}` : usage);
    return unknown.length > 0 ? 2 : 0;
  }
  const playbook = playbookOption(values.playbook);
  const workers = workersOption(values.workers);
  const measured: { readonly name: string; readonly part: Part }[] = [];
  for (const [name, measure] of Object.entries(parts)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    const part = await measure(playbook, workers);
    if (positionals.length > 0) console.log(partText(part));
    else console.error(`${name}: measured`);
    measured.push({ name, part });
  }
  if (positionals.length === 0) console.log(tableText(measured));
  return 0;
}

function workersOption(text: string): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new UnusableOption(`--workers: a whole number from 1 to 99, not "${text}".`);
}

// Leaving by exit() lets every part put away what it has on disk.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
await runMeasurement(main, usage);
