import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { auditDeals } from '../../functions/domain/deal/closed-deal-audit.ts';
import { packageFieldsOf } from '../../functions/domain/deal/package.ts';
import { freezePlaybook } from '../../functions/domain/playbook/freeze.ts';
import { currencyCode } from '../../functions/domain/time/formats.ts';
import { playbookOption } from '../local/command-line.ts';
import { runOnDeployment, UnusableOptions } from './deployment.ts';
import { closedDeals } from './score/closed-deals.ts';
import { dealsOfTable, type ExportOptions } from './score/export-deals.ts';
import { dealsOfJson } from './score/export-json.ts';
import { parseTable } from './score/export-table.ts';
import { decodeExport } from './score/export-text.ts';
import { scoreCsv } from './score/score-csv.ts';
import { scorePage } from './score/score-page.ts';
import { scoreText } from './score/score-text.ts';
import { dayOrders } from './score/typed-days.ts';

const usage = `Usage: npm run score -- <export.csv|json> [--out <folder>] [--last <number>] [--playbook <name>]
                          [--currency <code>] [--dates month-first|day-first]

Scores closed deals 0-100 by what is written down about them, with reasons, and names what is missing again and again. Nothing
needs to be deployed, and nothing leaves this machine. Writes scores.html (a page to print) and scores.csv into the folder
(handoff-scores, unless --out names another).

The export is CSV with a header row, or JSON. A column is called as your CRM calls it (Deal Name, Amount, Close Date, Deal Owner),
or as an answer of the handoff package: by its label (Why they bought), its property in the CRM (handoff_why_they_bought) or its
path (dealContext.whyTheyBought). JSON holds our events "Deal Closed Won", their details, or objects with such members.

--last      scores the last deals by close date, as many as you say (S2 audits the last 10).
--playbook  one of the shipped playbooks instead of the usual one: what it requires is what counts.
--currency  of amounts for which the export names none, such as EUR.
--dates     how to read days such as 3/4/2026, where the export doesn't tell.

Exit code 0: scored; 2: the input cannot be used.`;

/** `npm run score`: see the usage above. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: 'string', default: 'handoff-scores' },
      last: { type: 'string' },
      playbook: { type: 'string' },
      currency: { type: 'string' },
      dates: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new UnusableOptions(`Say which export: one file.\n\n${usage}`);
  const playbook = playbookOption(values.playbook);
  const rules = freezePlaybook(playbook, { segment: playbook.fallbackSegment });
  const name = basename(path);
  const days = dayOrders.find((order) => order === values.dates);
  if (values.dates !== undefined && days === undefined)
    throw new UnusableOptions(`--dates is month-first or day-first, not "${values.dates}".`);
  const last = lastOption(values.last);
  const currency = currencyOption(values.currency);
  const options: ExportOptions = {
    name,
    labels: new Map(packageFieldsOf(rules).map((field) => [field.label, field.path])),
    ...(currency !== undefined && { currency }),
    ...(days !== undefined && { days }),
  };

  const bytes = await readFile(path).catch((error: Error) => {
    throw new UnusableOptions(`${path} cannot be read: ${error.message}`);
  });
  const { text, note } = decodeExport(bytes, name);
  const isJson = /\.json$/i.test(path) || /^\s*[[{]/.test(text);
  const read = isJson ? dealsOfJson(text, options) : dealsOfTable(parseTable(text, name), options);
  const { deals, notes } = closedDeals(read, last);
  const report = {
    audit: auditDeals(deals, { playbook, scope: read.scope }),
    source: name,
    playbook: playbook.name,
    day: new Date().toISOString().slice(0, 10),
    notes: [...(note === undefined ? [] : [note]), ...notes],
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
