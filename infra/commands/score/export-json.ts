import { namedOwners } from '../../../functions/domain/deal/closed-deal.ts';
import { withDealFacts } from '../../../functions/domain/deal/completeness.ts';
import { isFalseLength } from '../../../functions/domain/deal/deal-reading.ts';
import { packageFields } from '../../../functions/domain/deal/package.ts';
import { cleanLine, excerpt } from '../../../functions/domain/fields/clean-text.ts';
import { isRecord, recordOf, type UnknownRecord } from '../../../functions/domain/fields/record.ts';
import { calendarDate, dayIn, parseInstant, timeZone } from '../../../functions/domain/time/formats.ts';
import { UnusableOptions } from '../deployment.ts';
import {
  dealsOfTable,
  type ExportedDeal,
  type ExportOptions,
  type ReadExport,
  told,
  withoutUndefined,
} from './export-deals.ts';

/**
 * The deals of a JSON export: our event `Deal Closed Won` or its detail, one or an array of them, or an array of flat objects whose
 * members are called as columns are. Throws UnusableOptions that names line and column of what is no JSON, and the deal that is none.
 */
export function dealsOfJson(text: string, options: ExportOptions): ReadExport {
  const parsed = parsedJson(text, options.name);
  const items = Array.isArray(parsed) ? parsed : [parsed];
  if (items.length === 0) throw new UnusableOptions(noDealIn(options.name, 'is an empty array'));
  const odd = items.findIndex((item) => !isRecord(item));
  if (odd >= 0)
    throw new UnusableOptions(
      `${options.name}: deal ${odd + 1} is no object but ${excerpt(JSON.stringify(items[odd]), 40)}. Send an array of events or of deals.`,
    );
  const records = items.map(recordOf);
  if (records.every((record) => Object.keys(record).length === 0))
    throw new UnusableOptions(
      noDealIn(options.name, Array.isArray(parsed) ? 'holds empty objects only' : 'is an empty object'),
    );
  return records.some(isOurs) ? dealsOfEvents(records) : dealsOfTable(tableOf(records), options);
}

function parsedJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text, (name, value: unknown) => (isFalseLength(name, value) ? undefined : value));
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const [, line, column] = /\(line (\d+) column (\d+)\)/.exec(said) ?? [];
    const lines = text.split('\n');
    const place =
      line === undefined
        ? `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`
        : `line ${line}, column ${column}`;
    const problem = said
      .replace(/ (in JSON )?at position \d+.*$/s, '')
      .replace(/,? *"[^"]*"\.{3} is not valid JSON$/s, '');
    throw new UnusableOptions(`${name}, ${place}: this is not JSON. ${problem}.`);
  }
}

const isOurs = (record: UnknownRecord): boolean =>
  'detail' in record || isRecord(record['package']) || isRecord(record['customer']);

const noDealIn = (name: string, what: string): string =>
  `${name} ${what}: there is no deal in it.\nExport the deals you closed, an event or an object for each.`;

/** Flat objects as a table, with every member any of them has as a column. */
function tableOf(records: readonly UnknownRecord[]) {
  const header = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const cell = (value: unknown) =>
    value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  const rows = records.map((record, i) => ({
    place: `deal ${i + 1}`,
    cells: header.map((name) => cell(record[name])),
  }));
  return { header, rows };
}

/** The deals of our events, or of their details. */
export function dealsOfEvents(records: readonly UnknownRecord[]): ReadExport {
  const deals: ExportedDeal[] = [];
  const [others, nameless]: [string[], string[]] = [[], []];
  records.forEach((record, i) => {
    const place = `deal ${i + 1}`;
    const type = record['detail-type'];
    if (type !== undefined && type !== 'Deal Closed Won') {
      others.push(
        `${place} is the event “${excerpt(typeof type === 'string' ? type : JSON.stringify(type), 40)}”; only “Deal Closed Won” counts.`,
      );
      return;
    }
    const deal = dealOf(recordOf('detail' in record ? record['detail'] : record), place);
    if (deal) deals.push(deal);
    else nameless.push(place);
  });
  return {
    deals,
    scope: { fields: new Set(packageFields.map(({ path }) => path)), owners: new Set(namedOwners) },
    notes: [
      ...told(others, (sentence) => sentence),
      ...told(nameless, (place) => `${place}: nothing says which deal this is; left out.`),
    ],
  };
}

function dealOf(detail: UnknownRecord, place: string): ExportedDeal | undefined {
  const line = (value: unknown) => {
    const text = typeof value === 'string' || typeof value === 'number' ? cleanLine(String(value)) : '';
    return text === '' ? undefined : excerpt(text, 300);
  };
  const customer = recordOf(detail['customer']);
  const zone = timeZone().safeParse(customer['timeZone']);
  const customerName = line(customer['name']);
  const dealId = line(detail['dealId']);
  const name = line(detail['name']) ?? customerName ?? dealId;
  if (name === undefined) return undefined;
  const closedOn = dayOf(line(detail['closedWonAt']), zone.success ? zone.data : 'UTC');
  // At noon, so that it is that day in the customer's zone and in UTC alike.
  const facts = withoutUndefined({
    segment: line(detail['segment']),
    crmRecord: line(detail['crmRecord']),
    closedWonAt: closedOn && `${closedOn}T12:00:00Z`,
  });
  const spoken = withoutUndefined({ language: line(customer['language']), timeZone: zone.data });
  return {
    ...{ place, name },
    ...withoutUndefined({
      ...{ dealId, closedOn, customer: customerName, industry: line(detail['industry']) },
      wonEpisode: line(detail['wonEpisode']),
      ...Object.fromEntries(namedOwners.map((owner) => [owner, line(detail[owner])])),
    }),
    package: withDealFacts(recordOf(detail['package']), { ...facts, customer: spoken }),
  };
}

function dayOf(text: string | undefined, zone: string): string | undefined {
  if (text === undefined) return undefined;
  if (calendarDate().safeParse(text).success) return text;
  const at = parseInstant(text);
  return at && dayIn(at, zone);
}
