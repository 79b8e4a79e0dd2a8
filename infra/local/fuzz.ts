import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { runMeasurement, UnusableOption } from './command-line.ts';
import { type Find, findFile, fuzzFor } from './fuzz/run.ts';
import { fuzzTargets } from './fuzz/targets.ts';

const usage = `Usage: npm run fuzz -- [--seconds 60] [--seed 1] [--target <name>]

Gives every parser of what comes from outside (webhooks, signatures, answers of CRMs, events, exports) inputs that are broken at
random: each target its share of the time, from the seed on. What a parser takes badly is made as small as it can be, and written
into test/support/fuzz-finds/, which npm test plays from then on. The same seed finds the same.

Exit code 0: nothing was found; 1: something was; 2: the options cannot be used.`;

const folder = new URL('../../test/support/fuzz-finds/', import.meta.url);

/** `npm run fuzz`: see the usage above. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '60' },
      seed: { type: 'string', default: '1' },
      target: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [seconds, seed] = [wholeNumber('--seconds', values.seconds), wholeNumber('--seed', values.seed)];
  const all = await fuzzTargets();
  const { target } = values;
  const chosen = Object.entries(all).filter(([name]) => target === undefined || name === target);
  if (chosen.length === 0)
    throw new UnusableOption(`--target: one of ${Object.keys(all).join(', ')}, not "${target}".`);
  const milliseconds = (seconds * 1000) / chosen.length;
  const finds: Find[] = [];
  for (const [name, each] of chosen) {
    const now = () => performance.now();
    const { find, runs } = await fuzzFor(each, { name, seed, milliseconds, now });
    console.log(`${name}: ${runs.toLocaleString('en')} inputs from seed ${seed}${find ? '' : ', nothing found'}.`);
    if (find === undefined) continue;
    finds.push(find);
    const file = new URL(findFile(find), folder);
    await mkdir(folder, { recursive: true });
    await writeFile(file, `${JSON.stringify(find, undefined, 2)}\n`);
    console.log(`  ${find.problem}\n  Seed ${find.seed}; kept in test/support/fuzz-finds/${findFile(find)}`);
  }
  return finds.length > 0 ? 1 : 0;
}

function wholeNumber(option: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UnusableOption(`${option}: a whole number from 1 on, not "${text}".`);
}

await runMeasurement(main, usage);
