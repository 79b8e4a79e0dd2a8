import { parseArgs } from 'node:util';
import { startOfDay } from '../../functions/domain/time/formats.ts';
import { isSeed, joinNumbers, playbookOption, runMeasurement, UnusableOption } from './command-line.ts';
import { playPopulation } from './populate/play-population.ts';
import { takePopulation } from './populate/population.ts';
import { populationFile, problemOfWriting, writePopulation } from './populate/population-file.ts';

const usage = `Usage: npm run populate [-- --deals 500] [--months 6] [--seed 1] [--until <day>] [--playbook <name>] [--out <file>]

Plays months of a company of three teams in virtual time, up to a day (today unless said): people of different habits, a team
that is worse than the others, a step that is missed until the playbook is changed in the middle, deals that are lost, stall
and come back, customers who renew and who leave. The same seed and day play the same. Reports are written as they would be.

It leaves what is there in the end in a file (${populationFile} unless said), which npm start -- --populated opens.`;

const minute = 60_000;

/** `npm run populate`: see the usage above. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    args: joinNumbers(process.argv.slice(2)),
    options: {
      deals: { type: 'string', default: '500' },
      months: { type: 'string', default: '6' },
      seed: { type: 'string', default: '1' },
      until: { type: 'string' },
      playbook: { type: 'string' },
      out: { type: 'string', default: populationFile },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const deals = countOption('--deals', values.deals, 20_000);
  const months = countOption('--months', values.months, 24);
  const seed = seedOption(values.seed);
  const playbook = playbookOption(values.playbook);
  const until = untilOption(values.until);
  // Known before minutes are spent on what could not be kept.
  const problem = await problemOfWriting(values.out);
  if (problem !== undefined) throw new UnusableOption(`--out: ${problem}`);
  const began = performance.now();
  const seconds = () => Math.round((performance.now() - began) / 1000);
  console.log(`${deals} deals in ${months} months up to ${new Date(until).toISOString().slice(0, 10)}, seed ${seed}.`);
  const played = await playPopulation({
    ...{ deals, months, seed, until, playbook },
    siteUrl: 'http://127.0.0.1:4566',
    onWeek: ({ at, won, emails }) => {
      const day = new Date(at).toISOString().slice(0, 10);
      console.log(`${day}  ${String(won).padStart(5)} won  ${String(emails).padStart(7)} emails  ${seconds()} s`);
    },
  });
  const madeBy = `--deals ${deals} --months ${months} --seed ${seed}`;
  const population = await takePopulation(played.system, { madeBy, playbook: playbook.name, mails: played.mails });
  await played.system.close();
  await writePopulation(population, values.out);
  for (const failure of played.failures) console.error(failure);
  console.log(`
${values.out}: ${population.items.length} records, ${played.emails} emails went out, ${seconds()} s.
Open it: npm start -- --populated${values.out === populationFile ? '' : ` ${values.out}`}`);
  return played.failures.length > 0 ? 1 : 0;
}

function countOption(name: string, text: string, most: number): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= most) return count;
  throw new UnusableOption(`${name} is "${text}"; it must be a whole number from 1 to ${most}.`);
}

function seedOption(text: string): number {
  if (isSeed(text)) return Number(text);
  throw new UnusableOption(`--seed is "${text}"; it must be a whole number of at most nine digits.`);
}

/** The end of time: 4 in the afternoon (UTC) of a working day, when everybody has had the reports of that morning. */
function untilOption(text: string | undefined): number {
  const given = text ?? new Date().toISOString().slice(0, 10);
  const start = startOfDay(given, 'UTC');
  if (start === undefined) throw new UnusableOption(`--until is "${given}"; it must be a day such as 2026-11-20.`);
  const at = Date.parse(start) + 16 * 60 * minute;
  const weekday = new Date(at).getUTCDay();
  const back = text !== undefined ? 0 : weekday === 0 ? 2 : weekday === 6 ? 1 : 0;
  return at - back * 24 * 60 * minute;
}

await runMeasurement(main, usage);
