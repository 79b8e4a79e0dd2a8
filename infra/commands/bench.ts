import { parseArgs } from 'node:util';
import type { Playbook } from '../../functions/domain/playbook/playbook.ts';
import { type Part, partText, tableText } from '../local/bench/figures.ts';
import { playbookOption, runMeasurement, UnusableOption } from '../local/command-line.ts';

const usage = `Usage: npm run bench [-- engine|handoffs|play|reports|cost|month|bundles|start … [--playbook <name>] [--workers 2] [--runs 5]]

Measures what the project promises about speed, size and cost. Without a name it measures everything, which takes about ten
minutes on two cores, and prints one table: each figure with its goal, met or missed. With names it also says how the figures came
about. --workers: how many threads play handoffs beside each other; --runs: how often each function is started. Whatever else the
machine does slows it down, so that each figure of speed stands beside something else that was measured in the same run.

Exit code 0: measured, whether or not the goals are met; 2: no such part or playbook.`;

interface Options {
  readonly playbook: Playbook;
  readonly workers: number;
  readonly runs: number;
}

/** What one part measures with is read for that part alone. */
const parts: Readonly<Record<string, (options: Options) => Promise<Part>>> = {
  engine: async () => (await import('../local/bench/engine.ts')).benchEngine(),
  handoffs: async ({ playbook, workers }) =>
    (await import('../local/bench/handoffs.ts')).benchHandoffs(playbook, workers),
  play: async ({ playbook }) => (await import('../local/bench/play.ts')).benchPlay(playbook),
  reports: async () => (await import('../local/bench/reports.ts')).benchReports(),
  cost: async ({ playbook }) => (await import('../local/bench/cost.ts')).benchCost(playbook),
  month: async () => (await import('./bench/month.ts')).benchMonth(),
  bundles: async () => (await import('./bench/bundles.ts')).benchBundles(),
  start: async ({ runs }) => (await import('./bench/start.ts')).benchStart(runs),
};

/** `npm run bench`: see the usage above. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      playbook: { type: 'string' },
      workers: { type: 'string', default: '2' },
      runs: { type: 'string', default: '5' },
      help: { type: 'boolean' },
    },
  });
  const unknown = positionals.filter((name) => !Object.hasOwn(parts, name));
  if (values.help || unknown.length > 0) {
    console.log(unknown.length > 0 ? `There is no part called ${unknown.join(', ')}.\n\n${usage}` : usage);
    return unknown.length > 0 ? 2 : 0;
  }
  const options = {
    playbook: playbookOption(values.playbook),
    workers: countOption('--workers', values.workers),
    runs: countOption('--runs', values.runs),
  };
  const measured: { readonly name: string; readonly part: Part }[] = [];
  for (const [name, measure] of Object.entries(parts)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    const part = await measure(options);
    if (positionals.length > 0) console.log(partText(part));
    else console.error(`${name}: measured`);
    measured.push({ name, part });
  }
  if (positionals.length === 0) console.log(tableText(measured));
  return 0;
}

function countOption(name: string, text: string): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new UnusableOption(`${name}: a whole number from 1 to 99, not "${text}".`);
}

// Leaving by exit() lets every part put away what it has on disk.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
await runMeasurement(main, usage);
