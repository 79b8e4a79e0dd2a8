import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { crmHttp } from '../../functions/aws/crm-http.ts';
import { connectorOf } from '../../functions/crm/connectors.ts';
import { auditDeals } from '../../functions/domain/deal/closed-deal-audit.ts';
import { packageFieldsOf } from '../../functions/domain/deal/package.ts';
import { freezePlaybook } from '../../functions/domain/playbook/freeze.ts';
import type { Playbook } from '../../functions/domain/playbook/playbook.ts';
import { currencyCode } from '../../functions/domain/time/formats.ts';
import { passing } from '../../functions/verbs/reconcile.ts';
import { joinNumbers, playbookOption } from '../local/command-line.ts';
import { runOnDeployment, UnusableOptions } from './deployment.ts';
import { patience } from './patience.ts';
import { dayOption } from './reconcile/options.ts';
import { closedDeals } from './score/closed-deals.ts';
import { askedCrms, crmOfEnvironment, lastWonDeals } from './score/crm-deals.ts';
import type { ExportOptions, ReadExport } from './score/export-deals.ts';
import { readExport } from './score/read-export.ts';
import { scoreCsv } from './score/score-csv.ts';
import { scorePage } from './score/score-page.ts';
import { scoreText } from './score/score-text.ts';
import { dayOrders } from './score/typed-days.ts';
import { patientCrm } from './stage-crm.ts';

const usage = `Usage: npm run score -- <export.csv|json> [--out <folder>] [--last <number>] [--playbook <name>]
                          [--currency <code>] [--dates month-first|day-first]
       npm run score -- --crm ${askedCrms.join('|')} [--last <number>] [--since <day>] [--out <folder>] [--playbook <name>]

Scores closed deals 0-100 by what is written down about them, with reasons, and names what is missing again and again. Nothing
needs to be deployed, and nothing leaves this machine. Writes scores.html (a page to print) and scores.csv into the folder
(handoff-scores, unless --out names another).

The export is CSV with a header row, or JSON. A column is called as your CRM calls it (Deal Name, Amount, Close Date, Deal Owner),
or as an answer of the handoff package: by its label (Why they bought), its property in the CRM (handoff_why_they_bought) or its
path (dealContext.whyTheyBought). JSON holds our events "Deal Closed Won", their details, or objects with such members.

With --crm it asks the CRM itself for the deals it won last: 10, unless --last says otherwise. Without the variables that let us in,
it names them.

--last      scores the last deals by close date, as many as you say.
--since     of a CRM: deals that changed since that day (a year ago, unless said).
--playbook  one of the shipped playbooks instead of the usual one: what it requires is what counts.
--currency  of amounts for which the export names none, such as EUR.
--dates     how to read days such as 3/4/2026, where the export doesn't tell.

Exit code 0: scored; 2: the input cannot be used.`;

/** `npm run score`: see the usage above. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    args: joinNumbers(process.argv.slice(2)),
    allowPositionals: true,
    options: {
      out: { type: 'string', default: 'handoff-scores' },
      last: { type: 'string' },
      playbook: { type: 'string' },
      currency: { type: 'string' },
      dates: { type: 'string' },
      crm: { type: 'string' },
      since: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const playbook = playbookOption(values.playbook);
  const last = lastOption(values.last);
  const day = new Date().toISOString().slice(0, 10);
  const source =
    values.crm === undefined
      ? await readFileExport(positionals, values, playbook)
      : await askCrm(values.crm, { since: values.since, positionals, last, day });
  const { deals, notes } = closedDeals(source.read, last);
  const report = {
    audit: auditDeals(deals, { playbook, scope: source.read.scope }),
    source: source.name,
    playbook: playbook.name,
    day,
    notes,
  };

  const [page, csv] = [join(values.out, 'scores.html'), join(values.out, 'scores.csv')];
  try {
    await mkdir(values.out, { recursive: true });
    await writeFile(page, scorePage(report));
    await writeFile(csv, scoreCsv(report.audit));
  } catch (error) {
    throw new UnusableOptions(
      `Nothing can be written into ${values.out}: ${error instanceof Error ? error.message : error}`,
    );
  }
  console.log(`${scoreText(report)}\n\nWritten: ${page} (to print), ${csv}`);
  return 0;
}

/** Deals and where they come from. */
interface Source {
  readonly name: string;
  readonly read: ReadExport;
}

async function readFileExport(
  [path, ...more]: readonly string[],
  values: { readonly dates?: string; readonly currency?: string; readonly since?: string },
  playbook: Playbook,
): Promise<Source> {
  if (path === undefined || more.length > 0) throw new UnusableOptions(`Say which export: one file.\n\n${usage}`);
  if (values.since !== undefined)
    throw new UnusableOptions('--since goes with --crm; of an export, --last takes the last deals.');
  const name = basename(path);
  const days = dayOrders.find((order) => order === values.dates);
  if (values.dates !== undefined && days === undefined)
    throw new UnusableOptions(`--dates is month-first or day-first, not "${values.dates}".`);
  const currency = currencyOption(values.currency);
  const rules = freezePlaybook(playbook, { segment: playbook.fallbackSegment });
  const options: ExportOptions = {
    name,
    labels: new Map(packageFieldsOf(rules).map((field) => [field.label, field.path])),
    ...(currency !== undefined && { currency }),
    ...(days !== undefined && { days }),
  };
  const bytes = await readFile(path).catch((error: Error) => {
    throw new UnusableOptions(`${path} cannot be read: ${error.message}`);
  });
  return { name, read: readExport(bytes, options) };
}

interface AskingCrm {
  readonly since: string | undefined;
  readonly positionals: readonly string[];
  readonly last: number | undefined;
  /** Of today. */
  readonly day: string;
}

async function askCrm(name: string, { since, positionals, last = 10, day }: AskingCrm): Promise<Source> {
  if (positionals.length > 0) throw new UnusableOptions('Either an export or --crm, not both.');
  const crm = crmOfEnvironment(name, process.env, crmHttp);
  const from = since === undefined ? yearBefore(day) : dayOption('--since', since);
  const again = patience((milliseconds) => setTimeout(milliseconds));
  try {
    return { name: connectorOf(name).title, read: await lastWonDeals(patientCrm(crm, again), { since: from, last }) };
  } catch (error) {
    const said = passing(error);
    if (said === undefined) throw error;
    throw new UnusableOptions(`The deals cannot be read: ${said}`);
  }
}

const yearBefore = (day: string): string => new Date(Date.parse(day) - 365 * 86_400_000).toISOString();

function lastOption(typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  if (/^[1-9]\d{0,5}$/.test(typed)) return Number(typed);
  throw new UnusableOptions(`--last is a whole number of deals, such as 10, not "${typed}".`);
}

function currencyOption(typed: string | undefined): string | undefined {
  const code = typed?.toUpperCase();
  if (code === undefined || currencyCode().safeParse(code).success) return code;
  throw new UnusableOptions(`--currency is an ISO 4217 code such as EUR or USD, not "${typed}".`);
}

await runOnDeployment(main, usage);
