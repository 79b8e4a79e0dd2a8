import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { cleanLine } from '../../functions/domain/fields/clean-text.ts';
import type { Person } from '../../functions/domain/people/person.ts';
import type { Playbook } from '../../functions/domain/playbook/playbook.ts';
import { costUsd } from '../account/cost.ts';
import { isUsageError, playbookOption, UnusableOption, usageProblem } from './command-line.ts';
import { isPlayed, type PlayedName, playedNames } from './crm/played-names.ts';
import { type PlayOptions, playEvents, UnusableEvent } from './play/play-events.ts';
import { type Manner, parseScript } from './play/script.ts';
import { bill, timeline } from './play/timeline.ts';
import { parseRosterText } from './roster-text.ts';
import { runProblems } from './runnable-playbook.ts';
import { sampleRoster } from './sample-company.ts';

const usage = `Usage: npm run play -- <event.json> [<event.json> …] [--people prompt|late|silent|<script.json>]
                                [--roster <roster.json>] [--playbook <name>] [--json]
                                [--crm ${playedNames.join('|')}]

Plays events to the end in virtual time: any that the bus takes ("Deal Closed Won", "Deal Reopened", "Deal Lost", "Deal
Cancelled" and what else a rule of the bus matches), in any order, each put on the bus at its own "time". People answer within
working hours (prompt, the default), once they have been told that they are late (late), never (silent), or as a script says:
  { "<step id>": answer | [answer, …] }   answer = { "after"?: "PT3H", "choice"?: "…", "evidence"?: { … }, "by"?: "mail address" } or "never"
--roster names the people of the company: an array of persons, as in test/support/roster.json, which is what is used without it.
--playbook chooses one of the shipped playbooks (statemachines/shipped-playbooks.ts) instead of the usual one.
--crm plays a CRM on this machine, too: each deal is put into it and moved to won there at the event's time; lost, reopened and
canceled ones are moved to the lost stage, to an early one, and deleted there. The report says what its records show at the end.

Exit code 0: every execution ended well; 1: one failed; 2: the input cannot be used.`;

const manners: readonly string[] = ['prompt', 'late', 'silent'];

/** `npm run play`: see the usage above. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      people: { type: 'string', default: 'prompt' },
      roster: { type: 'string' },
      playbook: { type: 'string' },
      crm: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help || positionals.length === 0) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const playbook = playbookOption(values.playbook);
  const crm = crmOption(values.crm);
  const problems = await runProblems(playbook);
  if (problems.length > 0) throw new UnusableEvent(problems.join('\n'));
  const people = await peopleOf(values.people, playbook);
  const roster = values.roster === undefined ? sampleRoster() : await rosterOf(values.roster);
  const events = await Promise.all(positionals.map(readJson));
  const played = await playEvents({ events, playbook, roster, ...people, ...(crm && { crm }) });
  const { reports, mishaps, refusals, failures } = played;
  if (values.json) {
    const [only] = reports;
    const sums = {
      mishaps,
      refusals,
      failures,
      usage: played.usage,
      costUsd: costUsd(played.usage),
      ...(played.crm && { crm: played.crm }),
    };
    const told = reports.length === 1 ? { ...only, ...sums } : { handoffs: reports, ...sums };
    console.log(JSON.stringify(told, null, 2));
  } else {
    const zones = new Map(roster.map(({ email, availability }) => [email, availability.zone]));
    for (const report of reports)
      console.log(timeline({ report, mishaps, zone: zones.get(report.handoff.owner ?? '') ?? 'UTC' }));
    if (played.crm) {
      const { crmText } = await import('./play/crm-report.ts');
      console.log(crmText(played.crm, zones.get(reports[0]?.handoff.owner ?? '') ?? 'UTC'));
    }
    for (const { at, problems } of refusals)
      console.log(cleanLine(`An event of ${at} was refused: ${problems.join('; ')}`));
    for (const failure of failures) console.log(failure);
    console.log(bill(played.usage));
  }
  const well = reports.every(({ execution }) => execution.status === 'SUCCEEDED' || execution.status === 'ABORTED');
  return well ? 0 : 1;
}

/** Throws UnusableOption, which lists the names there are. */
function crmOption(name: string | undefined): PlayedName | undefined {
  if (name === undefined || isPlayed(name)) return name;
  throw new UnusableOption(`--crm is "${name}"; it must be one of ${playedNames.join(', ')}.`);
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: Error) => {
    throw new UnusableEvent(`${path} cannot be read: ${error.message}`);
  });
}

async function readJson(path: string): Promise<unknown> {
  const text = await readText(path);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UnusableEvent(`${path} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}

async function rosterOf(path: string): Promise<readonly Person[]> {
  const parsed = parseRosterText(await readText(path));
  if ('people' in parsed) return parsed.people;
  throw new UnusableEvent(
    [`The roster ${path} cannot be used:`, ...parsed.problems.map((each) => `  ${each}`)].join('\n'),
  );
}

async function peopleOf(given: string, playbook: Playbook): Promise<Pick<PlayOptions, 'manner' | 'script'>> {
  if (manners.includes(given)) return { manner: given as Manner, script: {} };
  try {
    return { manner: 'prompt', script: parseScript(await readJson(given), playbook) };
  } catch (error) {
    const problem = error instanceof Error ? error.message : error;
    throw new UnusableEvent(`${problem}\n--people takes prompt, late, silent or a script file.`);
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  if (isUsageError(error)) console.error(`${usageProblem(error)}\n\n${usage}`);
  else if (error instanceof UnusableEvent) console.error(error.message);
  else throw error;
  process.exitCode = 2;
}
