import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openTable } from '../../functions/aws/dynamodb.ts';
import { recordsIn } from '../../functions/aws/records.ts';
import { sha256 } from '../../functions/aws/world.ts';
import type { SiteFacts } from '../../functions/domain/handoff/site.ts';
import type { Person } from '../../functions/domain/people/person.ts';
import type { AuditSample } from '../../functions/domain/reports/audit-sample.ts';
import { scopeOf } from '../../functions/domain/reports/who-sees.ts';
import type { Instant } from '../../functions/domain/time/calendar.ts';
import { parseInstant } from '../../functions/domain/time/formats.ts';
import { type Period, periodAfter, periodsUntil, quarterOf } from '../../functions/domain/time/periods.ts';
import { monthOf, weekOf } from '../../functions/domain/time/weeks.ts';
import type { FactStream } from '../../functions/ports/measured.ts';
import type { World } from '../../functions/ports/world.ts';
import { measure } from '../../functions/verbs/measure.ts';
import { shippedPlaybooks, usualPlaybook } from '../../statemachines/shipped-playbooks.ts';
import { isSeed, joinNumbers } from '../local/command-line.ts';
import { playPopulation } from '../local/populate/play-population.ts';
import type { FunctionName } from '../wiring/function-names.ts';
import { stageName } from '../wiring/names.ts';
import { clientsOf, deployedVariables, findTable, isLocal, runOnDeployment, UnusableOptions } from './deployment.ts';
import { timeOf } from './doctor/time-of.ts';
import { kpiRows, kpiTable } from './report/kpi-table.ts';
import { allHandoffs } from './report/rebuild.ts';
import { type ReportSource, reportFiles } from './report/report-files.ts';
import { reportMails, sampleOf } from './report/report-mails.ts';

/** Weeks whose numbers, as they went out, are compared with what they are now. */
const weeksCompared = 6;
const kinds = ['week', 'month', 'quarter'] as const;

const usage = `Usage: npm run report -- week|month|quarter [<stage> | --populate 200 [--seed 1]] [--at <instant>] [--as <email>] [--out <folder>] [--rebuild]

Writes the reports of the last week, month or quarter that is over into a folder, as email, pages and CSV, and prints its measures: what
the person named with --as gets and may see, and no more; without it, somebody in revenue operations. The daily digest and the
weekly list tell of the moment they go out at, and are not among the files. Needs AWS credentials that may read the table, or
AWS_ENDPOINT_URL of an account on this machine (npm start), which has no stages.

--populate  plays so many deals in six months on the spot instead, and reports on those.
--seed      a whole number: the same one plays the same. Only with --populate; 1, unless said.
--at        the moment from which "last" counts; now, unless said.
--out       the folder; .local/reports/<period> unless said.
--rebuild   measures every handoff again before, also those that have ended: needs the right to write into the table.

Exit code 0: written; 1: AWS did not do what was asked; 2: the options cannot be used, or nothing was measured yet.`;

/** `npm run report`: see the usage above. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    args: joinNumbers(process.argv.slice(2)),
    allowPositionals: true,
    options: {
      populate: { type: 'string' },
      seed: { type: 'string' },
      at: { type: 'string' },
      as: { type: 'string' },
      out: { type: 'string' },
      rebuild: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [said, stage, ...more] = positionals;
  const kind = kinds.find((each) => each === said);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (kind === undefined || more.length > 0)
    throw new UnusableOptions(`Say which report: ${kinds.join(', ')}.\n\n${usage}`);
  if (stage !== undefined && values.populate !== undefined)
    throw new UnusableOptions('Either a stage or --populate, not both.');
  if (values.seed !== undefined && values.populate === undefined)
    throw new UnusableOptions('--seed goes with --populate: what was measured is drawn from nothing.');
  const seed = seedOption(values.seed ?? '1');
  const at = values.at === undefined ? undefined : instantOption(values.at);
  const source =
    values.populate === undefined
      ? await deployed(stage, at, values.rebuild)
      : await populated(countOption(values.populate), seed, at);
  const reader = readerAmong(source.roster, values.as?.toLowerCase());
  const { zone, period } = periodOf(kind, source);
  const scope = scopeOf(reader, source);
  const sample = kind === 'quarter' ? sampleOf(source, scope, { quarter: period, hashOf }) : undefined;
  const files = [...reportFiles(source, reader, period), ...reportMails(source, reader, { period, sample })];
  const folder = values.out ?? join('.local', 'reports', period);
  await mkdir(folder, { recursive: true });
  for (const { name, text } of files) await writeFile(join(folder, name), text);
  console.log(kpiTable(kpiRows(source.measured, { scope, period, zone }), period));
  if (kind === 'quarter') console.log(`\n${sample ? auditText(sample) : noAudit(reader)}`);
  console.log(`
As of ${source.measured.asOf}, for ${reader.name}: ${files.length} files in ${folder}
Open ${join(folder, 'overview.html')}`);
  return 0;
}

function periodOf(kind: (typeof kinds)[number], { at, site }: ReportSource): { zone: string; period: Period } {
  const zone = site.defaultZone;
  const current = { week: weekOf, month: monthOf, quarter: quarterOf }[kind](at, zone);
  return { zone, period: periodAfter(current, -1) };
}

/** SHA-256 in hexadecimal digits. */
const hashOf = (text: string): string => Buffer.from(sha256(text), 'base64url').toString('hex');

/** Which handoffs the quarter's audit is of, and how anybody draws the same. */
function auditText({ quarter, seed, of, handoffs }: AuditSample): string {
  return [
    `Audit of ${quarter}: ${handoffs.length} of ${of} that ended in it, drawn with the seed "${seed}"`,
    '(those whose SHA-256 of seed/id comes first)',
    ...handoffs.map(({ id, customer }) => `  ${id}  ${customer}`),
  ].join('\n');
}

const noAudit = ({ name }: Person): string =>
  `No audit pack: it is for revenue operations, and ${name} may not see it. Name a reader there: --as <email>.`;

function readerAmong(roster: readonly Person[], email: string | undefined): Person {
  const active = roster.filter((person) => person.active);
  const reader = active.find((person) =>
    email === undefined ? person.role === 'revenueOperations' : person.email === email,
  );
  if (reader) return reader;
  throw new UnusableOptions(
    email === undefined
      ? 'Nobody on the roster is in revenue operations. Name a reader: --as <email>.'
      : `--as: nobody on the roster has the address ${email}.`,
  );
}

type Variables = Readonly<Record<string, string | undefined>>;

async function deployed(stage: string | undefined, said: Instant | undefined, rebuild: boolean): Promise<ReportSource> {
  const { env } = process;
  const name = await findTable(env, stage);
  const { dynamodb } = clientsOf(env);
  const records = recordsIn(openTable(dynamodb, name));
  const told: Variables =
    (stage && (await deployedVariables(env)(stageName(stage, 'measure' satisfies FunctionName)))) || {};
  const at = said ?? (await timeOf(isLocal(env) ? env['AWS_ENDPOINT_URL'] : undefined));
  if (rebuild) {
    const also = await allHandoffs(dynamodb, name);
    const { FACT_STREAM: stream } = told;
    const factStream = stream === undefined ? { send: async () => undefined } : await streamNamed(stream);
    const { handoffs, facts } = await measure({ ...records, factStream, hash: sha256 })({ at, also });
    console.log(`Measured ${handoffs} handoffs again: ${facts} facts are new or differ.\n`);
  }
  return sourceOf(records, siteOf(told), at);
}

async function streamNamed(name: string): Promise<FactStream> {
  const { factStream, firehoseOfEnvironment } = await import('../../functions/aws/fact-stream.ts');
  return factStream(firehoseOfEnvironment(), name);
}

const siteOf = (told: Variables): SiteFacts => ({
  url: told['SITE_URL'] ?? 'http://127.0.0.1:4566',
  name: told['SITE_NAME'] ?? 'Handoff',
  company: told['COMPANY'] ?? 'Example Company',
  defaultZone: told['DEFAULT_ZONE'] ?? 'UTC',
});

async function populated(deals: number, seed: number, said: Instant | undefined): Promise<ReportSource> {
  const until = Date.parse(said ?? new Date().toISOString());
  const { system } = await playPopulation({
    ...{ deals, months: 6, seed, until, playbook: shippedPlaybooks[usualPlaybook] },
    siteUrl: 'http://127.0.0.1:4566',
    onWeek: ({ at, won }) => console.error(`${new Date(at).toISOString().slice(0, 10)}  ${won} won`),
  });
  const source = await sourceOf(system.world, system.world.site, new Date(until).toISOString());
  await system.close();
  return source;
}

async function sourceOf(
  {
    measured,
    roster,
    pseudonyms,
    publishedWeeks,
  }: Pick<World, 'measured' | 'roster' | 'pseudonyms' | 'publishedWeeks'>,
  site: SiteFacts,
  at: Instant,
): Promise<ReportSource> {
  const found = await measured.between('0000-01', monthOf(at, 'UTC'));
  const { asOf } = found;
  if (asOf === undefined)
    throw new UnusableOptions('No handoff was measured yet: that happens each night. Measure them now with --rebuild.');
  return {
    measured: { ...found, asOf },
    roster: await roster.everybody(),
    ids: await pseudonyms.everybody(),
    published: await publishedWeeks.of(periodsUntil(weekOf(at, site.defaultZone), weeksCompared)),
    ...{ site, at },
  };
}

function instantOption(text: string): Instant {
  const at = parseInstant(text);
  if (at !== undefined) return at;
  throw new UnusableOptions(`--at is "${text}"; it must be an instant such as 2026-11-20T09:00:00Z.`);
}

function countOption(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= 5000) return count;
  throw new UnusableOptions(`--populate is "${text}"; it must be a whole number of deals from 1 to 5000.`);
}

function seedOption(text: string): number {
  if (isSeed(text)) return Number(text);
  throw new UnusableOptions(`--seed is "${text}"; it must be a whole number of at most nine digits.`);
}

await runOnDeployment(main, usage);
