import { type ClosedDeal, type ExportScope, namedOwners } from '../../../functions/domain/deal/closed-deal.ts';
import { type FieldPath, packageFields, withAnswer } from '../../../functions/domain/deal/package.ts';
import { cleanLine, excerpt } from '../../../functions/domain/fields/clean-text.ts';
import { inThousands } from '../../../functions/domain/texts/number-text.ts';
import { UnusableOptions } from '../deployment.ts';
import { type DealColumn, readHeader } from './export-columns.ts';
import type { ExportTable } from './export-table.ts';
import { type DayOrder, dayTyped, isAmbiguous, orderIn } from './typed-days.ts';

/** Deals of an export, before it is known which of them count. */
export interface ExportedDeal extends ClosedDeal {
  readonly wonEpisode?: string;
  /** As the CRM calls it. */
  readonly stage?: string;
  readonly isWon?: boolean;
}

export interface ReadExport {
  readonly deals: readonly ExportedDeal[];
  readonly scope: ExportScope;
  /** What was odd but accepted, one sentence each. */
  readonly notes: readonly string[];
}

export interface ExportOptions {
  /** The file's, for errors. */
  readonly name: string;
  /** What the playbook calls the answers of the package, by label. */
  readonly labels: ReadonlyMap<string, FieldPath>;
  /** Of amounts for which the export names none: an ISO 4217 code. */
  readonly currency?: string;
  readonly days?: DayOrder;
}

const kindOf = new Map(packageFields.map(({ path, kind }) => [path, kind]));
const paths: ReadonlySet<string> = new Set(packageFields.map(({ path }) => path));
const isPath = (target: string): target is FieldPath => paths.has(target);

/**
 * The deals of an export's rows. Throws UnusableOptions when no column tells which deal a row is, when there is no row, and when days
 * can be read in two ways.
 */
export function dealsOfTable(table: ExportTable, options: ExportOptions): ReadExport {
  const { header, rows } = table;
  const { targets, unknown } = readHeader(header, options.labels);
  const has = (target: string) => targets.some((each) => each === target);
  if (!has('dealId') && !has('name') && !has('customer')) throw new UnusableOptions(namelessIn(table, options.name));
  if (rows.length === 0)
    throw new UnusableOptions(
      `${options.name} has no row below its header: there is no deal in it.\nExport the deals you closed, a row for each.`,
    );
  const isDay = targets.map(
    (target) => target === 'closedOn' || (target && isPath(target) && kindOf.get(target) === 'date'),
  );
  const days = rows.flatMap(({ place, cells }) =>
    cells.flatMap((text, i) => (isDay[i] && text.trim() !== '' ? [{ text, place, column: i }] : [])),
  );
  const order = options.days ?? orderIn(days.map(({ text }) => text));
  const unclear = days.find(({ text }) => isAmbiguous(text));
  if (unclear && !order)
    throw new UnusableOptions(
      `${options.name}, ${unclear.place}, column ${unclear.column + 1} (${header[unclear.column]}): ${unclear.text.trim()} can be read in two ways. Say --dates month-first or --dates day-first.`,
    );
  const notes: string[] = [];
  const unreadable = days.filter(({ text }) => dayTyped(text, order) === undefined);
  notes.push(
    ...told(
      unreadable,
      ({ place, column, text }) =>
        `${place}, column ${column + 1} (${header[column]}): "${excerpt(text, 30)}" is no day; not used.`,
    ),
  );
  if (unknown.length > 0)
    notes.push(
      `Not used, since no column of a handoff is called so: ${unknown.map((name) => `“${excerpt(name, 40)}”`).join(', ')}.`,
    );

  const deals: ExportedDeal[] = [];
  const nameless: string[] = [];
  for (const { place, cells } of rows) {
    const said = saidIn(cells, { targets, order });
    const deal = dealOf(place, said, options.currency);
    if (deal) deals.push(deal);
    else nameless.push(place);
  }
  notes.push(...told(nameless, (place) => `${place}: nothing says which deal this is; left out.`));
  return { deals, scope: scopeOf(targets), notes };
}

/** What the cells of a row say, by what their columns hold: the first that says something counts. */
type Said = ReadonlyMap<string, string>;

function saidIn(
  cells: readonly string[],
  { targets, order }: { readonly targets: readonly (string | undefined)[]; readonly order: DayOrder | undefined },
): Said {
  const said = new Map<string, string>();
  targets.forEach((target, i) => {
    const text = cells[i]?.trim() ?? '';
    if (target === undefined || text === '' || said.has(target)) return;
    const isDay = target === 'closedOn' || (isPath(target) && kindOf.get(target) === 'date');
    const day = isDay ? dayTyped(text, order) : undefined;
    // A day of the package that cannot be read stays as typed: it is told as such.
    if (target !== 'closedOn' || day !== undefined) said.set(target, day ?? text);
  });
  return said;
}

function dealOf(place: string, said: Said, usualCurrency: string | undefined): ExportedDeal | undefined {
  const line = (column: DealColumn) => {
    const text = said.get(column);
    return text === undefined ? undefined : excerpt(cleanLine(text), 300);
  };
  const [dealId, customer] = [line('dealId'), line('customer')];
  const name = line('name') ?? customer ?? dealId;
  if (name === undefined) return undefined;
  const optional = {
    ...{ dealId, customer, closedOn: said.get('closedOn'), industry: line('industry'), stage: line('stage') },
    ...{ wonEpisode: line('wonEpisode'), isWon: yesOrNo(said.get('isWon')) },
    ...Object.fromEntries(namedOwners.map((owner) => [owner, line(owner)])),
  };
  return { place, name, ...withoutUndefined(optional), package: packageOf(said, usualCurrency) };
}

function packageOf(said: Said, usualCurrency: string | undefined): unknown {
  const amount = said.get('amount');
  const currency = said.get('currency') ?? usualCurrency;
  const value = amount === undefined || /[^\d.,'’\s-]/.test(amount) || !currency ? amount : `${amount} ${currency}`;
  const facts: readonly (readonly [FieldPath, string | undefined])[] = [
    ['contract.value', value],
    ['contract.signedAt', said.get('closedOn')],
  ];
  const typed = [...said].flatMap(([target, text]) =>
    isPath(target) ? [[target, listed(target, text)] as const] : [],
  );
  return [...facts, ...typed].reduce<unknown>(
    (pkg, [path, text]) => (text === undefined ? pkg : withAnswer(pkg, path, text)),
    {},
  );
}

/** CRMs part the choices of a list by semicolons, our forms by lines. */
const listed = (path: FieldPath, text: string): string =>
  ['list', 'links'].includes(kindOf.get(path) ?? '')
    ? text
        .split(/[;\n]/)
        .map((each) => each.trim())
        .filter((each) => each !== '')
        .join('\n')
    : text;

const yesOrNo = (text: string | undefined): boolean | undefined => {
  if (text === undefined) return undefined;
  if (/^(true|yes|y|1|ja|wahr)$/i.test(text)) return true;
  return /^(false|no|n|0|nein|falsch)$/i.test(text) ? false : undefined;
};

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The object without the members that are undefined. */
export const withoutUndefined = <T extends object>(record: T): Given<T> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Given<T>;

function scopeOf(targets: readonly (string | undefined)[]): ExportScope {
  const named = new Set(targets);
  const filled: readonly (readonly [DealColumn, FieldPath])[] = [
    ['amount', 'contract.value'],
    ['closedOn', 'contract.signedAt'],
  ];
  return {
    fields: new Set([
      ...packageFields.map(({ path }) => path).filter((path) => named.has(path)),
      ...filled.flatMap(([column, path]) => (named.has(column) ? [path] : [])),
    ]),
    owners: new Set(namedOwners.filter((owner) => named.has(owner))),
  };
}

const mostTold = 5;

/** A sentence for each of the first few, and how many more there are. */
export function told<Each>(all: readonly Each[], sentence: (each: Each) => string): readonly string[] {
  const more = all.length - mostTold;
  return [...all.slice(0, mostTold).map(sentence), ...(more > 0 ? [`… and ${inThousands(more)} more like it.`] : [])];
}

function namelessIn({ headerAt, header }: ExportTable, name: string): string {
  const names = header.map((each) => `“${excerpt(each, 40)}”`).join(', ');
  const said =
    headerAt === undefined
      ? [
          `${name}: no member tells which deal an object is. Its members: ${names}.`,
          'One of its members has to be “Deal ID”, “Deal Name” or “Company”.',
        ]
      : [
          `${name}, ${headerAt}: no column tells which deal a row is. Its columns: ${names}.`,
          'The first row has to name the columns, one of them “Deal ID”, “Deal Name” or “Company”.',
        ];
  return said.join('\n');
}
