import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sha256 } from '../../functions/aws/world.ts';
import type { Person } from '../../functions/domain/people/person.ts';
import type { AuditSample } from '../../functions/domain/reports/audit-sample.ts';
import { scopeOf } from '../../functions/domain/reports/who-sees.ts';
import type { Instant } from '../../functions/domain/time/calendar.ts';
import { parseInstant } from '../../functions/domain/time/formats.ts';
import { daysIn } from '../../functions/domain/time/periods.ts';
import { isSeed, joinNumbers } from '../local/command-line.ts';
import { runOnDeployment, UnusableOptions } from './deployment.ts';
import { auditPageFile } from './report/audit-page-file.ts';
import { kpiRows, kpiTable } from './report/kpi-table.ts';
import { deployed, type OpenSource, populated } from './report/open-source.ts';
import { reportFiles } from './report/report-files.ts';
import { type ReportSpan, reportMails, sampleOf } from './report/report-mails.ts';
import { lastPeriod, stopsWithin, told } from './report/report-period.ts';

const spans = ['week', 'month', 'quarter'] as const satisfies readonly ReportSpan[];

const usage = `Usage: npm run report -- week|month|quarter [<stage> | --populate 200 [--seed 1]] [--at <instant>] [--as <email>] [--out <folder>] [--rebuild]

Writes the reports of the last week, month or quarter that is over into a folder, as email, pages and CSV, and prints its measures: what
the person named with --as gets and may see, and no more; without it, somebody in revenue operations. The daily digest and the
weekly list are written as they would go out now. Nothing is sent. Needs AWS credentials that may read the table, or
AWS_ENDPOINT_URL of an account on this machine (npm start), which has no stages.

--populate  plays so many deals in six months on the spot instead, and reports on those.
--seed      a whole number: the same one plays the same. Only with --populate; 1, unless said.
--at        the moment from which "last" counts; now, unless said. A period that had not begun when everything was measured last is
            refused.
--out       the folder; .local/reports/<period> unless said.
--rebuild   measures every handoff again before, also those that have ended, as of now whatever --at says: needs the right to write
            into the table.

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
  const span = spans.find((each) => each === said);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (span === undefined || more.length > 0)
    throw new UnusableOptions(`Say which report: ${spans.join(', ')}.\n\n${usage}`);
  if (stage !== undefined && values.populate !== undefined)
    throw new UnusableOptions('Either a stage or --populate, not both.');
  if (values.seed !== undefined && values.populate === undefined)
    throw new UnusableOptions('--seed goes with --populate: what was measured is drawn from nothing.');
  const seed = seedOption(values.seed ?? '1');
  if (values.out !== undefined) await folderOption(values.out);
  const asked = {
    said: values.at === undefined ? undefined : instantOption(values.at),
    as: values.as?.toLowerCase(),
  };
  const opened =
    values.populate === undefined
      ? await deployed(stage, { ...asked, rebuild: values.rebuild })
      : await populated({ ...asked, deals: countOption(values.populate), seed });
  try {
    await report(opened, span, values.out);
  } finally {
    await opened.close();
  }
  return 0;
}

async function report(opened: OpenSource, span: ReportSpan, out: string | undefined): Promise<void> {
  const { source, reader } = opened;
  const period = lastPeriod(span, source);
  const { keptFrom } = source.measured;
  if (keptFrom !== undefined && daysIn(period).last < keptFrom)
    throw new UnusableOptions(
      `Nothing is kept from ${period}: the stage keeps what was signed in ${keptFrom} or later.`,
    );
  const warning = stopsWithin(source, period);
  const scope = scopeOf(reader, source);
  const mails = await reportMails(opened, reader, { span, period });
  const sample = span === 'quarter' ? sampleOf(source, scope, { quarter: period, hashOf }) : undefined;
  const audit = sample ? [await auditPageFile(opened.world, source, { person: reader, sample })] : [];
  const beside = audit.map(({ name }) => name);
  const files = [...reportFiles(source, reader, period, { alsoLed: mails.led, beside }), ...mails.files, ...audit];
  const folder = out ?? join('.local', 'reports', period);
  await mkdir(folder, { recursive: true });
  for (const { name, text } of files) await writeFile(join(folder, name), text);
  console.log(kpiTable(kpiRows(source.measured, { scope, period, zone: source.site.defaultZone }), period));
  if (span === 'quarter') console.log(`\n${sample ? auditText(sample) : noAudit(reader)}`);
  console.log(`
As of ${told(source, source.measured.asOf)}, for ${reader.name}: ${files.length} files in ${folder}
${[...mails.missing, `Open ${join(folder, 'overview.html')}`].join('\n')}`);
  if (warning !== undefined) console.error(`\n${warning}`);
}

/** SHA-256 in hexadecimal digits. */
const hashOf = (text: string): string => Buffer.from(sha256(text), 'base64url').toString('hex');

/** Which handoffs the quarter's audit is of, and how anybody draws the same. */
function auditText({ quarter, seed, of, handoffs }: AuditSample): string {
  return [
    `Audit of ${quarter}: ${handoffs.length} of ${of} that ended or stalled in it, drawn with the seed "${seed}"`,
    '(those whose SHA-256 of seed/id comes first)',
    ...handoffs.map(({ id, customer }) => `  ${id}  ${customer}`),
  ].join('\n');
}

const noAudit = ({ name }: Person): string =>
  `No audit pack: it is for revenue operations, and ${name} may not see it. Name a reader there: --as <email>.`;

/** To know it before anything is played or measured. */
async function folderOption(out: string): Promise<void> {
  try {
    await mkdir(out, { recursive: true });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const why = code === 'EEXIST' || code === 'ENOTDIR' ? 'there is a file of that name' : `it can't be made (${code})`;
    throw new UnusableOptions(`--out is "${out}", and ${why}. Name a folder, which may be new.`);
  }
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
