import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { playbook } from '../../statemachines/playbooks/default.ts';
import { costUsd } from '../account/cost.ts';
import { isUsageError } from './command-line.ts';
import { type PlayOptions, playEvents, UnusableEvent } from './play/play-events.ts';
import { type Manner, parseScript } from './play/script.ts';
import { bill, timeline } from './play/timeline.ts';
import { sampleEvent, sampleRoster } from './sample-company.ts';

const usage = `Usage: npm run play -- <event.json> [<event.json> …] [--people prompt|late|silent|<script.json>] [--json]

Plays "Deal Closed Won" events to the end in virtual time. People answer within working hours (prompt, the default), once
they have been told that they are late (late), never (silent), or as a script says:
  { "<step id>": answer | [answer, …] }   answer = { "after"?: "PT3H", "choice"?: "…", "evidence"?: { … }, "by"?: "mail address" } or "never"

Exit code 0: every execution ended well; 1: one failed; 2: the input cannot be used.`;

const manners: readonly string[] = ['prompt', 'late', 'silent'];

/** `npm run play`: see the usage above. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { people: { type: 'string', default: 'prompt' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help || positionals.length === 0) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const people = await peopleOf(values.people);
  const events = await Promise.all(positionals.map(readJson));
  const knownPackage = Object(sampleEvent('complete-standard').detail)['package'];
  const played = await playEvents({ events, playbook, roster: sampleRoster(), knownPackage, ...people });
  const cost = costUsd(played.usage);
  const [only] = played.reports;
  if (values.json) {
    const sums = { mishaps: played.mishaps, failures: played.failures, usage: played.usage, costUsd: cost };
    console.log(
      JSON.stringify(
        played.reports.length === 1 ? { ...only, ...sums } : { handoffs: played.reports, ...sums },
        null,
        2,
      ),
    );
  } else {
    const people = new Map(sampleRoster().map((person) => [person.email, person]));
    for (const report of played.reports) {
      const zone = people.get(report.handoff.owner ?? '')?.availability.zone ?? 'UTC';
      console.log(timeline({ report, mishaps: played.mishaps, zone }));
    }
    for (const failure of played.failures) console.log(`A function failed: ${failure}`);
    console.log(bill(played.usage));
  }
  const well = played.reports.every(
    ({ execution }) => execution.status === 'SUCCEEDED' || execution.status === 'ABORTED',
  );
  return well ? 0 : 1;
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new UnusableEvent(`${path} cannot be read: ${error.message}`);
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UnusableEvent(`${path} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}

async function peopleOf(given: string): Promise<Pick<PlayOptions, 'manner' | 'script'>> {
  if (manners.includes(given)) return { manner: given as Manner, script: {} };
  try {
    return { manner: 'prompt', script: parseScript(await readJson(given), Object.keys(playbook.steps)) };
  } catch (error) {
    const hint = `--people takes prompt, late, silent or a script file.`;
    throw new UnusableEvent(`${hint}\n${error instanceof Error ? error.message : error}`);
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  const isUsage = isUsageError(error);
  if (!(error instanceof UnusableEvent || isUsage)) throw error;
  console.error(error.message);
  if (isUsage) console.error(`\n${usage}`);
  process.exitCode = 2;
}
